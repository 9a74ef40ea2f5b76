"""Data kept apart put together: parallel lists, answers in a map beside, tables of a database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jingzhong.exchange.questions.look import empty
from jingzhong.exchange.questions.names import evidence, likely

_MOST_TABLES = 12
_MOST_KEYS = 60


def parallel(item: Mapping[str, Any]) -> Any:
    """{"questions": […], "answers": […]} of equal length, or stem → answer, as a list of objects."""
    lists = {
        name: value for name, value in item.items() if isinstance(value, list) and len(value) >= 2
    }
    stems = [
        name
        for name, value in lists.items()
        if all(isinstance(one, str) and _wordy(one) for one in value[:50])
        and evidence(name).get("stem", evidence(name.rstrip("s")).get("stem", 0)) > 0
    ]
    for name in stems:
        size = len(lists[name])
        beside = {other: value for other, value in lists.items() if len(value) == size}
        if len(beside) >= 2 and not any(
            isinstance(one, dict)
            for value in beside.values()
            for one in value[:1]
            if value is lists[name]
        ):
            return [
                {
                    other.rstrip("s") if evidence(other.rstrip("s")) else other: value[at]
                    for other, value in beside.items()
                }
                for at in range(size)
            ]
    keys = [str(key) for key in item]
    if (
        len(keys) >= 2
        and sum(map(_wordy, keys)) * 10 >= len(keys) * 8
        and not any(evidence(key).get("stem") == 3.0 for key in keys)
    ):
        plain = [
            value
            for value in item.values()
            if isinstance(value, str | bool | int)
            or (isinstance(value, list) and all(isinstance(one, str) for one in value))
        ]
        if len(plain) == len(keys):
            return [{"题干": key, "答案": value} for key, value in item.items()]
        if all(isinstance(value, dict) for value in item.values()):
            return [{"题干": key, **value} for key, value in item.items()]
    return item


def _wordy(text: str) -> bool:
    return len(re.findall("[\u4e00-\u9fff]", text)) >= 5 or bool(
        re.search(r"[（(]\s*[)）]|_{2,}|[?？]", text)
    )


def joined(item: dict[str, Any]) -> dict[str, Any]:
    """A list of questions with the answers that stand beside it, by place, number or id."""
    if len(item) > _MOST_KEYS or not any(_answering(str(name)) for name in item):
        return item
    if any(
        isinstance(value, str) and _wordy(value) and evidence(str(name)).get("stem", 0) > 0
        for name, value in item.items()
    ):
        return item  # One question with its options.
    for name, rows in item.items():
        if evidence(str(name)).get("options", 0) >= 3:
            continue
        if (
            isinstance(rows, dict)
            and len(rows) >= 2
            and all(isinstance(one, dict) for one in rows.values())
        ):
            elements = [({"__id__": key} | one) for key, one in rows.items()]
        elif (
            isinstance(rows, list) and len(rows) >= 2 and all(isinstance(one, dict) for one in rows)
        ):
            elements = rows
        else:
            continue
        if any(
            evidence(str(key)).get("answer", 0) > 0 and not empty(value)
            for one in elements[:20]
            for key, value in one.items()
            if not isinstance(value, list) or not value or not isinstance(value[0], dict)
        ):
            continue
        for other, told in item.items():
            if other == name or not _answering(str(other)):
                continue
            found = list(_answers(elements, told))
            if len(found) == len(elements):
                merged = [dict(one) | more for one, more in zip(elements, found, strict=True)]
                return {key: value for key, value in item.items() if key != other} | {name: merged}
    return item


def _answering(name: str) -> bool:
    return evidence(name).get("answer", 0) > 0 or bool(re.search("(?i)answer|答案|^key", name))


def related(item: dict[str, Any]) -> dict[str, Any]:
    """Tables of a database: the rows of options put into the questions that they name by id."""
    tables = {
        name: rows
        for name, rows in item.items()
        if isinstance(rows, list) and len(rows) >= 2 and all(isinstance(one, dict) for one in rows)
    }
    if not 2 <= len(tables) <= _MOST_TABLES:
        return item
    for name, rows in tables.items():
        for other, parts in tables.items():
            if len(parts) <= len(rows) or any(
                isinstance(value, list) for one in rows[:20] for value in one.values()
            ):
                continue
            for key in rows[0]:
                ids = [str(one.get(key)) for one in rows]
                if len(set(ids)) < len(ids):
                    continue
                link = next(
                    (
                        one
                        for one in parts[0]
                        if one != key
                        and likely(one) not in ("stem", "options", "answer")
                        and {str(part.get(one)) for part in parts} == set(ids)
                    ),
                    "",
                )
                if link:
                    held: dict[str, list[Any]] = {}
                    for part in parts:
                        told = {word: value for word, value in part.items() if word != link}
                        held.setdefault(str(part[link]), []).append(told)
                    joined = [one | {"options": held[str(one[key])]} for one in rows]
                    return {word: value for word, value in item.items() if word != other} | {
                        name: joined
                    }
    return item


def _answers(elements: Sequence[Mapping[str, Any]], told: Any) -> Iterator[dict[str, Any]]:
    """What answers each of the elements, or fewer where the two do not belong together."""
    if isinstance(told, list) and told and all(isinstance(one, dict) for one in told):
        for key in elements[0]:
            index = {str(one[key]): one for one in told if key in one}
            if len(index) == len(told) and all(str(one.get(key)) in index for one in elements):
                for one in elements:
                    more = index[str(one[key])]
                    yield {name: value for name, value in more.items() if name not in one}
                return
    elif isinstance(told, list) and len(told) == len(elements):
        yield from ({"答案": one} for one in told)
    elif isinstance(told, dict) and not any(isinstance(one, dict) for one in told.values()):
        ids = {str(key): value for key, value in told.items()}
        for key in elements[0]:
            names = [str(one.get(key)) for one in elements]
            if len(set(names)) == len(names) and all(one in ids for one in names):
                yield from ({"答案": ids[one]} for one in names)
                return
        if set(ids) == {str(at + 1) for at in range(len(elements))}:
            yield from ({"答案": ids[str(at + 1)]} for at in range(len(elements)))
