"""What surrounds a paper: page numbers and running heads, contents, site notices, name lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from jingzhong.exchange.questions.markdown import HEADED
from jingzhong.exchange.questions.marks import NOISE_LINE, SCORE_LINE, TYPES, find_marks
from jingzhong.exchange.questions.tidy import SCAN, Line

_PAGE = re.compile(
    r"^[ \t]*(?:第?[ \t]*\d{1,4}[ \t]*页[ \t]*[,，/共]*[ \t]*(?:第?[ \t]*\d{1,4}[ \t]*页)?|[-~·•|]+[ \t]*\d{1,4}[ \t]*[-~·•|]+|\d{1,4}[ \t]*/[ \t]*\d{1,4}|(?i:page)[ \t]*\d+(?:[ \t]*(?i:of)[ \t]*\d+)?|第[ \t]*\d+[ \t]*页.{0,30}|.{0,40}第[ \t]*\d+[ \t]*页[ \t]*(?:[,，/]?[ \t]*共[ \t]*\d+[ \t]*页)?)[ \t]*$"
)
_CONTENTS = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|\t)[ \t.…·]*\d{1,4}[ \t]*$")
_RULE = re.compile(r"^[\s=\-_*~#—─━·.+|＝－]{4,}$")
_SEAL = re.compile(
    r"^[\s\-—─_.…]*(?:密[ \t]*封[ \t]*线|装[ \t]*订[ \t]*线|.{0,6}线[ \t]*内[ \t]*不[ \t]*(?:要|得|准)[ \t]*答[ \t]*题|密\s*封\s*线).*$"
)
_FIELDS = re.compile(
    r"^[ \t]*(?:(?:姓[ \t]*名|单[ \t]*位|部[ \t]*门|工[ \t]*号|成[ \t]*绩|得[ \t]*分|分[ \t]*数|班[ \t]*组|岗[ \t]*位|学[ \t]*号|班[ \t]*级|考[ \t]*号|准考证号|日[ \t]*期|阅卷人|评卷人|总[ \t]*分|工[ \t]*种|考试时间|满分|时间|职务|公司|车间)[ \t]*[:：]?[ \t_＿().\d年月日分钟|,，;；/]*){1,8}$"
)
_SCORES = re.compile(
    r"^[ \t|]*(?:题[ \t]*号|得[ \t]*分|评卷人|阅卷人|分[ \t]*数|题[ \t]*型)[ \t|]*(?:[一二三四五六七八九十][ \t|]*){2,}(?:总[ \t]*分|合[ \t]*计|总[ \t]*计)?[ \t|]*$|^[ \t|]*(?:得[ \t]*分|评卷人|阅卷人|分[ \t]*值)[ \t|\d:：.分]*$"
)
_EXAM = re.compile(
    r"^[ \t]*\(?(?:考试(?:时间|时长)|答题时间|满分|本(?:试)?卷(?:共|满分)|总分|卷面)[^\n。?？]{0,60}\)?[ \t]*$"
)
_NOTICE = re.compile(
    r"版权(?:声明|说明|归|所有)|未经(?:授权|许可).{0,10}(?:转载|传播|使用)|免责声明|侵权.{0,12}(?:联系|删除)|联系(?:我们|客服|作者|本站)|温馨提示|"
    r"已阅读\d+页|剩余\d*页|下载(?:本文档|全文|后可编辑|文档|APP|app)|点击(?:下载|查看|展开|加载|阅读)|文档(?:贡献|加载|来源|编号|下载|仅供)|仅供参考.{0,8}$|"
    r"(?:https?://|www\.)\S+|扫(?:一扫|描|码).{0,12}(?:二维码|关注|下载|获取)|关注.{0,10}公众号|微信公众号|(?:QQ|qq|微信)(?:群|号)?[:：]?\s*\d{5,}|"
    r"^[ \t]*(?:登录|注册|会员|VIP|收藏|分享|举报|打印|返回顶部|上一页|下一页|相关(?:文档|推荐|阅读|试题)|猜你喜欢|推荐阅读|热门)[ \t:：]*$|"
    r"资料(?:来源于|整理自|由.{0,12}整理)|如有(?:错误|侵权|雷同|不妥)|更多(?:试题|资料|题库|内容).{0,20}(?:关注|请|尽在|访问|下载|加)|本文(?:档|由|来自)|题库持续更新|"
    r"^[ \t]*(?:精品文档|整理版|word文档|可编辑|完美版|最新版)"
)
_HEAD_WORDS = re.compile(
    r"题库|试题|试卷|公司|中心|学校|大学|学院|集团|局|处$|部$|考试|竞赛|培训|手册|资料|复习|题集|汇编|网|版|页|\d{4}年"
)
_MARKED = re.compile(
    rf"^[ \t]*(?:[•·*\-][ \t]*)?(?:[(\[【]?[A-Ja-j][)\]】]?[ \t]?[.、:)。,，]|[(\[【]?\d{{1,4}}[)\]】]?[ \t]?[.、):：]|第\d+题|[①-⑳]|[○◯□☐☆√×]|[【\[(](?:{TYPES}))"
)


_SHARES = re.compile(r"^[ \t]*选项[ \t|]+小计[ \t|]+比例[ \t|]*$")
_SHARE = re.compile(r"[ \t]+\d+[ \t]+\d{1,3}(?:\.\d+)?%[ \t]*$")


def _without_shares(lines: Sequence[Line]) -> list[Line]:
    """A survey's report without its counts: 灭火器(答案) 110 90%."""
    if not any(_SHARES.match(line.text) for line in lines):
        return list(lines)
    kept = [line for line in lines if not _SHARES.match(line.text)]
    return [Line(line.number, _SHARE.sub("", line.text)) for line in kept]


