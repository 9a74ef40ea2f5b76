"""Options and answers in every shape that JSON gives them."""

from __future__ import annotations

import json

from shapes_met import Case, case, dumped, lettered, picked, rows


@case
def options_as_a_map() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "options": dict(zip("ABCD", o, strict=False)),
                "answer": a,
            }
        )
    )


@case
def options_as_a_map_of_small_letters() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "q": s,
                "choices": dict(zip("abcd", o, strict=False)),
                "ans": a.lower(),
            }
        )
    )


@case
def options_with_letters_in_a_list() -> Case:
    return dumped(rows(lambda s, o, a, n: {"question": s, "choices": lettered(o, ". "), "key": a}))


@case
def options_with_brackets_in_a_list() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "stem": s,
                "opts": [f"（{chr(65 + i)}）{t}" for i, t in enumerate(o)],
                "rightAnswer": a,
            }
        )
    )


@case
def options_in_one_text_with_lines() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {"question": s, "option": "\n".join(lettered(o, "、")), "answer": a}
        )
    )


@case
def options_in_one_text_with_breaks() -> Case:
    return dumped(
        rows(lambda s, o, a, n: {"tigan": s, "xuanxiang": "<br/>".join(lettered(o)), "daan": a})
    )


@case
def options_in_one_text_with_bars() -> Case:
    return dumped(rows(lambda s, o, a, n: {"timu": s, "xx": "|".join(o), "da": a}))


@case
def options_in_one_text_with_three_signs() -> Case:
    return dumped(rows(lambda s, o, a, n: {"content": s, "optionStr": "###".join(o), "answer": a}))


@case
def options_as_json_in_a_text() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "questionContent": s,
                "optionsJson": json.dumps(
                    [{"key": chr(65 + i), "value": t} for i, t in enumerate(o)], ensure_ascii=False
                ),
                "standardAnswer": a,
            }
        )
    )


@case
def options_as_objects_of_one_key() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "options": [{chr(65 + i): t} for i, t in enumerate(o)],
                "answer": a,
            }
        )
    )


@case
def options_with_sort_and_content() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "id": 7000 + n,
                "name": s,
                "optionList": [
                    {
                        "id": 90 + i,
                        "sort": i + 1,
                        "optionContent": t,
                        "isRight": int(chr(65 + i) in a),
                    }
                    for i, t in enumerate(o)
                ],
                "score": 2,
            }
        )
    )


@case
def answer_by_option_id() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "subject": s,
                "items": [{"itemId": n * 10 + i + 501, "itemName": t} for i, t in enumerate(o)],
                "correctIds": [n * 10 + ord(x) - 65 + 501 for x in a],
            }
        )
    )


@case
def answer_as_text_of_the_option() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": o,
                "correctAnswer": picked(o, a)[0] if len(a) == 1 else picked(o, a),
            }
        )
    )


@case
def answer_as_index_from_zero() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "question": s,
                "options": o,
                "answer": [ord(x) - 65 for x in a] if len(a) > 1 else ord(a) - 65,
            }
        )
    )
