"""Every text of the library with its file, line and voice, for checks that read what is written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from typing import Literal

from jingzhong.model.cases import Case
from jingzhong.model.fields import ListOf, MapOf, Record, Reference, Text, walk
from jingzhong.model.library import Library
from jingzhong.model.pages import ContentPage
from jingzhong.model.quizzes import Bank, Question
from jingzhong.model.regulations import Regulation

# says: what the site tells readers as true today; tells: what happened in an accident;
# names: titles, numbers and publishers quoted as they are; asks: stems and options, true or not.
Voice = Literal["says", "tells", "names", "asks"]
SPOKEN: tuple[Voice, ...] = ("says", "tells")


@dataclass(frozen=True)
class Passage:
    """One text; `day` is the day whose law and names it must know, `line` is 1-based."""

    path: str
    line: int
    field: str
    text: str
    voice: Voice
    day: datetime.date
    source: Record


_NARRATIVE_SECTIONS = ("事故经过", "直接原因", "间接原因", "责任追究")
_ACTION = re.compile(r"actions\[\d+\]\.do")
_GIST = re.compile(r"violations\[\d+\]\.gist")
_CASE_NAMES = re.compile(r"title|aliases|(report|sources|images)\b.*|violations\[\d+\]\.law_title")
_BANK_SAYS = re.compile(r"title|description|questions\[\d+\]\.explanation")
_NEGATIVE_STEM = re.compile(
    r"错误|不正确|不对|不妥|不当|不合|不符|不属于|不包括|不应|不该|不能|不得|不可|不宜|有误|哪.{0,6}不|危险的是"
)
_SENTENCE_END = "。！？；\n"
_LONG = 400


def passages(library: Library) -> Iterator[Passage]:
    """Every text of cases, regulations, banks, contests and pages, in the order of the library."""
    today = library.settings.as_of
    for case in library.cases:
        yield from _case(case, today)
    for regulation in library.regulations:
        yield from _regulation(regulation, today)
    for bank in library.banks:
        yield from _bank(bank, today)
    for contest in library.contests:
        for key, line, text in _texts(contest):
            yield Passage(contest.origin.path, line, key, text, "names", today, contest)
    for plan in library.plans:
        for key, line, text in _texts(plan):
            yield Passage(plan.origin.path, line, key, text, "says", today, plan)
    for page in library.pages:
        yield from _page(page, today)


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence that holds `text[start:end]` begins and ends.

    What has no full stop for 400 characters on a side is cut there, so that the cost stays small.
    """
    from_, until = max(start - _LONG, 0), min(end + _LONG, len(text))
    last = max(text.rfind(sign, from_, start) for sign in _SENTENCE_END)
    ends = [at for sign in _SENTENCE_END if (at := text.find(sign, end, until)) >= 0]
    return max(last + 1, from_), min(ends, default=until)


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds `text[start:end]`."""
    first, last = sentence_span(text, start, end)
    return text[first:last]


def _texts(record: Record) -> Iterator[tuple[str, int, str]]:
    """(key path, line, text) of each text field, however deep; ids are no text."""
    for owner, name, kind, value, key in walk(record):
        line = owner.line_of(name)
        inner = kind.of if isinstance(kind, ListOf | MapOf) else kind
        if not isinstance(inner, Text) or isinstance(inner, Reference):
            continue
        if isinstance(value, MappingType):
            for letter, text in value.items():
                yield f"{key}.{letter}", line, text
        elif isinstance(value, tuple):
            for number, text in enumerate(value, 1):
                yield f"{key}[{number}]", line, text
        else:
            yield key, line, value


def _lines(markdown: str, first: int) -> Iterator[tuple[int, str]]:
    for line, text in enumerate(markdown.split("\n"), first):
        if text.strip():
            yield line, text


def _case(case: Case, today: datetime.date) -> Iterator[Passage]:
    path, day = case.origin.path, case.date
    for key, line, text in _texts(case):
        voice: Voice = "tells"
        if _ACTION.fullmatch(key) or _GIST.fullmatch(key):
            voice = "says"
        elif _CASE_NAMES.fullmatch(key):
            voice = "names"
        # What a reader can do is done today, whatever the accident's date.
        yield Passage(path, line, key, text, voice, today if _ACTION.fullmatch(key) else day, case)
    for section in case.sections:
        voice = "tells" if section.heading in _NARRATIVE_SECTIONS else "says"
        for line, text in _lines(section.markdown, section.line + 1):
            yield Passage(path, line, section.heading or "正文", text, voice, day, case)


def _regulation(regulation: Regulation, today: datetime.date) -> Iterator[Passage]:
    path = regulation.origin.path
    for key, line, text in _texts(regulation):
        yield Passage(path, line, key, text, "names", today, regulation)
    for part in regulation.parts:
        for line, text in _lines(part.markdown, part.line + 1):
            yield Passage(path, line, part.heading or "正文", text, "says", today, regulation)
        for article in part.articles:
            if article.title:
                name = article.name
                yield Passage(path, article.line, name, article.title, "says", today, regulation)
            for line, text in _lines(article.markdown, article.line + 1):
                yield Passage(path, line, article.name, text, "says", today, regulation)


def _bank(bank: Bank, today: datetime.date) -> Iterator[Passage]:
    path = bank.origin.path
    for key, line, text in _texts(bank):
        voice: Voice = "says" if _BANK_SAYS.fullmatch(key) else "asks"
        match = re.fullmatch(r"questions\[(\d+)\]\.(stem|options\.([A-Z]))", key)
        if match and _asserted(bank.questions[int(match[1]) - 1], match[3]):
            voice = "says"
        elif key.endswith((".image.src", ".image.alt", ".id")) or key.startswith("topics"):
            voice = "names"
        yield Passage(path, line, key, text, voice, today, bank)


def _asserted(question: Question, letter: str | None) -> bool:
    """Whether the stem (no letter) or this option is offered to the reader as true."""
    if letter is None:
        return question.type == "judge" and question.answer is True
    chosen = question.type in ("single", "multiple") and letter in question.answer
    return chosen and not _NEGATIVE_STEM.search(question.stem)


def _page(page: ContentPage, today: datetime.date) -> Iterator[Passage]:
    path = page.origin.path
    for key, line, text in _texts(page):
        yield Passage(path, line, key, text, "says", today, page)
    for line, text in _lines(page.markdown, page.body_line):
        yield Passage(path, line, "正文", text, "says", today, page)
