"""Asks an editor for the fields of a record; each answer is checked at once by the model."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jingzhong.desk.new_forms import FORMS, known_ids, mapping, scalar, sequence
from jingzhong.desk.new_law import EXAMPLE, Laws
from jingzhong.desk.new_question import question_faults
from jingzhong.desk.new_rules import asked, label, needs, place_faults
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
    Term,
    specs,
)
from jingzhong.model.quizzes import BLANK, Question
from jingzhong.model.source import Node, Scalar

YES = ("y", "yes", "是", "对")
NO = ("n", "no", "否", "不")
MUST = "这一项必须填"
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
    def laws(self) -> Laws:
        """The laws of the site, read when the first is asked for."""
        return Laws(self.root)

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
                node: Node | None = self._answer(answers)
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
        if isinstance(kind, Reference) and kind.target == "regulation":
            return self._law(label, required, name)
        if name == "law_title":
            return self._law_title(kind, label, example, required)
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
        hints = ["必填"] if required and not default else []
        hints += [f"例：{example}"] if example and not words else ["写编号或词"] if words else []
        hints += (
            [f"直接回车用{self.origins.get(default, '')} {default}，也可以改"]
            if default
            else []
            if required
            else ["可不填，直接回车"]
        )
        while True:
            typed = self.line(label, "；".join(hints)) or default
            if not typed and not required:
                return None
            node = scalar(_numbered(typed, words))
            faults = list(self._faults(kind, node, example)) if typed else [MUST]
            if not faults:
                return node
            self._tell(faults)

    def _law(self, label: str, required: bool, name: str) -> Scalar | None:
        """The id of a law of the site, by any of its names."""
        leave = "本站没有收录的，直接回车，下一问再写" if name == "law" else "可不填，直接回车"
        hint = f"写全称、简称或 id；例：{EXAMPLE}；{'必填' if required else leave}"
        while (typed := self.line(label, hint)) or required:
            found = self._found(typed) if typed else ()
            if len(found) == 1:
                return scalar(found[0])
            self._tell([self.laws.fault(typed, found) if typed else MUST])
        return None

    def _law_title(self, kind: Kind, label: str, example: str, required: bool) -> Scalar | None:
        """The title of a law that the site does not have; the id of one that it has."""
        while True:
            node = self._scalar(kind, label, example, required)
            found = self._found(node.text) if node else ()
            if len(found) < 2:
                return scalar(found[0]) if found else node
            self._tell([self.laws.fault(node.text if node else "", found)])

    def _found(self, typed: str) -> tuple[str, ...]:
        found = self.laws.find(typed, self.day)
        if len(found) == 1 and found[0] != typed:
            self.say(f"  → 本站收录的{self.laws.shown(found[0])}")
        return found

    def _picked(self, kind: ListOf, label: str, example: str, required: bool) -> Node | None:
        words = self._words(kind.of)  # type: ignore[arg-type]
        self._show(words)
        hint = "写编号或词，几个之间空一格"
        hint = f"必填；{hint}" if required else f"{hint}；可不填，直接回车"
        while True:
            typed = re.split(r"[\s,，、;；]+", self.line(label, hint).strip())
            if typed == [""] and not required:
                return None
            chosen = dict.fromkeys(_numbered(one, words) for one in typed if one)
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

    def _answer(self, answers: Mapping[str, Node]) -> Node:
        """The answer of a question, asked in the way of its type."""
        kind, stem = (getattr(answers.get(name), "text", "") for name in ("type", "stem"))
        if kind == "blank":
            count = len(BLANK.findall(stem))
            texts = [self.must(f"第 {n} 空", "几种写法用 / 分开") for n in range(1, count + 1)]
            return sequence(sequence(scalar(one.strip()) for one in t.split("/")) for t in texts)
        if kind == "match":
            names = [key.text for key, _ in getattr(answers.get("left"), "entries", ())]
            return mapping({n: scalar(self.must(f"{n} 配右列第几项", "例：2")) for n in names})
        if kind == "judge":
            return scalar(_numbered(self.must("答案", "1. 对　2. 错"), {"对": "", "错": ""}))
        example = {"multiple": "ABD", "order": "BDAC"}.get(kind, "B")
        return scalar(self.must("答案", f"例：{example}").upper())

    def _faults(self, kind: Kind, node: Node, example: str) -> Iterator[str]:
        report = Report()
        value = kind.read(node, At("", "", report, self.vocabularies), example)
        yield from (problem.message for problem in report.errors)
        if value is INVALID or not isinstance(kind, Reference) or not isinstance(node, Scalar):
            return
        known = known_ids(self.root, kind.target)
        if node.text not in known:
            yield expected(kind.what, f"没有的 {quoted(node.text)}{nearest(node.text, known)}")


def _numbered(typed: str, words: Mapping[str, str]) -> str:
    """The word that a number stands for, else what was typed."""
    if re.fullmatch("[0-9]{1,3}", typed) and 1 <= int(typed) <= len(words):
        return list(words)[int(typed) - 1]
    return typed
