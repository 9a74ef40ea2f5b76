"""The type of question that a word declares: a cell, a title, a code, a file's name."""

from __future__ import annotations

import re

from jingzhong.exchange.questions.marks import TYPES, type_of
from jingzhong.exchange.questions.tidy import SCAN

_TYPE_CELL = re.compile(rf"(?P<type>{TYPES})")
_CODES = {
    "choice": "choice",
    "single": "single",
    "radio": "single",
    "singlechoice": "single",
    "multiplechoice": "multiple",
    "multiple": "multiple",
    "multi": "multiple",
    "checkbox": "multiple",
    "judge": "judge",
    "judgement": "judge",
    "judgment": "judge",
    "truefalse": "judge",
    "boolean": "judge",
    "tf": "judge",
    "blank": "blank",
    "fill": "blank",
    "completion": "blank",
    "fillblank": "blank",
    "short": "short",
    "essay": "short",
    "shortanswer": "short",
    "qa": "short",
    "order": "order",
}
_HINTS = _CODES | {
    **dict.fromkeys(("choose", "choice", "choices", "select", "xuanze", "xz"), "choice"),
    **dict.fromkeys(("danxuan", "dx"), "single"),
    **dict.fromkeys(("duoxuan", "multichoice"), "multiple"),
    **dict.fromkeys(("panduan", "pd", "judgements"), "judge"),
    **dict.fromkeys(("tiankong", "tk"), "blank"),
    **dict.fromkeys(("jianda", "wenda"), "short"),
}

_FRONT = re.compile(
    rf"[ \t]*(?P<number>(?:\d{{1,5}}[、.)][ \t]*)?)[【\[(][ \t]*(?P<type>{TYPES})[ \t]*(?:[,;:/ \t][^】\])\n]{{0,20}})?[】\])][ \t]*[:]?[ \t]*"
)


def declared_type(word: str) -> str:
    """The type that a cell, a sheet's name or a heading declares, or ""."""
    code = _CODES.get(re.sub(r"[\s_\-]", "", word).casefold())
    if code:
        return code
    match = _TYPE_CELL.search(word.translate(SCAN))
    return type_of(match["type"]) if match else ""


def hinted_type(name: str) -> str:
    """The type that a file's name hints at (choose.csv, judge-2.csv), or ""."""
    parts = re.split(r"[^A-Za-z]+", name.casefold())
    hints = {hint for part in parts if (hint := _HINTS.get(part))}
    return declared_type(name) or (hints.pop() if len(hints) == 1 else "")


def unmarked(stem: str) -> tuple[str, str]:
    """(stem without the mark of its type in front, the type): 1、【单选题】…, (多选)…"""
    match = _FRONT.match(stem.translate(SCAN))
    if match is None:
        return stem, ""
    return (match["number"] or "") + stem[match.end() :], type_of(match["type"])
