"""Papers, maps, lists beside each other, and JSON that is not quite JSON."""

from __future__ import annotations

import json

from shapes_met import CHOICES, JUDGED, WHY, Case, case, dumped, four, lettered, picked, rows


@case
def papers_with_sections() -> Case:
    return dumped(
        {
            "paperName": "安全知识模拟卷",
            "totalScore": 100,
            "sections": [
                {
                    "title": "一、选择题",
                    "questions": rows(
                        lambda s, o, a, n: {
                            "content": s,
                            "options": lettered(o),
                            "answer": a,
                            "analysis": WHY[n],
                        }
                    ),
                },
                {
                    "title": "二、判断题",
                    "questions": rows(
                        lambda s, o, a, n: {"content": s, "answer": "对" if a else "错"}, JUDGED
                    ),
                },
            ],
        },
        gold=CHOICES + JUDGED,
    )


@case
def lists_by_type() -> Case:
    return dumped(
        {
            "选择": rows(lambda s, o, a, n: {"题干": s, "选项": o, "答案": a}),
            "判断": rows(lambda s, o, a, n: {"题干": s, "答案": "√" if a else "×"}, JUDGED),
        },
        gold=CHOICES + JUDGED,
    )


@case
def map_of_numbers() -> Case:
    return dumped(
        {
            str(n + 1): {"q": s, "A": o[0], "B": o[1], "C": o[2], "D": four(o)[3], "ans": a}
            for n, (_, s, o, a) in enumerate(CHOICES)
        }
    )


@case
def map_of_stems() -> Case:
    return dumped({s: {"options": o, "answer": picked(o, a)} for _, s, o, a in CHOICES})


@case
def stems_to_verdicts() -> Case:
    return dumped({s: "正确" if a else "错误" for _, s, _, a in JUDGED}, gold=JUDGED)


@case
def parallel_lists() -> Case:
    return dumped(
        {
            "questions": [s for _, s, _, _ in CHOICES],
            "options": [o for _, _, o, _ in CHOICES],
            "answers": [a for *_, a in CHOICES],
        }
    )


@case
def questions_under_a_passage() -> Case:
    return dumped(
        {
            "groups": [
                {
                    "material": "某车间检修时未断电，工人王某用湿手合闸，造成触电。请回答下面的问题。",
                    "children": rows(lambda s, o, a, n: {"stem": s, "options": o, "answer": a}),
                }
            ]
        }
    )


@case
def rows_as_lists() -> Case:
    return dumped([["题目", "选项", "答案"], *rows(lambda s, o, a, n: [s, "|".join(o), a])])


@case
def rows_as_lists_without_names() -> Case:
    return dumped(rows(lambda s, o, a, n: [n + 1, s, o, a]))


@case
def json_lines() -> Case:
    text = "\n".join(
        json.dumps(one, ensure_ascii=False)
        for one in rows(lambda s, o, a, n: {"question": s, "choices": o, "answer": a})
    )
    return "x.jsonl", text, CHOICES


@case
def json_with_comments() -> Case:
    parts = rows(
        lambda s, o, a, n: (
            f'  {{"question": "{s}", // 第 {n + 1} 题\n   "options": {json.dumps(o, ensure_ascii=False)}, /* 无 */ "answer": "{a}",}},'
        )
    )
    return "x.json", "[\n" + "\n".join(parts) + "\n]", CHOICES


@case
def json_with_a_mark_in_front() -> Case:
    name, text, gold = dumped(rows(lambda s, o, a, n: {"question": s, "options": o, "answer": a}))
    return name, "\ufeff" + text, gold


@case
def python_literals() -> Case:
    return (
        "x.json",
        repr(
            rows(
                lambda s, o, a, n: {
                    "question": s,
                    "options": tuple(o),
                    "answer": a,
                    "note": None,
                    "ok": True,
                }
            )
        ),
        CHOICES,
    )


@case
def javascript_module() -> Case:
    parts = rows(lambda s, o, a, n: f"{{title: '{s}', options: {o!r}, answer: '{a}'}}")
    return "x.json", "module.exports = [\n" + ",\n".join(parts) + "\n];\n", CHOICES


@case
def javascript_variable() -> Case:
    parts = rows(
        lambda s, o, a, n: (
            f"{{title: `{s}`, optionA: '{o[0]}', optionB: '{o[1]}', optionC: '{o[2]}', optionD: '{four(o)[3]}', answer: '{a}'}}"
        )
    )
    return "x.json", "var list = [" + ", ".join(parts) + "]", CHOICES
