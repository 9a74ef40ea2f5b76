"""The canonical form of a content file, and the proof that rewriting changed nothing.

A text is only given back when the rewritten one reads the same node by node, carries the same
comments, and is its own canonical form. Everything else is left alone, with a reason.
"""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath

from jingzhong.desk.yaml_tree import UnsafeError, parse_tree
from jingzhong.desk.yaml_writer import Knowing, write_tree
from jingzhong.errors import Report
from jingzhong.model.cases import Case
from jingzhong.model.contests import Contest
from jingzhong.model.fields import (
    Boolean,
    Integer,
    ListOf,
    MapOf,
    Nested,
    Record,
    specs,
)
from jingzhong.model.pages import ContentPage
from jingzhong.model.plans import Plan
from jingzhong.model.quizzes import Bank
from jingzhong.model.regulations import Regulation
from jingzhong.model.source import Mapping, Node, Scalar, Sequence, Source, parse_yaml
from jingzhong.model.source import split_front_matter as split

# Folder → what its files hold; the longest folder that fits wins.
FOLDERS: dict[str, tuple[type[Record], str]] = {
    "cases": (Case, ".md"),
    "content": (ContentPage, ".md"),
    "content/regulations": (Regulation, ".md"),
    "quizzes": (Bank, ".yml"),
    "quizzes/contests": (Contest, ".yml"),
    "quizzes/plans": (Plan, ".yml"),
}


def record_of(path: str) -> type[Record] | None:
    """What a file holds, by its place in the project (posix, relative); None for other files."""
    place = PurePosixPath(path)
    if place.name.startswith(".") or place.name.lower() == "readme.md":
        return None
    if place.name.endswith(".rejected.yml"):
        return None  # What an import left out; it is no bank.
    folder = next((str(one) for one in place.parents if str(one) in FOLDERS), "")
    record, suffix = FOLDERS.get(folder, (None, ""))
    nested = folder != str(place.parent) and record is not ContentPage
    return None if nested or place.suffix != suffix else record


def canonical(source: Source, record: type[Record]) -> str:
    """The canonical text of one file; UnsafeError when it cannot be rewritten without a risk."""
    if not source.path.endswith(".md"):
        return _checked(source, source.text, record)
    report = Report()
    matter = split(source, report)
    if matter is None or report.errors:
        raise UnsafeError(_first(report))
    lines = source.text.split("\n")
    end = next(i for i in range(1, len(lines)) if lines[i].rstrip() == "---")
    head = _checked(Source(source.path, ""), "\n".join(lines[1:end]), record, first_line=2)
    # Empty lines around a body mean nothing; every line of it stays as it is.
    body = lines[end + 1 :]
    while body and not body[0].strip():
        del body[0]
    while body and not body[-1].strip():
        del body[-1]
    text = "\n".join(["", *body, ""]) if body else ""
    return f"---\n{head}---\n{text}"


def _checked(source: Source, text: str, record: type[Record], *, first_line: int = 1) -> str:
    before = _node(text, source.path, first_line)
    if isinstance(before, Mapping) and not before.entries:
        raise UnsafeError("没有任何字段")
    tree = parse_tree(text)
    new = write_tree(tree, record)
    try:
        after = _node(new, source.path, first_line)
        again = parse_tree(new)
    except UnsafeError:
        raise UnsafeError("改写后读不通") from None
    if not is_same(before, after, record):
        raise UnsafeError("改写后意思会变")
    if Counter(tree.comments) != Counter(again.comments):
        raise UnsafeError("改写后注释会丢")
    if write_tree(again, record) != new:
        raise UnsafeError("改写一次还不稳定")
    return new


def _node(text: str, path: str, first_line: int) -> Node:
    report = Report()
    node = parse_yaml(text, path, report, first_line=first_line)
    if node is None or report.errors:
        raise UnsafeError(_first(report))
    return node


def _first(report: Report) -> str:
    problem = report.problems[0]
    where = f"第 {problem.line} 行"
    return f"{where}{f'字段 {problem.field}' if problem.field else ''}：{problem.message}"


def is_same(before: Node, after: Node, known: Knowing) -> bool:
    """Whether two nodes mean the same to the model. Keys of a record may change their order."""
    if isinstance(before, Scalar) or isinstance(after, Scalar):
        return (
            isinstance(before, Scalar)
            and isinstance(after, Scalar)
            and before.text == after.text
            and before.is_null == after.is_null
            and (before.plain == after.plain or not isinstance(known, Integer | Boolean))
        )
    if isinstance(before, Sequence) or isinstance(after, Sequence):
        if not (isinstance(before, Sequence) and isinstance(after, Sequence)):
            return False
        of = known.of if isinstance(known, ListOf) else None
        pairs = zip(before.items, after.items, strict=False)
        return len(before.items) == len(after.items) and all(is_same(*p, of) for p in pairs)
    record = known.record if isinstance(known, Nested) else known
    old, new = ({key.text: value for key, value in node.entries} for node in (before, after))
    if not isinstance(record, type):
        each = known.of if isinstance(known, MapOf) else None
        return list(old) == list(new) and all(is_same(old[k], new[k], each) for k in old)
    fields = specs(record)
    return old.keys() == new.keys() and all(
        is_same(old[name], new[name], fields[name][0].kind if name in fields else None)
        for name in old
    )
