"""Tables of many dialects."""

from __future__ import annotations

from shapes_met import CHOICES, JUDGED, WHY, Case, Gold, case, four, lettered, picked, rows, without


@case
def csv_with_semicolons() -> Case:
    lines = [
        "编号;题目;A;B;C;D;正确选项",
        *rows(lambda s, o, a, n: ";".join([f"Q-{n + 100}", s, *four(o), a])),
    ]
    return "x.csv", "\n".join(lines), CHOICES


@case
def csv_with_bars() -> Case:
    lines = [
        "题型|题干|选项一|选项二|选项三|选项四|答案",
        *rows(lambda s, o, a, n: "|".join(["多选" if len(a) > 1 else "单选", s, *four(o), a])),
    ]
    return "x.csv", "\n".join(lines), CHOICES


@case
def csv_with_tabs_and_no_header() -> Case:
    return "x.tsv", "\n".join(rows(lambda s, o, a, n: "\t".join([s, *four(o), a]))), CHOICES


@case
def csv_with_single_quotes() -> Case:
    return (
        "x.csv",
        "\n".join(
            rows(
                lambda s, o, a, n: ",".join(
                    f"'{part}'" for part in (s, " ".join(lettered(o, ":")), a)
                )
            )
        ),
        CHOICES,
    )


@case
def csv_with_the_header_again() -> Case:
    head = "题目,选项A,选项B,选项C,选项D,答案"
    lines = rows(lambda s, o, a, n: ",".join([s, *four(o), a]))
    return "x.csv", "\n".join([head, *lines[:2], head, *lines[2:]]), CHOICES


@case
def csv_with_marks_beside_options() -> Case:
    head = "content,option1,option2,option3,option4,correct1,correct2,correct3,correct4"
    lines = rows(
        lambda s, o, a, n: ",".join(
            [s, *four(o), *("1" if chr(65 + i) in a else "0" for i in range(4))]
        )
    )
    return "x.csv", "\n".join([head, *lines]), CHOICES


@case
def csv_with_ids_named_like_stems() -> Case:
    head = "试题编码,题目ID,试题名称,题目类型,A,B,C,D,标准答案,试题解析"
    lines = rows(
        lambda s, o, a, n: ",".join(
            [f"SJ{n:05d}", f"{n + 10000}", s, "选择题", *four(o), a, WHY[n]]
        )
    )
    return "x.csv", "\n".join([head, *lines]), CHOICES


@case
def csv_options_in_the_stem() -> Case:
    lines = rows(lambda s, o, a, n: ",".join(["#".join([s, *o]), "#".join(picked(o, a))]))
    return "x.csv", "\n".join(["题目,答案", *lines]), CHOICES


@case
def csv_answer_by_words() -> Case:
    head = "问题,选项1,选项2,选项3,选项4,正确答案"
    lines = rows(lambda s, o, a, n: ",".join([s, *four(o), "；".join(picked(o, a))]))
    return "x.csv", "\n".join([head, *lines]), CHOICES


@case
def csv_judged_by_a_column_of_both() -> Case:
    lines = rows(lambda s, o, a, n: f"{n + 1},{s},{'√' if a else '×'}", JUDGED)
    return "x.csv", "\n".join(["序号,试题,√/×", *lines]), JUDGED


@case
def csv_with_unknown_headers() -> Case:
    head = "编码,描述,甲,乙,丙,丁,结论"
    lines = rows(lambda s, o, a, n: ",".join([f"{n + 20001}", s, *four(o), a]))
    return "x.csv", "\n".join([head, *lines, *lines]), CHOICES + CHOICES


@case
def csv_with_two_answers_that_differ() -> Case:
    head = "题目,选项A,选项B,选项C,选项D,答案,参考答案"
    lines = rows(lambda s, o, a, n: ",".join([s, *four(o), a, "C" if a != "C" else "A"]))
    return "x.csv", "\n".join([head, *lines]), without(CHOICES)


@case
def csv_of_a_quiz_game() -> Case:
    head = "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,Answer 3 - max 75 characters,Answer 4 - max 75 characters,Time limit (sec),Correct answer(s) - choose at least one"
    lines = rows(
        lambda s, o, a, n: ",".join(
            [s, *four(o), "20", '"' + ",".join(str(ord(x) - 64) for x in a) + '"']
        )
    )
    return "x.csv", "\n".join([head, *lines]), CHOICES


@case
def csv_of_a_data_set() -> Case:
    head = ",Question,A,B,C,D,Answer"
    lines = rows(lambda s, o, a, n: ",".join([str(n), s, *four(o), a]))
    return "x.csv", "\n".join([head, *lines]), CHOICES


@case
def csv_right_and_wrong_apart() -> Case:
    gold: Gold = [
        (kind, stem, [*picked(o, a), *(t for t in o if t not in picked(o, a))], "A")
        for kind, stem, o, a in CHOICES
        if len(a) == 1
    ]
    lines = [",".join([s, o[0], *four(o[1:])[:3]]) for _, s, o, _ in gold]
    return "x.csv", "\n".join(["题目,正确答案,错误答案1,错误答案2,错误答案3", *lines]), gold


@case
def tsv_with_options_in_one_cell() -> Case:
    lines = rows(lambda s, o, a, n: "\t".join([str(n + 1), s, ";".join(lettered(o)), a, WHY[n]]))
    return "x.tsv", "\n".join(["题号\t题干\t选项\t答案\t解析", *lines]), CHOICES


@case
def csv_options_with_their_letters() -> Case:
    lines = rows(lambda s, o, a, n: ",".join([s, *four(lettered(o, "、")), a]))
    return "x.csv", "\n".join(["题目,选项1,选项2,选项3,选项4,答案", *lines]), CHOICES


@case
def csv_answers_of_people_beside() -> Case:
    lines = rows(lambda s, o, a, n: ",".join([s, *four(o), "A", a]))
    return "x.csv", "\n".join(["题目,A,B,C,D,考生答案,标准答案", *lines]), CHOICES
