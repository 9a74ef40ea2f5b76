"""Rows of a table → questions: spreadsheets, CSV, Markdown and Word tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions import blanks
from jingzhong.exchange.questions.answers import bare, read_answer
from jingzhong.exchange.questions.columns import (
    Columns,
    assigned,
    blocks,
    by_content,
    is_foreign,
    is_header_again,
    listed_answers,
    read_header,
    spread_options,
    with_type,
)
from jingzhong.exchange.questions.conventions import (
    note_doubts,
    note_picture,
    nothing_found,
    rival_answers,
    settle_numbers,
    tell_sources,
    unnamed_answer,
)
from jingzhong.exchange.questions.cutting import cut_cell
from jingzhong.exchange.questions.declared import declared_type
from jingzhong.exchange.questions.found import Found, Haul, Row
from jingzhong.exchange.questions.furniture import drop_markers
from jingzhong.exchange.questions.listed import listed_question, residue, unlisted
from jingzhong.exchange.questions.markup import broken
from jingzhong.exchange.questions.names import folded
from jingzhong.exchange.questions.offered import Offered, read_family, read_options
from jingzhong.exchange.questions.parts import options_of
from jingzhong.exchange.questions.picked import answer_value
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.stacked import stacked
from jingzhong.exchange.questions.tidy import Line, join_lines, plain, tidy
from jingzhong.exchange.questions.value import Value

MAX_COLUMNS = 200
# What follows A, B, C here are the things to be put in order, not the options.
_IN_ORDER = re.compile(r"(?:顺序|次序|步骤)(?:依次)?(?:为|是|应为|应是)?[：:（(]")
_NUMBERED = re.compile(
    r"^[ \t]*(?:第?[ \t]?\d{1,5}[ \t]?(?:[、．)）题]|[.](?!\d))|[(（]\d{1,4}[)）])[ \t]*(?=\S)"
)


def read_table(
    rows: Sequence[Row],
    name: str = "",
    *,
    open_ended: bool = False,
    headed_only: bool = False,
    known: frozenset[tuple[str, ...]] = frozenset(),
) -> Haul | None:
    """The questions of a table; None where it is no table of questions.

    `name` (a sheet's, or the line above) may declare the type. `open_ended`: in this file an
    answer takes as many cells as it has texts, so it is a choice. `headed_only`: columns are not
    guessed (tables within a text may be keys or layout). `known`: headers, which are never data.
    """
    rows = [Row(row.number, [_cleaned(cell) for cell in row.cells]) for row in rows]
    told = [row for row in rows if any(cell.strip() for cell in row.cells)]
    haul = Haul()
    columns: Columns | None = None
    given: Columns | None = None
    section, kind = "", declared_type(name)
    if known:
        of_others = [at for at, row in enumerate(told) if at and _words_of(row) in known]
        told = [row for at, row in enumerate(told) if at not in of_others or read_header(row.cells)]
    headed = next((place for place, row in enumerate(told[:15]) if read_header(row.cells)), None)
    if headed is None and headed_only:
        return None
    if headed is not None and (parts := blocks(told[headed].cells)):
        for left, right in parts:
            side = [Row(row.number, row.cells[left:right]) for row in told]
            haul.take(read_table(side, name, open_ended=open_ended) or Haul())
        return haul
    if headed is None:
        bodies = [row.cells for row in told]
        columns = listed_answers(bodies) or by_content(bodies)
        if len(told) > 2 and is_foreign(told[0].cells, below := [row.cells for row in told[1:]]):
            # A header of words that nobody knows.
            columns = by_content(below, told[0].cells)
            told = told[1:] if columns is not None else told
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
            following = _rows_below(told[place + 1 + second :], columns)
            columns = with_type(assigned(columns, row.cells, following), following)
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
    settle_numbers(haul)
    drop_markers(haul.questions)
    if not haul.questions:
        return haul if headed is not None else None
    if columns is not None and columns.assigned is not None:
        tell_sources(haul, columns.assigned, columns.answer_name)
    return haul


def tell_unread(rows: Sequence[Row], haul: Haul) -> None:
    """Note what a table holds that gave no question."""
    told = [row for row in rows if sum(bool(cell.strip()) for cell in row.cells) >= 2]
    if len(told) >= 3:
        names = [cell for cell in told[0].cells if cell.strip()]
        example = next((cell.strip()[:30] for cell in told[1].cells if len(cell.strip()) > 6), "")
        nothing_found(haul, told[0].number, len(told) - 1, names, example)


def heads(sheets: Sequence[tuple[str, Sequence[Row]]]) -> frozenset[tuple[str, ...]]:
    """The headers of a book's sheets, which are no data in any of them."""
    return frozenset(
        _words_of(row)
        for _, rows in sheets
        for row in rows[:15]
        if sum(bool(cell.strip()) for cell in row.cells) >= 3 and read_header(row.cells)
    )


def _words_of(row: Row) -> tuple[str, ...]:
    return tuple(folded(cell) for cell in row.cells if cell.strip())


def _rows_below(rows: Sequence[Row], columns: Columns) -> list[list[str]]:
    """The cells of the rows up to the next header."""
    below: list[list[str]] = []
    for row in rows:
        if read_header(row.cells) and is_header_again(row.cells, columns):
            break
        if len({cell for cell in row.cells if cell.strip()}) > 1:
            below.append(row.cells)
    return below


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
        [
            Line(1, part)
            for part in broken(cell.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
        ]
    )
    return "\n".join(line.text for line in lines).strip()


def _question(row: Row, columns: Columns, kind: str, section: str) -> Found | None:
    def cell(role: str) -> str:
        place = columns.roles.get(role, -1)
        return row.cells[place].strip() if 0 <= place < len(row.cells) else ""

    stem, raw = cell("stem"), unlisted(cell("answer"))
    typed = declared_type(cell("type")) or kind
    if not bare(stem):
        return None
    if columns.listed:
        return listed_question(row.number, _unnumbered(stem), cell("answer"))
    offered = Offered()
    cells = [*row.cells, *[""] * MAX_COLUMNS]
    if columns.assigned is not None:
        stem, offered = options_of(columns.assigned, cells)
        raw = next(
            (told for at in columns.assigned.answers if (told := unlisted(cells[at].strip()))), raw
        )
        if raw and columns.assigned.options and columns.assigned.options.kind == "stem":
            sign = columns.assigned.options.sign
            raw = unlisted(raw.replace(sign, "；")) if offered.options and sign in raw else raw
    raw = "" if residue(raw, row) else raw
    if not offered.options and not offered.hollow:
        offered = read_family(
            [row.cells[at] if at < len(row.cells) else "" for at in columns.options.values()]
        )
        if cell("options") and not offered.options:
            offered = read_options(cell("options"))
    options = offered.options
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
    rights = offered.rights
    if not options and not _IN_ORDER.search(stem):
        stem, found.options, rights = cut_cell(stem, typed)
    stem = _unnumbered(stem)
    if columns.open_ended:
        return _open_ended(found, row, columns, stem)
    gaps = (
        blanks.count_gaps(blanks.tidy_gaps(blanks.open_runs(stem))) if typed in ("", "blank") else 0
    )
    offered.options = found.options
    value = answer_value(raw, offered, typed, gaps) if raw else Value()
    if columns.assigned is not None:
        value = unnamed_answer(columns.assigned, value, columns.answer_name)
        value = rival_answers(columns.assigned, cells) or value
    if value.kind == "text" and typed == "" and not found.options and re.fullmatch("[012]", raw):
        value = read_answer(raw, {}, "judge")
    if rights and value.answer is None and value.implied is None:
        value = Value(rights, kind="single" if len(rights) == 1 else "multiple")
    settle(found, stem, [value], typed)
    if columns.assigned is not None:
        note_picture(found, columns.assigned, cells)
    note_doubts(found, offered, value, cell("stem"), raw)
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


def _unnumbered(stem: str) -> str:
    return _NUMBERED.sub("", stem, count=1)


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
