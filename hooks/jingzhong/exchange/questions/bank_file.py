"""Writes a bank as editors write it, and the file of what was left out; reads one back to update it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from jingzhong.desk.yaml_tree import parse_tree
from jingzhong.desk.yaml_writer import is_plain, quote, write_tree
from jingzhong.exchange.questions.answers import bare
from jingzhong.exchange.questions.blanks import gaps_as_lines
from jingzhong.exchange.questions.found import TYPE_NAMES, Found
from jingzhong.exchange.questions.pairs import bank_sides
from jingzhong.model.articles import article_name
from jingzhong.model.quizzes import Bank, Question

NO_REASON = "原题没有附解析。"
_SAME = 90.0


@dataclass
class Draft:
    """What a bank file shall hold."""

    id: str
    title: str
    audience: Sequence[str]
    reviewed: str
    difficulty: int = 3
    description: str = ""
    topics: Sequence[str] = ()
    questions: list[dict[str, Any]] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


def scalar(text: str) -> str:
    """A text as a YAML scalar on one line, in the canonical form of the project."""
    text = " ".join(text.split("\n")).strip()
    return text if is_plain(text) else quote(text)


def question_id(bank: str, found: Found) -> str:
    """A stable id: the same question gets the same id wherever it stands in its file."""
    words = "|".join([bare(found.stem), *sorted(bare(text) for text in found.options.values())])
    return f"{bank}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"


def give_ids(
    bank: str, questions: Iterable[Found], taken: Mapping[str, Found] | None = None
) -> None:
    """Give every question its id; equal questions get -2, -3 …"""
    seen: dict[str, int] = {}
    for found in questions:
        name = question_id(bank, found)
        seen[name] = seen.get(name, 0) + 1
        found.id = name if seen[name] == 1 else f"{name}-{seen[name]}"


def entry(found: Found, difficulty: int, laws: Sequence[str] = ()) -> dict[str, Any]:
    """A question's fields in the order of the format."""
    fields: dict[str, Any] = {"id": found.id, "type": found.type, "stem": found.stem}
    if found.passage:
        fields["passage"] = found.passage
    if found.type == "match":
        fields["left"], fields["right"], fields["answer"] = bank_sides(found)
    elif found.type == "blank":
        fields["stem"] = gaps_as_lines(found.stem)
        accepted = found.extra.get("accepted")
        answers = found.answer if isinstance(found.answer, list) else []
        fields["answer"] = (
            accepted if accepted and len(accepted) == len(answers) else [[text] for text in answers]
        )
    elif found.type == "judge":
        fields["answer"] = "对" if found.answer else "错"
    else:
        fields["options"] = dict(found.options)
        fields["answer"] = found.answer
    fields["explanation"] = found.explanation or NO_REASON
    if laws:
        fields["law"] = list(laws)
    fields["difficulty"] = _difficulty(found.extra.get("difficulty"), difficulty)
    return fields


def _difficulty(told: object, default: int) -> int:
    """易 2, 中 3, 难 4; a number from 1 to 5 as it stands."""
    text = str(told or "").strip()
    if re.fullmatch("[1-5]", text):
        return int(text)
    for sign, number in (("较易", 2), ("较难", 4), ("易", 1), ("简单", 1), ("难", 5), ("中", 3)):
        if sign in text:
            return number
    return default


def update(draft: Draft, old: Bank, fresh: Sequence[dict[str, Any]]) -> None:
    """Put fresh questions over an old bank: what was added by hand stays, nothing is dropped."""
    by_id = {question.id: question for question in old.questions}
    left = dict(by_id)
    for fields in fresh:
        before = by_id.get(fields["id"])
        if before is None:
            before = _closest(fields, left)
            if before is not None:
                draft.changes.append(f"{before.id}：题目文字有改动，沿用原来的 id")
                fields["id"] = before.id
        if before is not None and before.id in left:
            del left[before.id]
            fields = _merged(fields, before, draft)
        elif before is not None:
            continue
        draft.questions.append(fields)
    for question in left.values():
        draft.questions.append(as_fields(question))
        draft.changes.append(f"{question.id}：新文件里没有这道题，保留在题库里")


def _closest(fields: Mapping[str, Any], left: Mapping[str, Question]) -> Question | None:
    stem = bare(str(fields["stem"]))
    scored = [
        (fuzz.ratio(stem, bare(question.stem), score_cutoff=_SAME), name)
        for name, question in left.items()
        if question.type == fields["type"]
    ]
    scored = sorted((score, name) for score, name in scored if score)
    if not scored or (len(scored) > 1 and scored[-2][0] == scored[-1][0]):
        return None
    return left[scored[-1][1]]


