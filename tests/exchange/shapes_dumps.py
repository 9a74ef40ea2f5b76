"""Data sets, forms and dumps of databases."""

from __future__ import annotations

import json

from shapes_met import CHOICES, JUDGED, Case, case, dumped, rows


@case
def interactive_content() -> Case:
    return dumped(
        {
            "questions": rows(
                lambda s, o, a, n: {
                    "library": "H5P.MultiChoice 1.16",
                    "params": {
                        "question": f"<p>{s}</p>\n",
                        "answers": [
                            {
                                "correct": chr(65 + i) in a,
                                "text": f"<div>{t}</div>\n",
                                "tipsAndFeedback": {"tip": "", "chosenFeedback": ""},
                            }
                            for i, t in enumerate(o)
                        ],
                        "behaviour": {"enableRetry": True},
                    },
                }
            )
        }
    )


@case
def tables_of_a_database() -> Case:
    return dumped(
        {
            "question": rows(
                lambda s, o, a, n: {"id": n + 1, "title": s, "create_time": "2021-01-01 00:00:00"}
            ),
            "question_option": [
                {
                    "id": n * 9 + i,
                    "question_id": n + 1,
                    "content": t,
                    "is_right": int(chr(65 + i) in a),
                }
                for n, (_, _, o, a) in enumerate(CHOICES)
                for i, t in enumerate(o)
            ],
        }
    )


@case
def documents_behind_each_other() -> Case:
    text = "\n".join(
        json.dumps(one, ensure_ascii=False, indent=2)
        for one in rows(lambda s, o, a, n: {"question": s, "options": o, "answer": a})
    )
    return "x.json", text, CHOICES


@case
def callback_around() -> Case:
    _, text, gold = dumped(
        {"list": rows(lambda s, o, a, n: {"title": s, "options": o, "answer": a})}
    )
    return "x.json", f"callback({text});", gold


@case
def attributes_of_markup() -> Case:
    return dumped(
        {
            "exam": {
                "item": rows(
                    lambda s, o, a, n: {
                        "@no": str(n + 1),
                        "stem": s,
                        "option": [{"@id": chr(65 + i), "#text": t} for i, t in enumerate(o)],
                        "@answer": a,
                    }
                )
            }
        }
    )


@case
def data_in_a_text() -> Case:
    return dumped(
        {
            "code": 200,
            "data": json.dumps(
                rows(lambda s, o, a, n: {"title": s, "options": o, "answer": a}), ensure_ascii=False
            ),
        }
    )


@case
def types_as_keys_of_objects() -> Case:
    return dumped(
        {
            "singleChoice": {
                "count": 3,
                "list": rows(
                    lambda s, o, a, n: {"title": s, "options": o, "answer": a},
                    [one for one in CHOICES if len(one[3]) == 1],
                ),
            },
            "trueOrFalse": {
                "count": 3,
                "list": rows(lambda s, o, a, n: {"title": s, "answer": "T" if a else "F"}, JUDGED),
            },
        },
        gold=[one for one in CHOICES if len(one[3]) == 1] + JUDGED,
    )


@case
def exam_result_with_the_takers_answer() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "options": o,
                "answer": "D" if a != "D" else "A",
                "rightAnswer": a,
                "isTrue": 0,
            }
        )
    )


@case
def judgements_of_a_site() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "name": s,
                "questionTypeName": "判断题",
                "options": [
                    {"id": 11 + n * 2, "name": "对", "isAnswer": "true" if a else "false"},
                    {"id": 12 + n * 2, "name": "错", "isAnswer": "false" if a else "true"},
                ],
            },
            JUDGED,
        ),
        gold=JUDGED,
    )
