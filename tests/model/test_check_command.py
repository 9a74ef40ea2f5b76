"""`python hooks check`: exit codes, both formats, every file in one run."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jingzhong.errors import Problem

HOOKS = Path(__file__).resolve().parents[2] / "hooks"
INVALID = Path(__file__).resolve().parent.parent / "fixtures" / "invalid"
KEYS = ["path", "line", "field", "message", "severity"]


def run(
    *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(HOOKS), *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.fixture
def broken(overlay: Callable[[dict[str, bytes]], Path]) -> tuple[Path, list[str]]:
    """A project with a fault in each kind of file, and the lines that tell of them."""
    folder = INVALID / "several-files"
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "expected.txt"
    }
    return overlay(files), (folder / "expected.txt").read_text("utf-8").splitlines()


def test_valid_project(valid: Path) -> None:
    text = run("--root", str(valid), "check")
    assert (text.returncode, text.stdout, text.stderr) == (
        0,
        "检查完毕：0 处错误，0 处提醒。\n",
        "",
    )
    listed = run("--root", str(valid), "check", "--format", "json")
    assert (listed.returncode, json.loads(listed.stdout)) == (0, [])


def test_text(broken: tuple[Path, list[str]]) -> None:
    root, lines = broken
    result = run("check", cwd=root)
    assert result.returncode == 1
    assert result.stdout.splitlines() == [*lines, f"检查完毕：{len(lines)} 处错误，0 处提醒。"]
    assert result.stderr == ""


def test_json(broken: tuple[Path, list[str]]) -> None:
    root, lines = broken
    result = run("--root", str(root), "check", "--format", "json")
    assert result.returncode == 1
    problems = json.loads(result.stdout)
    assert all(list(problem) == KEYS for problem in problems)
    assert all(type(problem["line"]) is int for problem in problems)
    assert {problem["severity"] for problem in problems} == {"error"}
    assert [str(Problem(**problem)) for problem in problems] == lines
    assert problems == sorted(problems, key=lambda p: (p["path"], p["line"], p["field"]))
    assert len({problem["path"] for problem in problems}) == 6


def test_chinese_is_printed_whatever_the_locale(broken: tuple[Path, list[str]]) -> None:
    root, lines = broken
    result = run("check", cwd=root, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert result.returncode == 1
    assert lines[0] in result.stdout


@pytest.mark.parametrize("arguments", [("check", "--format", "xml"), (), ("chekc",)])
def test_wrong_command(valid: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, cwd=valid)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_folder_without_project(tmp_path: Path) -> None:
    result = run("check", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "mkdocs.yml" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize(("severity", "status"), [("warning", 0), ("error", 1)])
def test_only_errors_fail(
    severity: Any, status: int, valid: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main = runpy.run_path(str(HOOKS / "__main__.py"), run_name="jingzhong_command")["main"]
    problem = Problem("cases/x.md", 3, "reviewed", "应为甲，实际为乙。例：甲", severity)
    main.__globals__["check"] = lambda root, config: (problem,)
    assert main(["--root", str(valid), "check"]) == status
    told = capsys.readouterr().out
    mark = "（提醒）" if severity == "warning" else ""
    assert told.splitlines()[0] == f"cases/x.md:3: {mark}字段 reviewed: 应为甲，实际为乙。例：甲"
