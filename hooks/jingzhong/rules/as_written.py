"""The checks of files as they stand, comments and unknown fields included; each is read once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jingzhong.errors import Problem, Report
from jingzhong.model.library import CONTENT, Library
from jingzhong.model.source import Source, load_source
from jingzhong.rules.privacy import find_personal, load_privacy_words
from jingzhong.rules.unfinished import find_unfinished


def check_as_written(library: Library) -> Iterator[Problem]:
    """Personal data anywhere in the content, and what is not written yet."""
    words, settings = load_privacy_words(), library.settings
    contacts = " ".join((settings.contact or "", settings.corrections or "", *words.hotlines))
    for source in _sources(library.root):
        yield from find_personal(source, words, contacts)
        yield from find_unfinished(source)


def _sources(root: Path) -> Iterator[Source]:
    """Every content file that is text, whether the model can read it or not."""
    for folder, pattern in (("cases", "*.md"), (CONTENT, "*.md"), ("quizzes", "*.yml")):
        for path in sorted((root / folder).rglob(pattern)):
            source = load_source(root, path, Report())
            if source:
                yield source
