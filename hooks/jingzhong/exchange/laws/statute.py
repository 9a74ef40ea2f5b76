"""A statute's paragraphs cut into title, note, chapters and articles; nothing is added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.law.titles import names_act, sounds_legal
from jingzhong.model.articles import article_name, article_order, parse_article

_N = "[零〇一二三四五六七八九十百千两0-9]{1,9}"
_ARTICLE = re.compile(rf"(?P<name>第\s?{_N}\s?条(?:之[一二三四五六七八九十]{{1,3}})?)")
# A chapter's line is short and no sentence.
_PART = re.compile(
    rf"第\s?{_N}\s?(?P<kind>编|分编|章|节)(?P<gap>[\s\u3000]+|$)?(?P<name>[^。；;]{{0,40}})$"
)
_ANNEX = re.compile(r"(?:附\s?(?:件|表|录|图)?)\s?[一二三四五六七八九十0-9]{0,3}\s?[:：]?")
_CONTENTS = re.compile(r"目\s*[录錄次]")
_LEADERS = re.compile(r"[\s.…·\u3000]*\d*$")
_GLUED = re.compile(rf"(?<=[。；：])\s*(?=第{_N}条(?:之[一二三四五六七八九十]{{1,3}})?[\s\u3000])")
_DATED = re.compile(r"\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
_NOTED = re.compile(
    r"通过|公布|发布|批准|修正|修订|修改|施行|印发|令第|第.{1,6}号|[〔\[]\d{4}[〕\]]"
)


@dataclass
class ArticleDraft:
    """One article: canonical number, the line it began on, its paragraphs."""

    number: str
    line: int
    paragraphs: list[str] = field(default_factory=list)
    title: str = ""

    @property
    def name(self) -> str:
        """第五十四条."""
        return article_name(self.number)

    @property
    def text(self) -> str:
        """The words of the article alone."""
        return "\n".join(self.paragraphs)


@dataclass
class PartDraft:
    """A chapter (or the text before the first): heading, paragraphs before its articles."""

    heading: str
    line: int
    paragraphs: list[str] = field(default_factory=list)
    articles: list[ArticleDraft] = field(default_factory=list)


@dataclass
class Statute:
    """What a file holds. `problems` are (line, what an editor has to know)."""

    title: str
    title_line: int
    note: list[Paragraph]
    parts: list[PartDraft]
    problems: list[tuple[int, str]]

    @property
    def articles(self) -> list[ArticleDraft]:
        """Every article, in the order of the file."""
        return [article for part in self.parts for article in part.articles]


def read_statute(paragraphs: Sequence[Paragraph]) -> Statute | None:
    """The statute in a document; None where no line is a title."""
    place = _title_place(paragraphs)
    if place is None:
        return None
    title, used = _title(paragraphs, place)
    rest = list(paragraphs[place + used :])
    note, body = _split_head(rest)
    # What stands above a title (国务院令 第493号) belongs to its note.
    note = [p for p in paragraphs[:place] if p.text and _NOTED.search(p.text)] + note
    statute = Statute(title, paragraphs[place].line, note, [], [])
    _fill(statute, _without_contents(body))
    statute.problems += sequence_faults(statute)
    return statute


def _title_place(paragraphs: Sequence[Paragraph]) -> int | None:
    for place, one in enumerate(paragraphs[:40]):
        if one.level == 1 and one.text:
            return place
    for place, one in enumerate(paragraphs[:15]):
        words = re.sub(r"\s", "", one.text)
        following = paragraphs[place + 1].text if place + 1 < len(paragraphs) else ""
        if not words or len(words) > 80 or _ARTICLE.match(words) or words[0] in "（(":
            continue
        if "。" in words or names_act(words) or "现予" in words:
            continue
        bare = re.sub(r"[（(](?:试行|暂行|修订|\d{4}.{0,12})[）)]$", "", words)
        if sounds_legal(bare) or sounds_legal(bare + re.sub(r"\s", "", following)[:40]):
            return place
    return None


def _title(paragraphs: Sequence[Paragraph], place: int) -> tuple[str, int]:
    """The title, and of how many lines: 中华人民共和国 may stand on a line of its own."""
    words = re.sub(r"(?<=[^\x00-\x7f])[\s\u3000]+(?=[^\x00-\x7f])", "", paragraphs[place].text)
    words = words.strip("《》")
    if paragraphs[place].level or sounds_legal(words) or place + 1 >= len(paragraphs):
        return words, 1
    after = re.sub(r"[\s\u3000]+", "", paragraphs[place + 1].text)
    joined = words + after
    return (joined, 2) if sounds_legal(joined) and len(after) <= 40 else (words, 1)


def _split_head(rest: list[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """(note, body). The note ends at its mark, else where the first chapter or article begins."""
    for place, one in enumerate(rest[:60]):
        if one.ends_head:
            return rest[:place], rest[place + 1 :]
    note, opened = list[Paragraph](), 0
    for place, one in enumerate(rest):
        words = one.text
        article = _ARTICLE.match(words)
        first = article and parse_article(re.sub(r"\s", "", article["name"])) == "1"
        if first or _CONTENTS.fullmatch(words) or _PART.match(words) or one.level > 1:
            return note, rest[place:]
        inside = opened > 0 or words[:1] in "（("
        opened = max(opened + len(re.findall("[（(]", words)) - len(re.findall("[）)]", words)), 0)
        noted = _DATED.search(words) or _NOTED.search(words)
        if not (inside or (noted and len(words) < 200)):
            return note, rest[place:]
        note.append(one)
    return note, []


def _without_contents(body: list[Paragraph]) -> list[Paragraph]:
    """The body without its table of contents, which repeats the chapters' lines."""
    start = next((i for i, p in enumerate(body[:5]) if _CONTENTS.fullmatch(p.text)), None)
    if start is None:
        return body
    first, end = "", start + 1
    for end in range(start + 1, len(body)):
        words = _LEADERS.sub("", re.sub(r"[\s\u3000]", "", body[end].text))
        if words == first or not (_PART.match(body[end].text) or len(words) < 12):
            break
        first = first or words
    return body[:start] + body[end:]


