"""A bank as Moodle XML: https://docs.moodle.org/en/Moodle_XML_format.

Several blanks become a cloze question (`multianswer`). An order becomes `matching` of steps,
because `ordering` is not in every Moodle.
"""

from __future__ import annotations

import base64
import re
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from jingzhong.exchange.export.html import as_html, explanation_html, stem_html
from jingzhong.exchange.export.losses import HEADING
from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.words import one_line
from jingzhong.model.quizzes import BLANK, Question

LOSSES = {
    "order": "写成匹配题：每一步从全部选项里选一个，按步给分",
    "any_order": "Moodle 按空对答案，填反了会判错",
    "fixed_options": "Moodle 只能整题打乱或不打乱，这些题改为不打乱",
    "law": "写在总反馈里，不能点开",
    "case": "写在总反馈里，不能点开",
    "difficulty": "写成标签（难度1～难度5）",
    "about": "受众、主题和核对日期没有写出来，简介写在题目分类里",
}
_KINDS = {
    "single": "multichoice",
    "multiple": "multichoice",
    "judge": "truefalse",
    "order": "matching",
    "match": "matching",
}
# What ends or divides an answer inside a cloze mark.
_CLOZE = re.compile(r'([}#~/"\\])')


def make(material: Material) -> bytes:
    """The bytes of the file, with what it lost in a comment."""
    bank = material.bank
    quiz = ET.Element("quiz")
    if material.losses:
        said = "；\n".join(map(str, material.losses))
        quiz.append(ET.Comment(re.sub("-(?=-|$)", "－", safe(f" {HEADING}：\n{said} "))))
    category = ET.SubElement(quiz, "question", type="category")
    # A slash alone would begin a category inside this one.
    _text(
        ET.SubElement(category, "category"),
        "$course$/top/" + one_line(bank.title).replace("/", "//"),
    )
    _text(ET.SubElement(category, "info", format="html"), as_html(bank.description or ""))
    ET.SubElement(category, "idnumber").text = bank.id
    for question in bank.questions:
        _question(quiz, question, material)
    ET.indent(quiz, " ")
    return bytes(ET.tostring(quiz, encoding="utf-8", xml_declaration=True)) + b"\n"


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = text


def _html(parent: ET.Element, tag: str, html: str, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, {**attributes, "format": "html"})
    _text(element, html)
    return element


def _question(quiz: ET.Element, question: Question, material: Material) -> None:
    cloze = question.type == "blank" and len(question.answer) > 1
    kind = "multianswer" if cloze else _KINDS.get(question.type, "shortanswer")
    element = ET.SubElement(quiz, "question", type=kind)
    name = one_line(question.stem)
    _text(ET.SubElement(element, "name"), f"{question.id} {name[:60]}")
    raw = material.picture(question)
    file = PurePosixPath(question.image.src).name if question.image and raw else ""
    html = stem_html(
        question,
        f"@@PLUGINFILE@@/{file}" if file else None,
        stem=_cloze(question) if cloze else None,
    )
    body = _html(element, "questiontext", html)
    if raw:
        attached = ET.SubElement(body, "file", name=file, path="/", encoding="base64")
        attached.text = base64.b64encode(raw).decode("ascii")
    _html(element, "generalfeedback", explanation_html(question, material))
    if not cloze:
        ET.SubElement(element, "defaultgrade").text = "1"
    ET.SubElement(element, "penalty").text = "0"
    ET.SubElement(element, "hidden").text = "0"
    ET.SubElement(element, "idnumber").text = question.id
    if not cloze:
        _answers(element, question)
    tags = ET.SubElement(element, "tags")
    for tag in (*question.topics, f"难度{question.difficulty}"):
        _text(ET.SubElement(tags, "tag"), one_line(tag))


def _answers(element: ET.Element, question: Question) -> None:
    if question.type == "judge":
        for value in (True, False):
            _answer(element, str(value).lower(), value == question.answer, plain=True)
    elif question.type == "blank":
        ET.SubElement(element, "usecase").text = "0"
        for word in question.answer[0]:
            # A star would stand for any text.
            _answer(element, safe(word).replace("*", r"\*"), True, plain=True)
    elif question.type in ("single", "multiple"):
        ET.SubElement(element, "single").text = str(question.type == "single").lower()
        ET.SubElement(element, "shuffleanswers").text = str(not question.fixed_options).lower()
        ET.SubElement(element, "answernumbering").text = "ABCD"
        for letter, text in question.options.items():
            is_right = letter in question.answer
            share = len(question.answer)
            wrong = 0.0 if question.type == "single" else -100.0
            _answer(element, as_html(text), is_right, share=share, wrong=wrong)
    else:
        ET.SubElement(element, "shuffleanswers").text = "true"
        for left, right in match_pairs(question):
            pair = _html(element, "subquestion", as_html(left))
            _text(ET.SubElement(pair, "answer"), one_line(right))


def match_pairs(question: Question) -> list[tuple[str, str]]:
    """(left, right) of a match; step and option of an order; spare right items without a left."""
    if question.type == "order":
        return [
            (f"第 {step} 步", question.options[letter])
            for step, letter in enumerate(question.answer, 1)
        ]
    pairs = [(text, question.right[question.answer[left]]) for left, text in question.left.items()]
    used = set(question.answer.values())
    return pairs + [("", text) for number, text in question.right.items() if number not in used]


def _answer(
    element: ET.Element,
    text: str,
    is_right: bool,
    *,
    share: int = 1,
    wrong: float = 0.0,
    plain: bool = False,
) -> None:
    """One answer. The right ones of a question share 100; five decimals are what Moodle looks up."""
    fraction = f"{100 / share if is_right else wrong:.5f}".rstrip("0").rstrip(".")
    form = "moodle_auto_format" if plain else "html"
    answer = ET.SubElement(element, "answer", fraction=fraction, format=form)
    _text(answer, text)
    _html(answer, "feedback", "")


def _cloze(question: Question) -> str:
    """The stem with `{1:SHORTANSWER:=119~=一一九}` for each blank."""
    pieces = [as_html(piece).replace("{", "&#123;") for piece in BLANK.split(question.stem)]
    made = pieces[0]
    for words, piece in zip(question.answer, pieces[1:], strict=True):
        ways = "~".join(
            "=" + _CLOZE.sub(r"\\\1", as_html(word).replace("*", r"\*")) for word in words
        )
        made += f"{{1:SHORTANSWER:{ways}}}{piece}"
    return made
