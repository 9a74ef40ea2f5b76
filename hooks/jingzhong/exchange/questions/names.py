"""What the name of a column or key says of its content: one kind of evidence, never the only one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from jingzhong.exchange.questions.tidy import SCAN

# Names that mean one thing wherever they stand, folded: no blanks, signs, case or remarks in brackets.
_SURE = {
    "number": "序号 题号 题目序号 试题序号 序 no index num number order sequence sort",
    "type": (
        "题型 类型 题目类型 试题类型 题类 试题题型 题目题型 type questiontype 题型名称 qtype 题目分类 试题类别 typelabel typename typedesc "
        "questiontypename tx questiontypedesc typestr quetype kind categorytype 题目题型名称 试题类型名称"
    ),
    "stem": (
        "题目 题干 试题 题目内容 试题内容 题目描述 试题题干 题干内容 题目题干 问题 题目名称 试题名称 考题 question stem 题面 题目标题 问题内容 "
        "试题正文 题目正文 题干题目 考题内容 试题标题 questiontext 试题题目 questiontitle questioncontent questionstem questionname "
        "tigan timu tm q prompt 问 试题描述 问题描述 问题标题 titletext stemtext questionbody problem 正文 題目 題幹 試題 quetitle"
    ),
    "options": (
        "选项 备选答案 备选项 选项内容 候选项 答案选项 试题选项 题目选项 选择项 options choices 可选项 备选 选项列表 所有选项 候选答案 option "
        "optionlist choicelist answerlist selections optionsjson xx answeroptions selectlist opts questionoptions "
        "alternatives xuanxiang xuantext choice optionitems distractors 選項 optionstr optioncontent queoptions candidates"
    ),
    "answer": (
        "答案 正确答案 标准答案 参考答案 正确选项 试题答案 题目答案 answer correct 正解 correctanswer rightanswer 答案内容 标准答 本题答案 "
        "答案正确答案 右答案 标答 standardanswer solution da correctanswers rightkey stdanswer correctoption answerkey trueanswer daan "
        "ans righttext rightoption truekey correctindex answerindex rightindex correctchoice correctkey correctoptions 对错 正确错误 正误 "
        "是非 √× 对或错 正确与否 判断 答案选择 rightanswers standard 標準答案 正確答案 correctanswerindex correctoptionindex answertext "
        "answercontent queanswer 正确或错误 answerindexes correctids correctoptionid"
    ),
    "explanation": (
        "解析 答案解析 试题解析 题目解析 解释 说明 详解 analysis explanation 答题解析 解题思路 习题解析 试题分析 分析 答案说明 题解 理由 remark "
        "jiexi explain explains parse analyze analyse answeranalysis rationale feedback comment reason parsing resolve jx "
        "questionanalysis explainer explaintext hint 提示 解答 详细解析 queanalysis description_answer resolution"
    ),
    "basis": (
        "依据 出题依据 法规依据 参考依据 来源 出处 命题依据 依据出处 法律依据 制度依据 标准依据 依据条款 答案依据 basis reference"
    ),
    "difficulty": "难度 难易度 难度系数 难易程度 difficulty 题目难度 试题难度 难度等级 难易",
    "right": "是否正确 是否正确答案 是否答案 是否为正确答案 是否为答案 iscorrect isright isanswer istrue",
    "picture": "图片 题图 图 附图 image picture 题目图片 试题图片 images img imgs pics pic gif gifs picurl imgurl imageurl pictureurl 图片地址 图片链接",
    "passage": "passage material 材料 背景 背景材料 案例 情景 阅读材料 题干材料 资料 case context 共用题干",
    "own": (
        "我的答案 考生答案 你的答案 用户答案 作答 学员答案 所选答案 选择 selected checked chosen picked 学生答案 作答答案 我的选择"
    ),
    "other": (
        "知识点 知识点名称 章节 分类 所属范围 所属章节 范围 科目 专业 工种 岗位 标签 分值 分数 得分 score 备注 录入人 创建时间 更新时间 状态 "
        "tags tag keywords category chapter section level grade status version url link author creator 等级 级别 类别 编号 id 题目编号 "
        "试题编号 题目id 试题id guid uuid code 单位 部门 部门名称 一致性 知识点一级 知识点二级 知识点三级 知识模块 章 节 档 卷 组 题库 题库名称 "
        "modulename majorname year date time count questionscore 考点 认知层次 flag deleted isdeleted enabled typeid 适用范围"
    ),
}
# Names that may mean it: content decides.
_LOOSE = {
    "stem": "title content text name topic subject description desc body 内容 名称 标题 label que",
    "options": "answers items item select values value list",
    "answer": "answers key label keys result results right target value solutions gold output completion",
    "number": "id 编号 题目编号 试题编号",
    "explanation": "note notes detail details desc description solution 备注 answerdetail",
    "type": "label category kind title name",
}
_PARTS = (
    ("wrong", r"incorrect|wrong|错误(?:答案|选项)|干扰"),
    ("explanation", r"解析|详解|explain|explanation|analy[sz]|jiexi|parse"),
    ("basis", r"依据|出处"),
    (
        "own",
        r"我的|你的|考生|学员|用户|作答|所选|user|student|^my|^stu|chosen|selected|checked|reply|回答者|历史",
    ),
    ("right", r"^is_?(?:correct|right|true|answer)|是否(?:为)?(?:正确|答案)"),
    (
        "answer",
        r"(?:right|correct|true|standard|std)_?(?:answer|option|choice|key|index|item|value|text|s$)|正确(?:答案|选项)|答案|answer|daan",
    ),
    ("type", r"题型|类型|type"),
    ("options", r"选项|option|choice"),
    ("stem", r"题干|题目|试题|问题|question|stem|title|content|timu"),
    (
        "other",
        r"chapter|categor|knowledge|paper|author|section|course|major|dept|章节|知识点|分类|科目|专业|岗位|单位|部门",
    ),
    ("difficulty", r"难度|difficult"),
)
# A column of these is never a stem, an option or an answer.
_CODED = re.compile(
    r"(?:^|[^a-z])(?:id|ids|guid|uuid|code|no|num|count|url|link|time|date|img|image|score|pic|src|href|sort|seq)(?:$|[^a-z])"
    r"|编号|编码|序号|时间|日期|分值|分数|得分|次数|数量|人数|图片|链接|GUID|代码|录入|创建|版本",
    re.IGNORECASE,
)
_REMARK = re.compile(r"\s+-\s.*$|\(s\)", re.DOTALL)
_COUNTING = ("one", "two", "three", "four", "five", "six")
_WORDED = re.compile(r"(?<=[a-z_])(?:One|Two|Three|Four|Five|Six|one|two|three|four|five|six)$")
_SURE_ROLES: dict[str, str] = {}
for _role, _words in _SURE.items():
    for _word in _words.split():
        _SURE_ROLES.setdefault(_word, _role)
_LOOSE_ROLES = {role: frozenset(words.split()) for role, words in _LOOSE.items()}
_FAMILY_WORDS = frozenset(
    (
        "option",
        "opt",
        "choice",
        "answer",
        "item",
        "select",
        "xx",
        "xuanxiang",
        "ans",
        "op",
        "o",
        "daan",
    )
)
OPTION_NAME = re.compile(
    r"^(?P<word>[^\W\d_][\w\- ]*?)??[\s_\-.:：（(【\[]*(?P<sign>[A-J]|10|[0-9]|[一二三四五六七八九]|[①-⑨])[\s)）\]】.、]*(?P<tail>选项|项|答案)?$",
    re.IGNORECASE,
)


def folded(name: str) -> str:
    """A name without remarks in brackets or behind a dash, blanks, signs and case."""
    scan = _REMARK.sub("", name.translate(SCAN))
    words = re.sub(r"[（(][^（）()]*[)）]|[*＊]", "", scan) or scan
    return re.sub(r"[\s:：、.。*（）()\[\]【】_\-/\"'“”]+", "", words).casefold()


def tokens(name: str) -> str:
    """quAnswerText, QU_ANSWER_TEXT → qu_answer_text; Chinese stays as it is."""
    shown = _REMARK.sub("", name.strip())
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", shown)
    return re.sub(r"[\s\-.]+", "_", parted).casefold().strip("_")


def common_prefix(names: Sequence[str]) -> str:
    """The first word that many of the names share (qu of quType, quContent, quAnswer), or ""."""
    firsts = Counter(
        parts[0] for name in names if len(parts := tokens(name).split("_")) > 1 and parts[0]
    )
    if not firsts:
        return ""
    word, count = firsts.most_common(1)[0]
    return word if count >= 3 and word not in ("option", "is", "correct", "right") else ""


def without_prefix(name: str, prefix: str) -> str:
    """A name without the word that many share."""
    told = tokens(name)
    return told.removeprefix(prefix + "_") if prefix and told.startswith(prefix + "_") else name


@lru_cache(maxsize=4096)
def evidence(name: str, prefix: str = "") -> Mapping[str, float]:
    """Role → how strongly a name speaks for it: 3 sure, 1.5 perhaps, 1 in part; -9 against."""
    word = folded(name)
    sure = _SURE_ROLES.get(word)
    if sure is None and prefix:
        stripped = without_prefix(name, prefix)
        if stripped != name:
            return evidence(stripped)
    told: dict[str, float] = {sure: 3.0} if sure else {}
    for role, words in _LOOSE_ROLES.items():
        if word in words:
            told.setdefault(role, 1.5)
    if not told and len(word) <= 24:
        for role, pattern in _PARTS:
            if re.search(pattern, tokens(name)):
                ends = role == "answer" and re.search(r"(?:answers?|答案)$", tokens(name))
                told[role] = 2.0 if ends else 1.0
                break
    if told.get("answer") and re.search("(?i)right|correct|standard|true|正确|标准", name):
        # Beside it, a mere 答案 or answer may be the taker's.
        told["answer"] += 1.0
    coded = bool(_CODED.search(tokens(name))) and sure in (None, "other", "number")
    if told.get("other") == 1.0:
        told["stem"] = -2.0
    if coded or sure in ("other", "own", "picture") or "own" in told:
        if not (coded and "answer" in told):
            told["answer"] = -9.0
        told |= dict.fromkeys(("stem", "options"), -9.0)
    return told


def role_of(name: str) -> str:
    """The role that a name is sure of, or ""."""
    return _SURE_ROLES.get(folded(name), "")


def likely(name: str) -> str:
    """The role that a name speaks for most, or ""."""
    told = evidence(name)
    best = max(told, key=lambda role: told[role], default="")
    return best if best and told[best] > 0 else ""


def place_of(sign: str) -> int:
    """0 for A, a, 1, 一 and ①; -1 for what counts nothing, and -2 for the figure 0."""
    if sign.isalpha() and sign.isascii():
        return ord(sign.upper()) - ord("A")
    if sign == "0":
        return -2
    if sign.isdigit() and sign.isascii():
        return int(sign) - 1
    for row in ("一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨"):
        if sign in row:
            return row.index(sign)
    return -1


def families(names: Sequence[str], prefix: str = "") -> dict[str, list[int]]:
    """Word → the places of its members in order: A–D, option1–4, 选项A–选项E, item0–item3."""
    found: dict[str, dict[int, int]] = {}
    for at, name in enumerate(names):
        plain = _REMARK.sub("", name.translate(SCAN))
        plain = re.sub(r"[（(][^（）()A-Ja-j]*[)）]|[*＊]|\s", "", plain)
        plain = _WORDED.sub(lambda match: str(_COUNTING.index(match[0].lower()) + 1), plain)
        plain = without_prefix(plain, prefix) if prefix else plain
        match = OPTION_NAME.match(plain)
        if match is None or len(plain) > 24:
            continue
        sign = match["sign"]
        word = (match["word"] or "").strip("_- ").casefold() or (match["tail"] or "")
        # itemD is a member, word is not: a letter behind a word of Latin letters is a capital or set apart.
        if word and word[-1:].isascii() and sign.islower() and sign.isalpha() and "_" not in plain:
            before = plain[: match.start("sign")]
            if before and before[-1].isalpha() and before.casefold() not in _FAMILY_WORDS:
                continue
        kind = "#" if sign[0].isdigit() else ""
        found.setdefault(word + kind, {}).setdefault(place_of(sign), at)
    rows = {}
    for word, places in found.items():
        shift = 1 if -2 in places else 0
        order = [places.get(-2 if shift and step == 0 else step - shift) for step in range(10)]
        run: list[int] = []
        for one in order:
            if one is None:
                break
            run.append(one)
        if len(run) >= 2:
            rows[word.rstrip("#") if word.rstrip("#") not in rows else word] = run
    return rows
