"""What the tests of the rules share: the valid project with one thing changed, and its problems."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from jingzhong.errors import Problem, Report
from jingzhong.model.library import Library, load_library
from jingzhong.rules import check_library

PROJECT = Path(__file__).resolve().parent.parent.parent
VALID = PROJECT / "tests" / "fixtures" / "valid"
CASE = "cases/2024-05-06-jingzhou-workshop.md"
BANK = "quizzes/home.yml"
LAW = "content/regulations/fire-law.md"
ABOUT = "content/about.md"

# File → (old text, new text) in turn; the old text must be there. Or file → its whole text.
Changes = Mapping[str, Sequence[tuple[str, str]] | str]
Find = Callable[..., list[Problem]]


def changed_project(root: Path, changes: Changes) -> Path:
    """A copy of the valid project with these changes."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(VALID, root)
    for name, change in changes.items():
        path = root / name
        if isinstance(change, str):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change, "utf-8")
            continue
        text = path.read_text("utf-8")
        for old, new in change:
            assert old in text, f"{name} has no {old!r}"
            text = text.replace(old, new, 1)
        path.write_text(text, "utf-8")
    return root


def load(root: Path) -> Library:
    """The library of a project whose files can all be read."""
    report = Report()
    library = load_library(root, root / "mkdocs.yml", report)
    assert library is not None
    assert not report.problems, "\n".join(map(str, report.problems))
    return library


def problems_of(root: Path) -> list[Problem]:
    """Every finding, sorted; each must point to a line that its file has."""
    found = sorted(set(check_library(load(root))))
    for problem in found:
        lines = (root / problem.path).read_text("utf-8").count("\n") + 1
        assert 1 <= problem.line <= lines, problem
        assert "应为" in problem.message and "，实际为" in problem.message, problem
        assert "例：" in problem.message, problem
    return found


@pytest.fixture
def find(tmp_path: Path) -> Find:
    """`find({file: changes})`: what the checks find in the valid project changed like that."""

    def run(changes: Changes) -> list[Problem]:
        return problems_of(changed_project(tmp_path / "project", changes))

    return run


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data; tests that need it are skipped where it is not."""
    folder = Path(os.environ.get("JINGZHONG_SHARED") or PROJECT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder
