"""Moodle XML: multichoice, truefalse, shortanswer, numerical, essay; also its nested HTML."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.answers import judged
from jingzhong.exchange.questions.blanks import GAP, count_gaps
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.package import child
from jingzhong.exchange.questions.page import plain_html
from jingzhong.exchange.questions.pairs import settle_couples
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.value import Value

_CLOZE = re.compile(r"\{\d*:(?:SHORTANSWER|SA|MW|SAC|NUMERICAL|NM|SHORTANSWER_C)(?:_C)?:([^{}]*)\}")


def read_moodle(root: Element) -> Haul:
    """All questions of a `<quiz>`; what has no form here is named."""
    haul = Haul()
    for number, item in enumerate([item for item in root if item.tag == "question"], 1):
        kind = item.get("type", "")
        if kind == "category":
            continue
        found = _question(item, kind, number)
        if found is None:
            haul.note(
                number,
                "unknown_type",
                f"第 {number} 个题目是 {kind or '没有写类型'}，这里不支持，没有读",
            )
        else:
            haul.questions.append(found)
    return haul


def _words(element: Element | None) -> str:
    inner = child(element, "text")
    return plain_html(inner.text or "") if inner is not None else ""


def _question(item: Element, kind: str, number: int) -> Found | None:
    stem = _words(child(item, "questiontext"))
    found = Found("", "", number, number=str(number))
    answers = [(part, _fraction(part)) for part in item if part.tag == "answer"]
    if kind == "multichoice":
        found.options = {
            chr(65 + place): _words(part) for place, (part, _) in enumerate(answers[:10])
        }
        letters = "".join(
            chr(65 + place) for place, (_, share) in enumerate(answers[:10]) if share > 0
        )
        flag = child(item, "single")
        single = flag is not None and (flag.text or "").strip() in ("true", "1")
        typed = "single" if single else ""
        settle(
            found,
            stem,
            [Value(letters or None, kind="single" if len(letters) == 1 else "multiple")],
            typed,
        )
    elif kind == "truefalse":
        told = next((_words(part) for part, share in answers if share > 0), "")
        settle(found, stem, [Value(judged(told), kind="judge")], "judge")
    elif kind in ("shortanswer", "numerical"):
        texts = [_words(part) for part, share in answers if share >= 100]
        stem = stem if count_gaps(stem) else f"{stem}{GAP}"
        settle(found, stem, [Value(texts[:1] or None, kind="blank")], "blank")
        found.extra["accepted"] = [texts]
    elif kind == "cloze":
        accepted = [re.split(r"~", match) for match in _CLOZE.findall(stem)]
        right = [
            [
                re.sub(r"^(?:=|%100%)|#.*$", "", text).strip()
                for text in texts
                if text.startswith(("=", "%100%"))
            ]
            for texts in accepted
        ]
        if not right or not all(right):
            return None
        settle(
            found,
            _CLOZE.sub(GAP, stem),
            [Value([texts[0] for texts in right], kind="blank")],
            "blank",
        )
        found.extra["accepted"] = right
    elif kind == "matching":
        couples = [
            (_words(part), _words(child(part, "answer")))
            for part in item
            if part.tag == "subquestion"
        ]
        if not settle_couples(found, stem, couples):
            return None
    elif kind == "essay":
        grader = _words(child(item, "graderinfo"))
        settle(found, stem, [Value(grader or None, kind="short")], "short")
    else:
        return None
    found.explanation = _words(child(item, "generalfeedback"))
    return found


def _fraction(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0") or 0)
    except ValueError:
        return 0.0
