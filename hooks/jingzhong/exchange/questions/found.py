"""What an import finds, as data: questions, what is doubtful in them, and the sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Answer = str | bool | list[str] | None

TYPE_NAMES = {
    "single": "单选题",
    "multiple": "多选题",
    "judge": "判断题",
    "blank": "填空题",
    "short": "问答题",
    "order": "排序题",
    "match": "连线题",
}
# A question with one of these cannot stand in a bank as it is.
BLOCKING = frozenset(
    {
        "answer_missing",
        "missing_options",
        "answer_outside_options",
        "answer_is_implicit",
        "answer_conflict",
        "answer_not_in_options",
        "answer_ambiguous",
        "type_unknown",
        "option_letters",
        "blank_count",
        "blank_by_spaces",
        "blank_by_bold",
        "short_not_kept",
        "order_not_kept",
        "match_sides",
        "no_blank",
        "same_options",
        "picture_missing",
        "picture_option",
        "stem_missing",
        "duplicate",
        "duplicate_conflict",
        "look_again",
    }
)


@dataclass(frozen=True, order=True)
class Doubt:
    """One thing an editor should know of a question: a code for programs, words for people."""

    line: int
    code: str
    message: str

    def as_dict(self) -> dict[str, str | int]:
        """The JSON form."""
        return {"code": self.code, "message": self.message, "line": self.line}


@dataclass(frozen=True)
class Place:
    """Where a line stands, for someone who has the file open in Word: nobody counts paragraphs.

    `start` is how a paragraph begins, in quotes, or `表 2 第 3 行`.
    """

    heading: str = ""
    number: str = ""
    start: str = ""

    def words(self, number: str = "") -> str:
        """“一、单选题”下，第 12 题，“下列哪种灭火器能灭…”; `number` is that of the question."""
        number = number or self.number
        parts = (
            f"“{self.heading}”下" if self.heading else "",
            f"第 {number} 题" if number else "",
            self.start,
        )
        return "，".join(filter(None, parts))


@dataclass
class Found:
    """One question as the source has it.

    `answer` by type: "B", "ABD", True/False, the text of each blank, or the text of a short
    answer ("A-4；B-1" of a match); None where the source has none. `answer_text` keeps a choice's answer that came as
    words without options; `implied` what an unstated convention would make of the answer.
    """

    type: str
    stem: str
    line: int
    options: dict[str, str] = field(default_factory=dict)
    answer: Answer = None
    explanation: str = ""
    problems: list[Doubt] = field(default_factory=list)
    number: str = ""
    section: str = ""
    passage: str = ""
    answer_text: str | list[str] | None = None
    implied: Answer = None
    convention: str = ""
    declared: str = ""
    file: str = ""
    id: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    # Line → where it stands, of the whole file; empty where a line's number says enough.
    places: Mapping[int, Place] = field(default_factory=dict)

    def place(self, line: int = 0) -> str:
        """Where a line of this question (its first by default) stands, in words, or ""."""
        found = self.places.get(line or self.line)
        return found.words(self.number) if found else ""

    def doubt(self, code: str, message: str, line: int = 0) -> None:
        """Note a doubt once."""
        if not self.has(code):
            self.problems.append(Doubt(line or self.line, code, message))

    def has(self, code: str) -> bool:
        """Whether a doubt of this kind is noted."""
        return any(problem.code == code for problem in self.problems)

    def drop(self, *codes: str) -> None:
        """Forget doubts that have been settled."""
        self.problems = [problem for problem in self.problems if problem.code not in codes]

    @property
    def blocked(self) -> bool:
        """True when a bank cannot take the question as it is."""
        return any(problem.code in BLOCKING for problem in self.problems)

    def as_dict(self) -> dict[str, Any]:
        """The JSON form that `python hooks import quiz --format json` prints."""
        shown: dict[str, Any] = {
            "type": self.type,
            "stem": self.stem,
            "options": dict(self.options),
            "answer": self.answer,
            "explanation": self.explanation,
            "line": self.line,
            "problems": [
                {**problem.as_dict(), **_named("place", self.place(problem.line))}
                for problem in sorted(self.problems)
            ],
            **_named("place", self.place()),
        }
        for name in ("number", "section", "passage", "id", "file"):
            if getattr(self, name):
                shown[name] = getattr(self, name)
        if self.type == "match":
            shown |= {"left": self.extra["left"], "right": self.extra["right"]}
        if self.answer_text is not None:
            shown["answer_text"] = self.answer_text
        if self.implied is not None:
            shown["implied"] = {"answer": self.implied, "convention": self.convention}
        return shown


@dataclass
class Notice:
    """Something about the file as a whole."""

    file: str
    line: int
    code: str
    message: str
    place: str = ""

    def as_dict(self) -> dict[str, str | int]:
        """The JSON form."""
        return {
            "file": self.file,
            "line": self.line,
            "code": self.code,
            "message": self.message,
            **_named("place", self.place),
        }

    def __str__(self) -> str:
        where = f"{self.place}：" if self.place else ""
        return f"{self.file}:{self.line}: {where}{self.message}"


@dataclass
class Row:
    """One row of a table: its number in the sheet, counted from 1, and its cells as text."""

    number: int
    cells: list[str]


class RefusedError(Exception):
    """A file that cannot be read at all; the message says what to do."""

    def __init__(self, message: str, line: int = 1, code: str = "refused") -> None:
        super().__init__(message)
        self.message, self.line, self.code = message, max(line, 1), code


@dataclass
class Haul:
    """Everything one file gave."""

    questions: list[Found] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    places: Mapping[int, Place] = field(default_factory=dict)

    def note(self, line: int, code: str, message: str) -> None:
        """Note something about the file; its name is filled in by whoever opened it."""
        self.notices.append(Notice("", max(line, 1), code, message))

    def take(self, other: Haul) -> None:
        """Add what another part of the file gave."""
        self.questions.extend(other.questions)
        self.notices.extend(other.notices)


def _named(name: str, text: str) -> dict[str, str]:
    return {name: text} if text else {}


def counted(questions: Iterable[Found]) -> dict[str, int]:
    """How many questions of each type, in the order of `TYPE_NAMES`."""
    counts = dict.fromkeys(TYPE_NAMES, 0)
    for question in questions:
        counts[question.type] += 1
    return counts