def _merged(fields: dict[str, Any], before: Question, draft: Draft) -> dict[str, Any]:
    old = as_fields(before)
    new = dict(fields)
    if new["explanation"] == NO_REASON or (
        old["explanation"] != NO_REASON and new["explanation"] != old["explanation"]
    ):
        if new["explanation"] != NO_REASON and new["explanation"] != old["explanation"]:
            draft.changes.append(f"{before.id}：解析和文件里的不同，保留题库里的")
        new["explanation"] = old["explanation"]
    if new["type"] == old["type"] == "blank" and [row[0] for row in new["answer"]] == [
        row[0] for row in old["answer"]
    ]:
        new["answer"] = old["answer"]
    for name in ("stem", "left", "right", "options", "answer", "type"):
        if (old.get(name) or None) != (new.get(name) or None):
            draft.changes.append(f"{before.id}：更新 {name}")
    new["law"] = list(dict.fromkeys([*old.get("law", ()), *new.get("law", ())]))
    new["difficulty"] = old["difficulty"]
    for name in ("passage", "image", "fixed_options", "any_order", "case", "topics"):
        if old.get(name):
            new[name] = old[name]
    return new


def as_fields(question: Question) -> dict[str, Any]:
    """A question of a bank as fields again."""
    fields: dict[str, Any] = {"id": question.id, "type": question.type, "stem": question.stem}
    fields["passage"] = question.passage
    if question.image:
        fields["image"] = {"src": question.image.src, "alt": question.image.alt}
    fields |= {
        "left": dict(question.left),
        "right": dict(question.right),
        "options": dict(question.options),
    }
    fields["fixed_options"] = list(question.fixed_options)
    if question.type == "judge":
        fields["answer"] = "对" if question.answer else "错"
    elif question.type == "blank":
        fields["answer"] = [list(texts) for texts in question.answer]
    else:
        fields["answer"] = (
            dict(question.answer) if isinstance(question.answer, Mapping) else question.answer
        )
    fields["any_order"] = question.any_order
    fields["explanation"] = question.explanation
    fields["law"] = [
        f"{item.law} {article_name(item.article)}" if item.article else item.law
        for item in question.law
    ]
    fields |= {
        "case": list(question.case),
        "difficulty": question.difficulty,
        "topics": list(question.topics),
    }
    return fields


_ORDER = (
    "id",
    "type",
    "stem",
    "passage",
    "image",
    "left",
    "right",
    "options",
    "fixed_options",
    "answer",
    "any_order",
    "explanation",
    "law",
    "case",
    "difficulty",
    "topics",
)


def bank_text(draft: Draft) -> str:
    """The file of a bank, in the form that `python hooks fmt` writes."""
    lines = [
        f"title: {scalar(draft.title)}",
        "audience:",
        *(f"  - {scalar(text)}" for text in draft.audience),
    ]
    if draft.topics:
        lines += ["topics:", *(f"  - {scalar(text)}" for text in draft.topics)]
    if draft.description:
        lines.append(f"description: {scalar(draft.description)}")
    lines += [f"reviewed: {draft.reviewed}", "questions:"]
    for fields in draft.questions:
        told = [line for name in _ORDER if name in fields for line in _lines(name, fields[name])]
        lines.append(f"  - {told[0]}")
        lines += [f"    {line}" for line in told[1:]]
    return write_tree(parse_tree("\n".join(lines) + "\n"), Bank)


def _lines(name: str, told: Any) -> list[str]:
    if told is None or told == [] or told == {} or told is False or told == "":
        return []
    if name == "answer" and isinstance(told, list):
        return [
            "answer:",
            *(
                f"  - [{', '.join(json.dumps(text, ensure_ascii=False) for text in texts)}]"
                for texts in told
            ),
        ]
    if isinstance(told, dict):
        return [f"{name}:", *(f"  {key}: {scalar(str(text))}" for key, text in told.items())]
    if isinstance(told, list):
        return (
            [f"{name}: {scalar(told[0])}"]
            if len(told) == 1 and name in ("law", "case")
            else [f"{name}:", *(f"  - {scalar(text)}" for text in told)]
        )
    if name in ("id", "type", "difficulty"):
        return [f"{name}: {told}"]
    return [f"{name}: true" if told is True else f"{name}: {scalar(str(told))}"]


def rejected_text(questions: Sequence[Found], bank: str) -> str:
    """The file of the questions that a bank did not take, with the reasons."""
    lines = [
        f"# {bank} 没有收进去的题目和原因；改好原文件再导入一次，或把题目补全后抄进题库。",
        "rejected:",
    ]
    for found in questions:
        lines.append(f"  - file: {scalar(found.file)}")
        lines.append(f"    line: {found.line}")
        if found.place():
            lines.append(f"    place: {scalar(found.place())}")
        lines.append("    reasons:")
        lines += [f"      - {scalar(problem.message)}" for problem in sorted(found.problems)]
        lines.append(f"    type: {TYPE_NAMES[found.type]}")
        lines.append(f"    stem: {scalar(found.stem)}")
        if found.options:
            lines.append("    options:")
            lines += [f"      {letter}: {scalar(text)}" for letter, text in found.options.items()]
        words = _told(found)
        if words:
            lines.append(f"    answer: {scalar(words)}")
        if found.explanation:
            lines.append(f"    explanation: {scalar(found.explanation)}")
    return "\n".join(lines) + "\n"


def _told(found: Found) -> str:
    """The answer of a question in words, "" without one."""
    answer = found.answer if found.answer is not None else found.answer_text
    if isinstance(answer, bool):
        return "对" if answer else "错"
    return "；".join(answer) if isinstance(answer, list) else answer or ""
