"""Tables with one option a row: the rows of a question put together into one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions.answers import judged
from jingzhong.exchange.questions.columns import Columns, is_header_again
from jingzhong.exchange.questions.found import Row
from jingzhong.exchange.questions.tidy import SCAN

_WHOLE = re.compile(r"A[ \t]?[.、:)].+B[ \t]?[.、:)]", re.DOTALL)
_SEVERAL = re.compile(r"[|｜;；$#^\n、]|^\s*[\[{]")


def stacked(rows: Sequence[Row], columns: Columns) -> list[Row]:
    """The rows with a question's further options (below an empty or merged stem) in its own row.

    Where a column says which option is right, the letters of those go into the answer's column.
    """
    stem, options = columns.roles.get("stem"), columns.roles.get("options")
    if stem is None or options is None or columns.options:
        return list(rows)
    right, answer = columns.roles.get("right"), columns.roles.get("answer")
    done: list[Row] = []
    flags: list[list[str]] = []
    for row in rows:
        cells = [*row.cells, *[""] * (max(stem, options, right or 0, answer or 0) + 1)]
        before = done[-1].cells if done else []
        if before and _goes_on(cells, before, columns) and not is_header_again(cells, columns):
            before[options] += "\n" + cells[options]
            if answer is not None and not before[answer].strip():
                before[answer] = cells[answer]
            flags[-1].append(cells[right] if right is not None else "")
            continue
        done.append(Row(row.number, cells))
        flags.append([cells[right] if right is not None else ""])
    if right is not None and answer is None:
        columns.roles["answer"] = right
        for row, told in zip(done, flags, strict=True):
            row.cells[right] = _letters(told)
    return done


def _goes_on(cells: Sequence[str], before: Sequence[str], columns: Columns) -> bool:
    """Whether a row holds one more option of the question above it."""
    stem, options = columns.roles["stem"], columns.roles["options"]
    number = columns.roles.get("number")
    if not cells[options].strip() or _WHOLE.search(before[options].split("\n")[0].translate(SCAN)):
        return False
    if not cells[stem].strip():
        return bool(before[stem].strip()) and (number is None or not cells[number].strip())
    if any(_SEVERAL.search(line) for line in (cells[options], before[options].split("\n")[0])):
        return False
    same = cells[stem] == before[stem] and (number is None or cells[number] == before[number])
    return same and cells[options] not in before[options].split("\n")


def _letters(flags: Sequence[str]) -> str:
    """The letters of the options that 是否正确 says yes to; "" where some row says neither."""
    told = [{"1": True, "0": False, "": False}.get(flag.strip(), judged(flag)) for flag in flags]
    if None in told or len(told) < 2:
        return ""
    return "".join(chr(ord("A") + place) for place, yes in enumerate(told) if yes)
