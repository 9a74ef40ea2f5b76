"""A bank as text that 问卷星 takes in under 批量添加题目: `题干[单选题]`, options, 正确答案, 答案解析.

问卷星 marks choice and judgement questions and blanks; a question of another kind goes in as 简答题
with its answer for whoever marks it.
"""

from __future__ import annotations

from collections.abc import Iterator

from jingzhong.exchange.export.material import Material
from jingzhong.exchange.export.words import (
    answer_lines,
    answer_text,
    choices,
    filled,
    one_line,
    picture_note,
    reference_lines,
)
from jingzhong.model.quizzes import Question

LOSSES = {
    "order": "写成简答题，附参考答案，要人工判分",
    "match": "写成简答题，附参考答案，要人工判分",
    "variants": "正确答案只写第一种写法，别的写法写在答案解析里，请在问卷星里补上",
    "any_order": "问卷星按顺序对答案，填反了会判错",
    "fixed_options": "没有写出来，选项随机排列时会一起打乱",
    "passage": "写进了每道题的题干",
    "image": "文字里放不下图，题干里写了图的文字说明；请在问卷星里把图补上",
    "law": "写在答案解析里，不能点开",
    "case": "写在答案解析里，不能点开",
    "difficulty": "没有写出来",
    "topics": "没有写出来",
    "about": "没有写出来",
}
_KINDS = {
    "single": "单选题",
    "multiple": "多选题",
    "judge": "判断题",
    "blank": "填空题",
    "order": "简答题",
    "match": "简答题",
}


def make(material: Material) -> bytes:
    """UTF-8 text; it is pasted into 问卷星, so it holds nothing but questions."""
    lines: list[str] = []
    for number, question in enumerate(material.bank.questions, 1):
        lines += [*_question(number, question, material), ""]
    return ("\ufeff" + "\r\n".join(lines)).encode()


def _question(number: int, question: Question, material: Material) -> Iterator[str]:
    before = f"材料：{one_line(question.passage)} 问题：" if question.passage else ""
    parts = [before + one_line(filled(question)), picture_note(question)]
    if question.type == "order":
        parts += [f"［{letter}］{one_line(text)}" for letter, text in question.options.items()]
    elif question.type == "match":
        parts += choices(question)
    yield f"{number}. {' '.join(part for part in parts if part)}[{_KINDS[question.type]}]"
    if question.type in ("single", "multiple"):
        yield from (f"{letter}. {one_line(text)}" for letter, text in question.options.items())
    elif question.type == "judge":
        yield from ("A. 对", "B. 错")
    yield f"正确答案: {_answer(question)}"
    notes = [*_other_ways(question), *reference_lines(material, question)]
    more = f"（{'。'.join(map(one_line, notes))}）" if notes else ""
    yield f"答案解析: {one_line(question.explanation)}{more}"


def _answer(question: Question) -> str:
    if question.type == "judge":
        return "A" if question.answer else "B"
    if question.type in ("order", "match"):
        return one_line("；".join(answer_lines(question)))
    if question.type == "blank":
        # In 问卷星 this line stands between the answers of blanks.
        return one_line("|".join(words[0] for words in question.answer))
    return answer_text(question)


def _other_ways(question: Question) -> Iterator[str]:
    """Further ways to write each blank."""
    if question.type != "blank":
        return
    for place, words in enumerate(question.answer, 1):
        if len(words) > 1:
            yield f"第 {place} 空也可以写：{'、'.join(words[1:])}"
