"""Questions that a page keeps as lists and objects in its scripts, to be shown by a program."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions.declared import declared_type
from jingzhong.exchange.questions.found import Found, Haul, RefusedError
from jingzhong.exchange.questions.shapes import read_json

_SCRIPT = re.compile(r"(?is)<script\b[^>]{0,500}>(.*?)(?:</script\s*>|\Z)")
_OPENS = re.compile(r"(?:[=(:,]|\breturn\b)\s*(?=[\[{])|^\s*(?=[\[{])")
_PIECE = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<open>[\[{(])|(?P<close>[\]})])""",
    re.DOTALL,
)
_LEAST = 60
_MOST = 200
# What a program computes is no data.
_CODE = re.compile(r"=>|\bfunction\b|\breturn\b|\bdocument\.|\bif\s*\(")


def read_scripts(text: str) -> Haul:
    """The questions of all lists and objects in a page's scripts; line numbers are the page's."""
    haul = Haul()
    parts: list[Haul] = []
    for script in _SCRIPT.finditer(text):
        for start, literal in _literals(script[1]):
            try:
                part = read_json(literal)
            except RefusedError:
                continue
            shift = text.count("\n", 0, script.start(1) + start)
            for found in part.questions:
                found.line += shift
                found.problems = [
                    type(one)(one.line + shift, one.code, one.message) for one in found.problems
                ]
            if part.questions and not _foreign(part.questions):
                parts.append(part)
    answered = [part for part in parts if any(map(_answered, part.questions))]
    for part in answered or parts:
        haul.take(part)
    if haul.questions:
        haul.note(
            haul.questions[0].line,
            "script_read",
            "题目取自网页脚本里的数据（<script>），不是网页上看得见的文字，请抽几题核对",
        )
    return haul


def _answered(found: Found) -> bool:
    return found.answer is not None or found.has("answer_is_implicit")


def _foreign(questions: Sequence[Found]) -> bool:
    """Whether a list is of other things: of sections, or with answers that point nowhere."""
    odd = sum(
        found.has("answer_not_in_options")
        or bool(len(found.stem) <= 12 and declared_type(found.stem))
        for found in questions
    )
    return odd * 2 > len(questions)


def _literals(script: str) -> list[tuple[int, str]]:
    """(offset, text) of the outermost lists and objects of data that a script holds."""
    found: list[tuple[int, str]] = []
    pairs = _pairs(script)
    at = 0
    for match in _OPENS.finditer(script):
        start = match.end()
        if start < at or start not in pairs or len(found) >= _MOST:
            continue
        end = pairs[start]
        literal = script[start:end]
        if len(literal) < _LEAST or not re.search(r"[\u4e00-\u9fff]|\w \w", literal):
            continue
        if _CODE.search(_PIECE.sub(lambda one: "" if one["text"] else one[0], literal)):
            # A function's body or an object with functions: what lies inside may be data.
            continue
        found.append((start, literal))
        at = end
    return found


def _pairs(script: str) -> dict[int, int]:
    """Offset of each opening bracket → offset behind the one that closes it."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for match in _PIECE.finditer(script):
        if match["open"]:
            stack.append(match.start())
        elif match["close"] and stack:
            pairs[stack.pop()] = match.end()
    return pairs
