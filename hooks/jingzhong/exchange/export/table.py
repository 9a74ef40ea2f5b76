"""A bank as rows: what Excel and CSV have in common, and CSV itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.words import answer_text, filled
from jingzhong.model.quizzes import Question

LOSSES = {
    "image": "表格文件里只有图片的文件名和文字说明，没有图",
    "law": "只写法规名和条号，不能点开",
    "case": "只写案例名，不能点开",
    "about": "没有地方写",
}
# What a spreadsheet may run as a formula at the start of a cell (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
QUOTED = (
    "以 = + - @ 等开头的格子前面加了一个半角单引号（'），免得表格软件把它当公式；导入别处时请去掉"
)


def header(material: Material) -> list[str]:
    """The names of the columns; as many option columns as the longest question needs."""
    letters = sorted(
        {letter for question in material.bank.questions for letter in question.options}
    )
    return [
        "序号",
        "题型",
        "题干",
        *(f"选项{letter}" for letter in letters),
        "答案",
        "解析",
        "条文",
        "案例",
        "难度",
        "主题",
        "材料",
        "图片",
        "图片说明",
        "左列",
        "右列",
        "各空可互换",
        "不打乱的选项",
        "编号",
    ]


def rows(material: Material) -> list[list[str]]:
    """One row for each question, in the order of `header`."""
    names = header(material)
    made = []
    for number, question in enumerate(material.bank.questions, 1):
        cells = _cells(number, question, material)
        made.append([safe(cells.get(name, "")) for name in names])
    return made


def make(material: Material) -> bytes:
    """UTF-8 with the mark that tells Excel so; lines end as RFC 4180 says."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header(material))
    for row in rows(material):
        writer.writerow([guarded(cell) for cell in row])
    return ("\ufeff" + buffer.getvalue()).encode()


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell


def count_guarded(material: Material) -> int:
    """How many cells the guard changes."""
    return sum(guarded(cell) != cell for row in rows(material) for cell in row)


def _cells(number: int, question: Question, material: Material) -> dict[str, str]:
    names = material.references[question.id]
    cells = {
        "序号": str(number),
        "题型": question.type_name,
        "题干": filled(question),
        "答案": answer_text(question),
        "解析": question.explanation,
        "条文": "；".join(names.laws),
        "案例": "；".join(names.cases),
        "难度": str(question.difficulty),
        "主题": "；".join(question.topics),
        "材料": question.passage or "",
        "左列": _listed(question.left.items()),
        "右列": _listed(question.right.items()),
        "各空可互换": "是" if question.any_order else "",
        "不打乱的选项": "".join(question.fixed_options),
        "编号": question.id,
    }
    if question.image:
        cells |= {"图片": question.image.src, "图片说明": question.image.alt}
    return cells | {f"选项{letter}": text for letter, text in question.options.items()}


def _listed(parts: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{sign}. {text}" for sign, text in parts)
