"""The marks that papers are read by: words for answer, explanation, type, score.

Every pattern works on `Paper.scan` (half-width, simplified), so offsets are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# What papers call the types.
_TYPE_LISTS = {
    "single": ("单项选择题 单项选择 单选题 单选 单项题"),
    "multiple": ("多项选择题 多项选择 多选题 多选 多项题"),
    "choice": ("不定项选择题 不定项选择 不定项题 不定项 选择题 选择"),
    "judge": (
        "判断改错题 判断改错 判断正误题 判断正误 判断对错题 判断对错 判断题 判断 是非判断题 是非题 对错题 正误题"
    ),
    "blank": ("填空题 填空"),
    "short": (
        "简答题 简答 问答题 问答 论述题 论述 名词解释题 名词解释 改错题 案例分析题 案例分析 案例题 综合分析题 综合题 计算题 分析题 应用题 实操题 "
        "情景题 情景分析题 思考题 主观题 解答题 口述题 识图题"
    ),
    "order": ("排序题"),
    "match": ("连线题 匹配题"),
}
TYPE_WORDS = {word: kind for kind, words in _TYPE_LISTS.items() for word in words.split()}
TYPES = "|".join(sorted(TYPE_WORDS, key=len, reverse=True))
SURE_TYPES = "|".join(
    word for word in sorted(TYPE_WORDS, key=len, reverse=True) if word.endswith("题")
)
CN_DIGITS = "零〇一二三四五六七八九十百"

TRUE_WORDS = {"√", "对", "正确", "是", "T", "TRUE", "Y", "YES", "RIGHT", "V", "正", "真", "对的"}
FALSE_WORDS = {
    *("×", "错", "错误", "否", "F", "FALSE", "N", "NO", "WRONG", "X", "误", "假", "错的"),
    *("不对", "不正确", "非"),
}
JUDGED = r"(?:不正确|正确|错误|不对|对的?|错的?|√|×|TRUE|FALSE|True|False|true|false|[TFYNVXx是否正误](?![A-Za-z\u4e00-\u9fff]))"

LETTERS = r"[A-Ha-h](?:[ \t]{0,8}(?:[,、;/和与及|.][ \t]{0,8})?[A-Ha-h]){0,9}"
# What may stand in a stem's bracket as an answer; empty brackets count as a blank.
IN_BRACKET = re.compile(
    rf"\([ \t]*(?:(?P<letters>{LETTERS})|(?P<judged>{JUDGED}))?[ \t]*[.,;、。]?[ \t]*\)"
)
EMPTY_BRACKET = re.compile(r"\([ \t\n]{0,40}\)|【[ \t]*】|\[[ \t]*\]")
UNDERLINE = re.compile(r"_{2,}|＿{2,}")

_OPEN, _CLOSE = r"[【\[(<《{]?[ ]", r"[ ][】\])>》}]?"
_OWN = r"(?:我|你|您|他|考生|学员|学生|用户|答题人|答题者|本人)[的所]?[ ](?:提交的?)?(?:答案|选择|作答|答题|选项|回答)"
_WHOSE = r"(?:正确|参考|标准|参照|试题|本题|题目|最佳|推荐|官方|系统|此题)?的?"
_WORD = rf"{_WHOSE}(?:参考|正确|标准)?[ ]答[ ]\n?案"
_EDGE = r"(?:(?<![A-Za-z\u4e00-\u9fff])|(?<=[】\])]))"
MARK = re.compile(
    rf"""(?![ \t\n])(?:
    (?P<own>{_OPEN}{_OWN}{_CLOSE}[ ](?:是|为)?[ ][:：]?)
  | (?P<explain>{_OPEN}(?:(?:正确|参考|标准)答案|答案|试题|题目|本题|习题|考题|名师|专家|详细|参考|详尽)?[ ]
        (?:解[ ]析|详[ ]解|解题思路|答案说明|答案依据|考点分析|答案分析|试题分析|解答过程)[ ]
        (?:[】\])>》}}][ ][:：]?|[ ][:：]|(?:(?<![\u4e00-\u9fff]解析)|(?<=正确解析)|(?<=错误解析)|(?<=[对错答]解析)|(?<=答案解析)|(?<=[试习考]题解析))(?=[ ]$))
      | (?<=\n)评分(?:标准|细则|要点)[ ]?[:：](?=[ ]$))
  | (?P<basis>{_EDGE}{_OPEN}
        (?:参考依据|法律依据|法规依据|命题依据|出题依据|评分依据|依[ ]据|出[ ]处|来[ ]源|理[ ]由|说[ ]明|改[ ]正|更[ ]正|
        分[ ]析|点[ ]评|正确说法|正确表述|备注|解释|提示|注解|解读|解答)[ ]
        (?:[】\])>》}}][ ][:：]?|[ ][:：]))
  | (?P<book>📖[ ](?:解析[:：]?|知识点[:：]?|说明[:：]?)?)
  | (?P<meta>{_OPEN}(?:难[ ]度(?:系数|等级|级别)?|难易度|难易程度|知识点|知识模块|考[ ]点|
        {_EDGE}(?:本题得分|所属章节|所属分类|章节|标签|试题编号|题目编号|试题ID|题目ID|认知层次|能力层次|
        鉴定点|考核点|答题时间|正确率|易错项|统计|试题分类|题目分类|适用范围|适用岗位|专业|工种|级别|等级|答题结果|
        作答结果|是否正确|误解检测))[ ](?:】[ ][:：]?|[ ][:：]))
  | (?P<paren>[(【\[][ ](?:{_WORD}|答)[ ][:：][ ](?P<inner>[^()（）\n【】\[\]]{{0,200}})[)】\]])
  | (?P<boxed>(?:[【\[<《{{][ ](?:{_WORD}|答)[ ][】\]>》}}]|\([ ](?:{_WORD}|答)[ ]\)(?=[ ][:：A-H√×对错]))(?:(?![ ]$)|(?<=^.{{4}})|(?<=^.{{6}}))[ ](?:是|为)?[ ][:：]?)
  | (?P<worded>{_WORD}[ ](?:应?[是为选])?[ ][:：])
  | (?P<loose>(?:(?<=^)|(?<=[\s.。;；!?)】\]])){_WORD}(?:
          (?<=^.{{2}})[ \t]{{1,8}}(?=[^\s:：及与和解要如见的]) | (?<=^.{{4}})[ \t]{{1,8}}(?=[^\s:：及与和解要如见的])
        | [ ]应?[是为选][ ](?!\([ ]\))(?=[A-Ha-h①-⑧正错对√×(])
        | [ \t]{{1,8}}(?=[(\[【]?[ ](?:[A-Ha-h①-⑧](?![a-z])|{JUDGED}))
        | [ ]-{{1,2}}>?[ ](?=[A-H])
        | (?<=^.{{2}})[ ]\n[ \t]{{0,8}}(?=(?:[A-H]{{1,7}}|正确|错误|对|错|√|×)[。.]?[ ]$)
        | (?<=^.{{4}})[ ]\n[ \t]{{0,8}}(?=(?:[A-H]{{1,7}}|正确|错误|对|错|√|×)[。.]?[ ]$)
        | (?=(?:[A-H]{{1,7}}|正确|错误|对|错|√|×)[。.]?[ ]$)))
  | (?P<tight>{_WORD}(?=[A-H]{{1,7}}(?:0?\d{{1,4}}|[ ]$)))
  | (?P<option>(?:正确|标准|参考)(?:的)?选项[ ](?:是|为)?[ ][:：])
  | (?P<english>(?i:(?<![A-Za-z])(?:correct[ ])?(?:answer|ans|key)[ ](?:[:：.][ ]|(?=\([A-H]\)))))
  | (?P<said>(?:(?<=\n)|(?<=\A)|(?<=[?。) \t]))答[ ][:：])
    )""".replace("[ ]", r"[ \t]{0,8}"),
    re.VERBOSE | re.MULTILINE,
)
ANSWER_KINDS = ("paren", "boxed", "worded", "loose", "tight", "option", "english", "said")
EXPLAIN_KINDS = ("explain", "basis", "book")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in a paper: `kind` answer, explain, basis, meta or own; where its words stand."""

    kind: str
    start: int
    end: int
    inner: str = ""
    word: str = ""


