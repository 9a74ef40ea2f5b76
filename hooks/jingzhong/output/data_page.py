"""看数据: what the collection holds, as charts with their tables, and as a table to download."""

from __future__ import annotations

import csv
import io
from collections import Counter

from jingzhong.model.cases import GRADES
from jingzhong.model.library import Library
from jingzhong.output import urls
from jingzhong.output.charts import bar_chart
from jingzhong.output.page import Heading, Page, TextFile


def data_page(library: Library) -> Page:
    """Counts by year, grade, sector and type."""
    cases = library.cases
    years = Counter(str(case.date.year) for case in cases)
    grades = Counter(case.grade or "未公布" for case in cases)
    sectors = Counter(name for case in cases for name in case.sector)
    types = Counter(case.accident_type.current for case in cases)
    tables = [
        ("years", "按年份", "年份", sorted(years.items(), reverse=True)),
        ("grades", "按等级", "等级", [(g, grades[g]) for g in (*GRADES, "未公布") if grades[g]]),
        ("sectors", "按行业领域", "行业领域", _ranked(sectors)),
        ("types", "按事故类型", "事故类型（GB 6441-2025）", _ranked(types)),
    ]
    return Page(
        address=urls.DATA,
        title="看数据",
        template="data.html",
        description=f"本站收录的 {len(cases)} 起事故案例，按年份、等级、行业领域和类型看",
        data={
            "tables": [
                {
                    "anchor": anchor,
                    "heading": heading,
                    "column": column,
                    "rows": rows,
                    "chart": bar_chart(anchor, f"{heading}的案例起数", rows) if rows else "",
                }
                for anchor, heading, column, rows in tables
            ],
            "total": len(cases),
        },
        headings=tuple(Heading(anchor, heading) for anchor, heading, _, _ in tables),
        date=library.settings.as_of,
        column="看数据",
    )


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


_COLUMNS = (
    "编号",
    "标题",
    "日期",
    "省",
    "市",
    "行业领域",
    "事故类型",
    "等级",
    "状态",
    "死亡",
    "失踪",
    "受伤",
    "直接经济损失（万元）",
    "调查报告",
)


def cases_table(library: Library) -> TextFile:
    """All cases as CSV for spreadsheets; unknown numbers are empty, never zero."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for case in library.cases:
        people = case.casualties
        values = (
            case.id,
            case.title,
            case.date.isoformat(),
            case.place.province,
            case.place.city,
            "、".join(case.sector),
            case.accident_type.current,
            case.grade,
            case.status,
            people.deaths,
            people.missing,
            people.injuries,
            case.economic_loss_wan,
            case.report.title if case.report else None,
        )
        writer.writerow(["" if value is None else _cell(str(value)) for value in values])
    # The mark tells Excel that the file is UTF-8.
    return TextFile(urls.CASES_TABLE, "\ufeff" + buffer.getvalue())


def _cell(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets a quote in front (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
