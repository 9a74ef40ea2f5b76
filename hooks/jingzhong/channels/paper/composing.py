"""What stands on a printed paper: the questions drawn, numbered, their options lettered anew.

The same seed gives the same paper here as on the exam page: questions come from `quiz.draw.draw`,
options from `option_order`, and the letters that are printed are places, not the bank's letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jingzhong.model.contests import Contest
from jingzhong.model.library import Library
from jingzhong.model.quizzes import TYPES, Bank, Question
from jingzhong.quiz.blueprint import contest_blueprint, contest_candidates
from jingzhong.quiz.draw import Blueprint, Section, draw, option_order, paper_id, plain_seed
from jingzhong.quiz.facts import bank_candidates, bank_hash, fixed_letters

# The names that sections of Chinese papers have.
PART_NAMES = {
    "single": "单项选择题",
    "multiple": "多项选择题",
    "judge": "判断题",
    "blank": "填空题",
    "order": "排序题",
    "match": "连线题",
}


@dataclass(frozen=True)
class Option:
    """A choice as printed: its letter there, its text, and the letter that the bank gives it."""

    letter: str
    text: str
    own: str


@dataclass(frozen=True)
class Item:
    """A question with its number; `options` are, of a matching question, its right side."""

    number: int
    question: Question
    options: tuple[Option, ...] = ()

    @property
    def printed(self) -> dict[str, str]:
        """The bank's letter of an option → the letter on this paper."""
        return {option.own: option.letter for option in self.options}


@dataclass(frozen=True)
class Part:
    """One section of a paper; `points` in hundredths, each question (0: not told)."""

    kind: str
    points: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Sheet:
    """One variant (A, B, C, D, or empty): the same questions, in an order of its own."""

    variant: str
    parts: tuple[Part, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All questions in the order of their numbers."""
        return tuple(item for part in self.parts for item in part.items)


@dataclass(frozen=True)
class Paper:
    """A contest's paper, or a bank as a sheet to practise on (`practice`).

    `code` binds blueprint, seed and content; `seed` is empty where nothing was drawn.
    """

    name: str
    title: str
    unit: str
    code: str
    seed: str
    blueprint: Blueprint
    sheets: tuple[Sheet, ...]
    practice: bool = False

    @property
    def points(self) -> int:
        """The whole paper's points, in hundredths."""
        return sum(section.count * section.points for section in self.blueprint.sections)


def compose_contest(
    library: Library, contest: Contest, variants: Sequence[str] = ("",), seed: str = ""
) -> Paper:
    """Draw a contest's paper; ShortageError where the banks cannot give it."""
    blueprint = contest_blueprint(contest)
    seed = plain_seed(seed) or plain_seed(contest.seed)
    names = dict.fromkeys(name for section in contest.sections for name in section.bank)
    banks = [library.bank_by_id[name] for name in names]
    questions = {question.id: question for bank in banks for question in bank.questions}
    candidates = contest_candidates(library, contest)
    sheets = tuple(
        _sheet(
            blueprint, draw(blueprint.sections, candidates, seed, variant), questions, seed, variant
        )
        for variant in variants
    )
    code = paper_id(blueprint, seed, [(bank.id, bank_hash(bank)) for bank in banks])
    return Paper(contest.id, contest.title, library.settings.unit, code, seed, blueprint, sheets)


def compose_bank(
    library: Library, bank: Bank, variants: Sequence[str] = ("",), seed: str = ""
) -> Paper:
    """A whole bank, type by type: as it is written, or shuffled where a seed or variants ask for it."""
    kinds = [kind for kind in TYPES if any(q.type == kind for q in bank.questions)]
    counted = [(kind, sum(q.type == kind for q in bank.questions)) for kind in kinds]
    blueprint = Blueprint(
        tuple(Section(count, (bank.id,), kind, points=0) for kind, count in counted)
    )
    seed = plain_seed(seed) or (bank.id if any(variants) else "")
    questions = {question.id: question for question in bank.questions}
    sheets = []
    for variant in variants:
        if seed:
            drawn = draw(blueprint.sections, bank_candidates(bank), seed, variant)
        else:
            drawn = [[q.id for q in bank.questions if q.type == kind] for kind in kinds]
        sheets.append(_sheet(blueprint, drawn, questions, seed, variant))
    hashed = bank_hash(bank)
    code = paper_id(blueprint, seed, [(bank.id, hashed)]) if seed else hashed[:8].upper()
    unit = library.settings.unit
    return Paper(bank.id, bank.title, unit, code, seed, blueprint, tuple(sheets), practice=True)


def _sheet(
    blueprint: Blueprint,
    drawn: Sequence[Sequence[str]],
    questions: dict[str, Question],
    seed: str,
    variant: str,
) -> Sheet:
    parts, first = [], 1
    for section, ids in zip(blueprint.sections, drawn, strict=True):
        items = tuple(
            Item(number, questions[name], tuple(_options(questions[name], seed, variant)))
            for number, name in enumerate(ids, first)
        )
        first += len(items)
        parts.append(Part(section.type, section.points, items))
    return Sheet(variant, tuple(parts))


def _options(question: Question, seed: str, variant: str) -> Iterator[Option]:
    texts = question.right if question.type == "match" else question.options
    # By length first: 9 comes before 10 on the right side of a matching question.
    letters = sorted(texts, key=lambda letter: (len(letter), letter))
    order = letters
    if seed:
        order = option_order(letters, fixed_letters(question), seed, variant, question.id)
    for letter, own in zip(letters, order, strict=True):
        yield Option(letter, texts[own], own)
