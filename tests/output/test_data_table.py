"""The table of all cases and the counts on 看数据: what the content says, and unknown is never zero."""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import re
from collections import Counter
from pathlib import Path

import pytest

from jingzhong.errors import Report
from jingzhong.model.cases import Case, Casualties
from jingzhong.model.library import Library, load_library
from jingzhong.output.data_page import cases_table, data_page

HEAD = (
    "编号,标题,日期,省,市,行业领域,事故类型,等级,状态,死亡,失踪,受伤,直接经济损失（万元）,调查报告"
)


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    """The content of this repository."""
    found = load_library(project, project / "mkdocs.yml", Report())
    assert found is not None
    return found


def rows_of(text: str) -> list[dict[str, str]]:
    """The rows of a table as a spreadsheet reads them."""
    assert text.startswith("\ufeff"), "Excel takes a file without the mark for GBK"
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def with_case(library: Library, **changes: object) -> Library:
    """The library with one case only, changed."""
    case = dataclasses.replace(library.cases[0], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(library, cases=(case,))


def number(cell: str) -> float | None:
    """The number in a cell; an empty cell is unknown."""
    return float(cell) if cell else None


def test_each_case_is_a_row(library: Library) -> None:
    file = cases_table(library)
    assert file.address == "data/cases.csv"
    lines = file.text.removeprefix("\ufeff").split("\r\n")
    assert lines[0] == HEAD and lines[-1] == ""
    assert "\n" not in file.text.replace("\r\n", "")
    rows = rows_of(file.text)
    assert [row["编号"] for row in rows] == [case.id for case in library.cases]
    for row, case in zip(rows, library.cases, strict=True):
        people = case.casualties
        assert row["标题"] == case.title and row["日期"] == case.date.isoformat()
        assert row["行业领域"].split("、") == list(case.sector)
        assert number(row["死亡"]) == people.deaths
        assert number(row["失踪"]) == people.missing
        assert number(row["受伤"]) == people.injuries
        assert number(row["直接经济损失（万元）"]) == case.economic_loss_wan
        assert row["等级"] == (case.grade or "")
        assert row["调查报告"] == (case.report.title if case.report else "")


def test_unknown_is_empty_and_zero_is_zero(library: Library) -> None:
    unknown = with_case(
        library, casualties=Casualties(missing=0), grade=None, economic_loss_wan=None
    )
    (row,) = rows_of(cases_table(unknown).text)
    assert (row["死亡"], row["失踪"], row["受伤"], row["等级"]) == ("", "0", "", "")
    assert row["直接经济损失（万元）"] == ""


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_no_cell_is_a_formula(library: Library, title: str) -> None:
    (row,) = rows_of(cases_table(with_case(library, title=title)).text)
    assert row["标题"] == "'" + title
    for cell in row.values():
        assert cell[:1] not in ("=", "+", "-", "@", "\t")


@pytest.mark.parametrize("title", ["甲，乙", '他说,"好"', "一\n二", "2015"])
def test_text_comes_back_as_it_was(library: Library, title: str) -> None:
    (row,) = rows_of(cases_table(with_case(library, title=title)).text)
    assert row["标题"] == title


def test_a_library_without_cases_has_a_table_with_a_head(library: Library) -> None:
    empty = dataclasses.replace(library, cases=())
    assert cases_table(empty).text == f"\ufeff{HEAD}\r\n"
    assert data_page(empty).data["total"] == 0


# 看数据

PATTERN = re.compile(r'<tr><th scope="row">([^<]*)</th><td>(\d+)</td></tr>')


def counts(text: str) -> dict[str, dict[str, int]]:
    """Anchor → word → number in the tables of a page."""
    found = {}
    for section in text.split("<section aria-labelledby=")[1:]:
        anchor = section.split('"')[1]
        found[anchor] = {
            html.unescape(name): int(count) for name, count in PATTERN.findall(section)
        }
    return found


def expected(cases: tuple[Case, ...]) -> dict[str, dict[str, int]]:
    """The same from the content."""
    return {
        "years": dict(Counter(str(case.date.year) for case in cases)),
        "grades": dict(Counter(case.grade or "未公布" for case in cases)),
        "sectors": dict(Counter(name for case in cases for name in case.sector)),
        "types": dict(Counter(case.accident_type.current for case in cases)),
    }


def test_the_page_shows_what_the_content_says(library: Library, site_dir: Path) -> None:
    text = (site_dir / "data.html").read_text("utf-8")
    found = counts(text)
    assert found == expected(library.cases)
    # What a table says, its drawing says.
    drawings = re.findall(r"<svg.*?</svg>", text, re.DOTALL)[-4:]
    for drawing, table in zip(drawings, found.values(), strict=True):
        for word, count in table.items():
            assert f">{html.escape(word)}<" in drawing and f">{count}<" in drawing
    assert "这不是事故统计" in text
    # One case less, and the numbers are others.
    assert found != expected(library.cases[1:])