def find_marks(scan: str, start: int = 0, end: int | None = None) -> Iterator[Mark]:
    """The marks of a stretch of a paper, from left to right."""
    stop = len(scan) if end is None else end
    for match in MARK.finditer(scan, start, stop):
        kind = match.lastgroup or ""
        if kind == "inner":
            kind = "paren"
        if kind in ANSWER_KINDS:
            inner = match["inner"] or "" if kind == "paren" else ""
            yield Mark("answer", match.start(), match.end(), inner, kind)
        elif kind in EXPLAIN_KINDS:
            yield Mark(
                "basis" if kind == "basis" else "explain",
                match.start(),
                match.end(),
                "",
                match[0].strip(),
            )
        elif match[0]:
            yield Mark(kind, match.start(), match.end())


# 【单选题】, (多选题), [判断], (单选题, 1.0 分), [单选题] *(分值:5分)
TYPE_MARK = re.compile(
    rf"[【\[(<][ \t]*(?P<type>{TYPES})[ \t]*(?:[,;、:/ \t]+[^】\])\n]{{0,30}})?[】\])>][ \t]*[:：]?[ \t]*(?:\*(?![*]))?"
)
# At the beginning of a question only: 判断题<tab>stem, 单选题:stem, 31473单选题, 题型:单选题.
TYPE_WORD = re.compile(
    rf"[ \t]*(?:题型[ \t]*[:：][ \t]*(?P<named>{TYPES})|(?P<short>单选|多选|判断|填空|选择|简答|问答)(?=[ \t]*[:：])|(?P<type>{SURE_TYPES}))(?:[ \t]*[:：.、][ \t]*|[ \t]+|(?=\n)|$)"
)
# 故选A: taken only where nothing else answers.
CHOSEN = re.compile(
    r"(?:故|因此|所以|综上)[^\n。]{0,12}?选[ \t]{0,4}[:：]?[ \t]{0,4}(?P<letters>[A-H]{1,8})(?![A-Za-z])"
)
STEM_LABEL = re.compile(
    r"[【\[]?[ \t]{0,4}(?:题目|题干|试题|问题|问)[ \t]{0,4}(?:[】\]][ \t]{0,4}[:：]?|[:：])[ \t]*"
)
OPTIONS_LABEL = re.compile(
    r"[ \t]*[【\[]?[ \t]{0,4}(?:备?选项|选择项|供选答案)[ \t]{0,4}(?:[】\]][ \t]{0,4}[:：]?|[:：])\s*$"
)
ASKS_SEVERAL = re.compile(r"\((?:[^()]{0,4}多选[^()]{0,4}|不定项选择|可多选)\)")