def _fill(statute: Statute, body: Sequence[Paragraph]) -> None:
    parts = statute.parts
    parts.append(PartDraft("", statute.title_line))
    article: ArticleDraft | None = None
    last = ""
    for one in _unglued(body, statute):
        heading = _part_heading(one, bool(last))
        if heading:
            parts.append(PartDraft(heading, one.line))
            article = None
            continue
        found = _article(one, last)
        if found:
            article, words = found
            last = article.number
            parts[-1].articles.append(article)
            if one.level and len(words) <= 30 and not words.endswith("。"):
                article.title = words
            elif words:
                article.paragraphs.append(words)
        elif one.text:
            (article or parts[-1]).paragraphs.append(one.text)


def _unglued(body: Sequence[Paragraph], statute: Statute) -> Iterator[Paragraph]:
    """Paragraphs with one article each: 。 第二条 … in the middle begins the next one."""
    last, told = 0, False
    for one in body:
        pieces, begun = _GLUED.split(one.text), _ARTICLE.match(one.text)
        number = parse_article(re.sub(r"\s", "", begun["name"])) if begun else None
        last = article_order(number)[0] if number else last
        kept = pieces[:1]
        for piece in pieces[1:]:
            match = _ARTICLE.match(piece)
            number = parse_article(match["name"]) if match else None
            if number and last and article_order(number)[0] in (last, last + 1):
                kept.append(piece)
                last = article_order(number)[0]
                if not told:
                    statute.problems.append(
                        (one.line, "几条连在一段里，按条号拆开了，款的分段已丢失")
                    )
                    told = True
            else:
                kept[-1] += piece
        for piece in kept:
            yield Paragraph(one.line, piece.strip(), one.level)


def _part_heading(one: Paragraph, begun: bool) -> str:
    """The heading in canonical spacing (第一章 总则), or ""."""
    match = _PART.match(one.text)
    if match and (one.level or match["gap"] is not None or _is_bare_name(match["name"])):
        kind = one.text[: match.end("kind")].replace(" ", "")
        return f"{kind} {_joined(match['name'])}".strip()
    if one.level >= 2 and not _ARTICLE.match(one.text):
        return one.text
    if begun and _ANNEX.fullmatch(one.text):
        return one.text.rstrip(":： ")
    if re.fullmatch(r"附[\s\u3000]*则", one.text):
        return "附则"
    return ""


def _is_bare_name(name: str) -> bool:
    """第一章总则 is a heading, 第三章规定的措施 is a sentence torn in two."""
    return len(name) <= 20 and not re.match(r"规定|的|所|中|和|或|及|、|，|至|第", name)


def _joined(name: str) -> str:
    words = name.split()
    return "".join(words) if all(len(word) == 1 for word in words) else " ".join(words)


def _article(one: Paragraph, last: str) -> tuple[ArticleDraft, str] | None:
    match = _ARTICLE.match(one.text)
    number = parse_article(re.sub(r"\s", "", match["name"])) if match else None
    if match is None or number is None:
        return None
    rest = one.text[match.end() :]
    follows = number in _next(last)
    if rest and not rest[0].isspace() and not follows:
        return None  # 第三十一条的决定: a line that only begins so.
    if rest[:1] in tuple("、和至第的所规，"):
        return None
    return ArticleDraft(number, one.line), rest.lstrip(" \u3000:：").rstrip(" \u3000")


def _next(last: str) -> tuple[str, ...]:
    """The numbers that may follow: 135 or 134-1 after 134, 134-2 or 135 after 134-1."""
    number, sub = article_order(last) if last else (0, 0)
    return (str(number + 1), f"{number}-{sub + 1}")


def sequence_faults(statute: Statute) -> list[tuple[int, str]]:
    """Why the articles do not run 第一条 … 第N条 without a gap or a repeat; empty when they do."""
    articles = statute.articles
    if not articles:
        return [(statute.title_line, "没有“第几条”形式的条文，整篇按段落收入")]
    faults, last, seen = list[tuple[int, str]](), "", dict[str, int]()
    for one in articles:
        if one.number in seen:
            faults.append((one.line, f"{one.name}出现两次（前一次在第 {seen[one.number]} 行）"))
        elif one.number not in _next(last):
            before = article_name(last) if last else "开头"
            faults.append((one.line, f"{before}之后是{one.name}，中间缺条或顺序不对"))
        if not one.text.strip():
            faults.append((one.line, f"{one.name}没有正文"))
        seen.setdefault(one.number, one.line)
        last = one.number
    return faults
