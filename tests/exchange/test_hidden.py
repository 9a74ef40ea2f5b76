"""What is hidden in a workbook: sheets are left out, rows and columns are taken, all is told."""

from __future__ import annotations

from typing import Any

import containers
import openpyxl
import pytest

from jingzhong.exchange.questions.found import Haul
from jingzhong.exchange.questions.open_file import read_bytes

HEAD = ("题型", "题目", "选项A", "选项B", "答案")
ROWS = [
    ("单选题", "动火前先做什么（ ）？", "清理可燃物", "点火", "A"),
    ("单选题", "触电先做什么（ ）？", "断电", "拉人", "A"),
    ("判断题", "出口可以上锁。", "", "", "错误"),
    ("判断题", "水能救油锅火。", "", "", "错误"),
]


def book() -> Any:
    made = openpyxl.Workbook()
    made.active.title = "题库"
    for row in (HEAD, *ROWS):
        made.active.append(row)
    return made


def read(made: Any) -> Haul:
    return read_bytes(containers.saved(made), "x.xlsx")


def codes(haul: Haul) -> list[str]:
    return [notice.code for notice in haul.notices if notice.code.startswith("hidden")]


def test_what_is_seen_brings_no_notice() -> None:
    haul = read(book())
    assert len(haul.questions) == 4 and codes(haul) == []


@pytest.mark.parametrize(("state", "how"), [("hidden", "取消隐藏"), ("veryHidden", "原作者")])
def test_a_hidden_sheet_is_left_out_and_named(state: str, how: str) -> None:
    made = book()
    sheet = made.create_sheet("旧题")
    for row in (HEAD, ("判断题", "安全带可以低挂高用。", "", "", "错误")):
        sheet.append(row)
    sheet.sheet_state = state
    made.create_sheet("空的").sheet_state = state
    haul = read(made)
    (notice,) = haul.notices
    assert len(haul.questions) == 4 and notice.code == "hidden_sheet"
    assert "“旧题”（有字的 2 行）是隐藏的，没有读" in notice.message and how in notice.message
    sheet.sheet_state = "visible"
    assert len(read(made).questions) == 5 and codes(read(made)) == []


def test_a_filter_that_was_left_on() -> None:
    made = book()
    sheet = made.active
    sheet.auto_filter.ref = "A1:E5"
    sheet.auto_filter.add_filter_column(0, ["单选题"])
    for number in (4, 5):
        sheet.row_dimensions[number].hidden = True
    haul = read(made)
    (notice,) = haul.notices
    assert len(haul.questions) == 4 and (notice.code, notice.line) == ("hidden_rows", 4)
    assert "“题库”的第 4–5 行是隐藏的（开着筛选），共 2 行，照样读了" in notice.message


def test_rows_and_columns_hidden_by_hand() -> None:
    made = book()
    for number in (2, 4, 5, 90):  # Row 90 is empty.
        made.active.row_dimensions[number].hidden = True
    for letter in ("E", "G"):  # So is column G; the answers are hidden from those who ask.
        made.active.column_dimensions[letter].hidden = True
    haul = read(made)
    assert [one.answer for one in haul.questions] == ["A", "A", False, False]
    rows, columns = haul.notices
    assert "第 2、4–5 行是隐藏的，共 3 行" in rows.message and "筛选" not in rows.message
    assert "的 E 列是隐藏的，照样读了" in columns.message and "G" not in columns.message
