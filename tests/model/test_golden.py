"""Files become typed, frozen objects: each value of the valid project, its type and its line."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from jingzhong.errors import Report
from jingzhong.model.cases import Case
from jingzhong.model.contests import Contest
from jingzhong.model.fields import ListOf, Nested, Record, specs
from jingzhong.model.library import Library, load_library
from jingzhong.model.pages import ContentPage
from jingzhong.model.plans import Plan
from jingzhong.model.quizzes import TYPES, Bank, LawReference
from jingzhong.model.regulations import Regulation
from jingzhong.model.settings import Settings

GOLDEN = Path(__file__).resolve().parent / "golden"


def dump(value: object, key: str = "") -> Iterator[str]:
    """One line a value: its path, its type, its text, and the line of the file it came from."""
    if isinstance(value, Record):
        for field in dataclasses.fields(value):
            if field.name != "origin":
                line = value.origin.lines.get(field.name)
                place = f"{key}.{field.name}".lstrip(".") + (f" @{line}" if line else "")
                yield from dump(getattr(value, field.name), place)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from dump(getattr(value, field.name), f"{key}.{field.name}")
    elif isinstance(value, tuple) and value:
        for number, item in enumerate(value, 1):
            yield from dump(item, f"{key}[{number}]")
    elif isinstance(value, Mapping) and value:
        for name, item in value.items():
            yield from dump(item, f"{key}[{name!r}]")
    else:
        yield f"{key} = {type(value).__name__} {value!r}"


@pytest.fixture(scope="module")
def library(valid: Path) -> Library:
    report = Report()
    library = load_library(valid, valid / "mkdocs.yml", report)
    assert library is not None and not report.problems
    return library


def objects(library: Library) -> dict[str, Record]:
    items = (
        *library.cases,
        *library.regulations,
        *library.banks,
        *library.contests,
        *library.plans,
        *library.pages,
    )
    return {item.origin.path: item for item in items} | {"mkdocs.yml": library.settings}


def test_file_to_model(library: Library, agrees: Callable[[Path, list[str]], None]) -> None:
    found = objects(library)
    assert len(found) == 9
    for path, item in found.items():
        name = path.replace("/", "-").rsplit(".", 1)[0]
        agrees(GOLDEN / f"{name}.txt", list(dump(item)))


def records_in(record: type[Record]) -> Iterator[type[Record]]:
    yield record
    for spec, _ in specs(record).values():
        kind = spec.kind.of if isinstance(spec.kind, ListOf) else spec.kind
        if isinstance(kind, Nested):
            yield from records_in(kind.record)


def filled(value: object) -> Iterator[tuple[type[Record], str]]:
    """(record, field) of every field that is filled somewhere in an object."""
    if isinstance(value, Record):
        for name in specs(type(value)):
            inner = getattr(value, name)
            if inner not in (None, (), {}):
                yield type(value), name
                for item in inner if isinstance(inner, tuple) else (inner,):
                    yield from filled(item)


def test_every_field_is_filled_somewhere(library: Library) -> None:
    """So that the golden files show each field of the formats read and typed."""
    seen = {place for item in objects(library).values() for place in filled(item)}
    kinds = (Case, Regulation, Bank, Contest, Plan, ContentPage, Settings)
    known = {
        (record, name) for kind in kinds for record in records_in(kind) for name in specs(record)
    }
    assert {f"{record.__name__}.{name}" for record, name in known - seen} == set()


def test_every_question_type_is_there(library: Library) -> None:
    assert {question.type for question in library.banks[0].questions} == set(TYPES)


def test_objects_are_frozen(library: Library) -> None:
    for item in objects(library).values():
        with pytest.raises(dataclasses.FrozenInstanceError):
            item.origin = None  # type: ignore[misc]


def test_lookups(library: Library) -> None:
    case = library.case_by_id["2024-05-06-jingzhou-workshop"]
    assert library.cases[0].id == "2026-10-01-jingzhou-well", "newest first"
    assert list(library.cases_by_year) == [2026, 2024]
    assert library.cases_by_sector["消防"] == (case,)
    assert [reg.id for reg in library.regulations] == ["fire-law", "old-fire-rules"]
    asked = [question.id for _, question in library.questions_by_case[case.id]]
    assert asked == ["home-001", "home-002"]
    assert ("fire-law", "28") in library.questions_by_article
    assert ("old-fire-rules", None) in library.questions_by_article
    first = library.banks[0].questions[0]
    assert first.law == (LawReference("fire-law", "28", 24),)
    assert library.question_index["home-006"] == 5
    assert list(library.regulation_by_id["old-fire-rules"].article_by_number) == ["1", "1-1", "2"]


def test_bom_and_crlf_change_nothing(
    valid: Path, library: Library, overlay: Callable[[dict[str, bytes]], Path]
) -> None:
    """A file saved by Windows Notepad is read like any other, line for line."""
    files = {
        path.relative_to(valid).as_posix(): b"\xef\xbb\xbf"
        + path.read_bytes().replace(b"\n", b"\r\n")
        for path in valid.rglob("*")
        if path.suffix in (".md", ".yml")
    }
    root = overlay(files)
    report = Report()
    same = load_library(root, root / "mkdocs.yml", report)
    assert same is not None and not report.problems
    for path, item in objects(same).items():
        assert list(dump(item)) == list(dump(objects(library)[path]))
