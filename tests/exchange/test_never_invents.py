"""What a file does not say is reported, never filled in."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Read


def codes(question: dict[str, Any]) -> set[str]:
    return {problem["code"] for problem in question["problems"]}


def test_missing_answer(read: Read) -> None:
    (question,) = read("1. 开关应当（ ）。\nA. 上锁\nB. 打开\n")
    assert question["answer"] is None and "answer_missing" in codes(question)
    assert question["line"] == 1


def test_missing_options(read: Read) -> None:
    (question,) = read("1. 开关应当（ B ）。\n")
    assert (
        question["answer"] == "B"
        and question["options"] == {}
        and "missing_options" in codes(question)
    )


def test_answer_outside_options(read: Read) -> None:
    (question,) = read("1. 开关应当（ ）。\nA. 上锁\nB. 打开\n答案：D\n")
    assert question["answer"] == "D" and "answer_outside_options" in codes(question)


def test_two_answers(read: Read) -> None:
    (question,) = read("1. 开关应当（ A ）。\nA. 上锁\nB. 打开\n答案：B\n")
    assert "answer_conflict" in codes(question)


def test_words_that_are_no_option(read: Read) -> None:
    (question,) = read("1. 开关应当（ ）。\nA. 上锁\nB. 打开\n答案：拆掉\n")
    assert question["answer"] is None and question["answer_text"] == "拆掉"
    assert "answer_not_in_options" in codes(question)


def test_words_of_an_option(read: Read) -> None:
    (question,) = read("1. 开关应当（ ）。\nA. 上锁\nB. 打开\n答案：上锁\n")
    assert question["answer"] == "A" and not codes(question)


def test_judgement_by_letters_through_the_options(read: Read) -> None:
    (one, two) = read(
        "1. 门应当锁。\nA. 错误\nB. 正确\n答案：B\n2. 窗应当锁。\nA. 错\nB. 对\n答案：A\n"
    )
    assert (one["type"], one["answer"], two["answer"]) == ("judge", True, False)


def test_judgement_by_letters_without_options_is_asked(read: Read) -> None:
    (question,) = read("判断题\n1. 门应当锁。\n答案：A\n")
    assert question["answer"] is None and "answer_is_implicit" in codes(question)
    assert question["implied"] == {"answer": True, "convention": "judge_letters"}


def test_judgement_by_numbers_is_asked(read: Read) -> None:
    rows = "题型,题目,答案\n判断题,门应当锁。,1\n判断题,窗应当锁。,2\n"
    (one, two) = read(rows, "x.csv")
    assert one["answer"] is two["answer"] is None
    assert (one["implied"]["answer"], two["implied"]["answer"]) == (True, False)


def test_first_option_is_asked(read: Read) -> None:
    text = "0#阀门应当怎样？#关闭$打开\n1#门应当怎样？#锁好$敞开\n"
    for question in read(text):
        assert question["answer"] is None and question["implied"]["answer"] == "A"
        assert "answer_is_implicit" in codes(question)


def test_the_takers_answer_is_none(read: Read) -> None:
    (question,) = read("1. 开关应当（ ）。\nA. 上锁\nB. 打开\n我的答案：A\n")
    assert question["answer"] is None


@pytest.mark.parametrize(
    "text",
    [
        "关于开展安全生产月活动的通知\n一、总体要求\n1. 提高认识。\n2. 加强领导。\n二、时间安排\n6月1日至30日。",
        "第一条 为了加强管理，制定本办法。\n第二条 本办法适用于公司。\n（一）生产部；\n（二）仓储部。",
        "目录\n一、单选题........1\n二、判断题........9\n",
        "姓名：____ 部门：____ 得分：____",
        "题库及答案\n（内部资料）",
        "答案见附件。",
        "1\n2\n3\n4\n",
        "A. 一\nB. 二\n",
    ],
)
def test_no_questions(read: Read, text: str) -> None:
    assert read(text) == []


def test_duplicates_and_opposites() -> None:
    from jingzhong.exchange.questions.open_file import read_bytes
    from jingzhong.exchange.questions.similar import mark_duplicates

    text = (
        "一、判断题\n"
        "1. 电气设备起火时，应当先切断电源再进行扑救。（√）\n"
        "2. 电气设备起火时，应当先切断电源再进行扑救。（√）\n"
        "3. 电气设备起火时，不应当先切断电源再进行扑救。（×）\n"
        "4. 电气设备着火时，应当先切断电源再进行扑救。（√）\n"
        "5. 灭火器每 12 个月检查一次，并做好检查记录存档。（√）\n"
        "6. 灭火器每 24 个月检查一次，并做好检查记录存档。（×）\n"
        "7. 电气设备起火时，应当先切断电源再进行扑救。（×）\n"
    )
    questions = read_bytes(text.encode(), "x.txt").questions
    mark_duplicates(questions)
    told = [sorted(problem.code for problem in found.problems) for found in questions]
    assert told == [
        ["duplicate_conflict"],
        ["duplicate"],
        [],
        ["near_duplicate"],
        [],
        [],
        ["duplicate_conflict"],
    ]
