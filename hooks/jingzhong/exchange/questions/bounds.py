"""What headings and titles bound: where a question ends, and answers that belong to others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions.evidence import Evidence
from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.markdown import HEADED
from jingzhong.exchange.questions.marks import Mark
from jingzhong.exchange.questions.stems import Chunk
from jingzhong.exchange.questions.tidy import Paper

_HEADED = re.compile(rf"^{HEADED}[^\n]*$", re.MULTILINE)
_KEY_TITLE = re.compile(
    r"^[ \t]*(?:参考|标准|正确)?答案(?:与|及|和)?(?:解析|详解)?[ \t:]*$", re.MULTILINE
)
_BEHIND = re.compile(r"[。.?)][ \t]?[A-F]{1,6}[ \t]*\n\s*[(\[【]?[ \t]?A[ \t]?[.、:)\]】]")
_ABOUT_IT = re.compile(r"答案|解析|详解|说明|理由|依据|提示|知识点|考点|难度|分析|改正|选项")


def behind_key_title(
    paper: Paper, chunk: Chunk, marks: Sequence[Mark], found: Found, before: Sequence[Found]
) -> bool:
    """Whether only the last question is answered, below 参考答案: a key that was not understood."""
    answers = [mark.start for mark in marks if mark.kind == "answer"]
    if found.answer is None or len(before) < 2 or any(one.answer is not None for one in before):
        return False
    until = answers[0] if answers else chunk.end
    return _KEY_TITLE.search(paper.scan, chunk.text, until) is not None


def before_heading(paper: Paper, evidence: Evidence, start: int, end: int) -> int:
    """Where a question ends that a heading follows: once it is answered, the rest is not its own."""
    for match in _HEADED.finditer(paper.text, start, end):
        if evidence.answered(start, match.start()) and not _ABOUT_IT.search(match[0]):
            return match.start()
    return end


_CASE = re.compile(
    r"\n[ \t]*【[ \t]*(?:背景(?:材料|资料|介绍)?|案例(?:背景|材料)?)[ \t]*\d{0,2}[ \t]*】"
)


def before_case(paper: Paper, start: int, end: int) -> int:
    """Where a question ends that the facts of the next case follow: 【背景材料】 on a new line."""
    match = _CASE.search(paper.scan, start, end)
    return match.start() if match and paper.scan[start : match.start()].strip() else end


def answered_behind(paper: Paper, chunks: Sequence[Chunk]) -> bool:
    """Whether two stems of a section at least end with a letter, and options follow: …（ ）年。C"""
    told = [_BEHIND.search(paper.scan, chunk.text, chunk.end) for chunk in chunks]
    return sum(match is not None for match in told) >= 2
