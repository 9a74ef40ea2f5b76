"""Wrong uses of the editors' verbs: each brings one clear Chinese sentence, and never a traceback."""

from __future__ import annotations

import argparse
import errno
import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from jingzhong.desk import doctor_command, fmt_command, new_command, schema_command
from jingzhong.errors import why
from jingzhong.exchange import command as exchange

ROOT = Path(__file__).resolve().parents[2]
LONG = "很长的文件名" * 20
PAPER = "一、单选题\r\n1．出口（ ）。\r\nA．上锁\r\nB．畅通\r\n答案：B\r\n"
QUESTION = ("type=判断", "stem=x", "answer=对", "explanation=x", "difficulty=1")
Screen = pytest.CaptureFixture[str]
Told = tuple[int, str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for name in ("cases", "quizzes", "content", "有 空格", "空的"):
        (tmp_path / name).mkdir()
    shutil.copy(ROOT / "quizzes/community-home.yml", tmp_path / "quizzes/home.yml")
    (tmp_path / "有 空格" / "题 库.txt").write_bytes(PAPER.encode())
    (tmp_path / "hello.docx").write_text("hello", "utf-8")
    (tmp_path / "empty.txt").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(root: Path, capsys: Screen) -> Callable[..., Told]:
    parser = argparse.ArgumentParser()
    verbs = parser.add_subparsers()
    for module in (doctor_command, fmt_command, new_command, schema_command, exchange):
        module.add_parser(verbs)

    def call(*arguments: str) -> Told:
        options = parser.parse_args(arguments)
        options.root, options.config = root, root / "mkdocs.yml"
        code = int(options.run(options))
        told = capsys.readouterr()
        return code, told.out + told.err

    return call


Run = Callable[..., Told]


def given(*pairs: str) -> Sequence[str]:
    return [part for pair in pairs for part in ("--set", pair)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fmt", "没有.md"), "没有这个文件"),
        (("fmt", "cases/没有.md"), "没有这个文件"),
        (("fmt", f"{LONG}.md"), "没有这个文件"),
        (("fmt", "empty.txt"), "不是 cases/、content/、quizzes/ 里的内容文件"),
        (("fmt", "空的"), "这里面没有 cases/、content/、quizzes/ 的内容文件"),
        (("doctor", "home", "--xlsx", "空的"), "应为一个能写的文件名"),
        (("doctor", "home", "--xlsx", f"{LONG}.xlsx"), "应为一个能写的文件名"),
        (("new", "plan", *given("id=x")), "字段 month: "),
        (("new", "question", *given("bank=社区", *QUESTION)), "可能是社区与家庭安全（home）"),
        (("new", "bank", *given(f"id={'a' * 300}", "title=x")), "文件名太长"),
        (("import", "quiz", "没有.docx"), "没有这个文件或文件夹"),
        (("import", "quiz", f"{LONG}.docx"), "文件名太长"),
        (("import", "quiz", "空的"), "这是文件夹"),
        (("import", "quiz", "empty.txt"), "文件是空的"),
        (("import", "quiz", "hello.docx"), "没有认出一道题"),
        (("import", "quiz", "有 空格/题 库.txt", "-o", "x.yml", "--audience", "狗"), "实际为“狗”"),
        (("import", "quiz", "有 空格/题 库.txt", "-o", f"{'x' * 250}.yml"), "文件名太长"),
        (("import", "quiz", "有 空格/题 库.txt", "-o", "空的"), "以 .yml 结尾"),
    ],
)
def test_a_wrong_use_is_told(arguments: tuple[str, ...], words: str, run: Run, root: Path) -> None:
    before = sorted(root.rglob("*"))
    code, told = run(*arguments)
    assert words in told, told
    assert code or "没有认出" in words
    assert sorted(root.rglob("*")) == before
    assert not re.search(r"No such|Permission|Is a directory|Traceback", told), told


def test_a_path_with_blanks_and_windows_line_ends(run: Run, root: Path) -> None:
    """The twin: what is unusual and right works."""
    code, told = run("import", "quiz", str(root / "有 空格" / "题 库.txt"), "-o", "quizzes/x.yml",
                     "--audience", "居民")  # fmt: skip
    assert code == 0 and "可用 1" in told and "没有认出" not in told
    bank = root / "quizzes/x.yml"
    bank.write_bytes(b"\xef\xbb\xbf" + bank.read_bytes().replace(b"\n", b"\r\n"))
    assert run("new", "question", *given("bank=x", *QUESTION))[0] == 0
    assert run("fmt", "quizzes/x.yml")[0] == 0
    assert run("doctor", "x", "--xlsx", str(root / "有 空格" / "体检.xlsx"))[0] in (0, 1)


@pytest.mark.parametrize(
    ("target", "arguments"),
    [
        ("jingzhong.desk.doctor_command.write_table", ("doctor", "home", "--xlsx", "x.xlsx")),
        ("pathlib.Path.write_bytes", ("new", "question", *given("bank=home", *QUESTION))),
        ("pathlib.Path.write_text", ("schema",)),
        (
            "jingzhong.exchange.questions.command.replace_file",
            ("import", "quiz", "有 空格/题 库.txt", "-o", "quizzes/x.yml"),
        ),
    ],
)
def test_a_folder_that_cannot_be_written(
    target: str, arguments: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "x")

    monkeypatch.setattr(target, refuse)
    code, told = run(*arguments)
    assert code and "写不进去（没有权限，或文件正被别的程序打开）" in told, told
    assert "Permission" not in told


def test_a_bank_that_cannot_be_read_is_named(run: Run, root: Path) -> None:
    (root / "quizzes/gbk.yml").write_bytes("title: 题库\n".encode("gb18030"))
    assert "quizzes/gbk.yml" in run("doctor", "home")[1]
    code, told = run("new", "question", *given("bank=gbk", *QUESTION))
    assert code == 1 and "quizzes/gbk.yml:1: 应为 UTF-8 编码" in told


def test_settings_that_cannot_be_read(run: Run, root: Path) -> None:
    text = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_bytes(text.encode("gb18030"))
    code, told = run("import", "quiz", "有 空格/题 库.txt", "-o", "quizzes/x.yml")
    assert code == 2 and "先改好 mkdocs.yml" in told and "GBK" in told, told
    assert not (root / "quizzes/x.yml").exists()
    assert run("import", "quiz", "有 空格/题 库.txt")[0] == 0  # Only to look at, it is not needed.


def test_what_the_system_says_is_chinese() -> None:
    for number in errno.errorcode:
        assert not re.search("[a-z]", why(OSError(number, os.strerror(number))))
    assert why(OSError()) == "系统错误" and why(OSError(errno.ENOSPC, "x")) == "磁盘满了"
