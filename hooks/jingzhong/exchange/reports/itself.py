"""What a report says of itself: its title, who made it and when, whose accident it is."""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Iterator, Sequence

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.found import Finding, Statement, finding, sentences, statement
from jingzhong.model.articles import chinese_to_int

_REPORT = re.compile(
    r"(?:事故|事件)(?:调查|调查评估|技术调查)?(?:处理)?报告(?:[（(][^（）()]{0,8}[）)])?[）)]?$"
)
_GLUED = re.compile(
    r"(?:\d{1,2}[、.．]\s*)?(?P<title>[^。，,；;]{4,60}?(?:事故|事件)(?:调查评估|技术调查|调查)(?:处理)?报告)"
    r"(?=\s*\d{1,4}\s*[年时])"
)
_QUOTED = re.compile(r"《(?P<title>[^《》]{4,60}(?:事故|事件)(?:调查评估|调查)?报告)》")
# What tells that a report is out is no title: 某地公布一起事故调查报告.
_NEWS = re.compile("公布|发布|披露|通报一|通报了|通报：")
# A line above a title that belongs to the page: its path, its labels, its signs.
_PAGE = re.compile(r"[:：>|。，,！!？?【】/《》]|\d{4}|^(?:目\s*录|附件|分享|首页)")
_PLACE_LINE = re.compile(r"[一-鿿]{2,8}?[省市区](?:[一-鿿]{2,12}?[市区县旗州盟]){0,2}")
_NAMED = re.compile(r"市|县|区|镇|乡|公司|厂|矿|店|路|工程|项目|学校|医院|煤|船")
_KINDS = r"(?:公司|厂|矿|医院|学校|中心|店|集团|合作社)"
_LABELLED = re.compile(
    r"(?:事故(?:发生)?单位|涉事(?:企业|单位)|发生单位|责任单位)(?:概况|名称|基本情况)?\s*(?:为|是|[:：|])\s*"
    rf"(?P<name>[一-鿿（）()A-Za-z0-9]{{4,40}}?{_KINDS})"
    r"(?=[，。、；,;（(：:|\s]|$|位于|成立|系|是|为)"
)
_UNIT_NAME = re.compile(
    rf"(?:单位|企业|公司)?名称\s*[:：|]\s*(?P<name>[一-鿿（）()A-Za-z0-9]{{4,40}}?{_KINDS})(?=[，。；,;|\s]|$)"
)
_UNIT_HEADING = re.compile(r"事故(?:发生)?单位")
# A name as registered begins with one place (某市甲公司); 某区甲公司 and more are an address too.
_ADDRESS = re.compile(
    r"[一-鿿]{2,8}?[省市州盟][一-鿿]{1,8}?[市县区旗]|[一-鿿]{2,}?(?:区|镇|乡|街道)[一-鿿]"
)
_PLACE_ENDS = "省市县区州盟旗镇乡"
_AUTHORITY = re.compile(
    r"(?P<name>(?:[一-鿿]{0,16}(?:国务院|人民政府|应急管理局|省|市|区|县))?[一-鿿“”\"·．.•\d]{0,60}?事故调查组)"
)
_FOUNDED = re.compile(
    r"(?:成立|组成|的)了?(?P<name>[^，,。；;、：:（()）的]{4,70}?事故调查组)(?=[（(]以下)"
)
_SHORT_FORM = re.compile(r"[（(]以下(?:简称|称)[^（）()]*[）)](?=[^，,。]{0,40}调查组)")
_YEAR, _DAY = r"\d{4}|[〇零○一二三四五六七八九]{4}", r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_SIGNED = re.compile(rf"(?P<y>{_YEAR})年(?P<m>{_DAY})月(?:(?P<d>{_DAY})日)?")
_POSTED = re.compile(
    r"(?:发布|发表|公布)(?:时间|日期)[:：]\s*(?P<y>\d{4})(?:-|年)(?P<m>\d{1,2})(?:-|月)(?P<d>\d{1,2})"
)
_NO_NAME = re.compile(r"(?:(?:一般|较大|重大|特别重大|生产|安全|责任)*事故联?合?)调查组")
_HEAD, _FAR = 12, 40


def read_itself(paragraphs: Sequence[Paragraph]) -> dict[str, Finding]:
    """report, authority, published, company."""
    head, foot = list(paragraphs[:_HEAD]), list(paragraphs[-4:])
    title = next(_titles(paragraphs), None)
    titles = [title] if title else []
    signed = [
        Statement(value, one.line, one.text)
        for one in (*head, *foot)
        if (match := _SIGNED.fullmatch(re.sub(r"[\s（）()]", "", one.text)))
        and (value := _day(match))
    ]
    posted = [
        statement(value, one, match.start(), match.end())
        for one in head
        if (match := _POSTED.search(one.text)) and (value := _day(match))
    ]
    return {
        "report": finding(titles),
        "authority": finding(_authorities(paragraphs)),
        "published": finding(signed or posted),
        "company": finding(_companies(paragraphs, title)),
    }


