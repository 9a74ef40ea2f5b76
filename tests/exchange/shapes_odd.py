"""Odd answers and stems."""

from __future__ import annotations

from shapes_met import CHOICES, Case, Gold, case, dumped, four, lettered, rows


@case
def numbers_and_types_in_the_stem() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": f"{n + 1}、【{'多选题' if len(a) > 1 else '单选题'}】{s}",
                "options": o,
                "answer": a,
            }
        )
    )


@case
def only_letters_as_options() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s + "\n" + "\n".join(lettered(o)),
                "options": ["A", "B", "C", "D"][: len(o)],
                "answer": a,
            }
        )
    )


@case
def answer_names_the_key() -> Case:
    names = ("optionOne", "optionTwo", "optionThree", "optionFour")
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                **dict(zip(names, o, strict=False)),
                "answer": ",".join(names[ord(x) - 65] for x in a),
            }
        )
    )


@case
def answer_with_the_word_option() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "optionA": o[0],
                "optionB": o[1],
                "optionC": o[2],
                "optionD": four(o)[3],
                "answer": ",".join(f"选项{x}" for x in a),
            }
        )
    )


@case
def answer_parted_by_bars() -> Case:
    return dumped(rows(lambda s, o, a, n: {"title": s, "options": o, "answer": "|".join(a)}))


@case
def answer_parted_by_many_signs() -> Case:
    return dumped(rows(lambda s, o, a, n: {"title": s, "options": o, "answer": "&&&".join(a)}))


@case
def answer_as_list_in_a_text() -> Case:
    return dumped(rows(lambda s, o, a, n: {"title": s, "options": o, "answer": str(list(a))}))


@case
def answer_as_list_of_lists() -> Case:
    return dumped(rows(lambda s, o, a, n: {"title": s, "options": o, "answer": [list(a)]}))


@case
def letters_with_semicolons() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s,
                "options": ";".join(lettered(o, ":")) + ";",
                "answer": a,
            }
        )
    )


@case
def blanks_in_a_map() -> Case:
    data = [
        {
            "Body": "火警电话是____，急救电话是____。",
            "TypeText": "填空题",
            "Answers": {"1": ["119"], "2": ["120"]},
        },
        {"Body": "安全生产月在每年____月。", "TypeText": "填空题", "Answers": {"1": ["6"]}},
    ]
    gold: Gold = [
        ("blank", "火警电话是____，急救电话是____。", [], ["119", "120"]),
        ("blank", "安全生产月在每年____月。", [], ["6"]),
    ]
    return dumped(data, gold=gold)


@case
def one_question_alone() -> Case:
    _, s, o, a = CHOICES[0]
    return dumped({"title": s, "options": o, "answer": a}, gold=CHOICES[:1])


@case
def title_of_the_paper_in_each() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "paperTitle": "消防安全知识竞赛试题库（2020 年版）",
                "title": "消防安全知识竞赛试题库（2020 年版）",
                "content": s,
                "options": o,
                "answer": a,
            }
        )
    )
