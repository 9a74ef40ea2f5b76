"""Excel, CSV, Word, plain text and 问卷星, read back by openpyxl, csv, python-docx and our importer."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import docx
import openpyxl
import pytest
from exporting import TRAPS, Exported, load, visible, write_project

from jingzhong.exchange.export import table
from jingzhong.exchange.questions.open_file import read_bytes
from jingzhong.model.quizzes import Question


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(load(write_project(tmp_path_factory.mktemp("exported"))))


def rows_of(exported: Exported, name: str) -> dict[str, dict[str, str]]:
    """Question id → cells by heading."""
    if name == "csv":
        lines = list(csv.reader(io.StringIO(exported.text("csv"), newline="")))
    else:
        book = openpyxl.load_workbook(io.BytesIO(exported.content("xlsx")))
        lines = [["" if c is None else c for c in row] for row in book["题目"].values]
    return {row[-1]: dict(zip(lines[0], row, strict=True)) for row in lines[1:]}


def row_faults(question: Question, row: dict[str, str], *, quoted: bool) -> list[str]:
    """Where a row does not say what its question says."""
    judge = {True: "对", False: "错"}
    answer = {
        "judge": lambda: judge[question.answer],
        "blank": lambda: "；".join("|".join(words) for words in question.answer),
        "match": lambda: "；".join(f"左{a}—右{b}" for a, b in question.answer.items()),
    }.get(question.type, lambda: question.answer)()
    wanted = {
        "题型": question.type_name,
        "题干": question.stem,
        "答案": answer,
        "解析": question.explanation,
        "材料": question.passage or "",
        "难度": str(question.difficulty),
        "主题": "；".join(question.topics),
        "左列": "\n".join(f"{a}. {text}" for a, text in question.left.items()),
        "右列": "\n".join(f"{a}. {text}" for a, text in question.right.items()),
        "各空可互换": "是" if question.any_order else "",
        "不打乱的选项": "".join(question.fixed_options),
        **{f"选项{letter}": question.options.get(letter, "") for letter in "ABCD"},
    }
    return [
        f"{question.id} {name}: {row[name]!r}"
        for name, text in wanted.items()
        if row[name] != (table.guarded(visible(text)) if quoted else visible(text))
    ]


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_a_table_says_all_that_the_bank_says(exported: Exported, name: str) -> None:
    rows = rows_of(exported, name)
    assert list(rows) == list(exported.questions)
    faults = [
        fault
        for question in exported.questions.values()
        for fault in row_faults(question, rows[question.id], quoted=name == "csv")
    ]
    assert faults == []
    assert rows["one"]["条文"] == "《消防法》第二十八条"
    # The twin: another question's row is noticed.
    assert row_faults(exported.questions["one"], rows["many"], quoted=False)


def test_no_cell_of_a_sheet_is_a_formula(exported: Exported) -> None:
    content = exported.content("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    risky = [cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    assert len(risky) >= 8
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in risky)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [n for n in archive.namelist() if b"<f>" in archive.read(n)]


def test_what_would_be_a_formula_is_seen() -> None:
    """The twin: openpyxl itself would write one."""
    sheet = openpyxl.Workbook().active
    sheet["A1"] = TRAPS[2]
    assert sheet["A1"].data_type == "f"


def test_no_cell_of_a_csv_is_a_formula(exported: Exported) -> None:
    content, losses = exported.make("csv")
    cells = [c for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for c in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    changed = [cell for cell in cells if cell.startswith("'")]
    told = [loss for loss in losses if "半角单引号" in loss.how]
    assert [loss.what for loss in told] == [f"{len(changed)} 格文字"]
    assert len(changed) >= 8


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r1", " =1", "＝1", "\n-1"])
def test_the_guard_of_csv(text: str) -> None:
    assert table.guarded(text) == "'" + text
    assert table.guarded("甲" + text) == "甲" + text


def test_a_sheet_has_its_picture_and_says_what_stayed(exported: Exported) -> None:
    content, losses = exported.make("xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    about = [str(row[1]) for row in book["说明"].values]
    assert [str(loss) for loss in losses] == about[-len(losses) :]
    assert any("读不了的图片（1 题：lost）" in line for line in about)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        media = [name for name in archive.namelist() if "/media/" in name]
        assert len(media) == 1 and archive.read(media[0]).startswith(b"\x89PNG")
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    row = list(exported.questions).index("seen") + 1
    assert f"<xdr:row>{row}</xdr:row>" in drawing.replace("<row>", "<xdr:row>").replace(
        "</row>", "</xdr:row>"
    )


def test_word_says_all_that_the_bank_says(exported: Exported) -> None:
    content, losses = exported.make("docx")
    document = docx.Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in document.paragraphs]
    text = "\n".join(lines)
    for number, question in enumerate(exported.questions.values(), 1):
        start = text.index(f"{number}. 【{question.type_name}】")
        end = text.find(f"题号：{question.id}", start)
        block = text[start:end]
        for part in (question.stem, question.explanation, *question.options.values()):
            assert visible(part).split("\n")[0] in block, (question.id, part)
        assert "\n答案：" in block and f"难度：{question.difficulty}" in block
    assert text.count("材料一") == 1
    assert len(document.inline_shapes) == 1
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "图甲"
    assert "［图：图丙］" in text
    assert "未能带走的内容" in lines and f"· {losses[-1]}" in lines
    assert document.core_properties.modified.isoformat().startswith("2026-11-23T00:00:00")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<script>" not in archive.read("word/document.xml")


# What the importer cannot keep, or the format cannot say.
TEXTS = {"txt": "x.txt", "docx": "x.docx", "xlsx": "x.xlsx", "wjx": "x.txt"}


@pytest.mark.parametrize("name", TEXTS)
def test_our_importer_reads_it_back(exported: Exported, name: str) -> None:
    plain = ("one", "fixed", "many", "yes", "no", "blank", "blanks", "seen")
    found = read_bytes(exported.content(name), TEXTS[name]).questions
    for key in plain:
        question = exported.questions[key]
        same = [one for one in found if question.stem[:5] in one.stem and key in one.explanation]
        assert len(same) == 1, (name, key)
        answer = question.answer
        if question.type == "blank":
            answer = [words[0] if name == "wjx" else "|".join(words) for words in answer]
        assert (same[0].type, same[0].answer) == (question.type, answer), (name, key)
        assert dict(same[0].options) in (dict(question.options), {"A": "对", "B": "错"})
    for one in found:
        matched = [q for q in exported.questions.values() if q.explanation == one.explanation]
        if matched and matched[0].type in ("match", "order") and one.type in ("single", "multiple"):
            assert one.blocked, "a pair or an order is never taken for a choice"


def test_wenjuanxing_text(exported: Exported) -> None:
    text = exported.text("wjx").replace("\r\n", "\n")
    assert "1. 问one是什么？[单选题]\nA. 做法A\n" in text
    assert (
        "D. 做法D\n正确答案: C\n答案解析: 道理one，讲明白。（条文：《消防法》第二十八条）\n" in text
    )
    assert "[多选题]\n" in text and "正确答案: ABD\n" in text
    assert "问no是什么？[判断题]\nA. 对\nB. 错\n正确答案: B\n" in text
    assert (
        "甲____乙____丙[填空题]\n正确答案: 119|120\n答案解析: 道理blanks，讲明白。（第 2 空也可以写：一二零）"
        in text
    )
    assert re.search(r"问order是什么？ ［A］做法A.*\[简答题\]\n正确答案: 1\. B．做法B；2\. D", text)
    assert "［图：图甲］[单选题]" in text
    blocks = text.strip().split("\n\n")
    assert len(blocks) == len(exported.questions), "a block is a question, nothing else"
    assert all(re.match(r"\d+\. .*\[..?.?题\]\n", block) for block in blocks)
