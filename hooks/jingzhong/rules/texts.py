"""The checks that read running text, in one pass over every text of the library."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jingzhong.errors import Problem
from jingzhong.model.library import Library
from jingzhong.rules.citations import build_finder, find_wrong_citations, load_miscitations
from jingzhong.rules.passages import SPOKEN, passages
from jingzhong.rules.privacy import find_names, load_privacy_words
from jingzhong.rules.staleness import find_stale, law_changes
from jingzhong.rules.wording import find_wording, load_wording


def check_texts(library: Library) -> Iterator[Problem]:
    """Yield wrong wording, wrong citations, laws changed since, and names of people."""
    wording, words, rules = load_wording(), load_privacy_words(), load_miscitations()
    find, changes = build_finder(library), law_changes(library)
    for _, group in groupby(passages(library), key=lambda passage: passage.path):
        texts = tuple(group)
        cited = tuple((text, find(text)) for text in texts if text.voice in SPOKEN)
        yield from find_wording(texts, wording)
        yield from find_names(texts, words)
        yield from find_wrong_citations(cited, rules, wording.common)
        yield from find_stale(cited, library, changes)
