"""What stands beside questions is left out, and what only looks like it stays; nothing found is said."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from conftest import Read
from docx import Document
from shapes_met import CHOICES, JUDGED, rows

from jingzhong.exchange.questions.found import Haul
from jingzhong.exchange.questions.furniture import unfurnished
from jingzhong.exchange.questions.open_file import read_bytes


def haul(data: Any, name: str = "x.json") -> Haul:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return read_bytes(text.encode(), name)


def notes(found: Haul) -> list[str]:
    return [notice.code for notice in found.notices]


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        ("逃生应走哪里（5分）", "逃生应走哪里"),
        ("检查项目为(5.00分)", "检查项目为"),
        ("（分值：2）逃生应走哪里", "逃生应走哪里"),
        ("应当佩戴安全帽。\n你未作答", "应当佩戴安全帽。"),
        ("应当佩戴安全帽。（分值1.0） 你的答案：A", "应当佩戴安全帽。"),
    ],
)
def test_scores_and_words_about_the_taker_go(stem: str, wanted: str) -> None:
    assert unfurnished(stem) == wanted


@pytest.mark.parametrize(
    "stem",
    [
        "违章一次记（6分）",
        "考试满分（100）",
        "进入前应等待（30分钟）",
        "满分为（100分）的试卷",
        "考生未作答",
        "成绩公布以前不得改动试卷上考生未作答",
    ],
)
def test_twin_numbers_and_words_of_the_question_stay(stem: str) -> None:
    assert unfurnished(stem) == stem


@pytest.mark.parametrize(
    ("content", "name", "example"),
    [
        ("今天天气很好。", "x.txt", "答案：A"),
        ("# 题目\n\n没有题目", "x.md", "答案：A"),
        ("<html><body><p>请登录</p></body></html>", "x.html", "全选复制"),
        ('{"code": 0, "data": []}', "x.json", "题干"),
        ("甲,乙\n1,2\n", "x.csv", "选项A"),
    ],
)
def test_a_file_that_gives_nothing_says_so(content: str, name: str, example: str) -> None:
    found = haul(content, name)
    told = [notice.message for notice in found.notices if notice.code == "no_questions"]
    assert not found.questions and len(told) == 1 and example in told[0]


def test_a_document_that_gives_nothing_says_so() -> None:
    made, out = Document(), io.BytesIO()
    made.add_paragraph("今天天气很好。")
    made.save(out)
    assert "no_questions" in notes(read_bytes(out.getvalue(), "x.docx"))


def test_twin_a_file_with_questions_does_not() -> None:
    found = haul(rows(lambda s, o, a, n: {"题干": s, "选项": o, "答案": a}))
    assert len(found.questions) == 4 and "no_questions" not in notes(found)


def by_letters(answers: str, stems: list[str]) -> Haul:
    return haul({stem: {"answer": x, "type": 1} for stem, x in zip(stems, answers, strict=True)})


STATEMENTS = [stem.rstrip("。") for _, stem, _, _ in JUDGED]


def test_statements_answered_by_two_letters_are_asked_as_judgements() -> None:
    found = by_letters("BAB", STATEMENTS)
    assert [one.type for one in found.questions] == ["judge"] * 3
    assert [(one.answer, one.implied) for one in found.questions] == [
        (None, False),
        (None, True),
        (None, False),
    ]
    message = next(one.message for one in found.notices if one.code == "answer_is_implicit")
    assert "字母" in message and "数字" not in message


@pytest.mark.parametrize(
    ("answers", "stems"),
    [("BAC", STATEMENTS), ("BAB", [*STATEMENTS[:2], "下列哪种灭火器能灭电气火灾"])],
)
def test_twin_other_letters_or_a_question_stay_choices(answers: str, stems: list[str]) -> None:
    found = by_letters(answers, stems)
    assert {one.type for one in found.questions} == {"single"}
    assert all(one.has("missing_options") for one in found.questions)


def test_a_picture_named_beside_a_question_is_missed() -> None:
    found = haul(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "options": o,
                "answer": a,
                "gif": "",
                "picture": "4-506.jpg" if n == 1 else "",
            }
        )
    )
    assert [one.has("picture_missing") for one in found.questions] == [False, True, False, False]


def test_twin_one_picture_for_all_is_none() -> None:
    found = haul(
        rows(lambda s, o, a, n: {"title": s, "options": o, "answer": a, "picture": "none.png"})
    )
    assert not any(one.has("picture_missing") for one in found.questions)


def page(image: str) -> str:
    told = [
        f"<div><img src='{image.format(n)}'/>{n + 1}、{s}<br/>"
        + "<br/>".join(f"{chr(65 + i)}. {t}" for i, t in enumerate(o))
        + f"<br/>答案：{a}</div>"
        for n, (_, s, o, a) in enumerate(CHOICES)
    ]
    return f"<html><body>{''.join(told)}</body></html>"


def test_an_image_at_every_question_decorates(read: Read) -> None:
    found = read(page("/i/state.gif"), "x.html")
    assert len(found) == 4 and not any(item["problems"] for item in found)


def test_twin_an_image_of_its_own_is_told(read: Read) -> None:
    found = read(page("/i/fig{}.gif"), "x.html")
    assert any(one["code"] == "picture" for item in found for one in item["problems"])


def test_what_a_page_says_is_no_answer(read: Read) -> None:
    head = "分组,题型,题目,答案\n"
    row = '章节测验,简答题,怎样报警才能让消防员找到,"章节测验\n已完成"\n'
    other = '章节测验,简答题,什么是三同时,"同时设计\n同时投用"\n'
    found = read(head + row + other, "x.csv")
    assert found[0]["answer"] is None and "同时投用" in found[1]["answer"]


def test_two_words_for_one_blank_are_kept_apart_and_told(read: Read) -> None:
    lines = [
        "防护用品有（ ）。,\"['安全帽', '手套']\"",
        "火警电话是（ ）。,['119']",
        "急救电话是（ ）。,[]",
    ]
    found = read("\n".join(lines), "x.csv")
    assert [item["answer"] for item in found] == [["安全帽", "手套"], ["119"], None]
    assert [[one["code"] for one in item["problems"]] for item in found] == [
        ["blank_count"],
        [],
        ["answer_missing"],
    ]


def test_twin_options_repeated_without_a_mark_are_not_gathered() -> None:
    flat = [{"question": s, "option": t} for _, s, o, _ in CHOICES for t in o]
    assert not any(one.answer for one in haul(flat).questions)


def test_twin_the_key_of_that_name_is_no_line_break(read: Read) -> None:
    found = read("题目,选项,答案\n按（↵）键可以做什么,确认;退出,A\n", "x.csv")
    assert "↵" in found[0]["stem"]
