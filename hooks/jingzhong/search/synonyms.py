"""Words that mean the same, as data that editors extend (`data/synonyms.yml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jingzhong.errors import ContentError, Report, expected, quoted
from jingzhong.model.fields import INVALID, At, ListOf, Text
from jingzhong.model.source import load_source, parse_yaml
from jingzhong.search.fold import fold

DATA = Path(__file__).parent / "data"


def load_synonyms(folder: Path = DATA) -> tuple[tuple[str, ...], ...]:
    """Groups of words, each at least two; a fault in the file raises ContentError."""
    report = Report()
    at = At("hooks/jingzhong/search/data/synonyms.yml", "", report)
    source = load_source(folder, folder / "synonyms.yml", report)
    node = parse_yaml(source.text, at.path, report) if source else None
    if node is None:
        raise ContentError(report.problems)
    kind = ListOf(ListOf(Text(), least=2), least=1)
    groups: Any = kind.read(node, at, "[危险化学品, 危化品]")
    if groups is INVALID or report.errors:
        raise ContentError(report.problems)
    seen: dict[str, int] = {}
    for number, group in enumerate(groups, 1):
        for word in group:
            key = fold(word)
            if len(key) < 2 or key in seen:
                got = quoted(word) + (f"（第 {seen[key]} 组也有）" if key in seen else "")
                what = "每个词至少两个字，并且只写在一组里"
                report.error(at.path, 1, f"第 {number} 组", expected(what, got, "合成一组"))
            seen[key] = number
    if report.errors:
        raise ContentError(report.problems)
    return tuple(tuple(group) for group in groups)
