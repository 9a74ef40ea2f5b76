"""What the site consists of: pages rendered on demand, and files copied as they are."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import escape

from jingzhong.law.citations import Context


@dataclass(frozen=True)
class Heading:
    """An entry of a page's table of contents."""

    anchor: str
    text: str


@dataclass(frozen=True)
class Page:
    """One page: where it stands, which template shows it, and with what.

    `cites` says which day's law the citations in its text mean. A page that is not `listed` is for editors: it stays out of site map and search engines.
    """

    address: str
    title: str
    template: str
    data: MappingType[str, object]
    description: str = ""
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    date: datetime.date = datetime.date(1970, 1, 1)
    origin: str = ""
    column: str = ""
    scripts: tuple[str, ...] = ()
    listed: bool = True
    cites: Context | None = None

    @property
    def source(self) -> str:
        """The Markdown file that would make this page; links between sources use this name."""
        return self.address.removesuffix(".html") + ".md"

    @property
    def front_matter(self) -> str:
        """What the frame shows of a page, as a Markdown head (JSON is valid YAML)."""
        head = {
            "title": self.title,
            "description": self.description,
            "column": self.column,
            "scripts": self.scripts,
            "listed": self.listed,
        }
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items())
        return "---\n" + "\n".join(lines) + "\n---\n"

    @property
    def toc_tokens(self) -> list[dict[str, object]]:
        """The table of contents in the form of Python-Markdown's `toc_tokens`."""
        return [
            {"level": 2, "id": heading.anchor, "name": str(escape(heading.text)), "children": []}
            for heading in self.headings
        ]

    @property
    def present_anchors(self) -> frozenset[str]:
        """Every anchor that other pages may link to."""
        return self.anchors | {heading.anchor for heading in self.headings}


@dataclass(frozen=True)
class Asset:
    """A file that is published unchanged."""

    address: str
    path: Path


@dataclass(frozen=True)
class TextFile:
    """A file that the build writes: data for scripts, a table to download, joined styles."""

    address: str
    text: str


@dataclass(frozen=True)
class Crumb:
    """A link with its text: a step of the path to a page, or a neighbour."""

    address: str
    text: str


@dataclass(frozen=True)
class Pager:
    """One list cut into pages."""

    page: int
    addresses: tuple[str, ...] = field(default_factory=tuple)

    @property
    def total(self) -> int:
        """How many pages there are."""
        return len(self.addresses)

    @property
    def previous(self) -> str | None:
        """The page before, if any."""
        return self.addresses[self.page - 2] if self.page > 1 else None

    @property
    def next(self) -> str | None:
        """The page after, if any."""
        return self.addresses[self.page] if self.page < self.total else None
