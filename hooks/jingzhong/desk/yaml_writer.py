"""Writes a tree in the one canonical form: model's key order, block style, quotes only where needed.

A value is never folded over lines: YAML would put a blank into Chinese text. A text of several
lines stands after `|`. Quotes are double. Only the accepted answers of a blank stand in brackets,
`- ["119", "一一九"]`, as long as they fit a line of 100 columns.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

from jingzhong.desk.yaml_tree import Branch, Entry, Leaf, Tree
from jingzhong.model.fields import Date, Kind, ListOf, MapOf, Nested, Record, specs

WIDTH = 100
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~.+")
# Words that some reader of YAML takes for true, false or nothing.
_RESERVED = re.compile(r"null|true|false|yes|no|on|off|y|n", re.IGNORECASE)
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\u200b-\u200f\u2028-\u202f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_BARE = re.compile(r"[\w.+-]*", re.ASCII)

# The mapping of one record (keys are ordered), one kind for all values, or nothing known.
Knowing = Kind | type[Record] | None


def write_tree(tree: Tree, record: type[Record]) -> str:
    """The canonical text of a whole document."""
    head, lines = _branch(tree.root, record, 0, "")
    above = _joined(tree.head, head)
    while above and not above[0]:
        del above[0]
    return "\n".join([*above, *lines]) + "\n"


def inner(known: Knowing, entry: Entry | None = None, key: str = "") -> Knowing:
    """What is known of an entry's value, from what is known of the branch that holds it."""
    name = entry.key.text if entry and entry.key else key
    if isinstance(known, type):
        found = specs(known).get(name)
        return found[0].kind if found else None
    if isinstance(known, Nested):
        return inner(known.record, key=name)
    return known.of if isinstance(known, ListOf | MapOf) else None


def ordered(branch: Branch, known: Knowing) -> list[Entry]:
    """The entries in the order of the model; unknown keys, and maps of options, stay put."""
    record = known.record if isinstance(known, Nested) else known
    if not branch.is_mapping or not isinstance(record, type):
        return branch.entries
    rank = {name: number for number, name in enumerate(specs(record))}
    return sorted(branch.entries, key=lambda one: rank.get(one.key.text if one.key else "", 999))


def _branch(branch: Branch, known: Knowing, indent: int, lead: str) -> tuple[list[str], list[str]]:
    """(comments above, lines) of a branch; its first line begins with `lead`."""
    above: list[str] = []
    lines: list[str] = []
    for number, entry in enumerate(ordered(branch, known)):
        pad = " " * indent
        comments, written = _entry(entry, inner(known, entry), indent, pad if number else lead)
        if number:
            lines += _padded(comments, pad)
        else:
            above = comments
        lines += written
    return above, lines


def _entry(entry: Entry, known: Knowing, indent: int, lead: str) -> tuple[list[str], list[str]]:
    above, beside = list(entry.before), list(entry.beside)
    name = "-" if entry.key is None else f"{_key(entry.key)}:"
    value, pad = entry.value, " " * indent
    below: list[str] = []
    if isinstance(value, Branch) and value.entries and not is_bracketed(entry, indent):
        if entry.key is None:
            hoisted, lines = _branch(value, known, indent + 2, f"{lead}- ")
            above, beside = _joined(above, beside, hoisted), []
            return above, [*lines, *_padded(entry.after, pad)]
        first, below = _branch(value, known, indent + 2, " " * (indent + 2))
        while first and not first[0]:
            del first[0]
        below = [*_padded(first, " " * (indent + 2)), *below]
        words = ""
    elif isinstance(value, Branch):
        words = _bracketed(value) if value.entries else "{}" if value.is_mapping else "[]"
    else:
        words, *below = _scalar(value, known, indent + 2)
    line = f"{lead}{name}{' ' if words else ''}{words}"
    if beside:
        above, line = _joined(above, beside[:-1]), f"{line}  {beside[-1]}"
    return above, [line, *below, *_padded(entry.after, pad)]


def is_bracketed(entry: Entry, indent: int) -> bool:
    """Whether a value is a list in a list, which is written in brackets where that is possible."""
    value = entry.value
    return (
        entry.key is None
        and isinstance(value, Branch)
        and not value.is_mapping
        and all(
            isinstance(one.value, Leaf) and not (one.before or one.beside or one.after)
            for one in value.entries
        )
        and _columns(_bracketed(value)) + indent + 2 <= WIDTH
    )


def _bracketed(value: Branch) -> str:
    return f"[{', '.join(_accepted(one.value) for one in value.entries)}]"


def _accepted(value: object) -> str:
    if not isinstance(value, Leaf):
        return ""
    keeps = value.plain and not is_plain(value.text) and _BARE.fullmatch(value.text)
    return (value.text or "null") if keeps else quote(value.text)


def _key(key: Leaf) -> str:
    return (
        key.text if (key.plain and "\n" not in key.text) or is_plain(key.text) else quote(key.text)
    )


def _scalar(leaf: Leaf, known: Knowing, indent: int) -> list[str]:
    """The words after the key, and the lines below it where the text has several."""
    text = leaf.text
    if "\n" in text:
        return _literal(text, indent) or [quote(text)]
    is_day = isinstance(known, Date) and _DAY.fullmatch(text)
    return [text if leaf.plain or is_day or is_plain(text) else quote(text)]


def _literal(text: str, indent: int) -> list[str]:
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if body.endswith("\n") or not body or body[0].isspace():
        return []
    if any(line != line.rstrip() or _INVISIBLE.search(line) for line in lines):
        return []
    return ["|" if text.endswith("\n") else "|-", *_padded(lines, " " * indent)]


def is_plain(text: str) -> bool:
    """Whether a text needs no quotes: no reader of YAML takes it for anything but this text."""
    if not text or text[0] in _INDICATORS or text != text.strip() or _INVISIBLE.search(text):
        return False
    if ": " in text or " #" in text or text.endswith(":") or _RESERVED.fullmatch(text):
        return False
    return text[0].isalpha() or any(unicodedata.category(sign) == "Lo" for sign in text)


def quote(text: str) -> str:
    """A text in double quotes on one line; what cannot be seen is written as its number."""
    words = json.dumps(text, ensure_ascii=False)
    return _INVISIBLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", words)


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(lines: Sequence[str], pad: str) -> list[str]:
    return [pad + line if line else "" for line in lines]


def _joined(*parts: Sequence[str]) -> list[str]:
    """Comments one after the other, never two blank lines in a row."""
    joined: list[str] = []
    for line in (line for part in parts for line in part):
        if line or not joined or joined[-1]:
            joined.append(line)
    return joined
