"""Rows of a table → questions: spreadsheets, CSV, Markdown and Word tables."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from jingzhong.exchange.questions import blanks
from jingzhong.exchange.questions.answers import bare, read_answer
from jingzhong.exchange.questions.columns import (
    Columns,
    blocks,
    by_content,
    is_header_again,
    read_header,
    spread_options,
)
from jingzhong.exchange.questions.cutting import cut_cell
from jingzhong.exchange.questions.found import Found, Haul, Row
from jingzhong.exchange.questions.marks import TYPES, type_of
from jingzhong.exchange.questions.option_cells import own_letter, split_options
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.stacked import stacked
from jingzhong.exchange.questions.tidy import SCAN, Line, join_lines, plain, tidy
from jingzhong.exchange.questions.value import Value

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
# What follows A, B, C here are the things to be put in order, not the options.
_IN_ORDER = re.compile(r"(?:顺序|次序|步骤)(?:依次)?(?:为|是|应为|应是)?[：:（(]")
_HINTS = _CODES | {
    **dict.fromkeys(("choose", "choice", "choices", "select", "xuanze", "xz"), "choice"),
    **dict.fromkeys(("danxuan", "dx"), "single"),
    **dict.fromkeys(("duoxuan", "multichoice"), "multiple"),
    **dict.fromkeys(("panduan", "pd", "judgements"), "judge"),
    **dict.fromkeys(("tiankong", "tk"), "blank"),
    **dict.fromkeys(("jianda", "wenda"), "short"),
}
_NUMBERED = re.compile(
    r"^[ \t]*(?:第?[ \t]?\d{1,5}[ \t]?(?:[、．)）题]|[.](?!\d))|[(（]\d{1,4}[)）])[ \t]*(?=\S)"
)


def read_table(
    rows: Sequence[Row], name: str = "", *, open_ended: bool = False, headed_only: bool = False
) -> Haul | None:
    """The questions of a table; None where it is no table of questions.

    `name` (a sheet's, or the line above) may declare the type. `open_ended`: in this file an
    answer takes as many cells as it has texts, so it is a choice. `headed_only`: columns are not
    guessed (tables within a text may be keys or layout).
    """
    rows = [Row(row.number, [_cleaned(cell) for cell in row.cells]) for row in rows]
    told = [row for row in rows if any(cell.strip() for cell in row.cells)]
    haul = Haul()
    columns: Columns | None = None
    given: Columns | None = None
    section, kind = "", declared_type(name)
    headed = next((place for place, row in enumerate(told[:15]) if read_header(row.cells)), None)
    if headed is None and headed_only:
        return None
    if headed is not None and (parts := blocks(told[headed].cells)):
        for left, right in parts:
            side = [Row(row.number, row.cells[left:right]) for row in told]
            haul.take(read_table(side, name, open_ended=open_ended) or Haul())
        return haul
    if headed is None:
        columns = by_content([row.cells for row in told])
        if columns is None:
            return None
    elif header := read_header(told[headed].cells):
        told = [*told[: headed + 1], *stacked(told[headed + 1 :], header)]
        given = header
    skipped = None
    for place, row in enumerate(told):
        header = read_header(row.cells) if headed is not None and row is not skipped else None
        if header and (columns is None or is_header_again(row.cells, columns)):
            below = [other.cells for other in told[place + 1 : place + 50]]
            # The first header knows where stacked rows keep their answer.
            header = given if given and columns is None else header
            columns, second = spread_options(header, row.cells, below)
            skipped = told[place + 1] if second else None
            continue
        if row is skipped:
            continue
        cells = [cell for cell in row.cells if cell.strip()]
        if len(set(cells)) == 1 and (title := _section_of(cells[0])):
            section, kind = cells[0].strip(), title
            continue
        if columns is None:
            continue
        columns.open_ended = columns.open_ended or (
            open_ended
            and set(columns.roles) <= {"number", "stem", "answer"}
            and not columns.options
        )
        found = _question(row, columns, kind, section)
        if found is not None:
            haul.questions.append(found)
    if not haul.questions:
        return haul if headed is not None else None
    return haul


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


def _section_of(cell: str) -> str:
    text = cell.strip()
    return (
        declared_type(text)
        if len(text) <= 40 and not re.search(r"[（(]\s*[)）]|[?？]", text)
        else ""
    )


def _cleaned(cell: str) -> str:
    if not cell:
        return ""
    lines = tidy(
        [Line(1, part) for part in cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    )
    return "\n".join(line.text for line in lines).strip()


def _question(row: Row, columns: Columns, kind: str, section: str) -> Found | None:
    def cell(role: str) -> str:
        place = columns.roles.get(role, -1)
        return row.cells[place].strip() if 0 <= place < len(row.cells) else ""

    stem, raw = cell("stem"), _unlisted(cell("answer"))
    typed = declared_type(cell("type")) or kind
    options = {
        letter: own_letter(letter, row.cells[place])
        for letter, place in columns.options.items()
        if place < len(row.cells) and row.cells[place].strip()
    }
    if not bare(stem):
        return None
    if cell("options"):
        options = options or split_options(cell("options"))
    if (
        not raw
        and not options
        and not (typed and bare(stem) and "answer" in columns.roles and blanks.count_gaps(stem))
        and len([x for x in row.cells if x.strip()]) < 2
    ):
        return None
    found = Found(
        typed,
        "",
        row.number,
        options=options,
        number=re.sub(r"\.0$", "", cell("number")),
        section=section,
        declared=typed,
    )
    rights = ""
    if not options and not _IN_ORDER.search(stem):
        stem, found.options, rights = cut_cell(stem, typed)
    stem = _NUMBERED.sub("", stem) if _NUMBERED.match(stem) else stem
    if columns.open_ended:
        return _open_ended(found, row, columns, stem)
    gaps = (
        blanks.count_gaps(blanks.tidy_gaps(blanks.open_runs(stem))) if typed in ("", "blank") else 0
    )
    value = read_answer(raw, found.options, typed, gaps) if raw else Value()
    if value.kind == "text" and typed == "" and not found.options and re.fullmatch("[012]", raw):
        value = read_answer(raw, {}, "judge")
    if rights and value.answer is None:
        value = Value(rights, kind="single" if len(rights) == 1 else "multiple")
    settle(found, stem, [value], typed)
    reasons = [
        join_lines(plain(text))
        for text in (value.rest, cell("explanation"))
        if bare(text) and bare(text) not in ("略", "无", "暂无")
    ]
    if bare(cell("basis")):
        reasons.append(f"依据：{join_lines(cell('basis'))}")
    found.explanation = "\n".join(reasons)
    if cell("difficulty"):
        found.extra["difficulty"] = cell("difficulty")
    return found


def _unlisted(cell: str) -> str:
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


def _open_ended(found: Found, row: Row, columns: Columns, stem: str) -> Found:
    """No options, no type, as many answer cells as a question has: one text or several."""
    texts = [plain(cell) for cell in row.cells[columns.roles["answer"] :] if bare(cell)]
    value = read_answer(texts[0], {}, "") if len(texts) == 1 else Value()
    if (
        len(texts) == 1
        and value.answer is not None
        and value.kind in ("judge", "single", "multiple")
    ):
        settle(found, stem, [value], "")
        return found
    found.declared = "multiple" if len(texts) > 1 else "single"
    settle(found, stem, [Value(texts[0] if texts else None, kind="text")], found.declared)
    found.answer_text = texts if len(texts) > 1 else found.answer_text
    return found
