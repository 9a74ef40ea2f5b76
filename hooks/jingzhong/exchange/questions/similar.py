"""Duplicates and near-duplicates, within an import and against the banks there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    return _entry(f"第 {found.line} 行", found.stem, found.options, found.answer)


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
    index: defaultdict[str, list[int]] = defaultdict(list)
    exact: dict[str, int] = {}
    stems: dict[str, int] = {}
    counts: defaultdict[str, int] = defaultdict(int)
    grams = [_grams(entry.key) for entry in entries]
    for row in grams:
        for gram in row:
            counts[gram] += 1
    marked = 0
    for place, entry in enumerate(entries):
        found = questions[place - len(known)] if place >= len(known) else None
        if found is not None and entry.stem:
            marked += _mark(
                found, entry, entries, exact, stems, index, _rarest(grams[place], counts)
            )
        exact.setdefault(entry.key, place)
        if len(entry.stem) >= 8:
            stems.setdefault(entry.stem, place)
        for gram in _rarest(grams[place], counts):
            index[gram].append(place)
    return marked


def _grams(key: str) -> frozenset[str]:
    return frozenset(key[at : at + _GRAM] for at in range(max(len(key) - _GRAM + 1, 1)))


def _rarest(grams: frozenset[str], counts: dict[str, int]) -> list[str]:
    return sorted(
        (gram for gram in grams if counts[gram] <= _COMMONEST),
        key=lambda gram: (counts[gram], gram),
    )[:_RAREST]


def _mark(
    found: Found,
    entry: Entry,
    entries: Sequence[Entry],
    exact: dict[str, int],
    stems: dict[str, int],
    index: dict[str, list[int]],
    rarest: Sequence[str],
) -> bool:
    before = exact.get(entry.key)
    if before is not None:
        other = entries[before]
        if other.answer == entry.answer or "None" in (other.answer, entry.answer):
            found.doubt("duplicate", f"和{other.name}重复")
        else:
            found.doubt(
                "duplicate_conflict",
                f"和{other.name}题目相同，答案不同（{_short(other.answer)}、{_short(entry.answer)}）",
            )
        return True
    same = stems.get(entry.stem)
    if same is not None and not (found.options and _unlike(entries[same].key, entry.key)):
        found.doubt("same_stem", f"和{entries[same].name}题干相同，选项或题型不同")
        return True
    near = {place for gram in rarest for place in index.get(gram, ())}
    best = max(
        (
            (fuzz.ratio(entry.key, entries[place].key, score_cutoff=ALIKE), -place)
            for place in near
            if entries[place].turns == entry.turns
        ),
        default=(0.0, 0),
    )
    if best[0] >= ALIKE:
        found.doubt("near_duplicate", f"和{entries[-best[1]].name}相似 {best[0]:.0f}/100")
        return True
    return False


def _unlike(one: str, two: str) -> bool:
    """Whether two questions with one stem (下列说法正确的是) have quite different options."""
    return fuzz.ratio(one, two) < 70


def _short(answer: str) -> str:
    return {"True": "对", "False": "错"}.get(answer, answer[:20])
