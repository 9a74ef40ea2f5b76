"""No message without a fixture: each place that words a fault is reached by a broken project.

The readers and the rules word every fault by `expected(…)`, itself or through `At.fail(…)` and the
like. `outcome` wrote down who stood on the stack when the broken projects were checked.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jingzhong import errors

PACKAGE = Path(errors.__file__).parent
WORDED = ("expected", "fail", "_fail")
MODULES = (
    *(f"model/{name}.py" for name in ("source", "fields", "cases", "regulations", "quizzes")),
    *(f"model/{name}.py" for name in ("contests", "pages", "settings", "library")),
    *(f"rules/{name}.py" for name in ("dates", "links", "references", "unfinished")),
)
Place = tuple[str, int, int]


def calls_in(source: str, path: str) -> Iterator[Place]:
    """(file, first line, last line) of every call that words a fault."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in WORDED:
            yield path, node.lineno, node.end_lineno or node.lineno


def unreached(places: set[Place], lines: set[tuple[str, int]]) -> list[Place]:
    return sorted(
        (path, first, last)
        for path, first, last in places
        if not any((path, line) in lines for line in range(first, last + 1))
    )


def test_each_message_has_a_fixture(outcome: Any) -> None:
    places = {
        place
        for module in MODULES
        for place in calls_in((PACKAGE / module).read_text("utf-8"), module)
    }
    assert len(places) > 80
    assert unreached(places, outcome.reached) == []


def test_a_message_without_a_fixture_is_found() -> None:
    source = (
        "def read():\n    at.fail(\n        1, 'a', 'b'\n    )\n    return expected('a', 'b')\n"
    )
    places = set(calls_in(source, "model/new.py"))
    assert places == {("model/new.py", 2, 4), ("model/new.py", 5, 5)}
    assert unreached(places, {("model/new.py", 3)}) == [("model/new.py", 5, 5)]
