"""Checks over the whole library; each yields Problems, one place words them."""

from __future__ import annotations

from collections.abc import Iterator

from jingzhong.errors import Problem
from jingzhong.model.library import Library
from jingzhong.rules.dates import check_dates
from jingzhong.rules.links import check_images, check_links
from jingzhong.rules.references import check_question_ids, check_references


def check_library(library: Library) -> Iterator[Problem]:
    """Every check, over everything."""
    yield from check_references(library)
    yield from check_question_ids(library)
    yield from check_dates(library)
    yield from check_links(library)
    yield from check_images(library)
