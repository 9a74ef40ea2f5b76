"""What apps, surveys and programs write, and judgements in many forms."""

from __future__ import annotations

import json

from shapes_met import (
    CHOICES,
    JUDGED,
    WHY,
    Case,
    Gold,
    case,
    dumped,
    lettered,
    picked,
    rows,
    without,
)


@case
def keys_with_a_prefix() -> Case:
    return dumped(
        {
            "rows": rows(
                lambda s, o, a, n: {
                    "tmId": n,
                    "tmTx": "0",
                    "tmContent": s,
                    **{f"tm{x}": t for x, t in zip("ABCD", o, strict=False)},
                    "tmAnswer": a,
                    "tmJx": WHY[n],
                }
            )
        }
    )


@case
def keys_with_underscores() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "exam_id": n,
                "exam_title": s,
                **{f"exam_option_{x}": t for x, t in zip("abcd", o, strict=False)},
                "exam_answer": a,
            }
        )
    )


@case
def takers_answer_beside() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "options": o,
                "userAnswer": "A",
                "myAnswer": "B",
                "isRight": False,
                "answer": a,
            }
        )
    )


@case
def only_the_takers_answer() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "options": o,
                "userAnswer": "B",
                "type": "多选题" if len(a) > 1 else "单选题",
            }
        ),
        gold=without(CHOICES),
    )


@case
def survey_export() -> Case:
    return dumped(
        {
            "surveyId": 11,
            "pages": [
                {
                    "elements": rows(
                        lambda s, o, a, n: {
                            "type": "checkbox" if len(a) > 1 else "radiogroup",
                            "name": f"question{n}",
                            "title": s,
                            "choices": [{"value": f"item{i}", "text": t} for i, t in enumerate(o)],
                            "correctAnswer": [f"item{ord(x) - 65}" for x in a]
                            if len(a) > 1
                            else f"item{ord(a) - 65}",
                        }
                    )
                }
            ],
        }
    )


@case
def search_hits() -> Case:
    return dumped(
        {
            "hits": {
                "hits": rows(
                    lambda s, o, a, n: {
                        "_id": f"x{n}",
                        "_score": 1.0,
                        "_source": {"question": s, "options": o, "answer": a},
                    }
                )
            }
        }
    )


@case
def mongo_export() -> Case:
    text = "\n".join(
        json.dumps(
            {
                "_id": {"$oid": f"5f0000000000000000000{n:03d}"},
                "stem": s,
                "options": o,
                "answer": a,
                "createTime": {"$date": "2020-01-01T00:00:00Z"},
            },
            ensure_ascii=False,
        )
        for n, (_, s, o, a) in enumerate(CHOICES)
    )
    return "x.json", text, CHOICES


@case
def markup_in_every_field() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": f"<p><span style='color:red'>{s}</span>&nbsp;</p>",
                "options": [f"<p>{t}</p>" for t in o],
                "answer": f"<p>{a}</p>",
            }
        )
    )


@case
def judgements_as_choices() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "options": ["正确", "错误"],
                "answer": "A" if a else "B",
            },
            JUDGED,
        ),
        gold=JUDGED,
    )


@case
def judgements_as_truths() -> Case:
    return dumped(
        rows(lambda s, o, a, n: {"statement": s, "type": "truefalse", "answer": a}, JUDGED),
        gold=JUDGED,
    )


@case
def judgements_by_zero_and_one() -> Case:
    return dumped(
        rows(lambda s, o, a, n: {"title": s, "type": "判断", "answer": int(a)}, JUDGED),
        gold=without(JUDGED),
    )


@case
def blanks_with_lists() -> Case:
    data = [
        {"title": "火警电话是____，急救电话是____。", "type": "填空题", "answer": ["119", "120"]}
    ]
    return dumped(data, gold=[("blank", "火警电话是____，急救电话是____。", [], ["119", "120"])])


@case
def learning_site_topics() -> Case:
    return dumped(
        {
            "code": 0,
            "msg": "ok",
            "data": {
                "topics": rows(
                    lambda s, o, a, n: {
                        "topicType": {"id": 3, "name": "选择题"},
                        "topicTitle": s,
                        "topicOptions": [
                            {"mark": chr(65 + i), "detail": t, "order": i} for i, t in enumerate(o)
                        ],
                        "topicAnswer": a,
                        "topicAnalysis": WHY[n],
                    }
                )
            },
        }
    )


@case
def numbers_as_option_texts() -> Case:
    gold: Gold = [
        ("single", "人字梯的夹角不应大于多少度", ["30", "45", "60"], "B"),
        ("single", "灭火器多少个月检查一次", ["1", "6", "12"], "A"),
    ]
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": [int(t) for t in o],
                "answer": int(picked(o, a)[0]),
            },
            gold,
        ),
        gold=gold,
    )


@case
def texts_in_a_list() -> Case:
    texts = rows(lambda s, o, a, n: f"{n + 1}. {s}\n" + "\n".join(lettered(o)) + f"\n答案：{a}")
    return dumped({"items": texts})
