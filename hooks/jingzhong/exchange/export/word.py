"""A bank as a Word file to read and change: each question with its picture, answer and explanation."""

from __future__ import annotations

import datetime
import io

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from jingzhong.exchange.export.archive import repack
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
    "fixed_options": "没有写出来",
    "law": "只写法规名和条号，不能点开",
    "case": "只写案例名，不能点开",
}
_GREY = RGBColor(0x59, 0x59, 0x59)
_INDENT = Cm(0.8)


def make(material: Material) -> bytes:
    """The bytes of a `.docx`."""
    bank = material.bank
    document = docx.Document()
    _set_up(document, material)
    document.add_heading(safe(bank.title), 0)
    if bank.description:
        document.add_paragraph(safe(bank.description))
    facts = [f"适合：{'、'.join(bank.audience)}"]
    if bank.topics:
        facts.append(f"主题：{'、'.join(bank.topics)}")
    facts.append(f"共 {len(bank.questions)} 题　最近核对：{bank.reviewed}")
    for line in facts:
        _small(document, line)
    passage = None
    for number, question in enumerate(bank.questions, 1):
        if question.passage and question.passage != passage:
            document.add_paragraph("材料：").paragraph_format.keep_with_next = True
            for line in safe(question.passage).split("\n"):
                document.add_paragraph(line).paragraph_format.left_indent = _INDENT
        passage = question.passage
        _question(document, number, question, material)
    if material.losses:
        document.add_heading(HEADING, 1)
        for loss in material.losses:
            document.add_paragraph(safe(f"· {loss}"))
    written = io.BytesIO()
    document.save(written)
    return repack(written.getvalue())


def _set_up(document: Document, material: Material) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    for name, font, size in (
        ("Normal", "宋体", Pt(11)),
        ("Title", "黑体", Pt(20)),
        ("Heading 1", "黑体", Pt(14)),
    ):
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)
        style.font.name, style.font.size = "Times New Roman", size
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    normal = document.styles["Normal"]
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    assert isinstance(normal, ParagraphStyle)
    normal.paragraph_format.space_after = Pt(2)
    moment = datetime.datetime.combine(material.date, datetime.time())
    properties = document.core_properties
    properties.title, properties.author = safe(material.bank.title), safe(material.unit)
    properties.last_modified_by = properties.author
    properties.created = properties.modified = moment
    properties.language, properties.comments, properties.revision = "zh-CN", "", 1


def _small(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(safe(text))
    run.font.size, run.font.color.rgb = Pt(9.5), _GREY
    return paragraph


def _question(document: Document, number: int, question: Question, material: Material) -> None:
    stem = filled(question)
    if question.type in ("single", "multiple", "judge") and not stem.endswith(("）", ")")):
        stem += "（　　）"
    shared = "（根据上面的材料）" if question.passage else ""
    first = document.add_paragraph()
    first.paragraph_format.space_before = Pt(12)
    first.add_run(f"{number}. 【{question.type_name}】{shared}{stem}").bold = True
    own = [first]
    if question.image:
        own.append(_picture(document, question, material))
    own += [_indented(document, line) for line in choices(question)]
    for paragraph in own:
        paragraph.paragraph_format.keep_with_next = True
    document.add_paragraph(f"答案：{answer_text(question)}")
    if question.any_order:
        document.add_paragraph("各空可以互换。")
    document.add_paragraph(f"解析：{one_line(question.explanation)}")
    for line in reference_lines(material, question):
        document.add_paragraph(line)
    facts = [
        f"难度：{question.difficulty}",
        *(f"主题：{'、'.join(question.topics)}",) * bool(question.topics),
    ]
    _small(document, one_line("　".join([*facts, f"题号：{question.id}"])))


def _indented(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(text)
    paragraph.paragraph_format.left_indent = _INDENT
    return paragraph


def _picture(document: Document, question: Question, material: Material) -> Paragraph:
    raw = material.picture(question)
    if raw is None:
        return _indented(document, picture_note(question))
    paragraph = _indented(document, "")
    shape = paragraph.add_run().add_picture(io.BytesIO(raw), width=Cm(6))
    if shape.height > Cm(6):
        width = Length(shape.width * Cm(6) // shape.height)
        shape.width, shape.height = width, Cm(6)
    assert question.image
    shape._inline.docPr.set("descr", safe(question.image.alt))
    return paragraph
