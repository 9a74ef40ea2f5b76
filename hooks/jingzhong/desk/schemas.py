"""JSON Schemas of every content format, made from the model, so that editors complete as one types.

Draft 2020-12. A schema is looser than the checks: it knows each field by itself, while
`python hooks check` also knows what must fit together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from jingzhong.model.cases import Case
from jingzhong.model.contests import Contest
from jingzhong.model.fields import (
    Boolean,
    Choice,
    Date,
    Integer,
    Kind,
    ListOf,
    MapOf,
    Nested,
    Number,
    Record,
    Term,
    Text,
    specs,
)
from jingzhong.model.pages import ContentPage
from jingzhong.model.plans import Plan
from jingzhong.model.quizzes import Bank
from jingzhong.model.regulations import Regulation
from jingzhong.model.vocabulary import Vocabularies

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# Format → (its record, what it is called, which files hold it, whether as front matter).
FORMATS: dict[str, tuple[type[Record], str, str]] = {
    "case": (Case, "事故案例（文件头）", "cases/*.md"),
    "regulation": (Regulation, "法规（文件头）", "content/regulations/*.md"),
    "page": (ContentPage, "普通页面（文件头）", "content/*.md"),
    "bank": (Bank, "题库", "quizzes/*.yml"),
    "contest": (Contest, "竞赛组卷方案", "quizzes/contests/*.yml"),
    "plan": (Plan, "一个月的计划", "quizzes/plans/*.yml"),
}
# YAML reads an unquoted 2015 as a number; the model takes it as the text it is.
_PLAIN = ["string", "number"]
Made = dict[str, Any]


def build_schemas(vocabularies: Vocabularies) -> Iterator[tuple[str, str]]:
    """`(file name, text)` of each schema, ready to be written."""
    for name, (record, title, files) in FORMATS.items():
        schema = {
            "$schema": DRAFT,
            "title": title,
            "description": f"{files}。由 python hooks schema 按模型生成，不要手改。",
            **_record(record, vocabularies),
        }
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        yield f"{name}.schema.json", text


def _record(record: type[Record], vocabularies: Vocabularies) -> Made:
    known = specs(record)
    properties = {}
    for name, (field, required) in known.items():
        made = _kind(field.kind, vocabularies)
        made["title"] = field.label + ("（必填）" if required else "")
        if field.example:
            made["description"] = f"例：{field.example}"
        properties[name] = made if required else _or_empty(made)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, (_, required) in known.items() if required],
        "properties": properties,
    }


def _or_empty(made: Made) -> Made:
    """An optional field may stand empty; that means the same as leaving it out."""
    if "type" in made:
        kinds = made["type"] if isinstance(made["type"], list) else [made["type"]]
        made["type"] = [*kinds, "null"]
    if "enum" in made:
        made["enum"] = [*made["enum"], None]
    return made


def _kind(kind: Kind, vocabularies: Vocabularies) -> Made:
    makers: dict[type[Kind], Callable[[Any], Made]] = {
        Integer: _integer,
        Number: lambda number: {"type": "number", "minimum": number.minimum},
        Boolean: lambda _: {"type": "boolean"},
        Date: _date,
        Term: lambda term: {
            "type": "string",
            "enum": list(vocabularies.spellings[term.vocabulary]),
        },
        Choice: lambda choice: {"type": "string", "enum": list(choice.words)},
        Text: _text,
        ListOf: lambda many: _list(many, vocabularies),
        MapOf: lambda pairs: _map(pairs, vocabularies),
        Nested: lambda nested: _record(nested.record, vocabularies),
    }
    for parent in type(kind).__mro__:
        if parent in makers:
            return makers[parent](kind)
    # What depends on another field (a question's answer) is left to the checks.
    return {}


def _integer(kind: Integer) -> Made:
    made: Made = {"type": "integer", "minimum": kind.minimum}
    return made if kind.maximum is None else made | {"maximum": kind.maximum}


def _date(kind: Date) -> Made:
    pattern = r"^\d{4}(-\d{2}(-\d{2})?)?$" if kind.partial else r"^\d{4}-\d{2}-\d{2}$"
    return {"type": _PLAIN, "pattern": pattern}


def _text(kind: Text) -> Made:
    made: Made = {"type": _PLAIN}
    return made if kind.pattern is None else made | {"pattern": f"^(?:{kind.pattern.pattern})$"}


def _list(kind: ListOf, vocabularies: Vocabularies) -> Made:
    one = _kind(kind.of, vocabularies)
    made: Made = {"type": "array", "items": one}
    if kind.least:
        made["minItems"] = kind.least
    if kind.most is not None:
        made["maxItems"] = kind.most
    return {"anyOf": [made, one]} if kind.or_one else made


def _map(kind: MapOf, vocabularies: Vocabularies) -> Made:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^(?:{kind.keys.pattern})$"},
        "additionalProperties": _kind(kind.of, vocabularies),
    }
