"""What a JSON text or a table leaves open is asked or told, never guessed; what values settle is told."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from conftest import Read
from openpyxl import Workbook
from shapes_met import CHOICES, JUDGED, four, rows

from jingzhong.exchange.questions.ask import accept, ask_conventions
from jingzhong.exchange.questions.found import Haul, RefusedError
from jingzhong.exchange.questions.open_file import read_bytes


def haul(data: Any, name: str = "x.json") -> Haul:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return read_bytes(text.encode(), name)


def answers(found: Haul) -> list[Any]:
    return [one.answer for one in found.questions]


def notes(found: Haul) -> set[str]:
    return {notice.code for notice in found.notices}


def codes(found: Haul) -> list[set[str]]:
    return [{problem.code for problem in one.problems} for one in found.questions]


def book(**sheets: list[list[Any]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def by_place(places: list[Any]) -> list[dict[str, Any]]:
    return [
        {"title": stem, "options": options, "answer": place}
        for (_, stem, options, _), place in zip(CHOICES, places, strict=True)
    ]


def test_places_that_nothing_settles_are_asked() -> None:
    found = haul(by_place([1, 2, 1, 2]))
    assert answers(found) == [None] * 4 and "answer_is_implicit" in notes(found)
    assert [one.implied for one in found.questions] == ["A", "B", "A", "B"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [([0, 1, 2, 1], ["A", "B", "C", "B"]), ([1, 2, 4, 3], ["A", "B", "D", "C"])],
)
def test_twin_places_that_a_value_settles_are_taken_and_told(
    places: list[int], expected: list[str]
) -> None:
    found = haul(by_place(places))
    assert answers(found) == expected and "index_settled" in notes(found)


def test_places_that_contradict_each_other_are_asked() -> None:
    found = haul(by_place([0, 1, 4, 2]))
    assert answers(found) == [None] * 4


def test_a_code_out_of_range_is_asked() -> None:
    found = haul(by_place([3, 4, 17, 1]))
    assert answers(found) == ["C", "D", None, "A"]
    assert found.questions[2].has("answer_missing") and found.questions[2].type == "multiple"


def test_glued_places_are_only_taken_where_a_long_one_tells() -> None:
    assert answers(haul(by_place(["2", "13", "24", "1"])))[1:3] == [None, None]
    assert answers(haul(by_place(["2", "4", "124", "1"])))[2] == "ABD"


def test_a_number_that_is_both_text_and_place_is_asked() -> None:
    both = {"title": "人字梯两侧应有几人扶稳", "options": ["2", "3", "4"], "answer": 2}
    found = haul([*by_place([1, 2, 4, 3]), both])
    assert answers(found)[4] is None and found.questions[4].has("answer_is_implicit")
    assert answers(haul([both])) == ["A"]


@pytest.mark.parametrize("options", [[], ["正确", "错误"]])
def test_zero_and_one_give_no_direction(options: list[str]) -> None:
    more = {"options": options} if options else {"type": "判断题"}
    found = haul(rows(lambda s, o, a, n: {"title": s, "answer": int(a)} | more, JUDGED))
    assert answers(found) == [None] * 3
    assert all(one.implied is None for one in found.questions)
    assert all(told == {"answer_is_implicit"} for told in codes(found))


@pytest.mark.parametrize(
    ("figure", "expected"), [("1", [False, True, False]), ("0", [True, False, True])]
)
def test_the_direction_is_asked_once(figure: str, expected: list[bool]) -> None:
    found = haul(rows(lambda s, o, a, n: {"title": s, "type": "判断题", "answer": int(a)}, JUDGED))
    ask_conventions(found.questions, lambda _: figure, lambda _: None)
    assert answers(found) == expected


def test_the_direction_can_be_given() -> None:
    found = haul(rows(lambda s, o, a, n: {"title": s, "type": "判断题", "answer": int(a)}, JUDGED))
    assert accept(found.questions, "judge_zero_right") == 3
    assert answers(found) == [True, False, True]


def test_twin_zero_and_one_beside_reversed_options_say_one_thing() -> None:
    more = {"options": ["错误", "正确"]}
    found = haul(rows(lambda s, o, a, n: {"title": s, "answer": int(a)} | more, JUDGED))
    assert answers(found) == [False, True, False]


def test_a_name_that_says_nothing_is_asked() -> None:
    found = haul(rows(lambda s, o, a, n: {"title": s, "options": o, "cls": "AB"[n % 2]}))
    assert answers(found) == [None] * 4
    assert {one.convention for one in found.questions} == {"unnamed_answer"}


@pytest.mark.parametrize("name", ["level", "grade", "userAnswer", "我的答案", "难度等级", "卷"])
def test_what_is_no_answer_is_none(name: str) -> None:
    found = haul(rows(lambda s, o, a, n: {"title": s, "options": o, name: "ABCA"[n]}))
    assert answers(found) == [None] * 4
    assert all(one.implied is None for one in found.questions)


def test_two_answers_that_differ_are_asked() -> None:
    lines = rows(lambda s, o, a, n: {"title": s, "options": o, "答案": a, "参考答案": "A"})
    found = haul(lines)
    assert answers(found) == [None, "A", None, None]
    assert "answer_ambiguous" in codes(found)[0]


@pytest.mark.parametrize(("shift", "expected"), [(1, [None] * 4), (0, ["B", "A", "ABD", "C"])])
def test_options_with_another_order_of_their_own(shift: int, expected: list[Any]) -> None:
    lines = rows(
        lambda s, o, a, n: {
            "title": s,
            "options": [{"content": t, "sort": (i + shift) % len(o) + 1} for i, t in enumerate(o)],
            "answer": a,
        }
    )
    assert answers(haul(lines)) == expected


def test_empty_options_are_told() -> None:
    empty = [{"key": "A", "value": ""}, {"key": "B", "value": ""}]
    found = haul([{"title": "灭火器压力表的指针在哪里正常", "options": empty, "answer": "A"}])
    (problem,) = [one for one in found.questions[0].problems if one.code == "missing_options"]
    assert "空" in problem.message and not found.questions[0].has("same_options")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ([{"name": "张三", "dept": "安全部"}, {"name": "李四", "dept": "生产部"}], "x.json"),
        ({"questions": []}, "x.json"),
        ("姓名,部门,工号\n张三,安全部,10023\n李四,生产部,10044\n王五,生产部,10045\n", "x.csv"),
    ],
)
def test_data_without_questions_says_why(data: Any, name: str) -> None:
    found = haul(data, name)
    assert not found.questions and "no_roles" in notes(found)


def test_mojibake_beside_the_question_does_no_harm() -> None:
    lines = rows(lambda s, o, a, n: {"title": s, "options": o, "answer": a, "dept": "锟斤拷锟斤拷"})
    assert answers(haul(lines)) == ["B", "A", "ABD", "C"]


def test_twin_mojibake_in_options_is_refused() -> None:
    lines = rows(lambda s, o, a, n: {"title": s, "options": ["锟斤拷", *o], "answer": a})
    with pytest.raises(RefusedError, match="乱码"):
        haul(lines)


def test_an_id_with_a_stems_name_is_no_stem() -> None:
    head = ["试题GUID", "题干（必填）", "答案", "选项A", "选项B"]
    lines = [[f"10202{n:05d}", s, a[0], o[0], o[1]] for n, (_, s, o, a) in enumerate(CHOICES)]
    found = read_bytes(book(题库=[head, *lines]), "x.xlsx")
    assert [one.stem[:4] for one in found.questions] == [one[1][:4] for one in CHOICES]


def test_headers_of_other_sheets_are_no_data() -> None:
    head = ["序号", "试题", "甲类选项", "A", "B", "答案"]
    lines = [[n, s, "", o[0], o[1], "A"] for n, (_, s, o, _) in enumerate(CHOICES)]
    judged = [
        ["序号", "题目分类", "试题", "对/错"],
        *([n, "消防", s, "对" if a else "错"] for n, (_, s, _, a) in enumerate(JUDGED)),
    ]
    found = read_bytes(book(单选=[head, *lines], 空=[head], 判断=judged), "x.xlsx")
    assert len(found.questions) == 7 and answers(found)[4:] == [False, True, False]


def test_marks_beside_options_in_a_sheet() -> None:
    head = [
        "content",
        *(f"option{n}" for n in range(1, 5)),
        *(f"isCorrect{n}" for n in range(1, 5)),
    ]
    lines = [[s, *four(o), *(chr(65 + n) in a for n in range(4))] for _, s, o, a in CHOICES]
    found = read_bytes(book(x=[head, *lines]), "x.xlsx")
    assert answers(found) == ["B", "A", "ABD", "C"] and "answer_flags" in notes(found)


def test_code_keeps_its_lines_and_entities_are_read(read: Read) -> None:
    stem = "执行下面的语句后结果是____。<br/>a = 1 &amp; 2<br/>b = &quot;x&quot;<br/>显示 b"
    (one,) = read(json.dumps([{"q": stem, "options": ["1 &lt; 2", "2"], "answer": "B"}]), "x.json")
    assert 'a = 1 & 2\nb = "x"' in one["stem"] and one["options"]["A"] == "1 < 2"


def test_nothing_python_is_ever_shown(read: Read) -> None:
    odd = [{"t": None, "b": [True, {"x": 1}]}, ["嵌套", ["深"]]]
    lines = rows(lambda s, o, a, n: {"title": s, "options": [*o, odd], "answer": a, "explain": odd})
    shown = json.dumps(read(json.dumps(lines, ensure_ascii=False), "x.json"), ensure_ascii=False)
    assert not any(sign in shown for sign in ("True", "False", "None", "{'", "['"))


@pytest.mark.parametrize("name", ["对/错", "正确/错误", "√/×", "正误"])
def test_a_column_named_by_both_verdicts(read: Read, name: str) -> None:
    lines = [f"{s},{'对' if a else '错'}" for _, s, _, a in JUDGED]
    found = read("\n".join([f"试题,{name}", *lines]), "x.csv")
    assert [one["answer"] for one in found] == [False, True, False]
