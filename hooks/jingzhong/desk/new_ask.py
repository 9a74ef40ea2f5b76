"""Asks an editor for the fields of a record; each answer is checked at once by the model."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from jingzhong.desk.new_forms import FORMS, known_ids, mapping, scalar, sequence
from jingzhong.desk.new_hints import asks_for, leave, numbered, words_of
from jingzhong.desk.new_names import Meant, Names
from jingzhong.desk.new_question import ask_answer, question_faults
from jingzhong.desk.new_rules import asked, label, needs, place_faults
from jingzhong.desk.new_words import ALL, meant_word, mended, offered
from jingzhong.errors import Report, expected, nearest, quoted
from jingzhong.model.cases import Case, Place, Violation
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
    specs,
)
from jingzhong.model.quizzes import Question
from jingzhong.model.source import Node, Scalar

YES = ("y", "yes", "是", "对")
NO = ("n", "no", "否", "不")
MUST = "这一项必须填"
# Names up to this length stand six in a line.
SHORT = 20
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Interview:
    """One conversation: `read` gives a line (EOFError at the end), `say` shows one."""

    root: Path
    vocabularies: Mapping[str, Mapping[str, str]]
    read: Callable[[str], str]
    say: Callable[[str], None]
    defaults: Mapping[str, str]
    # Default → where it comes from.
    origins: Mapping[str, str]
    ask_all: bool = False
    used: frozenset[str] = frozenset()
    # The day of the accident, once it is known: names and laws are those of that day.
    day: datetime.date | None = None

    @cached_property
    def names(self) -> Names:
        """What the site has that can be named, read when the first is asked for."""
        return Names(self.root)

    def record(
        self, record: type[Record], optional: Collection[str] | None = None
    ) -> dict[str, Node]:
        """Ask for a record's fields in order; `optional` None asks for every field."""
        answers: dict[str, Node] = {}
        for name, (field, must) in asked(record).items():
            wanted = must or self.ask_all or optional is None or name in optional
            wanted, required = needs(record, name, wanted, must, answers)
            node = self.field(record, name, field, required, answers) if wanted else None
            if node is not None:
                answers[self._key(record, name, node)] = node
        if record is Question:
            self.used |= {getattr(answers["id"], "text", "")}
        return {name: answers[name] for name in specs(record) if name in answers}

    def _key(self, record: type[Record], name: str, node: Node) -> str:
        """The field an answer belongs to; a title of a law that the site has became its id."""
        if record is Case and name == "date" and isinstance(node, Scalar):
            self.day = datetime.date.fromisoformat(node.text)
        if record is Violation and name == "law_title" and isinstance(node, Scalar):
            return "law" if node.text in known_ids(self.root, "regulation") else name
        return name

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
                node: Node | None = ask_answer(self.must, answers)
            else:
                title = label(record, name, field)
                node = self._value(field.kind, title, field.example, required, name)
            faults: list[str] = []
            if node is not None and record is Question:
                taken = {*self.used, *known_ids(self.root, "question")}
                given, fresh = {**answers, name: node}, self.defaults.get("id", "")
                faults = list(question_faults(given, name, self.vocabularies, taken, fresh))
            elif node is not None and record is Place:
                for words, wrong in place_faults(name, {**answers, name: node}, self.day):
                    if wrong:
                        faults.append(words)
                    else:
                        self.say(f"  （提醒）{words}")
            if not faults:
                return node
            self._tell(faults)

    def ask(self, kind: Kind, label: str) -> Scalar:
        """One answer of a kind, outside any record."""
        node = self._value(kind, label, "", required=True)
        assert isinstance(node, Scalar)
        return node

    def line(self, label: str, hint: str = "") -> str:
        """One line of text."""
        if hint:
            label = f"{label[:-1]}；{hint}）" if label.endswith("）") else f"{label}（{hint}）"
        return self.read(f"{label}：").strip()

    def must(self, label: str, hint: str = "") -> str:
        """One line of text that is not empty."""
        while not (typed := self.line(label, f"必填；{hint}" if hint else "必填")):
            self._tell([MUST])
        return typed

    def yes(self, question: str, hint: str = "y 是，直接回车否", enter: bool = False) -> bool:
        """Yes or no; Enter is `enter`, anything else is asked again."""
        while (typed := self.line(question, hint).lower()) not in (*YES, *NO, ""):
            self._tell([f"请输入 {'n' if enter else 'y'} 或直接回车"])
        return typed in YES if typed else enter

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
        default = self._free_id() if name == "id" else self.defaults.get(name, "")
        understand = self.names.law_title if name == "law_title" else self.names.understand
        return self._scalar(kind, label, example, required, default, understand)

    def _free_id(self) -> str:
        """The id that a question gets by Enter; "" where none is known to be free."""
        fresh = self.defaults.get("id", "")
        head, number = re.fullmatch(r"(.*?)([0-9]*)", fresh).groups()  # type: ignore[union-attr]
        while number and fresh in self.used:
            number = f"{int(number) + 1:0{len(number)}}"
            fresh = head + number
        return fresh

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

    def _show(self, words: Mapping[str, str]) -> None:
        shown = [f"{number}. {name}" for number, name in enumerate(words.values(), 1)]
        many = 6 if max(map(len, shown), default=0) <= SHORT else 2
        for start in range(0, len(shown), many):
            self.say("  " + "　".join(shown[start : start + many]))

    def _scalar(
        self,
        kind: Kind,
        label: str,
        example: str,
        required: bool,
        default: str,
        understand: Callable[[Kind, str, datetime.date | None], Meant],
    ) -> Scalar | None:
        words = words_of(kind, self.vocabularies)
        if isinstance(kind, Reference) and kind.target == "bank":
            words = {one: self.names.shown("bank", one) for one in known_ids(self.root, "bank")}
        self._show(words)
        hints = ["必填"] if required and not default else []
        hints += [asks_for(kind, example, bool(words))]
        hints += (
            [f"直接回车用{self.origins.get(default, '')} {default}，也可以改"]
            if default
            else [leave(kind, label)]
            if not required
            else []
        )
        chosen: Mapping[str, str] = {}
        while True:
            typed = self.line(label, "；".join(filter(None, hints)))
            if words and typed in ALL and typed:
                self._show(words)
                chosen = {}
                continue
            if len(chosen) == 1 and (typed.lower() in YES or (required and not typed)):
                typed = next(iter(chosen))
            typed = typed or default
            if not typed and not required:
                return None
            # A number means the last list that was shown.
            meant = understand(kind, numbered(typed, chosen or words), self.day)
            if words and typed and not meant.fault:
                said, meant = meant.said, meant_word(kind, meant.text, words, self.vocabularies)
                meant = replace(meant, said=said)
            chosen = meant.choices
            node = scalar(meant.text)
            faults = list(self._faults(kind, node, example)) if typed else [MUST]
            if typed and meant.fault:
                faults = [] if meant.choices else [meant.fault]
                for line in offered(typed, meant, required, bool(words)):
                    self.say(line)
            elif not faults:
                if meant.said:
                    self.say(f"  → {meant.said}")
                return node
            self._tell(faults)

    def _picked(self, kind: ListOf, label: str, example: str, required: bool) -> Node | None:
        words = words_of(kind.of, self.vocabularies)
        self._show(words)
        hint = "写编号或词，几个之间空一格"
        hint = f"必填；{hint}" if required else f"{hint}；可不填，直接回车"
        pending: list[str] = []
        while True:
            line = self.line(label, hint)
            if line in ALL and line:
                self._show(words)
                continue
            typed = re.split(r"[\s,，、;；]+", line)
            if pending and (line.lower() in YES or (required and not line)):
                typed = pending
            if typed == [""] and not required:
                return None
            chosen = dict.fromkeys(numbered(one, words) for one in typed if one)
            pending, told = mended(kind.of, list(chosen), words, self.vocabularies, required)
            for one in told:
                self.say(one)
            if pending != list(chosen):
                continue
            node = sequence(map(scalar, chosen))
            faults = list(self._faults(kind, node, example)) if chosen else [MUST]
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

    def _faults(self, kind: Kind, node: Node, example: str) -> Iterator[str]:
        report = Report()
        value = kind.read(node, At("", "", report, self.vocabularies), example)
        yield from (problem.message for problem in report.errors)
        if value is INVALID or not isinstance(kind, Reference) or not isinstance(node, Scalar):
            return
        known = known_ids(self.root, kind.target)
        if node.text not in known:
            yield expected(kind.what, f"没有的 {quoted(node.text)}{nearest(node.text, known)}")
