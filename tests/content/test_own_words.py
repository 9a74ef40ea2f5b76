"""No sentence of the site is one of the records, the statutes or other people's question banks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("JINGZHONG_SHARED", PROJECT.parent / "shared"))
LONG = 18
_END = re.compile(r"[。！？；\n\r]|(?<=[^\d])[!?;]")
_SIGN = re.compile(r"[^\w]")


def sentences(text: str) -> Iterator[str]:
    """Sentences of eighteen characters and more, without signs and spaces."""
    for part in _END.split(text):
        bare = _SIGN.sub("", part)
        if len(bare) >= LONG and not bare.isascii():
            yield bare


def foreign_files() -> list[Path]:
    """What may not be copied: the facts, the statutes, the banks of others."""
    found = [
        *(SHARED / "facts").glob("*.yaml"),
        *(SHARED / "corpus" / "laws").rglob("*.md"),
        *(SHARED / "quizbanks").rglob("*.txt"),
        *(SHARED / "quizbanks").rglob("*.md"),
    ]
    if not found:
        pytest.skip("the shared texts are not here (JINGZHONG_SHARED)")
    return sorted(found)


def foreign_sentences() -> Iterator[str]:
    for path in foreign_files():
        text = path.read_text("utf-8", "replace")
        if path.suffix == ".yaml":
            text = "\n".join(_texts(yaml.load(text, Loader=yaml.CSafeLoader)))
        yield from sentences(text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def our_sentences() -> dict[str, str]:
    """Sentence → the file it stands in; titles and sources are quoted and stay out."""
    quoted = re.compile(
        r"^\s*-?\s*(title|law_title|company|issuer|publisher|url|name|detail|number|authority): .*",
        re.M,
    )
    found = {}
    for folder in ("cases", "content", "quizzes"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in (".md", ".yml"):
                text = quoted.sub("", path.read_text("utf-8"))
                text = re.sub(r"^\s*(- )?\w+: ", "", text, flags=re.M)
                for sentence in sentences(text):
                    found[sentence] = path.relative_to(PROJECT).as_posix()
    return found


def test_no_sentence_is_copied() -> None:
    ours = our_sentences()
    assert len(ours) > 3000
    copied = {sentence: ours[sentence] for sentence in foreign_sentences() if sentence in ours}
    assert copied == {}


def test_a_copied_sentence_would_be_noticed() -> None:
    one = next(sentence for sentence in foreign_sentences() if len(sentence) > 30)
    assert one in set(sentences(f"前面一句话。{one[:10]}，{one[10:]}。后面一句话。"))
