"""Messages about a Word file say where to look in Word: heading, question, first characters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import containers
import docx
import pytest
import yaml

from jingzhong.exchange.questions.found import Haul
from jingzhong.exchange.questions.open_file import read_file

Command = Callable[..., "CompletedProcess[str]"]


def word() -> bytes:
    """Typed and automatic numbers, real headings and typed ones, two tables; five faults."""
    document = docx.Document()
    document.add_heading("第一部分 用电安全", 1)
    document.add_paragraph("一、单选题（每题 2 分）")
    document.add_paragraph("1．安全帽的系带应当（ ）。")
    for text in ("A．系紧", "B．放开", "答案：A"):
        document.add_paragraph(text)
    document.add_paragraph("12．下列哪种灭火器能扑救带电的配电箱火灾（ ）？")
    for text in ("A．水基", "B．干粉"):
        document.add_paragraph(text)
    document.add_paragraph("二、判断题")
    judged = containers.numbered(document, [("decimal", "%1、")])
    containers.listed(document, "通道可以堆放杂物。（×）", judged)
    containers.listed(document, "应急照明灯可以随意拔下来充手机。（ ）", judged)
    document.add_heading("第二部分 机械", 1)
    for rows in (
        [("题目", "选项A", "选项B", "答案"), ("砂轮正面可以站人吗（ ）？", "可以", "不可以", "B")],
        [("题目", "选项A", "选项B", "答案"), ("吊物下面可以走人吗（ ）？", "可以", "不可以", "B"),
         ("手套能戴着用钻床吗（ ）？", "能", "不能", "")],
    ):  # fmt: skip
        table = document.add_table(rows=len(rows), cols=4)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                table.cell(number, place).text = text
        document.add_paragraph()
    return containers.saved(document)


@pytest.fixture
def haul(tmp_path: Path) -> Haul:
    (tmp_path / "题库.docx").write_bytes(word())
    return read_file(tmp_path / "题库.docx")


def test_each_line_has_its_place(haul: Haul) -> None:
    stems = {found.stem: found for found in haul.questions}
    typed = next(found for stem, found in stems.items() if stem.startswith("下列"))
    assert typed.place() == "“一、单选题（每题 2 分）”下，第 12 题，“下列哪种灭火器能扑救带电…”"
    automatic = next(found for stem, found in stems.items() if stem.startswith("应急"))
    assert automatic.place() == "“二、判断题”下，第 2 题，“应急照明灯可以随意拔下来…”"
    cell = next(found for stem, found in stems.items() if stem.startswith("手套"))
    assert cell.place() == "“第二部分 机械”下，表 2 第 3 行"
    option = typed.place(typed.line + 1)
    assert option == "“一、单选题（每题 2 分）”下，第 12 题，“A．水基”"


def test_the_summaries_say_it(command: Command, house: Path) -> None:
    (house / "题库.docx").write_bytes(word())
    done = command("import", "quiz", "题库.docx", "-o", "quizzes/fire.yml", "--no-ask")
    assert done.returncode == 0, done.stderr
    place = "“一、单选题（每题 2 分）”下，第 12 题，“下列哪种灭火器能扑救带电…”"
    assert re.search(rf"题库\.docx:7: {re.escape(place)}：.*没有答案", done.stdout), done.stdout
    assert "“第二部分 机械”下，表 2 第 3 行：" in done.stdout
    rejected = yaml.safe_load((house / "quizzes/fire.rejected.yml").read_text("utf-8"))
    assert place in [item["place"] for item in rejected["rejected"]]
    told: dict[str, Any] = json.loads(
        command("import", "quiz", "题库.docx", "--format", "json").stdout
    )
    asked = next(one for one in told["questions"] if one["stem"].startswith("下列"))
    assert asked["line"] == 7 and asked["place"] == place
    assert all(isinstance(one["line"], int) and one["place"] for one in asked["problems"])


def test_a_text_file_has_lines_and_no_places(command: Command, house: Path) -> None:
    """The twin: where a line's number says enough, nothing is added."""
    (house / "x.txt").write_text("一、单选题\n1．甲（ ）。\nA．乙\nB．丙\n", "utf-8")
    done = command("import", "quiz", "x.txt")
    assert re.search(r"(?m)^x\.txt:2: [^“]*没有答案", done.stdout), done.stdout
    told = json.loads(command("import", "quiz", "x.txt", "--format", "json").stdout)
    assert (
        "place" not in told["questions"][0] and "place" not in told["questions"][0]["problems"][0]
    )


@pytest.mark.parametrize(
    "text",
    [
        "一、安全阀可以自行拆卸。（×）",
        "三、什么是本质安全",
        "（一）下列哪道题是对的？",
        "1．单选题",
    ],
)
def test_a_question_is_no_heading(text: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(text)
    document.add_paragraph("1．出口可以上锁。（×）")
    (tmp_path / "x.docx").write_bytes(containers.saved(document))
    assert read_file(tmp_path / "x.docx").places[2].heading == ""
