"""Drawing that everyone can repeat: the same seed gives the same paper here, in a page, in print.

The twin of `static/js/draw.js`; `tests/quiz/vectors.json` is run on both. Nothing here depends on
a clock, a locale or a hash seed.

Random numbers: xoshiro128** (Blackman and Vigna, https://prng.di.unimi.it/xoshiro128starstar.c),
whose four 32-bit words are the first 16 bytes, big-endian, of SHA-256 over the UTF-8 text
`jingzhong` + purpose + parts, joined by line feeds. Each purpose has numbers of its own, so that
the order of one question's options never depends on another question.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

DAILY = 5
_SPACE = re.compile(
    "[\\t-\\r \u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+"
)
_WORD = 1 << 32
# Crockford's alphabet: no I, L, O, U, so that an id can be read out and copied by hand.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Candidate:
    """What drawing needs to know of a question; `group` names a passage shared with others."""

    id: str
    bank: str
    type: str
    difficulty: int
    topics: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True)
class Section:
    """So many questions of a kind; an empty field allows anything. `points`: hundredths, each."""

    count: int
    banks: tuple[str, ...]
    type: str = ""
    topics: tuple[str, ...] = ()
    difficulties: tuple[int, ...] = ()
    points: int = 100

    def takes(self, candidate: Candidate) -> bool:
        """Whether this question may stand in this section."""
        return (
            candidate.bank in self.banks
            and (not self.type or candidate.type == self.type)
            and (not self.topics or any(topic in self.topics for topic in candidate.topics))
            and (not self.difficulties or candidate.difficulty in self.difficulties)
        )


@dataclass(frozen=True)
class Blueprint:
    """A plan for papers: sections, the rule for incomplete choices, minutes (0: no limit)."""

    sections: tuple[Section, ...]
    scoring: str = "全对才得分"
    minutes: int = 0


class ShortageError(Exception):
    """A section that cannot be filled: its index from 0, and how many questions it could get."""

    def __init__(self, section: int, have: int) -> None:
        super().__init__(section, have)
        self.section = section
        self.have = have


class Generator:
    """Random 32-bit numbers that depend on nothing but the purpose and the parts."""

    def __init__(self, purpose: str, *parts: str) -> None:
        digest = hashlib.sha256(_utf8("\n".join(("jingzhong", purpose, *parts)))).digest()
        self.state = [int.from_bytes(digest[at : at + 4], "big") for at in (0, 4, 8, 12)]

    def next(self) -> int:
        """The next number, 0 … 2³²-1."""
        s = self.state
        result = _turn(s[1] * 5 % _WORD, 7) * 9 % _WORD
        moved = (s[1] << 9) % _WORD
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= moved
        s[3] = _turn(s[3], 11)
        return result

    def below(self, limit: int) -> int:
        """A number 0 … limit-1, each equally likely: what would favour the small is thrown away."""
        fair = _WORD - _WORD % limit
        while (number := self.next()) >= fair:
            pass
        return number % limit

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """The items in a random order (Fisher and Yates, from the end)."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result


def _turn(word: int, by: int) -> int:
    return (word << by | word >> 32 - by) % _WORD


def _utf8(text: str) -> bytes:
    """UTF-8 as a browser writes it: half a surrogate pair becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def plain_seed(text: str) -> str:
    """A seed as it counts: full-width and doubled spaces make no difference, letters' case does."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip(" ")


def draw(
    sections: Sequence[Section], candidates: Iterable[Candidate], seed: str, variant: str = ""
) -> list[list[str]]:
    """Question ids for each section, in the order of the paper; ShortageError where a quota fails.

    No question stands twice. Where sections compete for the same questions, those already given
    away are exchanged until each quota is met or none can be. Variants of one seed have the same
    questions in another order; questions on one passage stay together.
    """
    seed = plain_seed(seed)
    ordered = sorted(candidates, key=lambda candidate: candidate.id)
    pools = [
        Generator("draw", seed, str(index)).shuffled(c for c in ordered if section.takes(c))
        for index, section in enumerate(sections)
    ]
    owner: dict[str, int] = {}
    for index in sorted(range(len(sections)), key=lambda index: (len(pools[index]), index)):
        for taken in range(sections[index].count):
            if not _take(index, pools, owner):
                raise ShortageError(index, taken)
    papers = []
    for index in range(len(sections)):
        drawn = [c for c in ordered if owner.get(c.id) == index]
        papers.append(_gathered(Generator("order", seed, variant, str(index)).shuffled(drawn)))
    return papers


def _take(wanting: int, pools: list[list[Candidate]], owner: dict[str, int]) -> bool:
    """Give one more question to a section, exchanging some between sections where it must be."""
    came: dict[int, tuple[int, Candidate] | None] = {wanting: None}
    queue = [wanting]
    for section in queue:
        for candidate in pools[section]:
            holder = owner.get(candidate.id)
            if holder is None:
                owner[candidate.id] = section
                while (step := came[section]) is not None:
                    section, candidate = step
                    owner[candidate.id] = section
                return True
            if holder not in came:
                came[holder] = (section, candidate)
                queue.append(holder)
    return False


def _gathered(drawn: list[Candidate]) -> list[str]:
    """Questions on one passage follow its first one, by id."""
    groups: dict[str, list[str]] = {}
    for candidate in drawn:
        groups.setdefault((candidate.group and f"={candidate.group}") or candidate.id, []).append(
            candidate.id
        )
    return [name for names in groups.values() for name in sorted(names)]


def option_order(
    letters: Sequence[str], fixed: Sequence[str], seed: str, variant: str, question: str
) -> list[str]:
    """The letters in the order shown; fixed ones keep their place, others share the rest."""
    generator = Generator("options", plain_seed(seed), variant, question)
    moving = iter(generator.shuffled(letter for letter in letters if letter not in fixed))
    return [letter if letter in fixed else next(moving) for letter in letters]


def paper_id(blueprint: Blueprint, seed: str, banks: Iterable[tuple[str, str]]) -> str:
    """Eight characters that bind the blueprint, the seed and the content hash of each bank.

    40 bits of SHA-256: enough to notice a changed bank, not a proof against forgery.
    """
    sections = [
        [s.type, s.count, list(s.banks), list(s.topics), list(s.difficulties), s.points]
        for s in blueprint.sections
    ]
    parts = [plain_seed(seed), blueprint.scoring, blueprint.minutes, sections, sorted(banks)]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    number = int.from_bytes(hashlib.sha256(_utf8("jingzhong\npaper\n" + text)).digest()[:5], "big")
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(7, -1, -1))


def daily(ids: Iterable[str], bank: str, day: datetime.date) -> list[str]:
    """Five questions for a day; none comes twice before the bank has been gone through."""
    ordered = sorted(ids)
    rounds = max(len(ordered) // DAILY, 1)
    cycle, turn = divmod(day.toordinal(), rounds)
    order = Generator("daily", bank, str(cycle)).shuffled(ordered)
    return order[turn * DAILY : (turn + 1) * DAILY]
