"""Checks over the whole library; each yields Problems, one place words them."""

from __future__ import annotations

from collections.abc import Iterator

from jingzhong.errors import Problem
from jingzhong.law.versions import LawBook
from jingzhong.model.library import Library
from jingzhong.quiz.blueprint import check_contests
from jingzhong.rules.accepted import without_accepted
from jingzhong.rules.accident_types import check_types
from jingzhong.rules.as_written import check_as_written
from jingzhong.rules.consistency import check_consistency
from jingzhong.rules.dates import check_dates
from jingzhong.rules.grade import check_grades
from jingzhong.rules.links import check_images, check_links
from jingzhong.rules.named_law import check_named_law
from jingzhong.rules.references import check_question_ids, check_references
from jingzhong.rules.regions import check_places
from jingzhong.rules.staleness import check_sources, check_staleness
from jingzhong.rules.texts import check_texts
from jingzhong.rules.timeline import check_timelines


def check_library(library: Library) -> Iterator[Problem]:
    """Every check, over everything, without the warnings that editors accepted."""
    yield from without_accepted(library.root, _check_all(library))


def _check_all(library: Library) -> Iterator[Problem]:
    yield from check_references(library)
    yield from check_question_ids(library)
    yield from check_contests(library)
    yield from check_dates(library)
    yield from check_links(library)
    yield from check_images(library)
    yield from check_grades(library)
    yield from check_types(library)
    yield from check_consistency(library)
    yield from check_timelines(library)
    yield from check_places(library)
    yield from check_named_law(library, LawBook(library.regulations, ()))
    yield from check_texts(library)
    yield from check_as_written(library)
    yield from check_staleness(library)
    yield from check_sources(library)
