"""The Word file opens, holds everything as text, and has the same bytes each time."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from types import ModuleType

import docx
import pytest
from docx.document import Document

from jingzhong.channels.paper import printing
from jingzhong.channels.paper.composing import Paper, compose_bank, compose_contest
from jingzhong.channels.paper.payload import FORMS, paper_payload
from jingzhong.channels.paper.word import make_word
from jingzhong.model.library import Library

DAY = datetime.date(2026, 11, 23)


@pytest.fixture(scope="module")
def paper(library: Library) -> Paper:
    every = next(contest for contest in library.contests if contest.id == "every")
    return compose_contest(library, every, ("A",))


@pytest.fixture(scope="module")
def content(paper: Paper, library: Library) -> bytes:
    pictures = printing.load_pictures(library.root, library.bank_by_id["all"].questions)
    return make_word(paper_payload(paper, paper.sheets[0], FORMS["a4"]), pictures, DAY)


@pytest.fixture(scope="module")
def document(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def written(document: Document) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_everything_is_there_as_text(document: Document, paper: Paper) -> None:
    text = written(document)
    for item in paper.sheets[0].items:
        for piece in item.question.stem.split("____"):
            assert printing.plain_text(piece) in text, item.question.id
        for option in item.options:
            assert f"{option.letter}．{printing.plain_text(option.text)}" in text, item.question.id
    for word in (
        "小竞赛（A 卷）",
        "密",
        "封",
        "线",
        "学校",
        "班级",
        "姓名",
        "考号",
        "［图：图丙］",
    ):
        assert word in text, word
    assert "一、单项选择题（每题1分，共40分）" in text


def test_headings_are_bold_hei(document: Document) -> None:
    (run,) = [r for p in document.paragraphs for r in p.runs if r.text.startswith("一、单项选择题")]
    assert run.bold
    assert 'w:eastAsia="黑体"' in run._r.xml


def test_a_question_is_kept_together(document: Document, paper: Paper) -> None:
    first = next(i for i, p in enumerate(document.paragraphs) if p.text.startswith("1.\t"))
    second = next(i for i, p in enumerate(document.paragraphs) if p.text.startswith("2.\t"))
    own = document.paragraphs[first:second]
    assert len(own) > 1
    assert all(p.paragraph_format.keep_together for p in own)
    assert [bool(p.paragraph_format.keep_with_next) for p in own] == [True] * (len(own) - 1) + [
        False
    ]


def test_pictures_stand_in_it_with_their_words(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert len([name for name in archive.namelist() if name.startswith("word/media/")]) == 2
        body = archive.read("word/document.xml").decode()
    assert 'descr="图甲"' in body and 'descr="图乙"' in body


def test_pages_are_numbered_and_the_code_stands_in_the_foot(
    document: Document, paper: Paper
) -> None:
    foot = document.sections[0].footer._element.xml
    assert "PAGE" in foot and "NUMPAGES" in foot and paper.code in foot


def test_no_clock_is_in_the_file(
    content: bytes, paper: Paper, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))
    pictures = printing.load_pictures(library.root, library.bank_by_id["all"].questions)
    again = make_word(paper_payload(paper, paper.sheets[0], FORMS["a4"]), pictures, DAY)
    assert again == content
    other = make_word(
        paper_payload(paper, paper.sheets[0], FORMS["a4"]), pictures, DAY.replace(day=1)
    )
    assert other != content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(content)).core_properties
    assert (
        properties.created
        == properties.modified
        == datetime.datetime(2026, 11, 23, tzinfo=properties.created.tzinfo)
    )


def test_a_bank_has_no_seal_line(library: Library, printed: ModuleType) -> None:
    paper = compose_bank(library, library.bank_by_id["all"])
    data = paper_payload(paper, paper.sheets[0], FORMS["a4"])
    text = written(docx.Document(io.BytesIO(make_word(data, {}, DAY))))
    assert "密" not in text and "得分" not in text and "题干single-1问什么？" in text
