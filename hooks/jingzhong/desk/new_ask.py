"""Asks an editor for the fields of a record; each answer is checked at once by the model."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jingzhong.desk.new_forms import FORMS, PARTS, known_ids, mapping, scalar, sequence
from jingzhong.errors import Report, expected, nearest, quoted
from jingzhong.model.fields import (
    INVALID,
    At,
    Choice,
    Kind,
    ListOf,
    MapOf,
    Nested,
    Raw,
    Record,
    Reference,
    Spec,
    Term,
    specs,
)
from jingzhong.model.quizzes import BLANK, Bank, Question
from jingzhong.model.source import Node, Scalar

YES = ("y", "yes", "是", "对")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Interview:
    """One conversation: `read` gives a line (EOFError at the end), `say` shows one."""

    root: Path
    vocabularies: Mapping[str, Mapping[str, str]]
    read: Callable[[str], str]
    say: Callable[[str], None]
    defaults: Mapping[str, str]
    ask_all: bool = False
    used: frozenset[str] = frozenset()

    def record(
        self, record: type[Record], optional: Collection[str] | None = None
    ) -> dict[str, Node]:
        """Ask for a record's fields in order; `optional` None asks for every field."""
        answers: dict[str, Node] = {}
        for name, (field, required) in specs(record).items():
            wanted = required or self.ask_all or optional is None or name in optional
            if record is Question:
                wanted, required = _question_needs(name, wanted, required, answers)
            if wanted:
                node = self.field(record, name, field, required, answers)
                if node is not None:
                    answers[name] = node
        if record is Question:
            self.used |= {getattr(answers["id"], "text", "")}
        return answers

    def field(
        self,
        record: type[Record],
        name: str,
        field: Spec,
        required: bool,
        answers: Mapping[str, Node],
    ) -> Node | None:
        """Ask until the model takes the answer; None when an optional field is left out."""
        while True:
            if isinstance(field.kind, Raw):
                node: Node | None = self._answer(answers)
            else:
                node = self._value(field.kind, field.label, field.example, required, name)
            if node is None or record is not Question:
                return node
            faults = list(self._question_faults({**answers, name: node}, name))
            if not faults:
                return node
            self._tell(faults)

    def line(self, label: str, hint: str = "") -> str:
        """One line of text."""
        return self.read(f"{label}{f'（{hint}）' if hint else ''}：").strip()

    def yes(self, question: str) -> bool:
        """Yes or no; Enter is no."""
        return self.line(question, "y 是，直接回车否").lower() in YES

    def _tell(self, faults: Collection[str]) -> None:
        for fault in faults:
            self.say(f"  ✗ {fault}")

    def _value(
        self, kind: Kind, label: str, example: str, required: bool, name: str = ""
    ) -> Node | None:
        if isinstance(kind, Nested):
            if not required and not self.yes(f"要写“{label}”吗"):
                return None
            self.say(f"【{label}】")
            asked = FORMS["question"].optional if kind.record is Question else None
            return mapping(self.record(kind.record, asked))
        if isinstance(kind, MapOf):
            return self._pairs(kind, label, required)
        if isinstance(kind, ListOf):
            return self._list(kind, label, example, required)
        default = self.defaults.get(name, "")
        return self._scalar(kind, label, example, required, default)

    def _list(self, kind: ListOf, label: str, example: str, required: bool) -> Node | None:
        if isinstance(kind.of, Choice):
            return self._picked(kind, label, example, required)
        items: list[Node] = []
        least = max(kind.least, 1 if required else 0)
        while kind.most is None or len(items) < kind.most:
            title, needed = f"{label} 第 {len(items) + 1} 项", len(items) < least
            if isinstance(kind.of, Nested) and not needed and not self.yes(f"要写“{title}”吗"):
                break
            item = self._value(kind.of, title, example, needed or isinstance(kind.of, Nested))
            if item is None:
                break
            items.append(item)
        return sequence(items) if items else None

    def _words(self, kind: Choice) -> dict[str, str]:
        """Word → how it is shown."""
        if isinstance(kind, Term):
            return {word: word for word in self.vocabularies[kind.vocabulary].values()}
        if isinstance(kind.words, Mapping):
            return {word: f"{named}（{word}）" for word, named in kind.words.items()}
        return {word: word for word in kind.words}

    def _show(self, words: Mapping[str, str]) -> None:
        shown = [f"{number}. {name}" for number, name in enumerate(words.values(), 1)]
        for start in range(0, len(shown), 6):
            self.say("  " + "　".join(shown[start : start + 6]))

    def _scalar(
        self, kind: Kind, label: str, example: str, required: bool, default: str = ""
    ) -> Scalar | None:
        words = self._words(kind) if isinstance(kind, Choice) else {}
        if isinstance(kind, Reference) and kind.target == "bank":
            words = {name: name for name in known_ids(self.root, "bank")}
        self._show(words)
        hints = [f"例：{example}"] if example and not words else ["写编号或词"] if words else []
        hints += [f"直接回车用 {default}"] if default else [] if required else ["可不填，直接回车"]
        while True:
            typed = self.line(label, "；".join(hints)) or default
            if not typed and not required:
                return None
            node = scalar(_numbered(typed, words))
            faults = list(self._faults(kind, node, example))
            if not faults:
                return node
            self._tell(faults)

    def _picked(self, kind: ListOf, label: str, example: str, required: bool) -> Node | None:
        words = self._words(kind.of)  # type: ignore[arg-type]
        self._show(words)
        hint = "写编号或词，几个之间空一格" + ("" if required else "；可不填，直接回车")
        while True:
            typed = re.split(r"[\s,，、;；]+", self.line(label, hint).strip())
            if typed == [""] and not required:
                return None
            chosen = dict.fromkeys(_numbered(one, words) for one in typed if one)
            node = sequence(map(scalar, chosen))
            faults = list(self._faults(kind, node, example))
            if not faults:
                return node
            self._tell(faults)

    def _pairs(self, kind: MapOf, label: str, required: bool) -> Node | None:
        names = list(LETTERS) if kind.keys.fullmatch("A") else [str(n) for n in range(1, 27)]
        while True:
            pairs: dict[str, Node] = {}
            for name in names:
                needed = required and len(pairs) < 2
                node = self._value(kind.of, f"{label} {name}", "", needed)
                if node is None:
                    break
                pairs[name] = node
            faults = list(self._faults(kind, mapping(pairs), "")) if pairs or required else []
            if not faults:
                return mapping(pairs) if pairs else None
            self._tell(faults)

    def _answer(self, answers: Mapping[str, Node]) -> Node:
        """The answer of a question, asked in the way of its type."""
        kind, stem = (getattr(answers.get(name), "text", "") for name in ("type", "stem"))
        if kind == "blank":
            count = len(BLANK.findall(stem))
            texts = [self.line(f"第 {n} 空", "几种写法用 / 分开") for n in range(1, count + 1)]
            return sequence(sequence(scalar(one.strip()) for one in t.split("/")) for t in texts)
        if kind == "match":
            names = [key.text for key, _ in getattr(answers.get("left"), "entries", ())]
            return mapping({n: scalar(self.line(f"{n} 配右列第几项", "例：2")) for n in names})
        if kind == "judge":
            return scalar(_numbered(self.line("答案", "1. 对　2. 错"), {"对": "", "错": ""}))
        example = {"multiple": "ABD", "order": "BDAC"}.get(kind, "B")
        return scalar(self.line("答案", f"例：{example}").upper())

    def _faults(self, kind: Kind, node: Node, example: str) -> Iterator[str]:
        report = Report()
        value = kind.read(node, At("", "", report, self.vocabularies), example)
        yield from (problem.message for problem in report.errors)
        if value is INVALID or not isinstance(kind, Reference) or not isinstance(node, Scalar):
            return
        known = known_ids(self.root, kind.target)
        if node.text not in known:
            yield expected(kind.what, f"没有的 {quoted(node.text)}{nearest(node.text, known)}")

    def _question_faults(self, answers: Mapping[str, Node], name: str) -> Iterator[str]:
        """What the model says of one field among those already given."""
        report, kind = Report(), specs(Bank)["questions"][0].kind
        assert isinstance(kind, ListOf)
        rest = {"id": "x", "type": "judge", "stem": "x", "answer": "对", "explanation": "x"}
        whole = {key: scalar(text) for key, text in {**rest, "difficulty": "1"}.items()}
        kind.of.read(mapping({**whole, **answers}), At("", "", report, self.vocabularies), "")
        found = (problem for problem in report.errors if re.match(rf"{name}(\W|$)", problem.field))
        yield from (problem.message for problem in found)
        taken = {*self.used, *known_ids(self.root, "question")}
        if name == "id" and getattr(answers["id"], "text", "") in taken:
            yield expected("没有用过的题目 id", "已经有的 id", self.defaults.get("id", ""))


def _question_needs(
    name: str, wanted: bool, required: bool, answers: Mapping[str, Node]
) -> tuple[bool, bool]:
    kind = getattr(answers.get("type"), "text", "")
    if name in ("options", "left", "right"):
        return name in PARTS.get(kind, ()), True
    if name == "any_order":
        return wanted and kind == "blank", False
    return wanted and (name != "fixed_options" or "options" in answers), required


def _numbered(typed: str, words: Mapping[str, str]) -> str:
    """The word that a number stands for, else what was typed."""
    if re.fullmatch("[0-9]{1,3}", typed) and 1 <= int(typed) <= len(words):
        return list(words)[int(typed) - 1]
    return typed
