"""Everything the site holds, read once, with the look-ups that pages and checks share."""

from __future__ import annotations

import datetime
import string
from collections import defaultdict
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from jingzhong.errors import ContentError, Problem, Report, expected, quoted
from jingzhong.model.cases import Case, parse_case
from jingzhong.model.contests import Contest, parse_contest
from jingzhong.model.fields import At
from jingzhong.model.kept import Keep, make_anew
from jingzhong.model.pages import ContentPage, parse_page
from jingzhong.model.plans import Plan, parse_plan
from jingzhong.model.quizzes import Bank, Question, parse_bank
from jingzhong.model.regulations import KINDS, Regulation, parse_regulation
from jingzhong.model.settings import Settings, load_settings
from jingzhong.model.source import Source, load_source
from jingzhong.model.vocabulary import Sector, Vocabularies, load_vocabularies

T = TypeVar("T")

CONTENT = "content"
_NAME_SIGNS = frozenset(string.ascii_lowercase + string.digits + "-")


@dataclass(frozen=True)
class Known:
    """Ids that have a file, readable or not: one broken file brings no dangling references."""

    cases: frozenset[str] = frozenset()
    regulations: frozenset[str] = frozenset()
    banks: frozenset[str] = frozenset()
    contests: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()

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
    plans: tuple[Plan, ...] = ()

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
    def question_by_id(self) -> MappingType[str, tuple[Bank, Question]]:
        """Question id → its bank and itself."""
        return {one.id: (bank, one) for bank in self.banks for one in bank.questions}

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


def load_library(
    root: Path, config: Path, report: Report, keep: Keep = make_anew
) -> Library | None:
    """Read all content under `root`.

    Faults go to `report`; what could be read is returned all the same, so that the checks over
    the whole library run too. None only when the vocabularies are unreadable. `keep` may spare the
    parsing of files that are as they were.
    """
    try:
        vocabularies = load_vocabularies()
    except ContentError as error:
        report.extend(error.problems)
        return None
    spellings, words = vocabularies.spellings, repr(vocabularies)

    def read(path: Path, parse: Callable[[Source, At], T | None]) -> T | None:
        source = load_source(root, path, report)
        if source is None:
            return None
        item, problems = keep((parse, source, words), lambda: parse_alone(source, parse))
        report.extend(problems)
        return item

    def parse_alone(
        source: Source, parse: Callable[[Source, At], T | None]
    ) -> tuple[T | None, tuple[Problem, ...]]:
        own = Report()
        return parse(source, At(source.path, "", own, spellings)), own.problems

    def read_all(paths: list[Path], parse: Callable[[Source, At], T | None]) -> list[T]:
        return [item for path in paths if (item := read(path, parse)) is not None]

    settings = load_settings(root, config, report)
    case_files, case_ids = _files(root, "cases", ".md", report)
    regulation_files, regulation_ids = _files(root, f"{CONTENT}/regulations", ".md", report)
    bank_files, bank_ids = _files(root, "quizzes", ".yml", report)
    plan_files, plan_ids = _files(root, "quizzes/plans", ".yml", report)
    contest_files, contest_ids = _files(root, "quizzes/contests", ".yml", report)
    page_files, page_names = _page_files(root, report)
    cases = read_all(case_files, parse_case)
    regulations = read_all(regulation_files, parse_regulation)
    banks = read_all(bank_files, parse_bank)
    contests = read_all(contest_files, parse_contest)
    plans = read_all(plan_files, parse_plan)
    pages = read_all(page_files, parse_page)
    if settings is None:
        # Already reported; a stand-in that no date offends lets the checks over the library run.
        days = [
            *(case.reviewed for case in cases),
            *(regulation.reviewed for regulation in regulations),
            *(bank.reviewed for bank in banks),
        ]
        settings = Settings(city="", unit="", as_of=max(days, default=datetime.date.max))
    return Library(
        root,
        settings,
        vocabularies,
        tuple(sorted(cases, key=lambda case: (-case.date.toordinal(), case.id))),
        tuple(sorted(regulations, key=lambda reg: (KINDS.index(reg.kind), reg.id))),
        tuple(sorted(banks, key=lambda bank: bank.id)),
        tuple(sorted(contests, key=lambda contest: contest.id)),
        tuple(sorted(pages, key=lambda page: page.origin.path)),
        Known(case_ids, regulation_ids, bank_ids, contest_ids, page_names, plan_ids),
        tuple(sorted(plans, key=lambda plan: plan.id)),
    )


def _files(
    root: Path, folder: str, suffix: str, report: Report
) -> tuple[list[Path], frozenset[str]]:
    """The content files of one flat folder, and every id that has a file, however misnamed."""
    found, ids = list[Path](), set[str]()
    for path in sorted((root / folder).glob("*")):
        name = path.relative_to(root).as_posix()
        if path.name.startswith(".") or path.name.lower() == "readme.md":
            continue
        if path.name.endswith(".rejected.yml"):
            # What an import left out, kept beside its bank for the editor; it is no bank.
            continue
        if path.is_dir():
            nested = (
                []
                if name in ("quizzes/contests", "quizzes/plans")
                else sorted(path.rglob(f"*{suffix}"))
            )
            for file in nested[:1]:
                what, got = f"文件直接放在 {folder}/ 下", f"放在子文件夹 {path.name}/ 里"
                place = file.relative_to(root).as_posix()
                report.error(place, 1, "", expected(what, got, f"{folder}/{file.name}"))
            ids.update(file.stem.lower() for file in nested)
            continue
        ids.add(path.stem.lower())
        if path.suffix != suffix:
            what, example = f"以 {suffix} 结尾的文件名", f"{folder}/{path.stem}{suffix}"
            report.error(name, 1, "", expected(what, quoted(path.name), example))
        elif _is_named_well(path.stem, name, f"{folder}/fire-law{suffix}", report):
            found.append(path)
    return found, frozenset(ids)


def _page_files(root: Path, report: Report) -> tuple[list[Path], frozenset[str]]:
    """The hand-written pages and the names of all of them; MkDocs leaves out hidden ones too."""
    found, names = list[Path](), set[str]()
    for path in sorted((root / CONTENT).rglob("*.md")):
        inside = path.relative_to(root / CONTENT)
        if inside.parts[0] == "regulations" or any(part.startswith(".") for part in inside.parts):
            continue
        names.add(inside.as_posix())
        name = path.relative_to(root).as_posix()
        stem = "".join(inside.with_suffix("").parts)
        if _is_named_well(stem, name, f"{CONTENT}/about.md", report):
            found.append(path)
    return found, frozenset(names)


def _is_named_well(stem: str, name: str, example: str, report: Report) -> bool:
    """Whether a file's name can be an address; otherwise it is reported."""
    if stem and _NAME_SIGNS.issuperset(stem):
        return True
    what = "只有小写英文字母、数字和连字符的文件名（它是网址的一部分）"
    report.error(name, 1, "", expected(what, quoted(name.rpartition("/")[2]), example))
    return False
