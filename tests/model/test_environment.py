"""`python hooks` finds the packages of the project's own environment, or says how to get them."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

PYTHON = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"


def run(folder: Path, bare: Path) -> subprocess.CompletedProcess[str]:
    """`python hooks check`, by a Python that has no packages."""
    return subprocess.run(
        [bare / PYTHON, "hooks", "check"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    venv.create(tmp_path / "bare", with_pip=False)
    return tmp_path / "bare"


def test_without_packages_one_is_told_what_to_run(
    tmp_path: Path, bare: Path, copy_project: Callable[..., Path]
) -> None:
    result = run(copy_project(tmp_path / "project"), bare)
    assert result.returncode == 1
    assert "python3 start.py serve" in result.stderr
    assert "Traceback" not in result.stderr and len(result.stderr.splitlines()) == 1


def test_the_packages_of_the_own_environment_are_used(
    tmp_path: Path, bare: Path, copy_project: Callable[..., Path]
) -> None:
    folder = copy_project(tmp_path / "project")
    (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    result = run(folder, bare)
    assert result.returncode == 0, result.stderr
    assert "0 处错误" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--help"], "显示这份说明"),
        (["chek"], "没有 'chek'，可以写：'check'"),
        (["check", "--formt"], "不认识：--formt"),
        (["import", "quiz"], "还缺：文件"),
        (["cite", "x.txt", "--date"], "--date：后面要写一个值"),
    ],
)
def test_the_command_line_speaks_chinese(project: Path, arguments: list[str], said: str) -> None:
    result = subprocess.run(
        [sys.executable, "hooks", *arguments],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    output = result.stdout + result.stderr
    assert said in output and "用法：" in output
    assert not re.search("usage|error|argument|options|choose", output)
