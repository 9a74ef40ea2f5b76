"""A bank as plain text: numbered questions, each with its answer under it."""

from __future__ import annotations

from collections.abc import Iterator

from jingzhong.exchange.export.losses import HEADING
from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.words import (
    answer_text,
    choices,
    filled,
    one_line,
    picture_note,
    reference_lines,
)
from jingzhong.model.quizzes import Question

LOSSES = {
    "image": "文字里放不下图，只写了图的文字说明",
    "fixed_options": "没有写出来",
    "law": "只写法规名和条号，不能点开",
    "case": "只写案例名，不能点开",
}


def make(material: Material) -> bytes:
    """UTF-8 with a mark and Windows line ends, as Notepad likes it."""
    bank = material.bank
    lines = [safe(bank.title), f"适合：{'、'.join(bank.audience)}"]
    if bank.topics:
        lines.append(f"主题：{'、'.join(map(one_line, bank.topics))}")
    if bank.description:
        lines.append(f"简介：{one_line(bank.description)}")
    lines.append(f"最近核对：{bank.reviewed}　共 {len(bank.questions)} 题")
    passage = None
    for number, question in enumerate(bank.questions, 1):
        lines.append("")
        if question.passage and question.passage != passage:
            lines += ["材料：", *safe(question.passage).split("\n"), ""]
        passage = question.passage
        lines += _question(number, question, material)
    if material.losses:
        lines += ["", f"{HEADING}：", *(f"· {loss}" for loss in material.losses)]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def _question(number: int, question: Question, material: Material) -> Iterator[str]:
    stem = filled(question)
    if question.type in ("single", "multiple", "judge") and not stem.endswith(("）", ")")):
        stem += "（　　）"
    shared = "（根据上面的材料）" if question.passage else ""
    yield f"{number}. 【{question.type_name}】{shared}{stem}"
    if question.image:
        yield picture_note(question)
    yield from choices(question)
    yield f"答案：{answer_text(question)}"
    if question.any_order:
        yield "各空可以互换。"
    yield f"解析：{one_line(question.explanation)}"
    yield from reference_lines(material, question)
    yield f"难度：{question.difficulty}"
    if question.topics:
        yield f"主题：{'、'.join(map(one_line, question.topics))}"
    yield f"题号：{question.id}"
