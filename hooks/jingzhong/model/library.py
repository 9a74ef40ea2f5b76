"""Everything the site holds, read once, with the look-ups that pages and checks share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from jingzhong.errors import ContentError, Report, expected, quoted
from jingzhong.model.cases import Case, parse_case
from jingzhong.model.contests import Contest, parse_contest
from jingzhong.model.fields import At
from jingzhong.model.pages import ContentPage, parse_page
from jingzhong.model.quizzes import Bank, Question, parse_bank
from jingzhong.model.regulations import KINDS, Regulation, parse_regulation
from jingzhong.model.settings import Settings, load_settings
from jingzhong.model.source import Source, load_source
from jingzhong.model.vocabulary import Sector, Vocabularies, load_vocabularies

T = TypeVar("T")

CONTENT = "content"


@dataclass(frozen=True)
class Known:
    """Ids that have a file, readable or not: one broken file brings no dangling references."""

    cases: frozenset[str] = frozenset()
    regulations: frozenset[str] = frozenset()
    banks: frozenset[str] = frozenset()
    contests: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()

    def has(self, target: str, name: str) -> bool:
        """Whether an object of this kind (`case`, `regulation`, `bank`) exists."""
        return name in getattr(self, f"{target}s")


@dataclass(frozen=True)
class Library:
    """All content of one build, sorted: cases newest first, regulations by rank."""

    root: Path
    settings: Settings
    vocabularies: Vocabularies
    cases: tuple[Case, ...] = ()
    regulations: tuple[Regulation, ...] = ()
    banks: tuple[Bank, ...] = ()
    contests: tuple[Contest, ...] = ()
    pages: tuple[ContentPage, ...] = ()
    known: Known = field(default_factory=Known)

    @cached_property
    def case_by_id(self) -> MappingType[str, Case]:
        """Case id → case."""
        return {case.id: case for case in self.cases}

    @cached_property
    def regulation_by_id(self) -> MappingType[str, Regulation]:
        """Regulation id → regulation."""
        return {regulation.id: regulation for regulation in self.regulations}

    @cached_property
    def bank_by_id(self) -> MappingType[str, Bank]:
        """Bank id → bank."""
        return {bank.id: bank for bank in self.banks}

    @cached_property
    def question_index(self) -> MappingType[str, int]:
        """Question id → its place in its bank, counted from 0."""
        return {
            question.id: index
            for bank in self.banks
            for index, question in enumerate(bank.questions)
        }

    @cached_property
    def sector_by_name(self) -> MappingType[str, Sector]:
        """Sector name → sector."""
        return {sector.name: sector for sector in self.vocabularies.sectors}

    @cached_property
    def cases_by_year(self) -> MappingType[int, tuple[Case, ...]]:
        """Year → its cases, newest year first."""
        return _grouped((case.date.year, case) for case in self.cases)

    @cached_property
    def cases_by_sector(self) -> MappingType[str, tuple[Case, ...]]:
        """Sector name → its cases."""
        return _grouped((name, case) for case in self.cases for name in case.sector)

    @cached_property
    def questions_by_case(self) -> MappingType[str, tuple[tuple[Bank, Question], ...]]:
        """Case id → the questions learned from it."""
        return _grouped(
            (name, (bank, question))
            for bank in self.banks
            for question in bank.questions
            for name in dict.fromkeys(question.case)
        )

    @cached_property
    def questions_by_article(
        self,
    ) -> MappingType[tuple[str, str | None], tuple[tuple[Bank, Question], ...]]:
        """(regulation id, article or None) → the questions that test it."""
        return _grouped(
            (key, (bank, question))
            for bank in self.banks
            for question in bank.questions
            for key in dict.fromkeys((ref.law, ref.article) for ref in question.law)
        )


def _grouped(pairs: Iterable[tuple[object, T]]) -> dict:  # type: ignore[type-arg]
    groups: defaultdict[object, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def load_library(root: Path, config: Path, report: Report) -> Library | None:
    """Read all content under `root`.

    Faults go to `report`; what could be read is returned all the same, so that the checks over
    the whole library run too. None only when the settings or the vocabularies are unreadable.
    """
    try:
        vocabularies = load_vocabularies()
    except ContentError as error:
        report.extend(error.problems)
        return None
    spellings = vocabularies.spellings

    def read(path: Path, parse: Callable[[Source, At], T | None]) -> T | None:
        source = load_source(root, path, report)
        return parse(source, At(source.path, "", report, spellings)) if source else None

    def read_all(paths: list[Path], parse: Callable[[Source, At], T | None]) -> list[T]:
        return [item for path in paths if (item := read(path, parse)) is not None]

    settings = load_settings(root, config, report)
    case_files = _files(root, "cases", ".md", report)
    regulation_files = _files(root, f"{CONTENT}/regulations", ".md", report)
    bank_files = _files(root, "quizzes", ".yml", report)
    contest_files = _files(root, "quizzes/contests", ".yml", report)
    page_files = list(_page_files(root))
    cases = read_all(case_files, parse_case)
    regulations = read_all(regulation_files, parse_regulation)
    banks = read_all(bank_files, parse_bank)
    contests = read_all(contest_files, parse_contest)
    pages = read_all(page_files, parse_page)
    if settings is None:
        return None
    return Library(
        root,
        settings,
        vocabularies,
        tuple(sorted(cases, key=lambda case: (-case.date.toordinal(), case.id))),
        tuple(sorted(regulations, key=lambda reg: (KINDS.index(reg.kind), reg.id))),
        tuple(sorted(banks, key=lambda bank: bank.id)),
        tuple(sorted(contests, key=lambda contest: contest.id)),
        tuple(sorted(pages, key=lambda page: page.origin.path)),
        Known(
            frozenset(path.stem for path in case_files),
            frozenset(path.stem for path in regulation_files),
            frozenset(path.stem for path in bank_files),
            frozenset(path.stem for path in contest_files),
            frozenset(path.relative_to(root / CONTENT).as_posix() for path in page_files),
        ),
    )


def _files(root: Path, folder: str, suffix: str, report: Report) -> list[Path]:
    """The content files of one flat folder; anything misplaced or misnamed is reported."""
    found = []
    for path in sorted((root / folder).glob("*")):
        name = path.relative_to(root).as_posix()
        if path.name.startswith(".") or path.name.lower() == "readme.md":
            continue
        if path.is_dir():
            if name == "quizzes/contests":
                continue
            nested = next(iter(sorted(path.rglob(f"*{suffix}"))), None)
            if nested:
                what = f"文件直接放在 {folder}/ 下"
                got = f"放在子文件夹 {path.name}/ 里"
                report.error(nested.relative_to(root).as_posix(), 1, "", expected(what, got))
        elif path.suffix != suffix:
            what = f"以 {suffix} 结尾的文件名"
            example = f"{folder}/{path.stem}{suffix}"
            report.error(name, 1, "", expected(what, quoted(path.name), example))
        elif not all(char in "abcdefghijklmnopqrstuvwxyz0123456789-" for char in path.stem):
            what = "只有小写英文字母、数字和连字符的文件名（它是网址的一部分）"
            report.error(
                name, 1, "", expected(what, quoted(path.name), f"{folder}/fire-law{suffix}")
            )
        else:
            found.append(path)
    return found


def _page_files(root: Path) -> Iterator[Path]:
    for path in sorted((root / CONTENT).rglob("*.md")):
        if path.relative_to(root / CONTENT).parts[0] != "regulations":
            yield path
