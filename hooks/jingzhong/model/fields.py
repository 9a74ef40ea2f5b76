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

from jingzhong.errors import Report, expected, nearest, quoted
from jingzhong.model.articles import parse_article
from jingzhong.model.source import Mapping, Node, Scalar, Sequence, kind_of

R = TypeVar("R", bound="Record")


@dataclass(frozen=True)
class Origin:
    """Where an object was written: file, first line, and the line of each of its keys."""

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
        if isinstance(node, Scalar) and node.text.strip():
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
        if not re.fullmatch(r"-?\d{1,12}", scalar.text):
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
            and re.fullmatch(r"-?\d{1,12}\.\d{1,6}", node.text)
        ):
            return self._within(float(node.text), node, at, example)
        return super().read(node, at, example)


class Boolean(Kind):
    """true or false."""

    what = "true 或 false"

    def read(self, node: Node, at: At, example: str) -> Any:
        if isinstance(node, Scalar) and node.plain and node.text in ("true", "false"):
            return node.text == "true"
        at.fail(node.line, self.what, kind_of(node), example)
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
        if self.partial and re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?", text):
            return text
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
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
        super().__init__(what, r"[a-z0-9][a-z0-9-]*")
        self.target = target


class ListOf(Kind):
    """A list of values of one kind; with `or_one`, a single value stands for a list of one."""

    def __init__(self, of: Kind, *, least: int = 0, most: int | None = None, or_one: bool = False):
        self.of, self.least, self.most, self.or_one = of, least, most, or_one
        self.what = "列表（每行一项，以“- ”开头）"

    def read(self, node: Node, at: At, example: str) -> Any:
        if not isinstance(node, Sequence):
            if self.or_one:
                value = self.of.read(node, at, example)
                return INVALID if value is INVALID else (value,)
            at.fail(node.line, self.what, kind_of(node), f"- {example}" if example else "")
            return INVALID
        values = [self.of.read(item, at.child(i), example) for i, item in enumerate(node.items, 1)]
        if len(values) < self.least or (self.most is not None and len(values) > self.most):
            bounds = f"最多 {self.most} 项" if self.most is not None and values else "至少 1 项"
            bounds = f"至少 {self.least} 项" if len(values) < self.least else bounds
            at.fail(node.line, bounds, f"{len(values)} 项", f"- {example}" if example else "")
            return INVALID
        return INVALID if INVALID in values else tuple(values)


class MapOf(Kind):
    """Key → value with keys of one pattern, in the order of the file (`A: …`)."""

    def __init__(self, of: Kind, keys: str, what: str) -> None:
        self.of, self.keys, self.what = of, re.compile(keys), what

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
        return result if valid and INVALID not in result.values() else INVALID


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
        if isinstance(node, Scalar) and not node.text.strip():
            at.fail(node.line, "一个值", kind_of(node), example)
            return INVALID
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
    valid = True
    for key, value in node.entries:
        if key.text not in known:
            what = f"已知的字段（{'、'.join(known)}）"
            got = quoted(key.text) + nearest(key.text, known)
            at.child(key.text).fail(key.line, what, got)
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
            shown = f"{name}: {field_spec.example}" if field_spec.example else ""
            at.child(name).fail(node.line, f"必填字段（{field_spec.label}）", "没有写", shown)
            valid = False
    if not valid:
        return None
    return record(**values, origin=Origin(at.path, node.line, lines))


def _sample(known: dict[str, tuple[Spec, bool]]) -> str:
    name, (field_spec, _) = next(iter(known.items()))
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
