"""Each broken project under `fixtures/invalid/` brings exactly the problems it lists.

A folder holds what differs from `fixtures/valid/`: new or changed files, `delete.txt` with files
to leave out, and `expected.txt` with every problem. One fault is one problem, unless the folder's
name begins with `several-`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
INVALID, VALID = FIXTURES / "invalid", FIXTURES / "valid"
RULES = sorted(path.name for path in INVALID.iterdir())


@pytest.mark.parametrize("rule", RULES)
def test_rule(rule: str, outcome: Any, agrees: Callable[[Path, list[str]], None]) -> None:
    problems = outcome.problems[rule]
    agrees(INVALID / rule / "expected.txt", problems)
    assert problems, "the planted fault was not found"
    assert len(problems) == 1 or rule.startswith("several-"), "one fault brings one problem"


@pytest.mark.parametrize("rule", RULES)
def test_message_is_complete(rule: str) -> None:
    """File, line, expected, got, example; the line is one that the file has."""
    lines = (INVALID / rule / "expected.txt").read_text("utf-8").splitlines()
    assert lines == sorted(lines, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))
    for text in lines:
        path, line, message = text.split(":", 2)
        assert "应为" in message and "，实际为" in message
        assert "例：" in message, "an example is missing"
        written = INVALID / rule / path
        written = written if written.exists() else VALID / path
        assert 1 <= int(line) <= written.read_text("utf-8").count("\n") + 1


def test_valid_project_has_no_problem(valid: Path, checked: Callable[[Path], list[str]]) -> None:
    assert checked(valid) == []


def test_comparison_finds_a_changed_message(
    tmp_path: Path, agrees: Callable[[Path, list[str]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("UPDATE", raising=False)
    golden = tmp_path / "expected.txt"
    golden.write_text("a.md:1: 旧\n", "utf-8")
    agrees(golden, ["a.md:1: 旧"])
    for wrong in ([], ["a.md:2: 旧"], ["a.md:1: 旧", "a.md:3: 多"]):
        with pytest.raises(AssertionError, match="UPDATE=1"):
            agrees(golden, wrong)
