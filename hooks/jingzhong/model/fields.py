"""The schema language: a frozen dataclass says once what a file may hold.

    @dataclass(frozen=True, kw_only=True)
    class Place(Record):
        province: str = spec(Text(), "省份", "天津市")
        county: str | None = spec(Text(), "区县", "滨海新区", default=None)

`read_record(Place, node, …)` gives the object or reports every fault with line, expected,
got, example. The order of the fields is the canonical order of the keys.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Mapping as MappingType
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar

from jingzhong.errors import Report, closest, expected, nearest, quoted
from jingzhong.model.articles import parse_article
from jingzhong.model.source import Mapping, Node, Scalar, Sequence, kind_of

R = TypeVar("R", bound="Record")


@dataclass(frozen=True)
class Origin:
    """Where an object was written: file, first line, the lines of its keys and of list items."""

    path: str
    line: int
    lines: MappingType[str, int]


NOWHERE = Origin("", 1, {})


@dataclass(frozen=True, kw_only=True)
class Record:
    """Base of everything that is read from a file."""

    origin: Origin = field(default=NOWHERE, compare=False, repr=False)

    def line_of(self, key: str) -> int:
        """The line on which `key` stands, or the object's first line when it is absent."""
        return self.origin.lines.get(key, self.origin.line)

    def line_of_item(self, key: str, number: int) -> int:
        """The line of one item of a list, counted from 1, or of its key where it is no list."""
        return self.origin.lines.get(f"{key}[{number}]", self.line_of(key))


@dataclass(frozen=True)
class At:
    """The place being read: file, key path, where to report, and the vocabularies in force."""

    path: str
    key: str
    report: Report
    vocabularies: MappingType[str, MappingType[str, str]] = field(default_factory=dict)

    def fail(self, line: int, what: str, got: str, example: str = "") -> None:
        """Report one fault here."""
        self.report.error(self.path, line, self.key, expected(what, got, example))

    def child(self, key: str | int) -> At:
        """The place one step deeper: `sources[2]`, `place.city`."""
        step = f"[{key}]" if isinstance(key, int) else f".{key}" if self.key else str(key)
        return At(self.path, self.key + step, self.report, self.vocabularies)


class _Invalid:
    """Stands for a value that was there but wrong, and was already reported."""


INVALID = _Invalid()


class Kind:
    """What a value must look like. `read` returns the typed value or INVALID."""

    what = "一个值"

    def read(self, node: Node, at: At, example: str) -> Any:
        """Type one node; report and return INVALID when it does not fit."""
        raise NotImplementedError

    def scalar(self, node: Node, at: At, example: str) -> Scalar | None:
        """The node as a non-empty scalar, or None after reporting."""
        if isinstance(node, Scalar) and node.text.strip() and not node.is_null:
            return node
        at.fail(node.line, self.what, kind_of(node), example)
        return None


class Text(Kind):
    """A text of one paragraph; `pattern` must match the whole of it."""

    def __init__(self, what: str = "文字", pattern: str | None = None) -> None:
        self.what = what
        self.pattern = re.compile(pattern) if pattern else None

    def read(self, node: Node, at: At, example: str) -> Any:
        scalar = self.scalar(node, at, example)
        if scalar is None:
            return INVALID
        text = scalar.text.strip()
        if self.pattern and not self.pattern.fullmatch(text):
            at.fail(node.line, self.what, quoted(text), example)
            return INVALID
        return text


class Integer(Kind):
    """A whole number, written without quotes and without unit."""

    def __init__(self, minimum: int = 0, maximum: int | None = None) -> None:
        self.minimum, self.maximum = minimum, maximum
        limit = (
            f"{minimum} 到 {maximum} 的整数" if maximum is not None else f"不小于 {minimum} 的整数"
        )
        self.what = f"{limit}（不加引号、不带单位）"

    def read(self, node: Node, at: At, example: str) -> Any:
        scalar = self.scalar(node, at, example)
        if scalar is None:
            return INVALID
        if not scalar.plain:
            at.fail(node.line, self.what, f"加了引号的文字{quoted(scalar.text)}", example)
            return INVALID
        if not re.fullmatch(r"-?[0-9]{1,12}", scalar.text):
            at.fail(node.line, self.what, quoted(scalar.text), example)
            return INVALID
        return self._within(int(scalar.text), scalar, at, example)

    def _within(self, value: float, scalar: Scalar, at: At, example: str) -> Any:
        if value < self.minimum or (self.maximum is not None and value > self.maximum):
            at.fail(scalar.line, self.what, scalar.text, example)
            return INVALID
        return value


