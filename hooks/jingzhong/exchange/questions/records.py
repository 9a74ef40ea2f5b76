"""The objects of a JSON text, grouped by where they stand; maps, parallel lists and keys apart undone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingzhong.exchange.questions.declared import declared_type
from jingzhong.exchange.questions.flattened import by_question
from jingzhong.exchange.questions.found import RefusedError
from jingzhong.exchange.questions.joined import joined, parallel, related
from jingzhong.exchange.questions.look import empty
from jingzhong.exchange.questions.loose_json import read_loose
from jingzhong.exchange.questions.names import evidence, folded, likely, role_of

MAX_NODES = 2_000_000
MAX_FIELDS = 80
# Keys of an inner object that say nothing without the name of the outer one.
_WEAK = frozenset(
    ["value", "content", "text", "title", "html", "name", "label", "data", "body", "list", "items"]
)
_UNNAMED = "\0"
Path = tuple[str, ...]


@dataclass
class Record:
    """One object: its fields, where it stands, what stands around it."""

    fields: dict[str, Any]
    path: Path
    declared: str = ""
    parent: Record | None = None
    inside: list[Path] = field(default_factory=list)


def collect(data: Any) -> list[Record]:
    """Every object of the data, in the order of the file."""
    records: list[Record] = []
    count = 0
    stack: list[tuple[Any, Path, str, Record | None, str]] = [(data, (), "", None, "")]
    while stack:
        item, path, declared, parent, key = stack.pop()
        count += 1
        if count > MAX_NODES or len(path) > 200:
            raise RefusedError("JSON 太大，请拆成几个文件", code="bomb")
        if isinstance(item, str) and item[:1] in "[{" and len(item) > 20 and len(path) < 8:
            item = read_loose(item) if re.match(r"[\[{]\s*[\"'{\[]", item) else item
        if isinstance(item, list):
            item = by_question(_table(item))
            stack += [
                (one, (*path, "[]"), declared, parent, key)
                for one in reversed(item)
                if isinstance(one, dict | list)
            ]
        elif isinstance(item, dict):
            item = parallel(joined(related(item)))
            if isinstance(item, list):
                stack.append((item, path, declared, parent, key))
                continue
            alike = _alike(item)
            if alike and not key:
                pass
            record = Record(_flat(item, alike=alike), path, declared, parent)
            if key:
                record.fields.setdefault(_UNNAMED + "key", key)
            records.append(record)
            own = _section(item) or declared
            for name, value in reversed(list(item.items())):
                if isinstance(value, dict | list | str):
                    step = "*" if alike and isinstance(value, dict | list) else name
                    kind = declared_type(name) if len(name) <= 20 else ""
                    mapped = name if alike and isinstance(value, dict) else ""
                    stack.append((value, (*path, step), kind or own, record, mapped))
    return records


def shown(name: str) -> str:
    """A field's name as its file has it; "" for what has none."""
    return "" if name.startswith(_UNNAMED) else name


def group(records: Sequence[Record]) -> dict[Path, list[Record]]:
    """The records by where they stand."""
    groups: dict[Path, list[Record]] = {}
    for record in records:
        groups.setdefault(record.path, []).append(record)
    return groups


def columns(records: Sequence[Record]) -> list[str]:
    """The names of the fields of a group that hold something, in their order."""
    names: dict[str, None] = {}
    for record in records:
        if len(names) > MAX_FIELDS:
            break
        names |= {name: None for name, value in record.fields.items() if not empty(value)}
    return list(names)[:MAX_FIELDS]


def _section(item: Mapping[str, Any]) -> str:
    """The type that a group of questions names in its title."""
    for name, value in item.items():
        if (
            isinstance(value, str)
            and len(value) <= 20
            and (
                likely(name) == "type"
                or folded(name) in ("title", "name", "标题", "名称", "section", "sectionname")
            )
        ):
            kind = declared_type(value)
            if kind:
                return kind
    return ""


def _alike(item: Mapping[str, Any]) -> bool:
    """Whether an object is a map of things of one kind: id → question, 单选 → list of questions."""
    inner = [value for value in item.values() if isinstance(value, dict | list)]
    if len(inner) < 2 or len(inner) * 2 < len(item):
        return False
    sets = [_keys(value) for value in inner[:50]]
    first = sets[0]
    return bool(first) and all(
        len(one & first) * 2 >= min(len(one), len(first)) > 0 for one in sets
    )


def _keys(value: Any) -> frozenset[str]:
    if isinstance(value, dict):
        return frozenset(value)
    first = next((one for one in value if isinstance(one, dict)), None)
    return frozenset(first) if first else frozenset()


def _flat(item: Mapping[str, Any], *, alike: bool) -> dict[str, Any]:
    """An object's fields, with those of inner objects that are no maps of letters or things."""
    fields: dict[str, Any] = {str(name): value for name, value in item.items()}
    if alike:
        return fields
    inner = [(str(name), value, 1) for name, value in item.items() if isinstance(value, dict)]
    while inner and len(fields) < MAX_FIELDS * 2:
        name, value, depth = inner.pop(0)
        plain = all(re.fullmatch(r"[A-Ja-j]|\d{1,2}", str(key)) for key in value)
        if plain or len(value) > 40 or depth > 5 or _alike(value):
            continue
        for key, told in value.items():
            weak = str(key).lower() in _WEAK and bool(evidence(name)) and not isinstance(told, dict)
            shown = name if weak else str(key)
            if weak and fields.get(shown) is value:
                fields[shown] = told
            else:
                fields.setdefault(shown, told)
            if isinstance(told, dict):
                inner.append((shown, told, depth + 1))
    return fields


def _table(rows: list[Any]) -> list[Any]:
    """Lists of equal width as objects; names from the first where that holds only names."""
    told = [row for row in rows if isinstance(row, list)]
    if len(told) < 2 or len(told) < len(rows):
        return rows
    width = max(len(row) for row in told)
    if not 2 <= width <= 40 or sum(len(row) == width for row in told) * 10 < len(told) * 6:
        return rows
    if any(isinstance(cell, dict) and len(cell) > 2 for row in told[:20] for cell in row):
        return rows
    head = [str(cell) for cell in told[0]] if all(isinstance(cell, str) for cell in told[0]) else []
    if sum(bool(role_of(cell) or likely(cell)) for cell in head) >= 2 and all(
        len(cell) <= 20 for cell in head
    ):
        return [dict(zip(head, row, strict=False)) for row in told[1:]]
    return [{f"{_UNNAMED}{at}": cell for at, cell in enumerate(row)} for row in told]
