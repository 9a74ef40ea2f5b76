"""What the command line itself says: help in Chinese, unknown words, files that cannot be used."""

from __future__ import annotations

import argparse
import errno
import re
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
Screen = pytest.CaptureFixture[str]
Run = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def module(project: Path) -> dict[str, Any]:
    return runpy.run_path(str(project / "hooks/__main__.py"), run_name="jingzhong_command")


@pytest.fixture
def run(module: dict[str, Any], capsys: Screen) -> Run:
    def call(*arguments: str) -> tuple[int, str]:
        try:
            code = int(module["main"](list(arguments)))
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = capsys.readouterr()
        return code, told.out + told.err

    return call


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(FIXTURES / "valid", tmp_path / "project")


@pytest.mark.parametrize(
    ("arguments", "verb"),
    [
        (("check", "--force"), "check"),
        (("export", "quiz", "home", "--foo"), "export quiz"),
        (("import", "quiz", "a.txt", "--dry-run"), "import quiz"),
        (("new", "case", "甲", "乙"), "new"),
        (("cite", "a.txt", "b.txt"), "cite"),
        (("addresses", "x"), "addresses"),
    ],
)
def test_an_unknown_word_names_its_verb(arguments: tuple[str, ...], verb: str, run: Run) -> None:
    code, told = run(*arguments)
    assert code == 2
    assert told.startswith(f"用法：python hooks {verb} ")
    assert f"python hooks {verb}：不认识：" in told
    assert told.endswith(f"怎么用，见 python hooks {verb} -h\n")


def test_a_mistyped_option_is_guessed(run: Run) -> None:
    assert "不认识：--forse；是不是“--force”。" in run("import", "quiz", "a.txt", "--forse")[1]
    assert "不认识：--zzzzzzz。" in run("import", "quiz", "a.txt", "--zzzzzzz")[1]


def test_known_words_are_taken(run: Run, root: Path) -> None:
    """The twin: the same parser takes what it knows."""
    assert run("--root", str(root), "check", "--format", "json") == (0, "[]\n")


def test_a_folder_with_too_long_a_name(run: Run) -> None:
    code, told = run("--root", "a" * 300, "check")
    assert code == 2 and "文件名太长" in told and len(told) < 200


def test_addresses_that_cannot_be_written(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "addresses.txt")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.write_text", refuse)
        code, told = run("--root", str(root), "addresses")
    assert (code, told) == (
        1,
        "addresses.txt 写不进去（没有权限，或文件正被别的程序打开），没有登记。\n",
    )
    assert run("--root", str(root), "addresses")[0] == 0  # The twin: it can be written.


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/x/y"), "“/x/y”：磁盘满了。\n"),
        (OSError(errno.EIO, "Input/output error"), "“”：磁盘读写出错。\n"),
    ],
)
def test_what_no_verb_expected_is_told_in_chinese(
    error: OSError, words: str, run: Run, module: dict[str, Any], root: Path
) -> None:
    def fail(*_: Any) -> None:
        raise error

    scope, check = module["main"].__globals__, module["check"]
    scope["check"] = fail
    try:
        assert run("--root", str(root), "check") == (2, words.removeprefix("“”："))
    finally:
        scope["check"] = check


def test_a_pipe_that_closes_is_no_fault_of_a_file(module: dict[str, Any], root: Path) -> None:
    def fail(*_: Any) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    scope, check = module["main"].__globals__, module["check"]
    scope["check"] = fail
    try:
        with pytest.raises(BrokenPipeError):
            module["main"](["--root", str(root), "check"])
    finally:
        scope["check"] = check


@pytest.mark.parametrize(
    "arguments", [("export", "quiz", "home", "--to", "csv"), ("paper", "home")]
)
def test_a_folder_to_write_in_that_cannot_be_made(
    arguments: tuple[str, ...], run: Run, root: Path
) -> None:
    code, told = run("--root", str(root), *arguments, "--out", "长" * 200)
    assert code == 2 and "（文件名太长）" in told
    assert "File name" not in told and len(told) < 200


@pytest.mark.parametrize("verb", ["law", "case"])
def test_an_import_that_cannot_be_written(
    verb: str, run: Run, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    path = tmp_path / "某市甲厂火灾事故调查报告.txt"
    path.write_text("某市燃气管理办法\n第一条　发生事故要报告。\n第二条　要检查。\n", "utf-8")
    monkeypatch.setattr("tempfile.mkstemp", refuse)
    code, told = run("--root", str(root), "import", verb, str(path))
    assert code == 1 and "写不进去（这个磁盘只能读）" in told, told
    assert "Read-only" not in told


def placeholders(help_text: str) -> list[str]:
    """Names of values that argparse made up from an option: ROOT, ID."""
    return re.findall(r"\b[A-Z][A-Z_]+\b", help_text.split("\n\n")[0])


# A colleague is at work in `import case`; its --id still shows ID.
@pytest.mark.parametrize(
    "verb",
    (
        "",
        "check",
        "addresses",
        "cite",
        "paper",
        "doctor",
        "schema",
        "fmt",
        "new",
        "import",
        "import quiz",
        "import law",
        "export",
        "export quiz",
    ),
)
def test_help_names_its_values_in_chinese(verb: str, run: Run) -> None:
    code, told = run(*verb.split(), "-h")
    assert code == 0
    assert placeholders(told) == []
    assert "usage" not in told and "optional arguments" not in told


def test_a_made_up_placeholder_is_found() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--root")
    assert placeholders(parser.format_help()) == ["ROOT"]
