"""Units to search in: the repository's own, and small ones to reason about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jingzhong.errors import Report
from jingzhong.model.library import Library, load_library
from jingzhong.output.search_units import search_units
from jingzhong.search.units import BODY, TITLE, Part, Unit

MakeUnit = Callable[..., Unit]


@pytest.fixture(scope="session")
def library(project: Path) -> Library:
    """The content of this repository."""
    found = load_library(project, project / "mkdocs.yml", Report())
    assert found is not None
    return found


@pytest.fixture(scope="session")
def units(library: Library) -> tuple[Unit, ...]:
    """Everything of this repository that is searched."""
    return tuple(search_units(library))


@pytest.fixture(scope="session")
def make_unit() -> MakeUnit:
    """`make_unit("标题", "正文", …)` is a page with a title and a body."""

    def make(title: str, *texts: str, kind: str = "page", url: str = "", **more: object) -> Unit:
        parts = (Part(TITLE, title), *(Part(BODY, text) for text in texts))
        return Unit(kind=kind, url=url or f"{title}.html", title=title, parts=parts, **more)  # type: ignore[arg-type]

    return make
