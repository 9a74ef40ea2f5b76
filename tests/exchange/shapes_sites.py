"""What learning sites, quiz games, data sets and dumps of databases export."""

from __future__ import annotations

from shapes_met import CHOICES, WHY, Case, Gold, case, dumped, lettered, picked, rows


@case
def course_site_with_two_titles() -> Case:
    return dumped(
        {
            "status": {"code": 0},
            "result": {
                "paper": {
                    "name": "期末测验",
                    "objectiveQList": rows(
                        lambda s, o, a, n: {
                            "id": 1200 + n,
                            "type": 1 if len(a) == 1 else 2,
                            "title": f"<p>{s}</p>",
                            "plainTextTitle": s,
                            "score": 2,
                            "optionDtos": [
                                {
                                    "id": n * 9 + i,
                                    "content": f"<p>{t}</p>",
                                    "answer": chr(65 + i) in a,
                                    "analyse": WHY[n],
                                }
                                for i, t in enumerate(o)
                            ],
                            "stdAnswer": None,
                            "fillblankType": None,
                        }
                    ),
                }
            },
        }
    )


@case
def course_with_numbers_for_marks() -> Case:
    return dumped(
        {
            "data": {
                "questions": rows(
                    lambda s, o, a, n: {
                        "title": s,
                        "type": 1,
                        "typeLabel": "多选题" if len(a) > 1 else "单选题",
                        "optionList": [
                            {
                                "id": f"c0ffee00-0000-4000-8000-00000000{n}{i:03d}",
                                "content": t,
                                "isCorrect": 1 if chr(65 + i) in a else 2,
                                "attachmentList": [],
                                "selected": 2,
                            }
                            for i, t in enumerate(o)
                        ],
                        "analysis": WHY[n],
                    }
                )
            }
        }
    )


@case
def quiz_game() -> Case:
    return dumped(
        {
            "kahoot": {
                "questions": rows(
                    lambda s, o, a, n: {
                        "question": s,
                        "time": 20000,
                        "choices": [
                            {"answer": t, "correct": chr(65 + i) in a} for i, t in enumerate(o)
                        ],
                    }
                )
            }
        }
    )


@case
def right_and_wrong_answers_apart() -> Case:
    gold: Gold = [
        (kind, stem, [*picked(o, a), *(t for t in o if t not in picked(o, a))], "A")
        for kind, stem, o, a in CHOICES
        if len(a) == 1
    ]
    return dumped(
        {
            "response_code": 0,
            "results": [
                {
                    "category": "安全",
                    "difficulty": "easy",
                    "question": s,
                    "correct_answer": o[0],
                    "incorrect_answers": o[1:],
                }
                for _, s, o, _ in gold
            ],
        },
        gold=gold,
    )


@case
def texts_and_labels_apart() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "id": f"T_{n}",
                "question": s,
                "choices": {"text": o, "label": [chr(65 + i) for i in range(len(o))]},
                "answerKey": a,
            }
        )
    )


@case
def stem_and_choices_inside() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "id": f"T_{n}",
                "question": {
                    "stem": s,
                    "choices": [{"text": t, "label": chr(65 + i)} for i, t in enumerate(o)],
                },
                "answerKey": a,
            }
        )
    )


@case
def gold_as_list_of_places() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "query": s,
                "choices": lettered(o, ")"),
                "gold": [ord(x) - 65 for x in a],
            }
        )
    )


@case
def article_with_parallel_lists() -> Case:
    return dumped(
        {
            "id": "r1",
            "article": "某厂检修时未断电，工人用湿手合闸触电，旁人未断电即拉拽，也被电倒。",
            "questions": [s for _, s, _, _ in CHOICES],
            "options": [o for _, _, o, _ in CHOICES],
            "answers": [a for *_, a in CHOICES],
        }
    )


@case
def form_with_grading() -> Case:
    return dumped(
        {
            "formId": "f",
            "items": rows(
                lambda s, o, a, n: {
                    "itemId": f"i{n}",
                    "title": s,
                    "questionItem": {
                        "question": {
                            "questionId": f"k{n}",
                            "choiceQuestion": {
                                "type": "CHECKBOX" if len(a) > 1 else "RADIO",
                                "options": [{"value": t} for t in o],
                            },
                            "grading": {
                                "pointValue": 1,
                                "correctAnswers": {"answers": [{"value": t} for t in picked(o, a)]},
                            },
                        }
                    },
                }
            ),
        }
    )
