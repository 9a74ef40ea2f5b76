"""连线题: two sides with labels, and an answer of pairs such as A-4；B-1."""

from __future__ import annotations

import re

from jingzhong.exchange.questions.answers import CIRCLES
from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.tidy import SCAN, join_lines, plain

_LABEL = rf"(?:[A-Ja-j]|\d{{1,2}}|[{CIRCLES}])"
_PAIR = re.compile(
    rf"[ \t(\[]*左?(?P<left>{_LABEL})[ \t]*(?:-+>?|[~→:=])[ \t]*右?(?P<right>{_LABEL})(?![\w.])[ \t)\]]*(?:[;,、。/|\n \t]+|$)"
)
_SIDE = re.compile(
    rf"(?:^|(?<=[\n \t:。;]))[(\[]?[左右]?(?P<label>{_LABEL})(?:[ \t]?[.、:)\]](?!\d)|(?<=[{CIRCLES}]))[ \t]*"
)
# Captions above the two sides.
_CAPTION = re.compile(r"(?m)^[ \t]*[左右](?:侧|边|栏|列)[ \t]*[:：]?[ \t]*$\n?")


def read_pairs(words: str) -> dict[str, str]:
    """Left label → right label; empty where the words are anything but pairs."""
    scan = words.translate(SCAN).strip()
    at, pairs = 0, dict[str, str]()
    while at < len(scan):
        match = _PAIR.match(scan, at)
        if not match or match["left"].upper() in pairs:
            return {}
        pairs[match["left"].upper()] = match["right"].upper()
        at = match.end()
    lettered = {label.isalpha() for label in pairs}
    others = {label.isalpha() for label in pairs.values()}
    apart = len(lettered) == len(others) == 1 and lettered != others
    return pairs if len(pairs) > 1 and apart else {}


def read_sides(text: str, pairs: dict[str, str]) -> tuple[str, dict[str, str], dict[str, str]]:
    """(stem, left, right) of a question's text; empty sides where the labels do not add up."""
    text = _CAPTION.sub(lambda match: "\n" * match[0].count("\n"), text)
    spots = list(_SIDE.finditer(text.translate(SCAN)))
    stem = text[: spots[0].start()] if spots else text
    sides: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for place, spot in enumerate(spots):
        end = spots[place + 1].start() if place + 1 < len(spots) else len(text)
        label = spot["label"].upper()
        sides[label.isalpha()].setdefault(label, join_lines(plain(text[spot.end() : end])).strip())
    lettered = next(iter(pairs), "A").isalpha()
    left, right = sides[lettered], sides[not lettered]
    whole = all(left.values()) and all(right.values())
    fits = set(left) == set(pairs) and set(pairs.values()) <= set(right)
    return (stem, left, right) if whole and fits else (stem, {}, {})


def settle_match(found: Found, text: str, words: str) -> None:
    """Fill in a 连线题 from its text and from what its answer says."""
    pairs = read_pairs(words)
    stem, left, right = read_sides(text, pairs)
    found.type, found.stem, found.options = "match", join_lines(plain(stem)).strip(), {}
    found.extra |= {"left": left, "right": right, "pairs": pairs}
    found.answer = "；".join(f"{one}-{other}" for one, other in pairs.items()) or None
    if not pairs:
        found.doubt("answer_missing", "文件里没有答案，或看不出哪一项连哪一项")
    elif not left:
        found.doubt("match_sides", "连线题的两边没有读全，或和答案对不上，请手工录入")


def settle_couples(found: Found, stem: str, couples: list[tuple[str, str]]) -> bool:
    """Fill in a match from (left, right) texts; a right text alone is a spare. False if it is none."""
    lefts = [left for left, _ in couples if left]
    rights = list(dict.fromkeys(right for _, right in couples if right))
    whole = all(right for left, right in couples if left)
    if len(lefts) < 2 or len(set(lefts)) < len(lefts) or len(lefts) > 10 or not whole:
        return False
    letters = {text: chr(ord("A") + place) for place, text in enumerate(lefts)}
    numbers = {text: str(place) for place, text in enumerate(rights, 1)}
    pairs = {letters[left]: numbers[right] for left, right in couples if left}
    found.type, found.stem = "match", join_lines(plain(stem)).strip()
    found.extra |= {
        "left": {name: text for text, name in letters.items()},
        "right": {name: text for text, name in numbers.items()},
        "pairs": pairs,
    }
    found.answer = "；".join(f"{one}-{other}" for one, other in pairs.items())
    return True


def bank_sides(found: Found) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """(left, right, answer) as banks write them: letters on the left, numbers on the right."""
    left, right, pairs = (found.extra[name] for name in ("left", "right", "pairs"))
    letters = {label: chr(ord("A") + place) for place, label in enumerate(left)}
    numbers = {label: str(place) for place, label in enumerate(right, 1)}
    return (
        {letters[label]: text for label, text in left.items()},
        {numbers[label]: text for label, text in right.items()},
        {letters[one]: numbers[other] for one, other in pairs.items()},
    )