def _titles(paragraphs: Sequence[Paragraph]) -> Iterator[Statement]:
    """Titles, the likeliest first: a line of its own, one glued to its text, one in 《》."""
    for place, one in enumerate(paragraphs[:_FAR]):
        words = _bare(one.text)
        is_title = (
            _REPORT.search(words) and not re.search("[。，,；;>|：:]", words) and len(words) <= 90
        )
        if not is_title or words.startswith(("附件", "关于", "《")) or _NEWS.search(words):
            continue
        start = place
        while start > max(place - 2, 0) and _lacks_name(words):
            above = _bare(paragraphs[start - 1].text)
            if _PAGE.search(above) or len(above) > 40:
                break
            start, words = start - 1, above + words
        if start and _PLACE_LINE.fullmatch(above := _bare(paragraphs[start - 1].text)):
            start, words = start - 1, above + words
        title = re.sub(r"^【[^】]*】|[（(][^（）()]{0,8}[）)]$", "", words)
        yield Statement(title, paragraphs[start].line, words)
    for one in paragraphs[:_HEAD]:
        if match := _GLUED.match(one.text):
            yield Statement(_bare(match["title"]), one.line, match["title"])
    quoted = [(match, one) for one in paragraphs for match in _QUOTED.finditer(one.text)]
    # Several reports named are others', or a list of them.
    if len({re.sub(r"\W", "", match["title"]) for match, _ in quoted}) == 1:
        match, one = quoted[0]
        yield statement(_bare(match["title"]), one, match.start(), match.end())


def _lacks_name(title: str) -> bool:
    """Whether a title's line is but its end: “4·1”火灾事故调查报告, 火灾事故调查报告."""
    head, quote, _ = title.partition("“")
    return not head if quote else not _NAMED.search(title)


def _bare(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)


def _authorities(paragraphs: Sequence[Paragraph]) -> list[Statement]:
    """The group as it signs; where it does not, as the text says that it was founded."""
    signed = [
        statement(match["name"], one, match.start(), match.end())
        for one in (*paragraphs[:6], *paragraphs[-4:])
        if (match := _AUTHORITY.fullmatch(_bare(one.text)))
        and not _NO_NAME.fullmatch(match["name"])
    ]
    if signed:
        return signed
    founded = list[Statement]()
    for one in paragraphs[:_FAR]:
        text = _SHORT_FORM.sub("", one.text)
        for match in _FOUNDED.finditer(text):
            if _NO_NAME.fullmatch(match["name"]):
                continue
            words = f"…{text[max(match.start() - 30, 0) : match.end()]}…"
            founded.append(Statement(_bare(match["name"]), one.line, words))
    return founded


def _companies(paragraphs: Sequence[Paragraph], title: Statement | None) -> list[Statement]:
    """Whose accident it is, by a label; else the company that the title begins with."""
    found = [
        statement(match["name"], paragraph, start + match.start(), start + match.end())
        for paragraph, start, sentence in sentences(paragraphs)
        for match in _LABELLED.finditer(sentence)
    ]
    for above, one in itertools.pairwise(paragraphs):
        match = _UNIT_NAME.match(one.text)
        if match and _UNIT_HEADING.search(above.text) and len(above.text) <= 40:
            found.append(statement(match["name"], one, match.start(), match.end()))
    name = _company_of(title.value, paragraphs) if title and not found else None
    return [Statement(name, title.line, title.words)] if name and title else found


def _company_of(title: str, paragraphs: Sequence[Paragraph]) -> str | None:
    """The company that a title begins with (某市甲公司“1·2”……).

    A place may stand before it: then the text itself shows where the name begins, at the start of
    a clause or before 以下简称.
    """
    name = re.split(r"[“\"]|\d{4}年", title)[0]
    if not re.fullmatch(rf"[一-鿿（）()A-Za-z0-9]{{4,40}}{_KINDS}", name):
        return None
    bodies = [one.text for one in paragraphs if not _REPORT.search(_bare(one.text))]
    if any(re.search(rf"{re.escape(name)}(?![“\"])", body) for body in bodies):
        return name
    for cut in range(1, len(name) - 5):
        rest = re.escape(name[cut:])
        clause = re.compile(rf"(?:^|[，,。；;：:日时分许在由])\s*{rest}(?![“\"])")
        called = re.compile(rf"{rest}[（(]以下")
        if any(
            clause.search(body) or (name[cut - 1] in _PLACE_ENDS and called.search(body))
            for body in bodies
        ):
            return name[cut:]
    return None if _ADDRESS.match(name) else name


def _day(match: re.Match[str]) -> str | None:
    year, month, day = (
        chinese_to_int((match[part] or "1").replace("○", "〇")) for part in ("y", "m", "d")
    )
    try:
        full = datetime.date(year or 0, month or 0, day or 0).isoformat()
    except ValueError:
        return None
    return full if match["d"] else full[:7]
