"""What the importer's tests share."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingzhong.exchange import command as exchange
from jingzhong.exchange.questions.open_file import read_bytes

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).resolve().parent))

Read = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def papers() -> Path:
    """The folder of our own texts with gold."""
    return Path(__file__).resolve().parent / "papers"


@pytest.fixture(scope="session")
def read() -> Read:
    """`read(text_or_bytes, name)` → the questions as the command prints them."""

    def questions(content: str | bytes, name: str = "x.txt") -> list[dict[str, Any]]:
        data = content.encode() if isinstance(content, str) else content
        return [found.as_dict() for found in read_bytes(data, name).questions]

    return questions


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small project that `python hooks import` can run in."""
    for name in ("mkdocs.yml", "content/regulations"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = PROJECT / name
        if source.is_dir():
            target.mkdir()
            for file in ("work-safety-law.md", "fire-law.md"):
                (target / file).write_bytes((source / file).read_bytes())
        else:
            target.write_bytes(source.read_bytes())
    (tmp_path / "quizzes").mkdir()
    return tmp_path


@pytest.fixture
def command(house: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`command("import", "quiz", …)` runs the command line in the small project."""

    def run(*arguments: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(PROJECT / "hooks"), *arguments],
            cwd=house,
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONUTF8": "1"},
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def as_json(
    command: Callable[..., subprocess.CompletedProcess[str]],
) -> Callable[..., dict[str, Any]]:
    """`as_json("x.txt", …)` imports and returns the JSON that the command prints."""

    def run(*arguments: str) -> dict[str, Any]:
        done = command("import", "quiz", *arguments, "--format", "json")
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout)

    return run


def importing(house: Path, kind: str) -> Callable[..., int]:
    """`run("x.docx", "--force")` imports in the small project, without a process of its own."""
    parser = argparse.ArgumentParser()
    exchange.add_parser(parser.add_subparsers())

    def run(*arguments: str) -> int:
        options = parser.parse_args(["import", kind, *arguments])
        options.root, options.config = house, house / "mkdocs.yml"
        return int(options.run(options))

    return run


@pytest.fixture
def law(house: Path) -> Callable[..., int]:
    """`law("x.docx", "--force")` runs `import law` in the small project."""
    return importing(house, "law")


@pytest.fixture
def case(house: Path) -> Callable[..., int]:
    """`case("x.docx")` runs `import case` in the small project."""
    return importing(house, "case")
