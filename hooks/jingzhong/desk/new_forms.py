"""What `python hooks new` makes: for each kind of file its record, its place, what is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jingzhong.desk.yaml_tree import Branch, Entry, Leaf, Tree
from jingzhong.desk.yaml_writer import Knowing, inner, write_tree
from jingzhong.errors import Problem, Report
from jingzhong.model import source as nodes
from jingzhong.model.cases import SECTIONS, Case, parse_case
from jingzhong.model.contests import Contest, parse_contest
from jingzhong.model.fields import At, Boolean, Integer, Record
from jingzhong.model.plans import Plan, parse_plan
from jingzhong.model.quizzes import Bank, Question, parse_bank
from jingzhong.model.regulations import Regulation, parse_regulation
from jingzhong.model.source import Node, Source


@dataclass(frozen=True)
class Form:
    """One kind of file; `sections` are the parts of a Markdown body that can be asked for."""

    label: str
    record: type[Record]
    folder: str
    suffix: str
    parse: Callable[[Source, At], Record | None]
    optional: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    def path(self, root: Path, name: str) -> Path:
        """The file of an object with this id."""
        return root / self.folder / f"{name}{self.suffix}"


LEAD = "导语"
FORMS: Mapping[str, Form] = {
    "case": Form(
        "事故案例",
        Case,
        "cases",
        ".md",
        parse_case,
        (
            "aliases",
            "time",
            "company",
            "grade",
            "economic_loss_wan",
            "timeline",
            "violations",
            "report",
        ),
        SECTIONS,
    ),
    "bank": Form("题库", Bank, "quizzes", ".yml", parse_bank, ("topics", "description")),
    "question": Form(
        "题目", Question, "quizzes", ".yml", parse_bank, ("law", "case", "topics", "any_order")
    ),
    "regulation": Form(
        "法规",
        Regulation,
        "content/regulations",
        ".md",
        parse_regulation,
        ("aliases", "article_count", "topics"),
        (LEAD,),
    ),
    "contest": Form("竞赛", Contest, "quizzes/contests", ".yml", parse_contest, ("time_minutes",)),
    "plan": Form("一个月的计划", Plan, "quizzes/plans", ".yml", parse_plan),
}
# What a question of each type needs besides stem and answer.
PARTS = {
    "single": ("options",),
    "multiple": ("options",),
    "order": ("options",),
    "match": ("left", "right"),
}
HOLDERS = {
    "case": "cases/*.md",
    "regulation": "content/regulations/*.md",
    "bank": "quizzes/*.yml",
}


def known_ids(root: Path, target: str) -> tuple[str, ...]:
    """The ids that a reference may name, by the files that exist."""
    if target == "question":
        return tuple(
            name
            for path in _contents(root, HOLDERS["bank"])
            for name in re.findall(r"^ *(?:- +)?id: *([a-z0-9-]+) *$", _text(path), re.M)
        )
    return tuple(path.stem for path in _contents(root, HOLDERS[target]))


def _text(path: Path) -> str:
    """A file's text; one that cannot be opened has none, which `check` tells."""
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _contents(root: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(root.glob(pattern)):
        if path.is_file() and re.fullmatch("[a-z0-9-]+", path.stem):
            yield path


def render(form: Form, node: nodes.Mapping, body: Mapping[str, str]) -> str:
    """The canonical text of a new file."""
    text = write_node(node, form.record)
    if form.suffix == ".yml":
        return text
    parts = [
        words if heading == LEAD else f"## {heading}\n\n{words}"
        for heading in form.sections
        if (words := body.get(heading, "").strip())
    ]
    return f"---\n{text}---\n" + "".join(f"\n{part}\n" for part in parts)


def write_node(node: nodes.Mapping, record: type[Record]) -> str:
    """A mapping as canonical YAML; numbers stand bare, texts get quotes where they need them."""
    value = _grown(node, record)
    assert isinstance(value, Branch)
    return write_tree(Tree([], value, []), record)


def _grown(node: Node, known: Knowing) -> Leaf | Branch:
    if isinstance(node, nodes.Scalar):
        return Leaf(node.text, isinstance(known, Integer | Boolean))
    branch = Branch(isinstance(node, nodes.Mapping), False)
    pairs: list[tuple[Leaf | None, Node]] = (
        [(Leaf(key.text, False), value) for key, value in node.entries]
        if isinstance(node, nodes.Mapping)
        else [(None, value) for value in node.items]
    )
    for key, value in pairs:
        entry = Entry(key, Leaf("", True), 0, 0, branch, None)
        entry.value = _grown(value, inner(known, entry))
        branch.entries.append(entry)
    return branch


def problems_of(
    form: Form, path: str, text: str, vocabularies: Mapping[str, Mapping[str, str]]
) -> tuple[Problem, ...]:
    """What the model says of a whole new file."""
    report = Report()
    form.parse(Source(path, text), At(path, "", report, vocabularies))
    return report.errors


def scalar(text: str) -> nodes.Scalar:
    """An answer as a node: what is typed counts as written without quotes."""
    return nodes.Scalar(text, 1, True)


def mapping(pairs: Mapping[str, Node]) -> nodes.Mapping:
    """Named answers as a node."""
    return nodes.Mapping(tuple((scalar(name), value) for name, value in pairs.items()), 1)


def sequence(items: Any) -> nodes.Sequence:
    """Several answers as a node."""
    return nodes.Sequence(tuple(items), 1)
