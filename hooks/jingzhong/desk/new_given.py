"""Answers given by `--set`: names are understood, and all that is wrong is told at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jingzhong.desk.new_forms import Form, mapping, sequence
from jingzhong.desk.new_names import Names
from jingzhong.desk.new_rules import place_faults, spec_at
from jingzhong.desk.new_set import Given, SettingError, to_node
from jingzhong.desk.yaml_writer import Knowing
from jingzhong.errors import Problem, expected, nearest, quoted
from jingzhong.model import source as nodes
from jingzhong.model.cases import Case
from jingzhong.model.fields import Kind, ListOf, MapOf, Nested, Record, Reference, specs
from jingzhong.model.quizzes import LawText, Question
from jingzhong.model.source import Node, Scalar

MORE = "，都改好再运行一次；现在什么也没有写。"


@dataclass
class Check:
    """What is wrong with given answers (each with its key path, `sources[1].title`)."""

    record: type[Record]
    faults: list[tuple[str, str]] = field(default_factory=list)

    def add(self, key: str, message: str) -> None:
        """Note a fault, unless one of the same field is known."""
        if key and any(re.match(rf"{re.escape(old)}([.\[]|$)", key) for old, _ in self.faults):
            return
        self.faults.append((key, message))

    def take(self, problems: Iterable[Problem]) -> None:
        """Note what the model found."""
        for problem in problems:
            self.add(problem.field, problem.message)

    def done(self) -> None:
        """Raise SettingError with everything, if there is anything."""
        if self.faults:
            lines = [_worded(self.record, key, message) for key, message in self.faults]
            lines.append(f"共 {len(lines)} 处不对{MORE}")
            raise SettingError("\n".join(lines))


def read_given(
    given: Given, form: Form, names: Names, day: datetime.date | None, check: Check
) -> tuple[dict[str, Node], dict[str, str], list[str]]:
    """(answers, parts of the body, what was understood); faults go to `check`."""
    said: list[str] = []
    body = {}
    for name, value in given.items():
        close = nearest(name, form.sections) if not name.isascii() and form.sections else ""
        if name in form.sections and not isinstance(value, dict):
            body[name] = "\n\n".join(value) if isinstance(value, list) else str(value)
        elif name in form.sections:
            check.add(name, expected("文字", f"一组“{name}.…”", f"--set {name}=…"))
        elif close:
            what = f"这几个小标题（{'、'.join(form.sections)}）"
            check.add(name, expected(what, quoted(name) + close, f"--set {form.sections[0]}=…"))
    rest = {
        name: value
        for name, value in given.items()
        if name not in (*form.sections, "id", *(key for key, _ in check.faults))
    }
    if form.record is Question and "id" in given:
        rest = {"id": given["id"], **rest}
    node = to_node(rest, form.record, check.add)
    assert isinstance(node, nodes.Mapping)
    if form.record is Case:
        day = _day(node) or day
    settled = _settled(node, form.record, "", names.understand, day, check, said)
    assert isinstance(settled, nodes.Mapping)
    answers = {key.text: value for key, value in settled.entries}
    place = answers.get("place")
    if form.record is Case and isinstance(place, nodes.Mapping):
        told: Mapping[str, Node] = {key.text: value for key, value in place.entries}
        for name in ("province", "city"):
            for words, wrong in place_faults(name, told, day) if name in told else ():
                if wrong:
                    check.add(f"place.{name}", words)
                else:
                    said.append(f"（提醒）{words}")
    return answers, body, said


def _day(node: nodes.Mapping) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(getattr(node.get("date"), "text", ""))
    except ValueError:
        return None


def _settled(
    node: Node,
    known: Knowing,
    key: str,
    understand: Callable[..., Any],
    day: datetime.date | None,
    check: Check,
    said: list[str],
) -> Node:
    """The node with each name as a file has it."""

    def deeper(one: Node, of: Knowing, step: str) -> Node:
        return _settled(one, of, key + step, understand, day, check, said)

    if isinstance(node, Scalar):
        if not isinstance(known, Kind) or not node.text:
            return node
        meant = understand(known, node.text, day)
        if meant.fault:
            check.add(key, meant.fault)
        elif meant.said:
            said.append(f"{node.text} → {meant.said}")
        return node if meant.text == node.text else Scalar(meant.text, node.line, node.plain)
    if isinstance(node, nodes.Sequence):
        of = known.of if isinstance(known, ListOf) else None
        return sequence(deeper(one, of, f"[{n}]") for n, one in enumerate(node.items, 1))
    record = known.record if isinstance(known, Nested) else known
    fields = specs(record) if isinstance(record, type) else {}
    each = known.of if isinstance(known, MapOf) else None
    return mapping(
        {
            name.text: deeper(
                one,
                fields[name.text][0].kind if name.text in fields else each,
                f".{name.text}" if key else name.text,
            )
            for name, one in node.entries
        }
    )


def _worded(record: type[Record], key: str, message: str) -> str:
    """One line; its example is what to type, not what a file has."""
    where = f"字段 {key}: " if key else ""
    text, sign, example = message.partition("例：")
    found = spec_at(record, key)
    shown = example
    if match := re.fullmatch(r"([a-z_]+): (.+)", example):
        above = key.rpartition(".")[0]
        path = f"{above}.{match[1]}" if above else match[1]
        value = match[2]
        while inner := re.fullmatch(r"下一行缩进写 (?:- )?(.+)", value):
            value = inner[1]
            if deeper := re.fullmatch(r"([a-z_]+|[A-Z1-9]): (.+)", value):
                many = isinstance(getattr(spec_at(record, path), "kind", None), ListOf)
                path, value = f"{path}{'.1' if many else ''}.{deeper[1]}", deeper[2]
        shown = _setting(path, value)
    elif match := re.fullmatch(r"## (.+)", example):
        shown = _setting(match[1], "…")
    elif example and found and (example == found.example or _takes_any(found.kind, key)):
        shown = _setting(key, example.split("、")[0] if key.startswith("place.") else example)
    elif not sign and found and found.example:
        text, shown, sign = f"{message}。", _setting(key, found.example), "例："
    return where + text + sign + shown


def _takes_any(kind: Kind, key: str) -> bool:
    """Whether an example is sure to be a value, and not a piece of advice."""
    of = kind.of if isinstance(kind, ListOf) else kind
    return isinstance(of, Reference | LawText) or key.startswith("place.")


def _setting(key: str, value: str) -> str:
    """sources[2].title → sources.2.title; the last number goes: an item is given as such."""
    key = re.sub(r"\[(\d+)\]", r".\1", re.sub(r"\[\d+\]$", "", key))
    return f'--set "{key}={value}"' if " " in value else f"--set {key}={value}"