SCORE = re.compile(
    r"[(\[【][ \t]*(?:本题|本小题|每小?题|每空|共|分值|满分|计|得分)?[ \t]*[:：]?[ \t]*\d{1,3}(?:\.\d+)?[ \t]*分(?:/[题空])?[ \t]*[,，]?[^()\[\]【】\n]{0,12}[)\]】]"
)
SCORE_LINE = re.compile(
    r"^[ \t]*[(\[]?[ \t]*(?:本题|此题)?(?:得分?|分值|满分)?[ \t]*[:：]?[ \t]*\d{1,3}(?:\.\d+)?[ \t]*分[ \t]*[)\]]?[ \t]*$",
    re.MULTILINE,
)
BARE_SCORE = re.compile(r"\([ \t]*\d(?:\.\d)?[ \t]*\)")

# Buttons and captions of exam sites; a whole line of it says nothing.
NOISE_LINE = re.compile(
    r"^[ \t]*(?:展开解析|收起解析|查看解析|查看答案|显示答案|收藏|纠错|上一题|下一题|答案解析|解析|试题解析|答错了?|答对了?|回答正确|回答错误|"
    r"本题\d*人?收藏|笔记|评论|正确率[:：]?[\d.]*%?|暂无解析|略)?[ \t:：]*$"
)
RIGHT_MARK = re.compile(
    r"[ \t]*(?:[(\[【][ \t]*(?:正确答案|正确选项|正确|答案|标准答案|√|对|★)[ \t]*[)\]】]|√)[ \t]*$"
)
PICTURE = re.compile(
    r"如图|(?:(?<=[如下上左右此该附本在从由自])|(?<![\w]))图中|下图|上图|右图|左图|图示|此图|图片(?:中|所示|上|里)|"
    r"(?:这|此|该|以下|下面)(?:一|个|种|块){0,2}(?:安全)?(?:标志|标识|图标|标牌)(?:是|表示|的含义|的意思)|"
    r"(?:标志|标识)是[:：][ \t]*$"
)


def type_of(word: str) -> str:
    """The type that a type word names."""
    return TYPE_WORDS[word]


def chinese_number(text: str) -> int:
    """十二 → 12; up to 999; 0 for what is no number."""
    if text.isdigit():
        return int(text)
    total = digit = 0
    for sign in text:
        if sign == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif sign == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif sign in CN_DIGITS:
            digit = max(CN_DIGITS.index(sign) - 1, 0)
        else:
            return 0
    return total + digit
