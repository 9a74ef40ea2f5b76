"""A JSON text as data: one document, one a line, several behind each other, or nearly JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from jingzhong.exchange.questions.found import RefusedError
from jingzhong.exchange.questions.loose_json import strict

MAX_ITEMS = 100_000
# Stems that stand otherwise in the text are not looked for through all of it again and again.
_MISSES = 20
_GAP = re.compile(r"[\s,;]*")


def parsed(text: str) -> Any:
    """The data of a text; refuses what is not JSON, naming the line."""
    text = text.lstrip("\ufeff")
    try:
        return json.loads(text)
    except RecursionError as error:
        raise RefusedError("JSON 嵌套太深，不像题库，没有读", code="bomb") from error
    except ValueError as error:
        rows = _json_lines(text)
        if rows is not None:
            return rows
        if (several := _documents(text)) is not None:
            return several
        try:
            return json.loads(strict(text), strict=False)
        except RecursionError as deep:
            raise RefusedError("JSON 嵌套太深，不像题库，没有读", code="bomb") from deep
        except ValueError:
            line = getattr(error, "lineno", 1)
            raise RefusedError(
                f"第 {line} 行附近不是完整的 JSON（{_why(error)}）。请让导出的程序重新导出，或补全后再导入",
                line=line,
                code="broken_json",
            ) from error


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


def _documents(text: str) -> list[Any] | None:
    """The objects of several JSON texts behind each other; None when some part is none."""
    decoder, at, found = json.JSONDecoder(strict=False), 0, list[Any]()
    while at < len(text) and len(found) <= MAX_ITEMS:
        match = _GAP.match(text, at)
        at = match.end() if match else at
        if at == len(text):
            break
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        if not isinstance(item, dict | list):
            return None
        found.append(item)
    return found if len(found) > 1 else None


class Lines:
    """Where a stem stands in the source: searched onwards from the last one."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.line, self.counted, self.missed = 1, 0, 0

    def of(self, stem: str) -> int:
        if self.missed > _MISSES:
            return self.line
        for told in (json.dumps(stem, ensure_ascii=False), json.dumps(stem)):
            place = self.text.find(told[1:-1][:200], self.at)
            if place >= 0:
                self.at = place + 1
                self.line += self.text.count("\n", self.counted, place)
                self.counted, self.missed = place, 0
                return self.line
        self.missed += 1
        return self.line
