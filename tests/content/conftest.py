"""The shipped content beside the facts it was written from, where those are present."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from jingzhong.errors import Report
from jingzhong.model.cases import Case
from jingzhong.model.library import Library, load_library

PROJECT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("JINGZHONG_SHARED", PROJECT.parent / "shared"))


@dataclass(frozen=True)
class Told:
    """One case and the record it tells."""

    case: Case
    record: dict[str, Any]

    @property
    def words(self) -> str:
        """Everything the record says, one text a line."""
        return "\n".join(texts(self.record))


def texts(value: object) -> Iterator[str]:
    """Every text and number of a record, nested or not."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    elif value is not None:
        yield str(value)


def facts(name: str) -> Any:
    """One file of the facts; the test is skipped where they are not."""
    path = SHARED / "facts" / name
    if not path.exists():
        pytest.skip("the facts are not here (JINGZHONG_SHARED)")
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="session")
def library() -> Library:
    library = load_library(PROJECT, PROJECT / "mkdocs.yml", Report())
    assert library is not None
    return library


@pytest.fixture(scope="session")
def records() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = facts("accidents.yaml")["records"]
    return found


@pytest.fixture(scope="session")
def told(library: Library, records: list[dict[str, Any]]) -> list[Told]:
    """Each case with its record: the same day, and the place that agrees best."""
    pairs = []
    for case in library.cases:
        day = [record for record in records if str(record["date"]) == case.date.isoformat()]
        day.sort(key=lambda record: -_agreement(case, record))
        assert day and _agreement(case, day[0]) >= 2, f"no record for {case.id}"
        pairs.append(Told(case, day[0]))
    return pairs


def _agreement(case: Case, record: dict[str, Any]) -> int:
    place = case.place
    mine = (place.province, place.city, place.county)
    theirs = (record["province"], record["city"], record.get("county"))
    return sum(one == other for one, other in zip(mine, theirs, strict=True))