def strip_shell(lines: Sequence[Line]) -> list[Line]:
    """The lines that may belong to questions; blank lines stay, they part paragraphs."""
    lines = _without_shares(lines)
    scans = [line.text.translate(SCAN) for line in lines]
    running = _running_heads(scans)
    numbers = _page_numbers(scans)
    kept = []
    for place, (line, scan) in enumerate(zip(lines, scans, strict=True)):
        if not scan.strip():
            kept.append(Line(line.number, HEADED if HEADED in line.text else ""))
        elif _between(scans, place, scan):
            kept.append(line)
        elif place in numbers or _masked(scan) in running or _is_shell(scan):
            continue
        else:
            kept.append(line)
    return kept


_NUMBER_LINE = re.compile(r"[ \t]*第[ \t]?\d{1,4}[ \t]?题")
_LETTER_A = re.compile(r"[ \t]*[(\[【]?[ \t]?A[ \t]?[.、:)\]】]")


def _between(scans: Sequence[str], place: int, scan: str) -> bool:
    """Whether a line that names an address or such stands between 第3题 and option A: a stem."""
    if not _NOTICE.search(scan) or place == 0 or place + 1 >= len(scans):
        return False
    above = _NUMBER_LINE.match(scans[place - 1]) is not None
    return above and _LETTER_A.match(scans[place + 1]) is not None


_BREAKS = (
    # （ A B / C ）, 答 / 案：D, C / 、通风: broken where the line happened to end.
    (re.compile(r"\([ \t]*(?:[A-H][ \t,、]*)*$"), re.compile(r"[ \t]*(?:[A-H][ \t,、]*)*\)")),
    (
        re.compile(r"(?:正确|参考|标准)?答$|^[ \t]*(?:正确|参考|标准)$"),
        re.compile(r"案[ \t]*[:】]|答案[ \t]*[:】]"),
    ),
    (
        re.compile(r"答案[】]?[:：][ \t]*[A-H](?:[ ,、]*[A-H])*[,、]$"),
        re.compile(r"[ \t]*[A-H](?:[ ,、]*[A-H])*[ \t]*(?:[。.]?$|[【(]?解析)"),
    ),
    (
        re.compile(r"答案[】]?[:：][ \t]*[A-H](?:[ ,、]*[A-H])*$"),
        re.compile(r"[ \t]*[,、][ \t]*[A-H](?:[ ,、]*[A-H])*[ \t]*(?:[。.]?$|[【(]?解析)"),
    ),
    (re.compile(r"答案$"), re.compile(r"[ \t]*[:】]")),
    (re.compile(r"(?:^|[ \t])\(?[A-H]$"), re.compile(r"[、.:)][ \t]*\S")),
)


# 答案：A / B at the end of a full line: the row of letters goes on.
_ROW_END = re.compile(r"(?:答案[】]?[:：]|\d{1,3}[.、:])[ \t]*[A-H](?:[ ,、]*[A-H])*$")
_ROW_REST = re.compile(r"[A-H]{1,6}(?:[。.]?$|[ \t]+\d{1,4}[.、:])")


