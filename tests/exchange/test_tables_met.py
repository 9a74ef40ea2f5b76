"""Tables as offices lay them out: odd headers, words of a header in the data, tables of labels."""

from __future__ import annotations

import io
from typing import Any

import containers
import pytest
from conftest import Read
from docx import Document
from openpyxl import Workbook


def brief(questions: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(item["type"], item["answer"], "".join(item["options"])) for item in questions]


def book(rows: list[list[Any]], *merged: str) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for place in merged:
        made.active.merge_cells(place)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


ROWS = [[1, "灭火宜用", "水", "油", "A"], [2, "逃生应走", "电梯", "楼梯", "B"]]
BOTH = [("single", "A", "AB"), ("single", "B", "AB")]


def test_options_under_one_merged_heading(read: Read) -> None:
    rows = [["序号", "题目", "选项", None, "答案"], *ROWS]
    found = read(book(rows, "C1:D1"), "x.xlsx")
    assert brief(found) == BOTH and found[0]["options"] == {"A": "水", "B": "油"}


@pytest.mark.parametrize("merged", [("C1:D1",), ("C1:D1", "A1:A2", "B1:B2", "E1:E2")])
def test_a_header_of_two_rows(read: Read, merged: tuple[str, ...]) -> None:
    rows = [["序号", "题目", "选项", None, "答案"], [None, None, "A", "B", None], *ROWS]
    assert brief(read(book(rows, *merged), "x.xlsx")) == BOTH


def test_twin_options_in_one_cell_stay_one_column(read: Read) -> None:
    rows = [["序号", "题目", "选项", "答案"], [1, "灭火宜用", "A.水 B.油", "A"]]
    assert brief(read(book(rows), "x.xlsx")) == BOTH[:1]


def test_words_of_a_header_in_the_data(read: Read) -> None:
    rows = [
        ["题干", "选项A", "选项B", "选项C", "选项D", "答案", "解析"],
        ["一道题由什么组成", "题干", "解析", "选项", "答案", "A", "见说明"],
        ["试题", "解析", "答案", "选项", "题目", "C", ""],
    ]
    found = read(book(rows), "x.xlsx")
    assert brief(found) == [("single", "A", "ABCD"), ("single", "C", "ABCD")]
    assert found[0]["options"]["C"] == "选项"


def test_twin_a_second_header_is_no_question(read: Read) -> None:
    judged = [["判断题", None, None], ["题目", "答案", "解析"], ["湿手可以拔插头", "错", "略"]]
    rows = [["题目", "选项A", "选项B", "答案"], ["灯应当", "亮", "灭", "A"], *judged]
    assert brief(read(book(rows), "x.xlsx")) == [("single", "A", "AB"), ("judge", False, "")]


def test_two_tables_side_by_side(read: Read) -> None:
    rows = [
        ["序号", "题目", "答案"] * 2,
        [1, "上岗要培训", "√", 3, "上岗可饮酒", "×"],
        [2, "登高要系安全带", "√", None, None, None],
    ]
    found = read(book(rows), "x.xlsx")
    assert [item["stem"][:4] for item in found] == ["上岗要培", "登高要系", "上岗可饮"]
    assert [item["answer"] for item in found] == [True, True, False]


def test_several_letters_with_their_texts(read: Read) -> None:
    rows = [["题目", "答案"], ["停电后应当做什么", "A.验电;B.挂接地线"], ["先做什么", "A.验电"]]
    many, one = read(book(rows), "x.xlsx")
    assert (many["type"], many["answer"]) == ("multiple", "AB")
    assert many["answer_text"] == ["验电", "挂接地线"]
    assert (one["type"], one["answer"], one["answer_text"]) == ("single", "A", "验电")


def test_a_table_of_labels_for_each_question(read: Read) -> None:
    document = Document()
    for stem, answer in (("哪个是危险源", "A"), ("哪个是隐患", "B")):
        table = document.add_table(rows=0, cols=2)
        for pair in (
            ("题目", stem),
            ("选项", "A. 氨罐\nB. 护栏缺失"),
            ("答案", answer),
            ("解析", "略"),
        ):
            for cell, text in zip(table.add_row().cells, pair, strict=True):
                cell.text = text
    found = read(containers.saved(document), "x.docx")
    assert brief(found) == [("single", "A", "AB"), ("single", "B", "AB")]
    assert [item["stem"] for item in found] == ["哪个是危险源", "哪个是隐患"]


def test_an_underlined_option_answers(read: Read) -> None:
    document = Document()
    for underlined, number in (("5米", 1), ("9米", 2)):
        paragraph = document.add_paragraph(f"{number}. 氧气瓶与乙炔瓶相距不小于")
        paragraph.add_run(underlined).underline = True
        paragraph.add_run("。")
        for text in ("A. 3米", "B. 5米"):
            document.add_paragraph(text)
    found = read(containers.saved(document), "x.docx")
    assert [item["answer"] for item in found] == ["B", None]


def test_one_option_a_row(read: Read) -> None:
    rows = [
        ["序号", "题目", "选项", "答案"],
        [1, "门应当", "A.锁", "B"],
        [None, None, "B.开", None],
        [2, "灯应当", "A.亮", "A"],
        [None, None, "B.灭", None],
        [None, None, "C.拆", None],
    ]
    assert brief(read(book(rows), "x.xlsx")) == [("single", "B", "AB"), ("single", "A", "ABC")]
    merged = ["A2:A3", "B2:B3", "D2:D3", "A4:A6", "B4:B6", "D4:D6"]
    assert brief(read(book(rows, *merged), "x.xlsx")) == [
        ("single", "B", "AB"),
        ("single", "A", "ABC"),
    ]


def test_a_column_says_which_option_is_right(read: Read) -> None:
    rows = [["试题", "选项", "是否正确"], ["门应当", "锁", 0], [None, "开", 1], [None, "修", 1]]
    assert brief(read(book(rows), "x.xlsx")) == [("multiple", "BC", "ABC")]
    rows[2][2] = "不详"
    assert brief(read(book(rows), "x.xlsx")) == [("single", None, "ABC")]


def test_twin_equal_stems_below_each_other_stay_two(read: Read) -> None:
    rows = [["题目", "选项", "答案"], ["正确的是", "锁|开", "A"], ["正确的是", "亮|灭", "B"]]
    assert brief(read(book(rows), "x.xlsx")) == BOTH
