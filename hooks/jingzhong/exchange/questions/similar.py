"""Duplicates and near-duplicates, within an import and against the banks there are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from jingzhong.exchange.questions.answers import bare
from jingzhong.exchange.questions.found import Found
from jingzhong.model.quizzes import Bank, Question

# Stem and options are one question from here on (0–100, rapidfuzz ratio); below, wordings differ.
ALIKE = 90.0
_GRAM = 4
_RAREST = 10
_COMMONEST = 120
# One of these more or less, and a question asks for something else.
_TURNS = re.compile(
    r"\d+|[不非无未禁勿否]|正确|错误|大于|小于|高于|低于|以上|以下|可以|必须|严禁|前|后|左|右|内|外|增|减"
)


@dataclass(frozen=True)
class Entry:
    """What a question is compared by; `name` says where it stands."""

    name: str
    key: str
    stem: str
    answer: str
    turns: tuple[str, ...]


def entry_of(found: Found) -> Entry:
    """The entry of an imported question."""
    return _entry(found.place() or f"第 {found.line} 行", found.stem, found.options, found.answer)


def entries_of(banks: Iterable[Bank]) -> list[Entry]:
    """The entries of all questions of the banks there are."""
    return [
        _entry(f"{bank.id} 的 {question.id}", question.stem, question.options, _answer(question))
        for bank in banks
        for question in bank.questions
    ]


def _answer(question: Question) -> object:
    answer = question.answer
    return [accepted[0] for accepted in answer] if question.type == "blank" else answer


def _entry(name: str, stem: str, options: object, answer: object) -> Entry:
    texts = dict(options) if isinstance(options, dict) else dict(getattr(options, "items", dict)())
    words = sorted(bare(text) for text in texts.values())
    if isinstance(answer, str) and texts:
        told = "|".join(sorted(bare(texts.get(letter, letter)) for letter in answer))
    else:
        told = str(answer)
    folded = bare(stem)
    return Entry(
        name, "|".join([folded, *words]), folded, told, tuple(sorted(_TURNS.findall(folded)))
    )


def mark_duplicates(
    questions: Sequence[Found], banks: Iterable[Bank] = (), *, keep: frozenset[str] = frozenset()
) -> int:
    """Note duplicates as doubts of the later question; returns how many there are.

    `keep` names questions of banks that are these very ones (a bank imported again).
    """
    known = [entry for entry in entries_of(banks) if entry.name not in keep]
    entries = [*known, *(entry_of(found) for found in questions)]
    seen = _Seen(entries)
    marked = 0
    for place, entry in enumerate(entries):
        if place >= len(known) and entry.stem:
            other, code = seen.like(place)
            if code:
                before = questions[other - len(known)] if other >= len(known) else None
                _note(questions[place - len(known)], before, entry, entries[other], code)
                marked += 1
        seen.add(place)
    return marked


class _Seen:
    """Entries that came before, to be found again by their text or by rare pieces of it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.exact: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.pieces: defaultdict[str, list[int]] = defaultdict(list)
        grams = [_grams(entry.key) for entry in entries]
        counts = Counter(gram for row in grams for gram in row)
        self.rarest = [_rarest(row, counts) for row in grams]

    def add(self, place: int) -> None:
        entry = self.entries[place]
        self.exact.setdefault(entry.key, place)
        if len(entry.stem) >= 8:
            self.stems.setdefault(entry.stem, place)
        for gram in self.rarest[place]:
            self.pieces[gram].append(place)

    def like(self, place: int) -> tuple[int, str]:
        """(the entry before that is like this one, in what way); ("", 0) where none is."""
        entry = self.entries[place]
        if entry.key in self.exact:
            other = self.exact[entry.key]
            answers = (self.entries[other].answer, entry.answer)
            same = answers[0] == answers[1] or "None" in answers
            return other, "duplicate" if same else "duplicate_conflict"
        if entry.stem in self.stems:
            other = self.stems[entry.stem]
            # 下列说法正确的是 with quite different options is another question.
            if "|" not in entry.key or fuzz.ratio(self.entries[other].key, entry.key) >= 70:
                return other, "same_stem"
        near = {other for gram in self.rarest[place] for other in self.pieces.get(gram, ())}
        scored = (
            (fuzz.ratio(entry.key, self.entries[other].key, score_cutoff=ALIKE), -other)
            for other in near
            if self.entries[other].turns == entry.turns
        )
        score, other = max(scored, default=(0.0, 0))
        return (-other, "near_duplicate") if score >= ALIKE else (0, "")


def _note(found: Found, before: Found | None, entry: Entry, other: Entry, code: str) -> None:
    name = other.name
    if before is not None and before.file and before.file != found.file:
        name = f"{before.file} {name}"
    if code == "duplicate":
        found.doubt(code, f"和{name}重复")
    elif code == "same_stem":
        found.doubt(code, f"和{name}题干相同，选项或题型不同")
    elif code == "near_duplicate":
        found.doubt(code, f"和{name}相似 {fuzz.ratio(entry.key, other.key):.0f}/100")
    else:
        told = f"（{_short(other.answer)}、{_short(entry.answer)}）"
        found.doubt(code, f"和{name}题目相同，答案不同{told}")
        if before is not None:
            before.doubt(code, f"和{entry.name}题目相同，答案不同{told}")


def _grams(key: str) -> frozenset[str]:
    return frozenset(key[at : at + _GRAM] for at in range(max(len(key) - _GRAM + 1, 1)))


def _rarest(grams: frozenset[str], counts: Mapping[str, int]) -> list[str]:
    """The pieces that tell a text from others best."""
    rare = (gram for gram in grams if counts[gram] <= _COMMONEST)
    return sorted(rare, key=lambda gram: (counts[gram], gram))[:_RAREST]


def _short(answer: str) -> str:
    return {"True": "对", "False": "错"}.get(answer, answer[:20])
