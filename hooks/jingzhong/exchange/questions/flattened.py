"""Lists with one record an option, each repeating its question, as one record a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jingzhong.exchange.questions.names import evidence, families
from jingzhong.exchange.questions.offered import truth

_MOST = 10


def by_question(rows: list[Any]) -> list[Any]:
    """The rows, gathered by their question where every one of them is one of its options.

    So it is where a stem stands in 2 to 10 rows each, their texts differ, and a mark of right or
    wrong stands beside each text or one answer beside each stem; else the rows as they are.
    """
    if len(rows) < 4 or not all(
        isinstance(row, dict) and not any(isinstance(one, dict | list) for one in row.values())
        for row in rows
    ):
        return rows
    names = list(dict.fromkeys(name for row in rows for name in row if name != "__line__"))
    if not 3 <= len(names) <= 40 or families([str(name) for name in names]):
        return rows
    stems = [name for name in names if evidence(str(name)).get("stem", 0) > 0]
    for stem in sorted(stems, key=lambda name: -evidence(str(name))["stem"]):
        if (found := _gathered(rows, names, stem)) is not None:
            return found
    return rows


def _gathered(rows: Sequence[dict[str, Any]], names: Sequence[str], stem: str) -> list[Any] | None:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if not isinstance(row.get(stem), str) or not row[stem].strip():
            return None
        groups.setdefault(row[stem], []).append(row)
    if len(groups) < 2 or not all(2 <= len(group) <= _MOST for group in groups.values()):
        return None
    own = [
        name
        for name in names
        if any(len({str(row.get(name)) for row in group}) > 1 for group in groups.values())
    ]
    texts = [
        name
        for name in own
        if all(
            len({row.get(name) for row in group}) == len(group)
            and all(isinstance(row.get(name), str) and row[name].strip() for row in group)
            for group in groups.values()
        )
    ]
    if any(evidence(str(name)).get("stem", 0) >= 3 for name in own) or not texts:
        return None
    marked = [
        name
        for name in own
        if (evidence(str(name)).get("right", 0) > 0 or evidence(str(name)).get("answer", 0) > 0)
        and all(isinstance(row.get(name), bool | int | str) for row in rows)
        and all(truth(row[name]) is not None for row in rows)
        and all(any(truth(row[name]) for row in group) for group in groups.values())
    ]
    answered = [
        name for name in names if name not in own and evidence(str(name)).get("answer", 0) > 0
    ]
    if not marked and not answered:
        return None
    return [
        {
            name: group[0].get(name)
            for name in (*names, "__line__")
            if name not in own and name in group[0]
        }
        | {"options": [{name: row.get(name) for name in own} for row in group]}
        for group in groups.values()
    ]