class Number(Integer):
    """A number that may have decimals, for sums of money."""

    def __init__(self, minimum: int = 0) -> None:
        super().__init__(minimum)
        self.what = f"不小于 {minimum} 的数（不加引号、不带单位）"

    def read(self, node: Node, at: At, example: str) -> Any:
        if (
            isinstance(node, Scalar)
            and node.plain
            and re.fullmatch(r"-?[0-9]{1,12}\.[0-9]{1,6}", node.text)
        ):
            return self._within(float(node.text), node, at, example)
        return super().read(node, at, example)


class Boolean(Kind):
    """true or false."""

    what = "true 或 false（不加引号）"

    def read(self, node: Node, at: At, example: str) -> Any:
        known = isinstance(node, Scalar) and node.text in ("true", "false")
        if isinstance(node, Scalar) and known and node.plain:
            return node.text == "true"
        got = f"加了引号的{kind_of(node)}" if known else kind_of(node)
        at.fail(node.line, self.what, got, example)
        return INVALID


class Date(Kind):
    """An ISO day. With `partial`, a month (2025-12) or a year is enough and stays text."""

    def __init__(self, *, partial: bool = False) -> None:
        self.partial = partial
        self.what = "日期（年-月-日；只知道年月时写 年-月）" if partial else "日期（年-月-日）"

    def read(self, node: Node, at: At, example: str) -> Any:
        scalar = self.scalar(node, at, example)
        if scalar is None:
            return INVALID
        text = scalar.text
        if self.partial and re.fullmatch(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?", text):
            return text
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            at.fail(node.line, self.what, quoted(text), example)
            return INVALID
        try:
            day = datetime.date.fromisoformat(text)
        except ValueError:
            at.fail(node.line, "日历上有的日期（年-月-日）", quoted(text), example)
            return INVALID
        return text if self.partial else day


class Choice(Kind):
    """One of a few words that the code itself knows."""

    def __init__(self, what: str, words: Collection[str]) -> None:
        self.words, self.what = words, what

    def read(self, node: Node, at: At, example: str) -> Any:
        scalar = self.scalar(node, at, example)
        return INVALID if scalar is None else self._pick(scalar, at, example)

    def _pick(self, scalar: Scalar, at: At, example: str) -> Any:
        if scalar.text in self.words:
            return scalar.text
        return self._reject(scalar, at, example, self.words)

    def _reject(self, scalar: Scalar, at: At, example: str, words: Collection[str]) -> Any:
        listed = "、".join(words) if len(words) <= 30 else f"{len(words)} 个词之一"
        got = quoted(scalar.text) + nearest(scalar.text, words)
        at.fail(scalar.line, f"{self.what}（{listed}）", got, example)
        return INVALID


class Term(Choice):
    """One word of a vocabulary that editors keep (`model/data`); other spellings are unified."""

    def __init__(self, what: str, vocabulary: str) -> None:
        super().__init__(what, ())
        self.vocabulary = vocabulary

    def _pick(self, scalar: Scalar, at: At, example: str) -> Any:
        words = at.vocabularies[self.vocabulary]
        if scalar.text in words:
            return words[scalar.text]
        return self._reject(scalar, at, example, tuple(dict.fromkeys(words.values())))


class Url(Kind):
    """An address of a web page."""

    what = "以 http:// 或 https:// 开头的网址"

    def read(self, node: Node, at: At, example: str) -> Any:
        scalar = self.scalar(node, at, example)
        if scalar is None:
            return INVALID
        if not re.fullmatch(r"https?://[^\s<>\"'/]+(/[^\s<>\"']*)?", scalar.text):
            at.fail(node.line, self.what, quoted(scalar.text), example)
            return INVALID
        return scalar.text


class Article(Kind):
    """An article number; kept in its canonical form ("54", "134-1")."""

    what = "条号（第五十四条，或 54）"

    def read(self, node: Node, at: At, example: str) -> Any:
        scalar = self.scalar(node, at, example)
        if scalar is None:
            return INVALID
        article = parse_article(scalar.text)
        if article is None:
            at.fail(node.line, self.what, quoted(scalar.text), example)
            return INVALID
        return article


class Reference(Text):
    """The id of another object; `target` names what it points to (checked over the library)."""

    def __init__(self, target: str, what: str) -> None:
        super().__init__(f"{what}（小写英文字母、数字和连字符）", r"[a-z0-9][a-z0-9-]*")
        self.target = target


class ListOf(Kind):
    """A list of values of one kind; with `or_one`, a single value stands for a list of one."""

    def __init__(self, of: Kind, *, least: int = 0, most: int | None = None, or_one: bool = False):
        self.of, self.least, self.most, self.or_one = of, least, most, or_one
        self.what = "列表（每行一项，以“- ”开头）"

    def read(self, node: Node, at: At, example: str) -> Any:
        shown = f"- {example}" if example else ""
        if isinstance(node, Scalar) and node.is_null and not self.least:
            return ()
        if not isinstance(node, Sequence):
            if self.or_one:
                value = self.of.read(node, at, example)
                return INVALID if value is INVALID else (value,)
            at.fail(node.line, self.what, kind_of(node), shown)
            return INVALID
        values = [self.of.read(item, at.child(i), example) for i, item in enumerate(node.items, 1)]
        if len(values) < self.least:
            at.fail(node.line, f"至少 {self.least} 项", f"{len(values)} 项", shown)
            return INVALID
        if self.most is not None and len(values) > self.most:
            surplus = node.items[self.most].line
            at.fail(
                surplus, f"最多 {self.most} 项", f"{len(values)} 项", f"删去第 {self.most + 1} 项"
            )
            return INVALID
        return INVALID if INVALID in values else tuple(values)


class MapOf(Kind):
    """Key → value with keys of one pattern, in the order of the file (`A: …`).

    With `distinct` (what a reader chooses among) there are two or more values, all different.
    """

    def __init__(self, of: Kind, keys: str, what: str, *, distinct: bool = False) -> None:
        self.of, self.keys, self.what, self.distinct = of, re.compile(keys), what, distinct

    def read(self, node: Node, at: At, example: str) -> Any:
        if not isinstance(node, Mapping):
            at.fail(node.line, self.what, kind_of(node), example)
            return INVALID
        result: dict[str, Any] = {}
        valid = True
        for key, value in node.entries:
            if not self.keys.fullmatch(key.text):
                at.fail(key.line, self.what, f"键{quoted(key.text)}", example)
                valid = False
                continue
            result[key.text] = self.of.read(value, at.child(key.text), example)
        if not valid or INVALID in result.values():
            return INVALID
        return INVALID if self.distinct and not self._are_distinct(node, at, example) else result

    def _are_distinct(self, node: Mapping, at: At, example: str) -> bool:
        if len(node.entries) < 2:
            at.fail(node.line, "至少 2 项", f"{len(node.entries)} 项", example)
            return False
        seen: dict[str, str] = {}
        for key, value in node.entries:
            text = getattr(value, "text", "")
            folded = re.sub(r"\s+", "", text).rstrip("。，、；.,;!！?？").casefold()
            if folded in seen:
                got = f"{seen[folded]} 和 {key.text} 同为{quoted(text)}"
                at.fail(key.line, "互不相同的文字", got, "删去一项，或改写其中一项")
                return False
            seen[folded] = key.text
        return True


class Nested(Kind):
    """A group of fields with a schema of its own."""

    def __init__(self, record: type[Record]) -> None:
        self.record = record
        self.what = "一组“字段: 值”"

    def read(self, node: Node, at: At, example: str) -> Any:
        value = read_record(self.record, node, at, example)
        return INVALID if value is None else value


class Raw(Kind):
    """The node itself, for values whose form depends on another field (a question's answer)."""

    def read(self, node: Node, at: At, example: str) -> Any:
        return node


@dataclass(frozen=True)
class Spec:
    """What the schema knows of one field: kind, Chinese label, example."""

    kind: Kind
    label: str
    example: str


def spec(kind: Kind, label: str, example: str = "", *, default: Any = MISSING) -> Any:
    """Declare a field; without `default` it is required. `default=dict` is an empty mapping."""
    metadata = {"spec": Spec(kind, label, example)}
    if default is MISSING:
        return field(metadata=metadata)
    if default is dict:
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


def specs(record: type[Record]) -> dict[str, tuple[Spec, bool]]:
    """Field name → (its spec, whether it is required), in canonical order."""
    return {
        f.name: (f.metadata["spec"], f.default is MISSING and f.default_factory is MISSING)
        for f in fields(record)
        if "spec" in f.metadata
    }


def read_record(record: type[R], node: Node, at: At, example: str = "") -> R | None:
    """Read one object by its schema; None after every fault in it was reported."""
    known = specs(record)
    if not isinstance(node, Mapping):
        at.fail(node.line, "一组“字段: 值”", kind_of(node), example or _sample(known))
        return None
    values: dict[str, Any] = {}
    lines = {key.text: key.line for key, _ in node.entries}
    for key, value in node.entries:
        for number, item in enumerate(value.items if isinstance(value, Sequence) else (), 1):
            lines[f"{key.text}[{number}]"] = item.line
    meant: set[str | None] = set()  # A mistyped key is one fault, not also a missing one.
    valid = True
    for key, value in node.entries:
        if key.text not in known:
            what = f"已知的字段（{'、'.join(known)}）"
            close = closest(key.text, known)
            got = quoted(key.text) + nearest(key.text, known)
            example = _shown(close, known[close][0]) if close else _sample(known)
            at.child(key.text).fail(key.line, what, got, example)
            meant.add(close)
            valid = False
            continue
        field_spec, required = known[key.text]
        if isinstance(value, Scalar) and value.is_null and not required:
            continue  # An empty optional field means the same as none: unknown.
        typed = field_spec.kind.read(value, at.child(key.text), field_spec.example)
        valid = valid and typed is not INVALID
        values[key.text] = typed
    for name, (field_spec, required) in known.items():
        if required and name not in lines:
            if name not in meant:
                what = f"必填字段 {name}（{field_spec.label}）"
                at.child(name).fail(node.line, what, "没有写", _shown(name, field_spec))
            valid = False
    if not valid:
        return None
    return record(**values, origin=Origin(at.path, node.line, lines))


def _sample(known: dict[str, tuple[Spec, bool]]) -> str:
    """The first field that must be written, as an example of how fields are written."""
    written = ((name, field_spec) for name, (field_spec, required) in known.items() if required)
    return _shown(*next(written, next((name, s) for name, (s, _) in known.items())))


def _shown(name: str, field_spec: Spec) -> str:
    """A field as it would stand in a file, on one line of a message."""
    kind = field_spec.kind
    if isinstance(kind, Nested):
        return f"{name}: 下一行缩进写 {_sample(specs(kind.record))}"
    if isinstance(kind, MapOf):
        return f"{name}: 下一行缩进写 {field_spec.example}"
    if isinstance(kind, ListOf) and not kind.or_one:
        return f"{name}: 下一行缩进写 - {field_spec.example}"
    return f"{name}: {field_spec.example}"


def walk(value: object, key: str = "") -> Iterator[tuple[Record, str, Kind, Any, str]]:
    """Every filled field of an object and of the objects in it.

    Yields `(owner, field name, kind, value, key path)`; checks that hold for a kind of field
    (dates, references) need no list of the places where such fields stand.
    """
    if not isinstance(value, Record):
        return
    for name, (field_spec, _) in specs(type(value)).items():
        inner = getattr(value, name)
        if inner is None or inner == () or inner == {}:
            continue
        path = f"{key}.{name}" if key else name
        yield value, name, field_spec.kind, inner, path
        nested: Iterable[object] = inner if isinstance(inner, tuple) else (inner,)
        many = isinstance(inner, tuple)
        for number, item in enumerate(nested, 1):
            yield from walk(item, f"{path}[{number}]" if many else path)
