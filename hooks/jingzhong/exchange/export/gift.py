"""A bank as GIFT: https://docs.moodle.org/en/GIFT_format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jingzhong.exchange.export.losses import COMBINATIONS, HEADING, WEIGHT
from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.moodle import match_pairs
from jingzhong.exchange.export.words import (
    filled,
    joined_answers,
    one_line,
    picture_note,
    reference_lines,
)
from jingzhong.model.quizzes import Question

LOSSES = {
    "order": "写成匹配题：每一步从全部选项里选一个",
    "blanks": "GIFT 一题只有一个空：几个空的答案填在一起，用“；”隔开",
    "combinations": f"写法超过 {COMBINATIONS} 种，只写了每个空的第一种写法",
    "fixed_options": "GIFT 不能规定哪些选项不打乱",
    "weights": "开头的 % 改成全角的 ％，免得被当成分值",
    "passage": "写进了每道题的题干",
    "image": "GIFT 放不下图，题干里写了图的文字说明；请导入后把图补上",
    "law": "写在总反馈里，不能点开",
    "case": "写在总反馈里，不能点开",
    "difficulty": "写成注释里的标签，旧版 Moodle 不读",
    "topics": "写成注释里的标签，旧版 Moodle 不读",
    "about": "没有写出来",
}
_SIGNS = re.compile(r"([\\~=#{}:])")


def make(material: Material) -> bytes:
    """UTF-8 text; a blank line ends a question, so none stands inside one."""
    bank = material.bank
    lines = [f"// {one_line(bank.title)}（{bank.id}）"]
    if material.losses:
        lines += [f"// {HEADING}：", *(f"// · {one_line(str(loss))}" for loss in material.losses)]
    title = one_line(bank.title).replace("/", "//")
    lines += ["", f"$CATEGORY: $course$/top/{title}", ""]
    for question in bank.questions:
        lines += [*_question(question, material), ""]
    return "\n".join(lines).encode()


def escaped(text: str) -> str:
    """A text with no sign of GIFT in it."""
    marked = _SIGNS.sub(r"\\\1", safe(text).strip()).replace("->", "→")
    return marked.replace("\n", r"\n")


def _question(question: Question, material: Material) -> Iterator[str]:
    tags = [*question.topics, f"难度{question.difficulty}"]
    yield f"// [id:{question.id}] " + " ".join(f"[tag:{_bracketless(tag)}]" for tag in tags)
    parts = [filled(question), picture_note(question)]
    if question.passage:
        parts.insert(0, f"材料：{question.passage}")
    if question.type == "blank" and len(question.answer) > 1:
        parts.append("（几个空的答案填在一起，用“；”隔开。）")
    stem = "\n".join(part for part in parts if part)
    yield f"::{escaped(question.id)}::[plain]{escaped(stem)}{{"
    yield from _answers(question)
    learn = "\n".join([question.explanation, *reference_lines(material, question)])
    yield f"####{escaped(learn)}"
    yield "}"


def _answers(question: Question) -> Iterator[str]:
    if question.type == "judge":
        yield "TRUE" if question.answer else "FALSE"
    elif question.type == "single":
        for letter, text in question.options.items():
            yield ("=" if letter == question.answer else "~") + _weightless(text)
    elif question.type == "multiple":
        share = f"{100 / len(question.answer):.5f}".rstrip("0").rstrip(".")
        for letter, text in question.options.items():
            yield f"~%{share if letter in question.answer else -100}%{_weightless(text)}"
    elif question.type == "blank":
        for way in joined_answers(question, COMBINATIONS):
            yield f"=%100%{escaped(way)}"
    else:
        for left, right in match_pairs(question):
            yield f"={escaped(left)} -> {escaped(right)}"


def _weightless(text: str) -> str:
    """An option whose beginning is no weight: readers differ on how to escape one."""
    return escaped(WEIGHT.sub("％", text))


def _bracketless(tag: str) -> str:
    return re.sub(r"[\[\]]", "", one_line(tag))
