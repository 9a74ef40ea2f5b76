"""What a search finds: units of text, each with its address, and where in it which words stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

KINDS = ("case", "regulation", "question", "page")

# How much a place counts; a hit in a title comes before one in a heading.
BODY, HEADING, LEAD, TITLE = range(4)


@dataclass(frozen=True)
class Part:
    """A run of text under one anchor (without `#`; empty: the unit's own address)."""

    weight: int
    text: str
    anchor: str = ""


@dataclass(frozen=True)
class Unit:
    """A case, an article, a question or a page.

    `names` are what people call it in full: a query that is exactly one of them means this unit.
    `page` is the same for units that share a page. `facets` maps facet → its values.
    """

    kind: str
    url: str
    title: str
    parts: tuple[Part, ...]
    names: tuple[str, ...] = ()
    page: str = ""
    facets: dict[str, Sequence[str]] = field(default_factory=dict)
