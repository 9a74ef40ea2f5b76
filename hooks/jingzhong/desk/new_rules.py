"""What one answer means for the next questions: which are asked, in which order, what they need."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any, cast

from jingzhong.desk.new_forms import PARTS
from jingzhong.model.cases import Case, Casualties, Place, Violation
from jingzhong.model.fields import ListOf, Nested, Record, Spec, specs
from jingzhong.model.quizzes import Question
from jingzhong.model.regulations import Regulation
from jingzhong.model.source import Node
from jingzhong.rules.regions import check_places

CLOSED = ("已结案", "已评估")
# Asked in plainer words than a page's label has room for.
_LABELS: Mapping[tuple[type[Record], str], str] = {
    (Casualties, "rescuers"): "救援人员伤亡合计（死伤相加；另计，不算进上面的人数和等级）",
    (Violation, "law"): "法规",
    (Question, "difficulty"): "难度（1 人人该会，2 容易，3 学过才会，4 较难，5 专业人员也要想）",
}


def asked(record: type[Record]) -> dict[str, tuple[Spec, bool]]:
    """The fields in the order of asking: what an article says comes before its finer points."""
    known = specs(record)
    if record is not Violation:
        return known
    first = ("law", "law_title", "article", "gist")
    return {name: known[name] for name in (*first, *(n for n in known if n not in first))}


def label(record: type[Record], name: str, field: Spec) -> str:
    """What a field is called when it is asked for."""
    return _LABELS.get((record, name), field.label)


def named(record: type[Record], path: str) -> str:
    """A key path in Chinese: `sources[2].title` → `出处 第 2 项的名称`."""
    words: list[str] = []
    for key, number, field in _steps(record, path):
        words.append((field.label if field else key) + (f" 第 {number} 项" if number else ""))
    return "的".join(words)


def spec_at(record: type[Record], path: str) -> Spec | None:
    """What the model says of the field at a key path; None where it knows none."""
    return [field for _, _, field in _steps(record, path)][-1]


def _steps(record: type[Record], path: str) -> Iterator[tuple[str, str | None, Spec | None]]:
    """(key, number of the item, field) of each step of a key path."""
    inside: type[Record] | None = record
    for step in path.split("."):
        key, number = re.fullmatch(r"([^\[]*)(?:\[(\d+)\])?.*", step).groups()  # type: ignore[union-attr]
        field = specs(inside).get(key) if inside else None
        yield key, number, field[0] if field else None
        kind: Any = field[0].kind if field else None
        kind = kind.of if isinstance(kind, ListOf) else kind
        inside = kind.record if isinstance(kind, Nested) else None


def needs(
    record: type[Record], name: str, wanted: bool, required: bool, answers: Mapping[str, Node]
) -> tuple[bool, bool]:
    """Whether a field is asked for, and whether it must be answered, after these answers."""
    if record is Question:
        return _question_needs(name, wanted, required, answers)
    status = getattr(answers.get("status"), "text", "")
    if record is Case and name == "grade":
        return wanted or status in CLOSED, status in CLOSED
    if record is Regulation and name == "repealed_on":
        return status == "已废止", status == "已废止"
    if record is Violation and name == "law_title":
        return wanted and "law" not in answers, "law" not in answers
    return wanted, required


def _question_needs(
    name: str, wanted: bool, required: bool, answers: Mapping[str, Node]
) -> tuple[bool, bool]:
    kind = getattr(answers.get("type"), "text", "")
    if name in ("options", "left", "right"):
        return name in PARTS.get(kind, ()), True
    if name == "any_order":
        return wanted and kind == "blank", False
    return wanted and (name != "fixed_options" or "options" in answers), required


def place_faults(
    name: str, answers: Mapping[str, Node], day: datetime.date | None
) -> Iterator[tuple[str, bool]]:
    """What `check` will say of a province or city: (words, whether it is an error)."""
    province, city = (getattr(answers.get(key), "text", "") for key in ("province", "city"))
    place = Place(province=province, city=city)
    case = SimpleNamespace(place=place, origin=place.origin, date=day or datetime.date.min)
    # The rule looks at nothing else of a library.
    for problem in check_places(cast(Any, SimpleNamespace(cases=(case,)))):
        if problem.field == f"place.{name}":
            yield problem.message, problem.severity == "error"
