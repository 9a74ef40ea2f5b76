"""A YAML text as a tree that still knows its comments and blank lines.

PyYAML drops comments, so they are found apart: whatever stands outside all scalars and begins
with `#` is one. Each belongs to an entry (a key with its value, or an item of a list): above it,
beside it, or below it when it is indented deeper than what follows. What the project refuses
(anchors, tags, several documents) never comes here; `source.parse_yaml` has refused it before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")


class UnsafeError(Exception):
    """The text cannot be rewritten without a risk; the words say why, in Chinese."""


@dataclass
class Leaf:
    """A scalar, and whether it stood without quotes."""

    text: str
    plain: bool


@dataclass
class Branch:
    """A mapping or a list; `end` is where its text ends, which counts for flow style only."""

    is_mapping: bool
    is_flow: bool
    entries: list[Entry] = field(default_factory=list)
    end: int = 0


Value = Leaf | Branch


@dataclass
class Entry:
    """A key with its value, or an item of a list (`key` is None), with the comments around it.

    In `before` and `after` an empty string is a blank line.
    """

    key: Leaf | None
    value: Value
    start: int
    column: int
    holder: Branch
    parent: Entry | None
    before: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


@dataclass
class Tree:
    """A document: what stands above its first entry, and its mapping."""

    head: list[str]
    root: Branch
    comments: list[str]


@dataclass(frozen=True)
class _Remark:
    """A comment (`text`) or a blank line (empty), `own` when nothing stands before it."""

    text: str
    start: int
    column: int
    own: bool


def parse_tree(text: str) -> Tree:
    """The tree of one document whose root is a mapping; UnsafeError for anything else."""
    root, entries, spans = _compose(text)
    tree = Tree([], root, [])
    remarks = list(_remarks(text, spans))
    tree.comments = [remark.text for remark in remarks if remark.text]
    _attach(tree, entries, remarks)
    return tree


def _compose(text: str) -> tuple[Branch, list[Entry], list[tuple[int, int]]]:
    tokens = yaml.scan(text, Loader=_Loader)
    dashes = iter([t.start_mark for t in tokens if isinstance(t, yaml.BlockEntryToken)])
    root: Branch | None = None
    open_branches: list[tuple[Branch, Entry | None]] = []
    entries: list[Entry] = []
    spans: list[tuple[int, int]] = []
    key: tuple[Leaf, int, int] | None = None
    for event in yaml.parse(text, Loader=_Loader):
        if event.start_mark is None or event.end_mark is None:
            continue
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            branch, _ = open_branches.pop()
            branch.end = event.end_mark.index
            continue
        if not isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            continue
        start, column = event.start_mark.index, event.start_mark.column
        value: Value
        entry: Entry | None = None
        if isinstance(event, ScalarEvent):
            value = Leaf(event.value, event.style in (None, ""))
            spans.append(_span(text, start, event.end_mark.index, event.style))
        else:
            value = Branch(isinstance(event, MappingStartEvent), bool(event.flow_style))
        if open_branches:
            holder, parent = open_branches[-1]
            if holder.is_mapping and key is None:
                assert isinstance(value, Leaf)  # parse_yaml refuses other keys.
                key = value, start, column
                continue
            if holder.is_mapping:
                assert key is not None
                entry = Entry(key[0], value, key[1], key[2], holder, parent)
                key = None
            else:
                if not holder.is_flow:
                    dash = next(dashes)
                    start, column = dash.index, dash.column
                entry = Entry(None, value, start, column, holder, parent)
            holder.entries.append(entry)
            entries.append(entry)
        elif isinstance(value, Branch) and value.is_mapping:
            root = value
        else:
            raise UnsafeError("最外层不是“字段: 值”的写法")
        if isinstance(value, Branch):
            open_branches.append((value, entry))
    if root is None:
        raise UnsafeError("没有内容")
    return root, entries, spans


def _span(text: str, start: int, end: int, style: str | None) -> tuple[int, int]:
    """Where no comment can stand. The line of a `|` is left open: a comment may stand on it."""
    if style in ("|", ">"):
        start = text.find("\n", start, end) + 1 or end
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _remarks(text: str, spans: list[tuple[int, int]]) -> Iterator[_Remark]:
    masked, done = [], 0
    for start, end in sorted(spans):
        if start >= end:
            continue
        masked += [text[done:start], "x" * (end - start)]
        done = end
    masked.append(text[done:])
    start = 0
    for line in "".join(masked).split("\n"):
        if line.startswith("%"):
            raise UnsafeError("有 % 开头的 YAML 指令")
        match = _COMMENT.search(line)
        if match:
            words = text[start + match.start() : start + len(line)].rstrip()
            own = not line[: match.start()].strip()
            yield _Remark(words, start + match.start(), match.start(), own)
        elif not line.strip():
            yield _Remark("", start, 0, True)
        start += len(line) + 1


def _attach(tree: Tree, entries: list[Entry], remarks: list[_Remark]) -> None:
    """Give every remark to an entry; both lists are in the order of the text."""
    last: Entry | None = None
    blank = False
    waiting = list(remarks)[::-1]
    for following in [*entries, None]:
        end = following.start if following else float("inf")
        while waiting and waiting[-1].start < end:
            remark = waiting.pop()
            if not remark.text:
                blank = True
                continue
            place = _place(tree, remark, last, following)
            if blank and place:
                place.append("")
            place.append(remark.text)
            blank = False
        if following is not None:
            if blank and last is not None:
                following.before.append("")
            elif blank and tree.head:
                tree.head.append("")
            blank, last = False, following


def _place(tree: Tree, remark: _Remark, last: Entry | None, following: Entry | None) -> list[str]:
    if last is None:
        return tree.head
    entry = last
    # What stands after a closed bracket belongs to what the bracket belongs to.
    while entry.holder.is_flow and entry.holder.end <= remark.start and entry.parent:
        entry = entry.parent
    if not remark.own:
        return entry.beside
    above = set(map(id, _upwards(following))) if following else set()
    if following and (id(entry) in above or remark.column <= following.column):
        return following.before
    candidates = [one for one in _upwards(entry) if id(one) not in above]
    for one in candidates:
        if one.column <= remark.column:
            return one.after
    return following.before if following else candidates[-1].after


def _upwards(entry: Entry | None) -> Iterator[Entry]:
    while entry is not None:
        yield entry
        entry = entry.parent
