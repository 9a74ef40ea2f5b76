"""Answers in a cell that are lists, or only what a page says around an answer."""

from __future__ import annotations

import json
import re

from jingzhong.exchange.questions import blanks
from jingzhong.exchange.questions.found import Found, Row
from jingzhong.exchange.questions.loose_json import read_loose
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.tidy import plain
from jingzhong.exchange.questions.value import Value

# What a page says of a task, copied with it.
_PAGE_WORDS = re.compile(
    r"(?:已|未|待|正在)?(?:完成|提交|批阅|交|开始|进行中|作答)|查看详情|返回|下一[题页]|上一[题页]"
)


def residue(raw: str, row: Row) -> bool:
    """Whether an answer is only what a page says around it: another cell's words, 已完成."""
    lines = [line.strip() for line in raw.split("\n") if line.strip()]
    page = [bool(_PAGE_WORDS.fullmatch(line)) for line in lines]
    others = {cell.strip() for cell in row.cells if cell.strip() and cell.strip() != raw}
    return any(page) and all(
        is_page or line in others for line, is_page in zip(lines, page, strict=True)
    )


def listed_question(line: int, stem: str, cell: str) -> Found:
    """A stem and the list of its answers in words."""
    told = read_loose(cell)
    texts = [text for one in told or () if (text := plain(str(one)))]
    gaps = blanks.count_gaps(blanks.tidy_gaps(blanks.open_runs(stem)))
    kind = "blank" if gaps else "short"
    found = Found(kind, "", line)
    answer = texts if gaps else "；".join(texts)
    settle(found, stem, [Value(answer or None, kind=kind)], kind)
    if gaps and texts and found.answer != texts:
        # Several texts for one blank: whether each will do or all are wanted, nobody says.
        found.answer = texts
    if gaps and texts and len(texts) != gaps:
        found.doubt("blank_count", f"题干有 {gaps} 个空，答案列了 {len(texts)} 个")
    return found


def unlisted(cell: str) -> str:
    """An answer kept as a JSON list in its cell, as words."""
    if not re.fullmatch(r"\[.*\]", cell, re.DOTALL):
        return cell
    try:
        parsed = json.loads(cell.replace("'", '"'))
    except (ValueError, RecursionError):
        return cell
    texts = [str(item).strip() for item in parsed if isinstance(item, str | int)]
    together = all(re.fullmatch("[A-Ja-j]", text) for text in texts)
    return ("" if together else "；").join(texts)
