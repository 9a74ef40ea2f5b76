"""What the tests of the law share: the project's own lexicon, the facts and the corpus."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from jingzhong.law.citations import Context, find_citations
from jingzhong.law.command import open_lexicon

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("JINGZHONG_SHARED") or ROOT.parent / "shared")


@pytest.fixture(scope="session")
def lexicon():
    return open_lexicon(ROOT)


@pytest.fixture(scope="session")
def as_of():
    return datetime.date(2026, 11, 23)


@pytest.fixture(scope="session")
def cite(lexicon, as_of):
    """`cite(text, day=…, law=…)`: the citations of a text."""

    def find(text, day=None, law=None):
        return find_citations(text, lexicon, Context(as_of, day, law))

    return find


@pytest.fixture(scope="session")
def facts():
    folder = SHARED / "facts"
    if not folder.is_dir():
        pytest.skip("the shared facts are not here")
    return folder


@pytest.fixture(scope="session")
def corpus():
    folder = SHARED / "corpus" / "laws"
    if not folder.is_dir():
        pytest.skip("the shared corpus is not here")
    return folder