def rejoin(lines: Sequence[Line]) -> list[Line]:
    """Put together what a line's end has torn apart so that no mark could be known."""
    longest = max((len(line.text) for line in lines), default=0)
    done: list[Line] = []
    for line in lines:
        if done and line.text:
            before, here = done[-1].text.translate(SCAN), line.text.translate(SCAN)
            full = len(before) >= max(longest - 1, 24) and _ROW_END.search(before[-40:])
            torn = any(end.search(before[-40:]) and begin.match(here) for end, begin in _BREAKS)
            if torn or (full and _ROW_REST.match(here)):
                done[-1] = Line(done[-1].number, done[-1].text + line.text.lstrip())
                continue
        done.append(line)
    return done


# What a version control leaves where two versions met.
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: \S.*)?$")


def _is_shell(scan: str) -> bool:
    if _CONFLICT.match(scan):
        return True
    if len(scan) > 200:
        return False
    text = scan.strip()
    if _PAGE.match(scan) and not _MARKED.match(scan) and not re.search(r"[?。]|\([ \t]*\)", scan):
        return True
    if _RULE.match(scan) and not re.fullmatch(r"[\s_]{4,}", scan):
        return True
    if _SEAL.match(scan) or (SCORE_LINE.match(text) and len(text) < 14):
        return True
    if NOISE_LINE.match(text) and text.strip(" \t:") not in ("解析", "答案解析", "试题解析"):
        return True
    if _FIELDS.match(scan) and re.search(r"[_:：]|[ \t]{2,}|\)", scan):
        return True
    if _EXAM.match(scan) or _SCORES.match(scan):
        return True
    if (
        _CONTENTS.search(scan)
        and not _MARKED.match(scan.lstrip("0123456789.、 "))
        and not re.search(r"_{2,}|\([ \t]*\)|\t.*\t", scan)
        and re.search(r"[\u4e00-\u9fff]", scan)
    ):
        return bool(re.search(r"\.{4,}|…{2,}|·{4,}", scan))
    noticed = _NOTICE.search(scan) and not _MARKED.match(scan)
    return bool(noticed) and next(find_marks(scan), None) is None


def _masked(scan: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", scan))


def _running_heads(scans: Sequence[str]) -> set[str]:
    """Lines that come again and again, or stand at page numbers: heads and feet of pages."""
    told = [(place, scan) for place, scan in enumerate(scans) if scan.strip()]
    counts = Counter(_masked(scan) for _, scan in told if 4 <= len(scan.strip()) <= 60)
    beside: Counter[str] = Counter()
    for here, (_, scan) in enumerate(told):
        if _PAGE.match(scan):
            for near in (here - 1, here + 1):
                if 0 <= near < len(told):
                    beside[_masked(told[near][1])] += 1
    heads = set()
    for text, count in counts.items():
        if (
            _MARKED.match(text)
            or next(find_marks(text), None)
            or re.search(rf"^(?:{TYPES})|[?？。]$|\(\)|__", text)
        ):
            continue
        if (count >= 3 and _HEAD_WORDS.search(text) and len(text) >= 6) or (
            count >= 2 and beside[text] >= 2
        ):
            heads.add(text)
    return heads


def _page_numbers(scans: Sequence[str]) -> set[int]:
    """Bare numbers on lines of their own that count pages: one more each time, far apart."""
    spots = [
        (place, int(scan))
        for place, scan in enumerate(scans)
        if re.fullmatch(r"[ \t]*\d{1,4}[ \t]*", scan)
    ]
    best: list[int] = []
    row: list[int] = []
    last = None
    for place, number in spots:
        if last is not None and number == last[1] + 1 and place - last[0] >= 12:
            row.append(place)
        elif last is not None and place - last[0] < 12:
            continue
        else:
            row = [place]
        last = (place, number)
        if len(row) > len(best):
            best = list(row)
    if len(best) < 3:
        return set()
    # Numbers of questions stand alone too: then options or an answer follow each of them.
    asked = sum(
        bool(re.search(r"\([ \t]*\)|_{2,}|[?:。]$", " ".join(scans[place + 1 : place + 3])))
        for place in best
    )
    gaps = sorted(two - one for one, two in pairwise(best))
    return set(best) if gaps[len(gaps) // 2] >= 18 or asked * 2 < len(best) else set()
