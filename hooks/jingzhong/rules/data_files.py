"""Reads the rule files that editors may extend (`rules/data/*.yml`)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, TypeVar

from jingzhong.errors import ContentError, Report, quoted
from jingzhong.model.fields import INVALID, At, Kind, Record, read_record
from jingzhong.model.source import Node, load_source, parse_yaml

DATA = Path(__file__).parent / "data"

R = TypeVar("R", bound=Record)


class Pattern(Kind):
    """A regular expression, kept compiled."""

    what = "正则表达式"

    def read(self, node: Node, at: At, example: str) -> Any:
        scalar = self.scalar(node, at, example)
        if scalar is None:
            return INVALID
        try:
            return re.compile(scalar.text)
        except re.error as error:
            at.fail(scalar.line, self.what, f"{quoted(scalar.text)}（{error}）", example)
            return INVALID


def load_rules(record: type[R], name: str, folder: Path = DATA) -> R:
    """Read one rule file by its schema; ContentError carries every fault in it."""
    report = Report()
    path = f"hooks/jingzhong/rules/data/{name}"
    source = load_source(folder, folder / name, report)
    node = parse_yaml(source.text, path, report) if source else None
    rules = read_record(record, node, At(path, "", report)) if node else None
    if report.errors or rules is None:
        raise ContentError(report.problems)
    return rules
