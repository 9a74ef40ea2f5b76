"""JSON and JSON lines → questions: which objects are questions is told by names and contents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from jingzhong.exchange.questions.answers import bare
from jingzhong.exchange.questions.blanks import count_gaps, open_runs, tidy_gaps
from jingzhong.exchange.questions.conventions import (
    note_doubts,
    note_picture,
    nothing_found,
    rival_answers,
    settle_numbers,
    tell_sources,
    unnamed_answer,
)
from jingzhong.exchange.questions.cutting import cut_cell
from jingzhong.exchange.questions.declared import declared_type, unmarked
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.furniture import drop_markers
from jingzhong.exchange.questions.json_text import MAX_ITEMS, Lines, parsed
from jingzhong.exchange.questions.look import empty
from jingzhong.exchange.questions.markup import KEPT, plain_markup
from jingzhong.exchange.questions.names import evidence, likely
from jingzhong.exchange.questions.offered import Offered, words
from jingzhong.exchange.questions.option_cells import lettered
from jingzhong.exchange.questions.paper import read_lines
from jingzhong.exchange.questions.parts import Roles, answer_of, options_of
from jingzhong.exchange.questions.picked import answer_value
from jingzhong.exchange.questions.records import Path, Record, collect, columns, group, shown
from jingzhong.exchange.questions.roles import assign
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.tidy import split_lines
from jingzhong.exchange.questions.value import Value

_NUMBERED = re.compile(
    r"^[ \t]*(?:第?[ \t]?\d{1,5}[ \t]?(?:[、．)）题]|[.](?!\d))|[(（]\d{1,4}[)）])[ \t]*(?=\S)"
)
_NO_REASON = ("", "略", "无", "暂无", "暂无解析", "null", "none")


def read_json(text: str) -> Haul:
    """All questions of a JSON text; refuses what is not JSON, naming the line."""
    haul = Haul()
    data = parsed(text)
    records = collect(data)
    groups = {path: (columns(rows), rows) for path, rows in group(records).items()}
    known = {
        path: (names, roles)
        for path, (names, rows) in groups.items()
        if (roles := _roles(names, rows)) is not None
    }
    asked = _questions(records, known)
    lines = Lines(text)
    for record in asked[:MAX_ITEMS]:
        names, roles = known[record.path]
        found = _question(record, names, roles, lines)
        if found is not None:
            found.passage = _passage(record, names, roles, known)
            haul.questions.append(found)
    missed = len(asked[:MAX_ITEMS]) - len(haul.questions)
    if missed:
        haul.note(1, "stems_missing", f"有 {missed} 组数据像题目，但没有题干，没有读")
    for names, roles in {id(known[record.path]): known[record.path] for record in asked}.values():
        tell_sources(haul, roles, shown(names[roles.answers[0]]) if roles.answers else "")
    settle_numbers(haul)
    drop_markers(haul.questions)
    if not haul.questions:
        told = _texts_only(data)
        return told if told.questions else _nothing(groups, haul)
    return haul


def _roles(names: list[str], rows: list[Record]) -> Roles | None:
    """The roles of a group of objects, where they are questions."""
    if len(names) < 2:
        return None
    values = [[record.fields.get(name) for name in names] for record in rows]
    roles = assign([shown(name) for name in names], values)
    if roles is None:
        return None
    stems = [text for row in values if (text := words(row[roles.stem]))]
    roles.numbered = sum(bool(_NUMBERED.match(text)) for text in stems) * 10 >= len(stems) * 8
    deep = rows[0].path.count("[]") + rows[0].path.count("*") > 1
    return None if deep and roles.options is None and _are_options(names, roles, rows) else roles


def _are_options(names: list[str], roles: Roles, rows: list[Record]) -> bool:
    """Whether objects such as {"label": "A", "text": …}, {"text": …, "isRight": true} are options."""
    name = names[roles.answers[0]]
    told = [row.fields.get(name) for row in rows]
    if all(isinstance(one, bool | int) or one is None for one in told):
        return True
    if len(columns(rows)) <= 2 and evidence(name).get("answer") != 3.0:
        return True
    letters = [str(one).strip().upper() for one in told if one is not None]
    return (
        len(letters) > 1
        and letters[0] == "A"
        and all(len(one) == 1 for one in letters)
        and all(one == "A" or ord(one) - ord(before) == 1 for before, one in pairwise(letters))
    )


def _questions(
    records: list[Record], known: Mapping[Path, tuple[list[str], Roles]]
) -> list[Record]:
    """The records that are questions: none inside another's options, no passage above others."""
    asked = []
    above: set[int] = set()
    for record in records:
        if record.path not in known:
            continue
        hidden = False
        outer = record.parent
        while outer is not None:
            if outer.path in known:
                if _is_part(record, outer, known[record.path][1], known):
                    hidden = True
                    break
                above.add(id(outer))
            outer = outer.parent
        if not hidden:
            asked.append(record)
    return [record for record in asked if id(record) not in above]


