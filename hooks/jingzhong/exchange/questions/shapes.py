"""JSON and JSON lines: exam results, question lists, 问卷星 exports; shapes known by their keys."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jingzhong.exchange.questions.answers import bare
from jingzhong.exchange.questions.blanks import count_gaps, open_runs, tidy_gaps
from jingzhong.exchange.questions.cutting import cut_cell
from jingzhong.exchange.questions.found import Found, Haul, RefusedError
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.shape_parts import (
    ANSWER,
    NUMBER,
    OPTIONS,
    REASON,
    STEM,
    TYPE,
    Offered,
    answer_value,
    by_index,
    folded,
    guessed_stem,
    letter_keys,
    offered,
    pick,
    words,
)
from jingzhong.exchange.questions.table import declared_type
from jingzhong.exchange.questions.value import Value

MAX_ITEMS = 100_000


def read_json(text: str) -> Haul:
    """All questions of a JSON text; refuses what is not JSON, naming the line."""
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise RefusedError("JSON 嵌套太深，不像题库，没有读", code="bomb") from error
    except ValueError as error:
        rows = _json_lines(text)
        if rows is None:
            line = getattr(error, "lineno", 1)
            raise RefusedError(
                f"第 {line} 行附近不是完整的 JSON（{_why(error)}）。请让导出的程序重新导出，或补全后再导入",
                line=line,
                code="broken_json",
            ) from error
        data = rows
    haul = Haul()
    lines = _Lines(text)
    for item, declared in _questions(data):
        found = _question(item, declared, lines)
        if found is not None:
            haul.questions.append(found)
    _ask_conventions(haul)
    return haul


def _why(error: ValueError) -> str:
    message = getattr(error, "msg", "")
    return {"Expecting value": "缺少值", "Extra data": "末尾多出内容"}.get(
        message, "引号、逗号或括号不成对"
    )


def _json_lines(text: str) -> list[Any] | None:
    """The objects of a JSON-lines text; None when some line is none."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line.strip().rstrip(","))
        except (ValueError, RecursionError):
            return None
        if not isinstance(item, dict | list):
            return None
        if isinstance(item, dict):
            item.setdefault("__line__", number)
        rows.append(item)
    return rows or None


class _Lines:
    """Where a stem stands in the source: searched onwards from the last one."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def of(self, stem: str) -> int:
        for shown in (json.dumps(stem, ensure_ascii=False), json.dumps(stem)):
            place = self.text.find(shown[1:-1][:200], self.at)
            if place >= 0:
                self.at = place + 1
                return self.text.count("\n", 0, place) + 1
        return 1


def _questions(data: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """(object, type of the list it stands in) of every question, in the order of the file."""
    stack: list[tuple[Any, str]] = [(data, "")]
    count = 0
    while stack:
        item, declared = stack.pop()
        count += 1
        if count > MAX_ITEMS * 20:
            raise RefusedError("JSON 太大，请拆成几个文件", code="bomb")
        if isinstance(item, dict):
            fields = folded(item)
            if _is_question(fields):
                yield fields, declared
                continue
            own = _section(fields) or declared
            for key, value in reversed(list(item.items())):
                stack.append((value, declared_type(str(key)) or own))
        elif isinstance(item, list):
            stack += [(value, declared) for value in reversed(item)]


def _section(item: Mapping[str, Any]) -> str:
    """The type that a group of questions names in its title."""
    title = pick(item, ("typelabel", "typename", "type", "title", "name"))
    return declared_type(title) if isinstance(title, str) and len(title) <= 20 else ""


def _is_question(item: Mapping[str, Any]) -> bool:
    stem = pick(item, STEM)
    if stem is None and (pick(item, OPTIONS) is not None or letter_keys(item)):
        return bool(guessed_stem(item))
    if not isinstance(stem, str) or not bare(stem):
        return False
    if pick(item, OPTIONS) is not None or letter_keys(item):
        return True
    answer = pick(item, ANSWER)
    nested = any(
        isinstance(value, list) and value and isinstance(value[0], dict) for value in item.values()
    )
    return answer is not None and not isinstance(answer, dict) and not nested


def _question(item: Mapping[str, Any], declared: str, lines: _Lines) -> Found | None:
    raw_stem = str(pick(item, STEM) or guessed_stem(item))
    stem = words(raw_stem)
    typed = _type(item) or declared
    line = item.get("__line__")
    found = Found(typed, "", line if isinstance(line, int) else lines.of(raw_stem), declared=typed)
    number = str(pick(item, NUMBER) or "")
    found.number = number if number.isdigit() and number != "0" else ""
    shown = offered(item)
    options = shown.options
    answer = pick(
        item,
        [
            name
            for name in ANSWER
            if not isinstance(item.get(name), dict) and item.get(name) is not pick(item, OPTIONS)
        ],
    )
    if isinstance(item.get("answer"), bool):
        answer = item["answer"]
    if not options and typed not in ("blank", "short", "judge"):
        stem, options, shown.rights = cut_cell(stem, typed)
    found.options = options
    if shown.rights:
        value = Value(shown.rights, kind="single" if len(shown.rights) == 1 else "multiple")
    else:
        gaps = count_gaps(tidy_gaps(open_runs(stem)))
        value = answer_value(_named(answer, shown), options, typed, gaps)
    if shown.unclear and value.answer is None:
        value.doubts.append(("answer_is_implicit", "选项上的标记没有说明哪个数字表示正确"))
    found.extra |= {"places": value.places} if value.places else {}
    found.extra |= {"twos": True} if shown.twos else {}
    settle(found, stem, [value], typed)
    reason = pick(item, REASON)
    if isinstance(reason, str) and bare(reason) not in ("", "略", "无", "暂无", "暂无解析"):
        found.explanation = words(reason)
    elif value.rest:
        found.explanation = value.rest
    return found


def _named(answer: Any, shown: Offered) -> Any:
    """Ids of options as their letters, where an answer names options by id."""
    told = answer if isinstance(answer, list) else [answer]
    names = [shown.names.get(str(part)) for part in told if not isinstance(part, bool)]
    plain = all(isinstance(part, str) and part in shown.options for part in told)
    if told and len(names) == len(told) and all(names) and not plain:
        return "".join(sorted({name for name in names if name}))
    return answer


def _type(item: Mapping[str, Any]) -> str:
    for name in TYPE:
        value = item.get(name)
        if isinstance(value, str) and (kind := declared_type(value)):
            return kind
    return ""


def _ask_conventions(haul: Haul) -> None:
    """Say what the file leaves open; one that counts from 0 anywhere does so everywhere."""
    counted = [found for found in haul.questions if "places" in found.extra]
    if any(0 in found.extra["places"] for found in counted):
        for found in counted:
            value = by_index(found.extra["places"], found.options, 0)
            found.implied, found.convention = value.implied, value.convention
    implicit = sum(found.has("answer_is_implicit") for found in haul.questions)
    if implicit:
        haul.note(
            1, "answer_is_implicit", f"有 {implicit} 题的答案用数字表示，文件没有说明数字的意思"
        )
    if any(found.extra.get("twos") for found in haul.questions):
        haul.note(1, "one_is_right", "选项的正确标记里，1 读作正确，2 读作不正确，请抽几题核对")
