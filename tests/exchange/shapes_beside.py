"""Scores, row markers, scripts and lists of one record an option around the questions."""

from __future__ import annotations

import json

from shapes_met import CHOICES, JUDGED, Case, Gold, case, dumped, rows


@case
def list_in_a_script() -> Case:
    told = ",\n".join(
        f"  {{q:'{stem}', o:{json.dumps(options, ensure_ascii=False)}, "
        f"a:{[ord(x) - 65 for x in answer] if len(answer) > 1 else ord(answer) - 65}}}"
        for _, stem, options, answer in CHOICES
    )
    judged = ",\n".join(
        f"  {{q:'{stem}', o:['T','F'], a:{0 if answer else 1}}}" for _, stem, _, answer in JUDGED
    )
    page = (
        "<html><body><h1>练习</h1><div id='app'></div><script>\n"
        "const parts=[{key:'a',label:'判断题',cls:'x-a',tag:'t-a',start:0},"
        "{key:'b',label:'选择题',cls:'x-b',tag:'t-b',start:3}];\n"
        f"// 题库\nconst bank=[ // 判断\n{judged},\n{told}\n];\n"
        "function next(){ return bank[0]; }\n</script></body></html>"
    )
    return "x.html", page, JUDGED + CHOICES


@case
def one_record_an_option() -> Case:
    flat = [
        {"qid": n, "question": s, "oid": n * 10 + i, "option": t, "is_right": int(chr(65 + i) in a)}
        for n, (_, s, o, a) in enumerate(CHOICES)
        for i, t in enumerate(o)
    ]
    return dumped(flat)


@case
def scores_at_the_ends_of_stems() -> Case:
    signs = ("{} (5.00分)", "（分值1.0）{}", "{}（1.0分）", "{} [2 points]")
    return dumped(
        rows(lambda s, o, a, n: {"stem": signs[n].format(s), "options": o, "answer": list(a)})
    )


@case
def marker_before_most_stems() -> Case:
    lines = [f"** {s},{';'.join(o)},{a}" for _, s, o, a in CHOICES]
    return "x.csv", "\n".join(["题目,选项,答案", *lines]), CHOICES


@case
def semicolons_at_line_breaks() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "title": s.replace("（", "↵（"),
                "optionsValue": "\n;".join(o) + "\n;" if n % 2 else ";".join(o) + ";",
                "answer": a,
            }
        )
    )


@case
def one_sign_for_the_whole_file() -> Case:
    gold: Gold = [
        *CHOICES,
        ("single", "下列哪个数是平方数（ ）", ["x^2", "y^3", "z^5"], "A"),
    ]
    lines = [f"{s},{';'.join(o)},{a}" for _, s, o, a in gold]
    return "x.csv", "\n".join(["题目,选项,答案", *lines]), gold


@case
def stems_with_lists_of_words_and_no_header() -> Case:
    gold: Gold = [
        ("blank", "火警电话是（ ）。", [], ["119"]),
        ("blank", "急救电话是（ ）。", [], ["120"]),
        ("blank", "（ ）和（ ）是两种防护用品。", [], ["安全帽", "防护手套"]),
    ]
    return (
        "x.csv",
        "\n".join(f'{stem},"{answer}"' for _, stem, _, answer in gold),
        gold,
    )


@case
def letters_with_dashes_in_options() -> Case:
    return dumped(
        rows(
            lambda s, o, a, n: {
                "stem": s,
                "options": "|".join(f"{chr(65 + i)}-{text}" for i, text in enumerate(o)),
                "answer": a,
            }
        )
    )


@case
def dashes_that_belong_to_the_texts() -> Case:
    """Only one option begins with a letter and a dash: it is a name."""
    kinds = ["B-级", "三类", "五类", "七类"]
    told: Gold = [("single", f"第{n}种保险带的型号是哪一类？", kinds, "ABCD"[n]) for n in range(4)]
    return (
        "x.json",
        json.dumps(
            [{"stem": s, "options": o, "answer": a} for _, s, o, a in told], ensure_ascii=False
        ),
        told,
    )


@case
def answers_with_their_label() -> Case:
    return dumped(rows(lambda s, o, a, n: {"stem": s, "options": o, "answer": f"正确答案：{a}。"}))


@case
def column_of_types_under_a_strange_name() -> Case:
    """The file says 单选题 and shows no options: the answer's words are no filled blank."""
    told: Gold = [("single", f"第{n}号阀门的颜色是（）", [], None) for n in "一二三四"]
    lines = [f"单选题,{s},红色" for _, s, _, _ in told]
    return "x.csv", "TAB,TIMU,DAAN\n" + "\n".join(lines), told
