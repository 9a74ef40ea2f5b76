"""Options: letters in their order, whatever stands around them; bullets; bare lines.

A letter counts only as the next of a row that begins with A, so that A、B两点, 5A、220V or ABC干粉
inside a text split nothing. Among several rows the one with the best edges is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jingzhong.exchange.questions.tidy import join_lines, plain

LAST = "J"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
_OPTION = re.compile(
    r"""
    (?P<wrap>[(\[【<][ \t]?(?P<w>[A-Ja-j])[ \t]?[)\]】>][ \t]?[.、:,。]?)
  | (?P<sign>(?<![A-Za-z])(?P<s>[A-Ja-j])[ \t]?(?:\n(?=[、.:)]))?(?P<mark>[.、:)。,;])(?![.、:)。,;]))
  | (?P<sure>(?P<u>[A-J])[ \t]?(?:\n(?=[、.:)]))?(?P<mark2>[.、:)])(?![.、:)。,;]))
  | (?P<dash>(?:^|(?<=\n))(?P<d>[C-J])-(?=[\u4e00-\u9fff]))
  | (?P<alone>(?:^|(?<=\n))[ \t]*(?P<a>[A-J])[ \t]*(?=\n[ \t]*[^\s]))
  | (?P<circle>(?P<c>[①-⑩])[.、]?)
  | (?P<gap>(?<![A-Za-z0-9])(?P<g>[A-Ja-j])(?=[ \t]+[^\s.、:)]))
  | (?P<glue>(?<![A-Za-z0-9])(?P<l>[A-J])(?=["“《\u4e00-\u9fff0-9]))
    """,
    re.VERBOSE,
)
_PREFIX = re.compile(r"(?:[ \t*]|[•○◯●□■☐√☆★◇◎▢]|\([ \t]?√?[ \t]?\)|(?<![\w\-])-(?=[ \t]))*$")
_TAIL = re.compile(r"(?:[\s*]|[•○◯□☐☆◇◎▢]|(?<![A-Za-z_])\([ \t]*\))+$")
_BOXED = re.compile(r"[○◯□☐☆◇◎▢]|\([ \t]*\)")
_BULLET = re.compile(r"[ \t]*(?P<sign>[☆★○◯●◎□■☐▢◇◆•√×✦]|\([ \t]*√?[ \t]*\))[ \t]*(?=\S)")
# A blank, no call such as run().
_GAP = re.compile(r"(?<![A-Za-z_])\([ \t]*\)(?![ \t]*[A-J][.、])")
_CLOSED = re.compile(r"[ \t]*\([ \t]*\)(?=[ \t]*[(\[]?[A-Ja-j])")
_BARE_A = re.compile(r"(?:^|(?<=[\s)。?:]))A(?=[ \t]*[《“\u4e00-\u9fff0-9])", re.MULTILINE)
_LETTER = re.compile(r"[A-Za-z]+")
_GLUED = re.compile(r"[A-J](?=[ \t]*[《“(\u4e00-\u9fff0-9])")
_INNER = re.compile(r"[A-J][ \t]?[.、,)]")
_GLUED_A = re.compile(r"(?<=[\u4e00-\u9fff)?:])A(?=[\u4e00-\u9fff《“0-9])")
_WORD_BEFORE = re.compile(r"[A-Za-z]+\Z")
MOST = 400


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its letter, where its mark begins, where its text stands."""

    letter: str
    start: int
    text: int
    end: int
    right: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    index: int
    style: str
    sign: str
    edge: float
    right: bool
    base: float


def find_options(
    scan: str, start: int, end: int, closed: Sequence[tuple[int, int]]
) -> list[Option]:
    """The options of one question's stretch; `closed` stretches cannot hold any.

    The end of an option is the beginning of the next one, of a closed stretch, or `end`.
    """
    candidates = _candidates(scan, start, end, closed)
    chain = _best_chain(scan, candidates, end)
    columns = _columns(scan, candidates)
    if len(columns) > len(chain):
        chain = columns
    if not chain:
        chain = _glued_line(scan, start, end, closed)
    if chain and _stem_bracket(scan, chain):
        behind = scan.index(")", chain[0].start) + 1
        chain = [replace(chain[0], start=behind), *chain[1:]]
    options = []
    for place, candidate in enumerate(chain):
        stop = chain[place + 1].start if place + 1 < len(chain) else end
        stop = min([stop, *(left for left, _ in closed if left >= candidate.end)])
        letter = chr(ord("A") + candidate.index)
        right = candidate.right and not _between(scan, chain, place)
        options.append(Option(letter, candidate.start, candidate.end, stop, right))
    return options


def _between(scan: str, chain: Sequence[_Candidate], place: int) -> bool:
    """Whether a √ inside a line may as well end the option before: A.看 √B.听, without boxes."""
    item = chain[place]
    boxed = any(_BOXED.search(scan[one.start : one.end]) for one in chain)
    return place > 0 and item.base < 3 and not boxed


def _glued_line(
    scan: str, start: int, end: int, closed: Sequence[tuple[int, int]]
) -> list[_Candidate]:
    """A爆炸品B压缩气体C易燃液体: bare letters in one line, each once, in their order, three at least."""
    for first in _BARE_A.finditer(scan, start, end):
        at = first.start()
        if any(left <= at < right for left, right in closed):
            continue
        stop = min([end, *(left for left, _ in closed if left > at)])
        line = scan[at : stop if (line_end := scan.find("\n", at, stop)) < 0 else line_end]
        letters = list(_LETTER.finditer(line))
        told = "".join(letter[0] for letter in letters)
        edges = [letter.start() for letter in letters[1:]]
        texts = [
            line[one.end() : two].strip()
            for one, two in zip(letters, [*edges, len(line)], strict=True)
        ]
        # A类、B类、C类火灾 is a list in a sentence.
        listed = len({text[:1] for text in texts}) == 1 or any(
            text[-1:] in "、,和及或与" for text in texts
        )
        glued = not listed and all(_GLUED.match(line, letter.start()) for letter in letters)
        if len(told) >= 3 and glued and told == "ABCDEFGHIJ"[: len(told)]:
            return [
                _Candidate(at + item.start(), at + item.end(), place, "glue", "", 1.0, False, 1.0)
                for place, item in enumerate(letters)
            ]
    return []


def _stem_bracket(scan: str, chain: Sequence[_Candidate]) -> bool:
    """Whether the bracket before the first letter ends the stem: …的是（）A.红 B.黄。"""
    return bool(_CLOSED.match(scan[chain[0].start : chain[0].end])) and not any(
        "(" in scan[item.start : item.end] and item.style.lower() != "wrap" for item in chain[1:]
    )


def _candidates(
    scan: str, start: int, end: int, closed: Sequence[tuple[int, int]]
) -> list[_Candidate]:
    found: list[_Candidate] = []
    for match in _OPTION.finditer(scan, start, end):
        if any(left <= match.start() < right for left, right in closed):
            continue
        style = match.lastgroup or ""
        for name in ("wrap", "sign", "sure", "dash", "alone", "circle", "gap", "glue"):
            if match[name]:
                style = name
        letter = (
            match["w"]
            or match["s"]
            or match["u"]
            or match["d"]
            or match["a"]
            or match["g"]
            or match["l"]
        )
        index = ord(letter.upper()) - ord("A") if letter else _CIRCLES.index(match["c"])
        sign = match["mark"] or match["mark2"] or ""
        style = "sign" if style == "sure" else style
        if letter and letter.islower():
            style = style.upper()
        edge, begin = _edge(scan, match.start(), start)
        base = edge
        if style.lower() in ("gap", "glue") and edge < 2:
            continue
        if letter and letter.islower() and edge < 2:
            continue
        edge += {
            "wrap": 2.0,
            "sign": 2.0,
            "dash": 0.7,
            "alone": 0.8,
            "circle": 0.6,
            "gap": 0.7,
            "glue": 0.1,
        }[style.lower()]
        edge -= {",": 0.6, ";": 1.5, "。": 0.8, ":": 0.3, ")": 0.3}.get(sign, 0.0)
        right = "√" in scan[begin : match.start()]
        found.append(_Candidate(begin, match.end(), index, style, sign, edge, right, base))
        if len(found) >= MOST:
            break
    # A letter alone on its line may answer; it offers where no option has a sign before it.
    first = next((item for item in found if item.index == 0 and item.style != "glue"), None)
    lone = first is not None and first.style == "alone"
    return found if lone else [item for item in found if item.style != "alone"]


def _in_word(scan: str, at: int) -> bool:
    """Whether a letter ends a Latin word: TABLE、DROP; that of 10kVB. does not."""
    before = _WORD_BEFORE.search(scan, max(at - 24, 0), at)
    if before is None or not scan[at].isalpha():
        return False
    measured = scan[before.start() - 1 : before.start()].isdigit()
    return not measured and len(before[0]) > 2


def _edge(scan: str, at: int, start: int) -> tuple[float, int]:
    """How good a beginning is what stands before, and where the option's own signs begin."""
    line = max(scan.rfind("\n", 0, at) + 1, start)
    prefix = _PREFIX.search(scan, max(line, at - 24), at)
    begin = prefix.start() if prefix else at
    if begin <= line:
        return 3.0, begin
    before = scan[at - 1]
    if begin < at and before in " \t":
        return (2.4 if "\t" in scan[begin:at] or at - begin > 1 else 2.0), begin
    if begin < at:
        return 2.2, begin
    if before in '。;!?)】,:"”》]':
        return 1.5, at
    return (-1.0 if before.isascii() and before.isupper() else 0.6), at


def _best_chain(scan: str, candidates: list[_Candidate], end: int) -> list[_Candidate]:
    """The best row A, B, C …; empty when there is none worth two options."""
    best: list[float] = [0.0] * len(candidates)
    following: list[int] = [-1] * len(candidates)
    places: dict[int, list[int]] = {}
    for here in range(len(candidates) - 1, -1, -1):
        candidate = candidates[here]
        top, chosen = 0.0, -1
        for there in reversed(places.get(candidate.index + 1, ())[-40:]):
            other = candidates[there]
            if other.start < candidate.end or not scan[candidate.end : other.start].strip():
                continue
            match = 1.0 if other.style == candidate.style else -1.2
            match += 0.5 if other.sign == candidate.sign else 0.0
            worth = best[there] + match
            if worth > top + 1e-9:
                top, chosen = worth, there
        for there in reversed(places.get(candidate.index + 2, ())[-3:]):
            if chosen < 0 and _skips_a_line(scan, candidate, candidates[there]):
                top, chosen = best[there] - 1.5, there
        best[here], following[here] = candidate.edge + top, chosen
        places.setdefault(candidate.index, []).append(here)
    starts = [
        place
        for place, candidate in enumerate(candidates)
        if candidate.index == 0 and following[place] >= 0
    ]
    if not starts:
        return _from_b(scan, candidates, best, following)
    # （A）(A) 30%: of two equal beginnings the later is the option's, the first answers.
    place = max(starts, key=lambda at: (best[at], at))
    chain = []
    while place >= 0:
        chain.append(candidates[place])
        place = following[place]
    weak = sum(item.style.lower() in ("gap", "glue", "circle") for item in chain)
    if not _plausible(scan, chain, end):
        return []
    if weak > len(chain) / 2 and len(chain) < 3 and any(item.edge < 3 for item in chain):
        return []
    return _stretched(scan, _by_lines(scan, chain), candidates)


def _by_lines(scan: str, chain: list[_Candidate]) -> list[_Candidate]:
    """A row without what stands inside a line, where options stand one a line: …和E、F两类."""
    lines = 0
    while lines < len(chain) and chain[lines].base >= 3:
        lines += 1
    if lines < 2:
        return chain
    edges = [item.start for item in chain[:lines]]
    alone = all("\n" in scan[one:two] for one, two in pairwise(edges))
    signs = {(item.style, item.sign) for item in chain[:lines]}
    for place in range(lines, len(chain)):
        item = chain[place]
        if item.base >= 3 or not alone:
            continue
        foreign = item.base < 2 or (item.style, item.sign) not in signs
        if (lines >= 3 and foreign) or _in_word(scan, item.start):
            return chain[:place]
    return chain


def _skips_a_line(scan: str, one: _Candidate, two: _Candidate) -> bool:
    """Whether just one line stands between two lettered lines: its letter may have been lost."""
    if one.base < 3 or two.base < 3 or (one.style, one.sign) != (two.style, two.sign):
        return False
    lines = [line for line in scan[one.end : two.start].split("\n") if line.strip()]
    return len(lines) == 2


def _from_b(
    scan: str, candidates: list[_Candidate], best: list[float], following: list[int]
) -> list[_Candidate]:
    """B, C, D on lines of their own below a stem with the A glued into its end."""
    starts = [
        place
        for place, candidate in enumerate(candidates)
        if candidate.index == 1 and candidate.base >= 3 and following[place] >= 0
    ]
    if not starts:
        return []
    place = max(starts, key=lambda at: (best[at], -at))
    line_start = scan.rfind("\n", 0, max(candidates[place].start - 1, 0)) + 1
    glued = list(_GLUED_A.finditer(scan, line_start, candidates[place].start))
    if len(glued) != 1:
        return []
    at = glued[0].start()
    chain = [_Candidate(at, at + 1, 0, "glue", "", 1.0, False, 1.0)]
    while place >= 0:
        chain.append(candidates[place])
        place = following[place]
    return chain


def _plausible(scan: str, chain: list[_Candidate], end: int) -> bool:
    """Whether a row may be options at all: 火灾分为A、B、C、D四类，A、B指的是（ ）？ is a stem."""
    first, others = chain[0], chain[1:]
    if first.base < 1.5 and sum(item.base for item in others) < 2.0 * len(others):
        # 原因是A.短路B.过载C.潮湿: glued all through, then no letter may stand inside a text.
        texts = [scan[one.end : two.start] for one, two in pairwise(chain)]
        if len(chain) < 3 or any(_INNER.search(text) or len(text.strip()) < 2 for text in texts):
            return False
    line_end = scan.find("\n", chain[-1].end)
    last = scan[chain[-1].end : min(line_end, end) if line_end >= 0 else end]
    line_start = scan.rfind("\n", 0, first.start) + 1
    return not (
        _GAP.search(last)
        and scan[line_start : first.start].strip()
        and not _GAP.search(scan[line_start : first.start])
    )


def _stretched(
    scan: str, chain: list[_Candidate], candidates: list[_Candidate]
) -> list[_Candidate]:
    """Go on past a skipped letter (A B D) where lines go on with the same signs."""
    last = chain[-1]
    for candidate in candidates:
        later = candidate.start >= last.end and candidate.edge >= 4.5
        if (
            later
            and candidate.style == last.style
            and last.index < candidate.index <= last.index + 2
        ):
            chain = [*chain, candidate]
            last = candidate
    return chain


def _columns(scan: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """Options in two columns (A C, B D): every letter once, each at a good edge, in any order."""
    good = [
        candidate
        for candidate in candidates
        if candidate.edge >= 4 and candidate.style in ("sign", "wrap")
    ]
    letters = sorted(candidate.index for candidate in good)
    if len(letters) < 3 or letters != list(range(len(letters))) or good[0].index != 0:
        return []
    texts = [scan[one.end : two.start] for one, two in pairwise(good)]
    return good if all(text.strip() for text in texts) else []


def option_text(text: str) -> str:
    """An option's words: lines joined, stray signs of the next option and end marks taken off."""
    text = _TAIL.sub("", plain(text))
    return re.sub(r"[；;]+$", "", join_lines(text)).strip()


def bulleted(lines: Iterable[str]) -> list[tuple[str, str]]:
    """(sign, text) of each line that begins with a bullet; empty when some line has none."""
    items = []
    for line in lines:
        match = _BULLET.match(line)
        if match is None:
            return []
        items.append((match["sign"], line[match.end() :]))
    return items


def is_bullet(line: str) -> bool:
    """Whether a line begins with a bullet and says something."""
    return _BULLET.match(line) is not None


def lettered(texts: Iterable[str]) -> dict[str, str]:
    """Options keyed by the letters of their order."""
    return {chr(ord("A") + place): text for place, text in enumerate(texts)}
