"""Options marked by a look alone: taken where the paper says so, else only offered to be asked.

第一行写着“红色加粗的为正确答案” is a word of the paper; without one, that every question has a bold
option says nothing for certain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jingzhong.exchange.questions.ask import accept
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.word_body import Body
from jingzhong.exchange.questions.word_looks import OTHERS, Rule, named, singly, stated

Read = Callable[[Rule], tuple[Haul, Body]]
# A paper says it in its first lines, or in a heading.
_FIRST = 12
_TINTED = "tinted"
# One bold option says nothing; several questions with one each do.
_LEAST = 2


@dataclass(frozen=True)
class Said:
    """What a paper says of its looks, and where."""

    line: int
    words: str
    rule: Rule


def stated_rule(lines: Sequence[tuple[int, str, bool]]) -> Said | None:
    """The first line that says which look is the answer's; only first lines and headings count."""
    for place, (line, text, heading) in enumerate(lines):
        if (place < _FIRST or heading) and (told := stated(text)):
            return Said(line, *told)
    return None


def take_stated(said: Said, haul: Haul, body: Body, read: Read) -> tuple[Haul, Body]:
    """Read the answers by the look that the paper names; `haul` was read by its rule."""
    used = said.rule
    if any(len(looks) > 1 for looks in used) and not _marked(haul, said.line):
        # 红色加粗 where the options are only red: the looks that are met, each by itself.
        used = tuple(one for one in singly(used) if _marked(read((one,))[0], said.line))
        haul, body = read(used)
    waiting = [found for found in haul.questions if _waits(found, said.line)]
    single = [found for found in waiting if found.declared == "single"]
    odd = [found for found in single if len(str(found.implied)) > 1]
    left = {id(found) for found in odd}
    clear = [found for found in waiting if id(found) not in left]
    count = accept(clear, _TINTED)
    if count:
        message = f"文件写明“{said.words}”，{count} 题的答案按{named(used)}读出"
    else:
        message = f"文件写明“{said.words}”，但没有一题的选项是这样标的，请核对"
    haul.note(said.line, "answers_by_looks", message)
    for found in odd:
        _say(found, f"文件写明“{said.words}”，这道单选题却标了 {found.implied} 几个选项")
    return haul, body


def offered_rule(haul: Haul, body: Body, read: Read) -> tuple[Haul, Body]:
    """Where no question is answered, a look that marks an option of each is offered, and asked."""
    open_ended = _open_choices(haul)
    seen = body.runs.seen_looks
    if len(open_ended) >= _LEAST and not any(found.implied for found in haul.questions):
        for look in OTHERS:
            rule: Rule = (frozenset({look}),)
            if seen[look] < len(open_ended):
                continue
            other = read(rule)
            told = [found for found in other[0].questions if _waits(found, 0)]
            if {found.line for found in told} >= {found.line for found in open_ended}:
                haul, body = other
                for found in told:
                    _say(found, f"选项 {found.implied} 是{named(rule)}，文件没有说明这表示正确")
                break
    return haul, body


def _open_choices(haul: Haul) -> list[Found]:
    return [
        found
        for found in haul.questions
        if len(found.options) >= 2 and found.answer is None and found.implied is None
    ]


def _waits(found: Found, after: int) -> bool:
    return found.convention == _TINTED and found.implied is not None and found.line > after


def _marked(haul: Haul, after: int) -> int:
    return sum(_waits(found, after) for found in haul.questions)


def _say(found: Found, message: str) -> None:
    """Put the reminder of an implied answer into other words."""
    found.drop("answer_is_implicit")
    found.doubt("answer_is_implicit", message)
