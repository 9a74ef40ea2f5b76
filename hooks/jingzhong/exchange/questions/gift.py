"""GIFT and Aiken: Moodle's plain-text formats."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions.answers import judged, read_answer
from jingzhong.exchange.questions.blanks import GAP, count_gaps
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.page import plain_html
from jingzhong.exchange.questions.pairs import settle_couples
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.tidy import Line
from jingzhong.exchange.questions.value import Value

_BRACES = re.compile(r"(?<!\\)\{(?P<inside>(?:\\.|[^{}\\])*)\}(?P<after>[^\n{}]*)")
_TITLE = re.compile(r"^\s{0,40}::(?:\\.|[^:\\]|:(?!:)){0,400}::")
_AIKEN_OPTION = re.compile(r"[ \t]*([A-Z])[.)][ \t]+(\S.*)$")
_AIKEN_ANSWER = re.compile(r"[ \t]*ANSWER:[ \t]*([A-Z])[ \t]*$")


def looks_like_gift(text: str) -> bool:
    """Whether a text is GIFT: braces that hold = and ~ answers, or T/F."""
    blocks = [match["inside"] for match in _BRACES.finditer(text[:100_000])]
    formed = sum(
        bool(re.match(r"\s*(?:[=~#]|T(?:RUE)?\b|F(?:ALSE)?\b|$)", inside)) for inside in blocks
    )
    told = formed >= 1 and ("::" in text or any(inside.strip() for inside in blocks))
    return told and formed * 10 >= len(blocks) * 8


def looks_like_aiken(lines: Sequence[Line]) -> bool:
    """Whether a text is Aiken: each question ends with ANSWER: and a letter."""
    answers = sum(bool(_AIKEN_ANSWER.match(line.text)) for line in lines)
    options = sum(bool(_AIKEN_OPTION.match(line.text)) for line in lines)
    return (
        answers >= 1
        and options >= 2 * answers
        and not any(re.match(r"[ \t]*\d+[.、]", line.text) for line in lines)
    )


def read_aiken(lines: Sequence[Line]) -> Haul:
    """All questions of an Aiken text."""
    haul = Haul()
    stem: list[str] = []
    start, options = 1, dict[str, str]()
    for line in lines:
        if not line.text.strip():
            continue
        if match := _AIKEN_ANSWER.match(line.text):
            found = Found("", "", start, options=options, number=str(len(haul.questions) + 1))
            settle(found, "\n".join(stem), [read_answer(match[1], options, "")], "")
            haul.questions.append(found)
            stem, options = [], {}
        elif (match := _AIKEN_OPTION.match(line.text)) and stem:
            options[match[1]] = match[2].strip()
        else:
            start = line.number if not stem else start
            stem.append(line.text.strip())
    return haul


def read_gift(text: str) -> Haul:
    """All questions of a GIFT text; forms without a counterpart here are named."""
    haul = Haul()
    # Comment lines go, their line ends stay, so that line numbers hold.
    text = re.sub(r"(?m)^[ \t]*//[^\n]*$|^[ \t]*\$CATEGORY:[^\n]*$", "", text.replace("\r\n", "\n"))
    last = 0
    for match in _BRACES.finditer(text):
        paragraph = re.split(r"\n[ \t]*\n", text[last : match.start()].rstrip("\n"))[-1]
        stem = paragraph.lstrip()
        line = text.count("\n", 0, match.start() - len(stem)) + 1
        last = match.end()
        found = _question(_TITLE.sub("", stem), match["inside"], match["after"], line)
        if found is None:
            haul.note(
                line, "unknown_type", "这道 GIFT 题的类型（配对、数值范围等）这里不支持，没有读"
            )
        else:
            found.number = str(len(haul.questions) + 1)
            haul.questions.append(found)
    return haul


def _plain(text: str) -> str:
    text = re.sub(r"^\s*\[(?:html|moodle|plain|markdown)\]", "", text)
    text = text.replace("\\n", "\n")
    text = re.sub(r"\\([~=#{}:\\])", r"\1", text)
    return plain_html(text).strip()


def _question(before: str, inside: str, after: str, line: int) -> Found | None:
    stem = _plain(before) + (f"{GAP}{_plain(after)}" if after.strip() else "")
    general, reason = inside, ""
    parts = re.split(r"(?<!\\)####", general, maxsplit=1)
    if len(parts) == 2:
        general, reason = parts[0], _plain(parts[1])
    found = Found("", "", line)
    told = general.strip()
    verdict = re.fullmatch(r"(TRUE|FALSE|T|F)\s*(?:(?<!\\)#.*)?", told, re.DOTALL)
    if verdict:
        settle(found, stem.replace(GAP, ""), [Value(judged(verdict[1]), kind="judge")], "judge")
    elif not told:
        settle(found, stem, [Value(None)], "short")
    elif told.startswith("=") and "->" in told:
        items = [text.split("->", 1) for _, _, text in _answers(told)]
        couples = [(item[0].strip(), item[1].strip()) for item in items if len(item) == 2]
        if len(couples) < len(items) or not settle_couples(found, stem.replace(GAP, ""), couples):
            return None
    elif told.startswith("#") or "->" in told:
        return None
    else:
        answers = _answers(told)
        wrong = [text for sign, _, text in answers if sign == "~"]
        if wrong:
            options = {chr(65 + place): text for place, (_, _, text) in enumerate(answers[:10])}
            letters = "".join(
                chr(65 + place)
                for place, (sign, share, _) in enumerate(answers[:10])
                if sign == "=" or share > 0
            )
            found.options = options
            settle(
                found,
                stem,
                [Value(letters or None, kind="single" if len(letters) == 1 else "multiple")],
                "",
            )
        else:
            texts = [text for _, share, text in answers if share in (0, 100)]
            stem = stem if count_gaps(stem) else f"{stem}{GAP}"
            settle(found, stem, [Value(texts[:1] or None, kind="blank")], "blank")
            found.extra["accepted"] = [texts]
    found.explanation = reason
    return found


def _answers(told: str) -> list[tuple[str, float, str]]:
    """(= or ~, percent, text) of each answer."""
    found = []
    for match in re.finditer(r"(?<!\\)([=~])((?:\\.|[^=~\\])*)", told):
        text = re.split(r"(?<!\\)#", match[2], maxsplit=1)[0]
        weight = re.match(r"\s*%(-?\d+(?:\.\d+)?)%", text)
        share = float(weight[1]) if weight else 0.0
        found.append((match[1], share, _plain(text[weight.end() :] if weight else text)))
    return found
