"""The shared vectors give the same on every side: Python, Chromium, and node where there is one."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

HERE = Path(__file__).parent


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quiz_twins", HERE / "twins.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


twins = _load()
VECTORS = twins.load_vectors()


def scripts(project: Path) -> list[Path]:
    return [project / "hooks/jingzhong/static/js" / name for name in twins.SCRIPTS]


def in_chromium(browser: Any, project: Path, broken: str = "") -> list[Any]:
    """What the scripts answer in a page; `broken` is run between them and the vectors."""
    page = browser.new_page()
    try:
        page.evaluate("() => { window.Jingzhong = {}; }")
        for path in scripts(project):
            page.add_script_tag(content=path.read_text("utf-8"))
        page.add_script_tag(content=twins.RUNNER.read_text("utf-8"))
        if broken:
            page.evaluate(broken)
        answers: list[Any] = page.evaluate(
            "(text) => runVectors(window.Jingzhong, JSON.parse(text))",
            twins.VECTORS.read_text("utf-8"),
        )
        return answers
    finally:
        page.close()


def differing(answers: list[Any]) -> list[str]:
    """Names of the vectors whose answer is not the expected one."""
    return [v["name"] for v, a in zip(VECTORS, answers, strict=True) if a != v["expected"]]


def test_there_are_vectors_for_every_call() -> None:
    calls = Counter(vector["call"] for vector in VECTORS)
    assert len(VECTORS) >= 100
    assert min(calls[name] for name in ("draw", "score")) >= 15, calls
    assert len({vector["name"] for vector in VECTORS}) == len(VECTORS)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_python_meets_the_vector(vector: dict[str, Any]) -> None:
    assert twins.run(vector) == vector["expected"]


def test_chromium_meets_the_vectors(browser: Any, project: Path) -> None:
    assert differing(in_chromium(browser, project)) == []


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here; Chromium ran them")
def test_node_meets_the_vectors(project: Path) -> None:
    command = ["node", twins.RUNNER, twins.VECTORS, *scripts(project)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert differing(json.loads(result.stdout)) == []


@pytest.mark.parametrize(
    "broken",
    [
        "() => { Jingzhong.draw.Generator.prototype.below = function (n) { return this.next() % n; }; }",
        "() => { Jingzhong.draw.takes = null; Jingzhong.draw.plainSeed = (text) => text; }",
        "() => { Jingzhong.scoring.fold = (text) => text; }",
    ],
)
def test_a_planted_difference_is_found(browser: Any, project: Path, broken: str) -> None:
    assert differing(in_chromium(browser, project, broken)) != []
