"""How much sense one record makes under an assignment of its fields."""

from __future__ import annotations

import re
from typing import Any

from jingzhong.exchange.questions.answers import bare, judged
from jingzhong.exchange.questions.offered import Offered, words
from jingzhong.exchange.questions.picked import resolves
from jingzhong.exchange.questions.tidy import SCAN

_SECTION = re.compile(
    r"[第（(]?[一二三四五六七八九十]+[）)]?[、.．章节部分 ].{0,12}(?:题|部分|章|节)(?:[（(].*)?$"
)
_OPTIONS_ONLY = re.compile(r"[(（]?A[.、．:：)）]")


def fit(text: Any, offered: Offered, value: Any, *, named: float, kind: str) -> float:
    """How much sense one record makes: 1 all, 0 none."""
    stem = words(text)
    if not re.search(r"[\u4e00-\u9fff]{2}|[A-Za-z]{3,}", stem) and len(stem) < 6:
        return 0.3
    if _SECTION.match(stem) or _OPTIONS_ONLY.match(stem):
        return 0.1
    told = words(value) if value is not None else ""
    options = offered.options
    if len(options) >= 2:
        worth = 0.9 if len({bare(one) for one in options.values()}) == len(options) else 0.75
        if offered.rights or (not told and offered.marks):
            return 1.0 if offered.rights else worth * 0.8
        if not told:
            return worth * 0.75
        return 1.0 if resolves(value, offered) else 0.35 * worth
    if not told:
        return 0.3 if named <= 0 else 0.55
    scan = told.translate(SCAN).strip()
    if judged(scan) is not None or isinstance(value, bool):
        return 0.95
    if re.fullmatch("[012]", scan):
        return 0.8
    if re.fullmatch(r"[A-Ja-j](?:[ ,、;]*[A-Ja-j])*[.。]?", scan):
        return 0.85
    if named > 0:
        return 0.75 if named != 1.5 else 0.45
    return 0.2
