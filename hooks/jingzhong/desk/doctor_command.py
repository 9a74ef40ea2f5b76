"""`python hooks doctor`: the findings and figures of banks, to read, as JSON, or as a table."""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from jingzhong.desk.bank_doctor import Symptom, Vitals, examine, vitals
from jingzhong.errors import Report, nearest, why
from jingzhong.model.library import load_library

MAX_NAME = 255  # Bytes; a Chinese character takes three.
HEADINGS = ("题库", "题目", "问题", "说明", "文件", "行")
FIGURES = (
    "题库",
    "名称",
    "题数",
    "题型",
    "单选答案",
    "正确选项最长",
    "判断为对",
    "有条文",
    "有案例",
    "难度",
)


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `doctor` to the command line."""
    parser = verbs.add_parser("doctor", help="题库体检：重复、冲突、能蒙对的、绕口的、依据变过的题")
    parser.add_argument("bank", nargs="*", metavar="题库", help="题库 id（默认全部）")
    parser.add_argument("--xlsx", type=Path, metavar="文件", help="另存为 Excel 表，发给同事")
    parser.add_argument("--force", action="store_true", help="Excel 文件已经有了也覆盖")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Examine; 1 when something was found, 2 when the question itself is wrong."""
    report = Report()
    library = load_library(options.root, options.config, report)
    if library is None:
        print("内容读不出来，先运行 python hooks check 看错误。", file=sys.stderr)
        return 2
    unknown = [name for name in options.bank if name not in library.bank_by_id]
    for name in unknown:
        hint = nearest(name, library.bank_by_id)
        print(f"quizzes/ 里没有能读的题库“{name}”{hint}。", file=sys.stderr)
    if unknown or (options.xlsx and not _may_write(options.xlsx, options.force)):
        return 2
    banks = tuple(bank for bank in library.banks if not options.bank or bank.id in options.bank)
    unread = dict.fromkeys(problem.path for problem in report.errors)
    if unread:
        print(
            f"有错的文件没有看（{'、'.join(unread)}），先运行 python hooks check 看错在哪里。",
            file=sys.stderr,
        )
    found = sorted(examine(library, banks), key=lambda one: (one.path, one.line, one.kind))
    figures = [vitals(bank) for bank in banks]
    if options.format == "json":
        value = {
            "banks": [dataclasses.asdict(one) for one in figures],
            "findings": [dataclasses.asdict(one) for one in found],
        }
        print(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        _print(found, figures)
    if options.xlsx:
        try:
            write_table(options.xlsx, found, figures, library.settings.as_of)
        except OSError as error:
            print(f"{options.xlsx}：写不进去（{why(error)}）", file=sys.stderr)
            return 2
        print(f"已写好 {options.xlsx}", file=sys.stderr)
    return bool(found)


def _may_write(path: Path, force: bool) -> bool:
    if len(path.name.encode()) > MAX_NAME or path.is_dir() or not path.parent.is_dir():
        print(f"{path}：应为一个能写的文件名。例：体检.xlsx", file=sys.stderr)
        return False
    if path.exists() and not force:
        print(f"{path} 已经有了；要覆盖请加 --force。", file=sys.stderr)
        return False
    return True


def _print(found: list[Symptom], figures: list[Vitals]) -> None:
    for one in found:
        print(f"{one.path}:{one.line}: {one.question or '整个题库'}：{one.kind}：{one.message}")
    for counts in figures:
        print("　".join(f"{name} {cell}" for name, cell in zip(FIGURES, _row(counts), strict=True)))
    print(f"体检完毕：{len(figures)} 个题库，{len(found)} 处要看一看。")


def _row(one: Vitals) -> tuple[str, ...]:
    singles = sum(one.letters.values())
    return (
        one.bank,
        one.title,
        str(one.questions),
        "、".join(f"{name} {count}" for name, count in one.types.items()),
        "、".join(f"{letter} {count}" for letter, count in one.letters.items()) or "无",
        f"{one.longest}/{singles}",
        f"{one.true}/{one.types.get('判断题', 0)}",
        f"{one.with_law / max(one.questions, 1):.0%}",
        f"{one.with_case / max(one.questions, 1):.0%}",
        "、".join(f"{level} 级 {count}" for level, count in one.difficulty.items()),
    )


def write_table(
    path: Path, found: list[Symptom], figures: list[Vitals], as_of: datetime.date
) -> None:
    """An Excel file with two sheets; every cell is text, so that none can be a formula."""
    book = Workbook()
    book.properties.creator = "警钟"
    book.properties.created = datetime.datetime(as_of.year, as_of.month, as_of.day)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "要看的题"
    rows = [(o.bank, o.question, o.kind, o.message, o.path, str(o.line)) for o in found]
    _fill(sheet, HEADINGS, rows, (18, 16, 12, 50, 30, 6))
    _fill(
        book.create_sheet("各库数字"),
        FIGURES,
        [_row(one) for one in figures],
        (18, 24, 6, 40, 24, 12, 10, 8, 8, 36),
    )
    book.save(path)


def _fill(
    sheet: Worksheet,
    headings: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    widths: tuple[int, ...],
) -> None:
    for number, row in enumerate((headings, *rows), 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = text
            cell.data_type = "s"
            if number == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFGHIJ", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
