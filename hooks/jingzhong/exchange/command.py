"""`python hooks import …`: one sub-verb for each kind of content that comes from outside."""

from __future__ import annotations

import argparse

from jingzhong.exchange.questions import command as questions


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `import` to the command line."""
    parser = verbs.add_parser("import", help="从别的格式导入题目")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="什么")
    questions.add_parser(kinds)
