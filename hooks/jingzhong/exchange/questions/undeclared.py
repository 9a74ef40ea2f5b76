"""Questions without a type and options that can only be judgements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.settling import check

# What a statement does not hold: a question, or a blank before its end.
_ASKS = re.compile(r"[?？]|哪|什么|下列|以下[^。]{0,20}是|_{2,}|[（(]\s*[)）](?=\s*[^\s。.])")


def judge_by_letters(questions: Sequence[Found]) -> None:
    """Statements answered by A or B only, in a file without options: what A means is asked."""
    bare_ones = [found for found in questions if not found.declared]
    answers = {found.answer for found in bare_ones if isinstance(found.answer, str)}
    if len(bare_ones) < 3 or answers != {"A", "B"}:
        return
    if any(
        found.options
        or found.type != "single"
        or not isinstance(found.answer, str)
        or _ASKS.search(found.stem)
        for found in bare_ones
    ):
        return
    for found in bare_ones:
        found.implied, found.convention = found.answer == "A", "judge_letters"
        found.type, found.answer_text, found.answer = "judge", None, None
        told = "A" if found.implied else "B"
        found.drop("missing_options")
        found.doubt(
            "answer_is_implicit",
            f"没有选项，答案只有 A 和 B，像判断题；这题写作 {told}，文件没有说明字母代表对还是错",
        )
        check(found)
