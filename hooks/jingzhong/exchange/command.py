"""`python hooks import …` and `export …`: one sub-verb for each kind of content."""

from __future__ import annotations

import argparse

from jingzhong.exchange.export import command as export
from jingzhong.exchange.laws import command as laws
from jingzhong.exchange.questions import command as questions
from jingzhong.exchange.reports import command as reports


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verbs `import` and `export` to the command line."""
    parser = verbs.add_parser("import", help="从别的格式导入题目、法规、案例草稿")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="什么")
    questions.add_parser(kinds)
    laws.add_parser(kinds)
    reports.add_parser(kinds)
    exporter = verbs.add_parser("export", help="把题库写成别的程序能用的文件")
    exported = exporter.add_subparsers(dest="kind", required=True, metavar="什么")
    export.add_parser(exported)
