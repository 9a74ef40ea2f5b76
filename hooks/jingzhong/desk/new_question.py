"""A new question at the end of a bank: nothing that stands in the file is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path

from jingzhong.desk.new_forms import known_ids, mapping, scalar, sequence, write_node
from jingzhong.desk.new_hints import numbered
from jingzhong.desk.yaml_tree import Branch, UnsafeError, parse_tree
from jingzhong.errors import Problem, Report, expected
from jingzhong.model import source as nodes
from jingzhong.model.fields import At, ListOf, specs
from jingzhong.model.quizzes import BLANK, Bank, parse_bank
from jingzhong.model.source import Node, Source, load_source

Vocabulary = Mapping[str, Mapping[str, str]]


class BankError(Exception):
    """The bank cannot take the question; the words are Chinese, one fault a line."""


def load_bank(root: Path, path: Path, vocabularies: Vocabulary) -> tuple[Source, Bank]:
    """A bank that can be read, with its text; BankError otherwise."""
    report = Report()
    source = load_source(root, path, report)
    bank = _parse(source, vocabularies, report) if source else None
    if source is None or bank is None or report.errors:
        raise BankError("\n".join(map(str, report.errors)))
    return source, bank


def _parse(source: Source, vocabularies: Vocabulary, report: Report) -> Bank | None:
    return parse_bank(source, At(source.path, "", report, vocabularies))


def next_id(root: Path, bank: Bank) -> str:
    """The id after the bank's last: `home-040` → `home-041`, free in every bank."""
    match = re.fullmatch(r"(.*?)([0-9]+)", bank.questions[-1].id)
    head, number = (match[1], match[2]) if match else (f"{bank.id}-", "000")
    taken, count = set(known_ids(root, "question")), int(number) + 1
    while f"{head}{count:0{len(number)}}" in taken:
        count += 1
    return f"{head}{count:0{len(number)}}"


def add_question(
    source: Source, bank: Bank, question: nodes.Mapping, vocabularies: Vocabulary
) -> str:
    """The bank's text with one more question; BankError names what the model finds wrong."""
    try:
        tree = parse_tree(source.text)
    except UnsafeError as error:
        raise BankError(f"{source.path}：{error}") from None
    last = max(tree.root.entries, key=lambda entry: entry.start)
    asked = last.value
    if not (last.key and last.key.text == "questions" and isinstance(asked, Branch)):
        raise BankError(f"{source.path}：questions 不在最后，请先运行 python hooks fmt。")
    if asked.is_flow:
        raise BankError(f"{source.path}：题目写在方括号里，请先运行 python hooks fmt。")
    lines = write_node(mapping({"questions": sequence([question])}), Bank).split("\n")[1:]
    pad = " " * asked.entries[0].column
    added = "\n".join(pad + line[2:] if line else line for line in lines)
    text = source.text.rstrip("\n") + "\n" + added
    report = Report()
    after = _parse(Source(source.path, text), vocabularies, report)
    if after is None or report.errors:
        found = (f"字段 {p.field}: {p.message}" for p in report.errors)
        raise BankError("\n".join(found))
    if after.questions[:-1] != bank.questions or len(after.questions) != len(bank.questions) + 1:
        raise BankError(f"{source.path}：加上以后别的题会变，请先运行 python hooks fmt。")
    return text


def question_problems(question: Node, vocabularies: Vocabulary) -> tuple[Problem, ...]:
    """What the model says of a question by itself."""
    report, kind = Report(), specs(Bank)["questions"][0].kind
    assert isinstance(kind, ListOf)
    kind.of.read(question, At("", "", report, vocabularies), "")
    return report.errors


def question_faults(
    answers: Mapping[str, Node],
    name: str,
    vocabularies: Vocabulary,
    taken: Collection[str],
    fresh: str,
) -> Iterator[str]:
    """What the model says of one field among those already given; `fresh` is a free id."""
    rest = {"id": "x", "type": "judge", "stem": "x", "answer": "对", "explanation": "x"}
    whole = {key: scalar(text) for key, text in {**rest, "difficulty": "1"}.items()}
    problems = question_problems(mapping({**whole, **answers}), vocabularies)
    found = (problem for problem in problems if re.match(rf"{name}(\W|$)", problem.field))
    yield from (problem.message for problem in found)
    if name == "id" and getattr(answers["id"], "text", "") in taken:
        yield expected("没有用过的题目 id", "已经有的 id", fresh)


def ask_answer(must: Callable[..., str], answers: Mapping[str, Node]) -> Node:
    """The answer of a question, asked in the way of its type; `must(label, hint)` asks a line."""
    kind, stem = (getattr(answers.get(name), "text", "") for name in ("type", "stem"))
    if kind == "blank":
        count = len(BLANK.findall(stem))
        texts = [must(f"第 {n} 空", "几种写法用 / 分开") for n in range(1, count + 1)]
        return sequence(sequence(scalar(one.strip()) for one in t.split("/")) for t in texts)
    if kind == "match":
        names = [key.text for key, _ in getattr(answers.get("left"), "entries", ())]
        return mapping({n: scalar(must(f"{n} 配右列第几项", "例：2")) for n in names})
    if kind == "judge":
        return scalar(numbered(must("答案", "1. 对　2. 错"), {"对": "", "错": ""}))
    example = {"multiple": "ABD", "order": "BDAC"}.get(kind, "B")
    return scalar(must("答案", f"例：{example}").upper())