def _is_part(
    record: Record,
    outer: Record,
    asked: Roles | None,
    known: Mapping[Path, tuple[list[str], Roles]],
) -> bool:
    """Whether an object belongs to the question around it: an option, its answer, the inner half.

    `asked`: the roles of the object (or of one inside it) that may be a question itself.
    """
    names, roles = known[outer.path]
    step = record.path[len(outer.path)] if len(record.path) > len(outer.path) else ""
    listed = roles.options.places if roles.options is not None else ()
    if step in {names[at] for at in listed}:
        # Things that are questions themselves, under a name that is not one of options, are none.
        return asked is None or evidence(step).get("options", 0) > 0
    if step == names[roles.stem] or step in {names[at] for at in roles.answers}:
        return asked is None or asked.options is None
    # A half of the question, whose fields were taken into it.
    return "[]" not in record.path[len(outer.path) :] and step != "*"


def _question(record: Record, names: list[str], roles: Roles, lines: Lines) -> Found | None:
    row = [record.fields.get(name) for name in names]
    raw, offered = options_of(roles, row)
    stem, mark = unmarked(words(raw))
    if not bare(stem):
        return None
    typed = _type(roles, row) or mark or record.declared
    line = record.fields.get("__line__")
    found = Found(typed, "", line if isinstance(line, int) else lines.of(raw), declared=typed)
    stem = _NUMBERED.sub("", stem, count=1) if roles.numbered else stem
    number = words(row[roles.others["number"]]) if "number" in roles.others else ""
    found.number = number if number.isdigit() and number != "0" and len(number) < 6 else ""
    apart = [*offered.options] == [*offered.options.values()] and lettered(stem)
    if apart or (
        not offered.options and not offered.hollow and typed not in ("blank", "short", "judge")
    ):
        stem, cut, rights = cut_cell(stem.replace(KEPT, "\n"), typed)
        offered = Offered(cut, rights) if cut or not apart else offered
    found.options = offered.options
    name = shown(names[roles.answers[0]]) if roles.answers else ""
    value = unnamed_answer(roles, _value(roles, row, offered, typed, stem), name)
    settle(found, stem, [value], typed)
    found.stem = found.stem.replace(KEPT, "\n")
    found.options = {letter: text.replace(KEPT, "\n") for letter, text in found.options.items()}
    for at in roles.reasons:
        reason = row[at]
        if isinstance(reason, str) and bare(reason).casefold() not in _NO_REASON:
            found.explanation = words(reason).replace(KEPT, "\n")
            break
    found.explanation = found.explanation or value.rest
    if "difficulty" in roles.others and words(row[roles.others["difficulty"]]):
        found.extra["difficulty"] = words(row[roles.others["difficulty"]])
    note_picture(found, roles, row)
    note_doubts(found, offered, value, raw, words(row[roles.answers[0]]) if roles.answers else "")
    return found


def _value(roles: Roles, row: list[Any], offered: Offered, typed: str, stem: str) -> Value:
    """The answer: marked options, else the first of the answer's fields that holds one."""
    if offered.rights:
        return Value(offered.rights, kind="single" if len(offered.rights) == 1 else "multiple")
    gaps = count_gaps(tidy_gaps(open_runs(stem)))
    if (conflict := rival_answers(roles, row)) is not None:
        return conflict
    for at in roles.answers:
        answer = answer_of(roles, row, at)
        if empty(answer):
            continue
        value = answer_value(answer, offered, typed, gaps)
        if value.answer is not None or value.doubts or value.implied is not None or value.text:
            return value
    return Value()


def _type(roles: Roles, row: list[Any]) -> str:
    value = row[roles.others["type"]] if "type" in roles.others else None
    return declared_type(value) if isinstance(value, str) else ""


def _passage(
    record: Record, names: list[str], roles: Roles, known: Mapping[Path, tuple[list[str], Roles]]
) -> str:
    """The text that a question stands under: its own field for it, or the object around it."""
    if "passage" in roles.others:
        told = words(record.fields.get(names[roles.others["passage"]])).replace(KEPT, "\n")
        if len(told) >= 10:
            return told
    outer = record.parent
    while outer is not None:
        for name, value in outer.fields.items():
            if isinstance(value, str) and len(value) >= 20 and likely(name) in ("passage", "stem"):
                return words(value).replace(KEPT, "\n")
        outer = outer.parent
    return ""


def _texts_only(data: Any) -> Haul:
    """Questions kept as whole texts, read as a paper."""
    texts: list[str] = []
    stack = [data]
    while stack and len(texts) < MAX_ITEMS:
        item = stack.pop()
        if isinstance(item, str):
            if lettered(item) or "答案" in item:
                texts.append(plain_markup(item, lines=True))
        elif isinstance(item, dict):
            stack += reversed(item.values())
        elif isinstance(item, list):
            stack += reversed(item)
    return read_lines(split_lines("\n\n".join(texts))) if texts else Haul()


def _nothing(groups: Mapping[Path, tuple[list[str], list[Record]]], haul: Haul) -> Haul:
    """Say what data there was, and what would make questions of it."""
    rows = max((rows for _, rows in groups.values()), key=len, default=[])
    names = [shown(name) for name in columns(rows) if shown(name)]
    if not names:
        haul.note(1, "no_roles", "JSON 里没有一组数据（没有“题干、选项、答案”这样的栏目）")
        return haul
    example = next(
        (
            f"{name}＝{words(value)[:30]}"
            for record in rows[:20]
            for name, value in record.fields.items()
            if isinstance(value, str) and len(value) > 6
        ),
        "",
    )
    nothing_found(haul, 1, len(rows), names, example)
    return haul
