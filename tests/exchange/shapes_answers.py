"""Answers in every shape that JSON gives them."""

from __future__ import annotations

from shapes_met import CHOICES, WHY, Case, case, dumped, rows


@case
def answer_as_index_from_one() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": o,
                "answerIndex": ",".join(str(ord(x) - 64) for x in a),
            }
        )
    )


@case
def answer_as_glued_numbers_that_tell() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                **{f"option{i + 1}": t for i, t in enumerate(o)},
                "answer": "".join(str(ord(x) - 64) for x in a),
            }
        ),
    )


@case
def answer_as_list_of_truths() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": o,
                "correct": [chr(65 + i) in a for i in range(len(o))],
            }
        )
    )


@case
def answer_as_bits() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": o,
                "answer": "".join(str(int(chr(65 + i) in a)) for i in range(len(o))),
            }
        )
    )


@case
def answer_as_map_of_truths() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": dict(zip("ABCD", o, strict=False)),
                "answer": {chr(65 + i): chr(65 + i) in a for i in range(len(o))},
            }
        )
    )


@case
def answer_in_an_object() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "body": {"stem": s, "options": o},
                "answer": {"value": a, "analysis": WHY[n]},
            }
        )
    )


@case
def answer_with_commas_and_signs() -> Case:
    return dumped(rows(lambda s, o, a, n: {"题目": s, "选项": o, "答案": "、".join(a) + "。"}))


@case
def text_to_truth() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": {t: chr(65 + i) in a for i, t in enumerate(o)},
            }
        )
    )


@case
def pairs_of_letter_and_text() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": [[chr(65 + i), t] for i, t in enumerate(o)],
                "answer": a,
            }
        )
    )


@case
def answers_in_a_map_beside() -> Case:
    return dumped(
        {
            "list": rows(lambda s, o, a, n: {"id": f"q{n}", "title": s, "options": o}),
            "answers": {f"q{n}": a for n, (*_, a) in enumerate(CHOICES)},
        }
    )


@case
def answers_in_a_list_beside() -> Case:
    return dumped(
        {
            "data": rows(lambda s, o, a, n: {"qid": 30 + n, "title": s, "options": o}),
            "answerList": rows(lambda s, o, a, n: {"qid": 30 + n, "rightAnswer": a})[::-1],
        }
    )


@case
def answers_as_plain_list_beside() -> Case:
    return dumped(
        {
            "questions": rows(lambda s, o, a, n: {"title": s, "options": o}),
            "answer": [a for *_, a in CHOICES],
        }
    )
