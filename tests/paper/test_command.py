"""`python hooks paper`: what it writes, and what it says to a wrong request."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from jingzhong.channels.paper import command, fonts

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(project: Path, printed_project: Path) -> Run:
    def call(
        *arguments: object,
        root: Path = printed_project,
        cwd: Path | None = None,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, str(project / "hooks"), "--root", str(root), "paper"]
        return subprocess.run(
            [*words, *map(str, arguments)],
            cwd=cwd or project,
            env=os.environ | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return call


def test_every_form_of_two_variants_is_written(run: Run, tmp_path: Path) -> None:
    done = run("every", "--variants", "A,B", "--out", tmp_path / "new/out")
    assert done.returncode == 0, done.stderr
    per_variant = ("-a4.pdf", "-a3.pdf", "-8k.pdf", "-large.pdf", ".docx")
    wanted = {f"every-{letter}{suffix}" for letter in "AB" for suffix in per_variant}
    wanted |= {"every-sheet.pdf", "every-key.pdf"}
    assert {path.name for path in (tmp_path / "new/out").iterdir()} == wanted
    assert all(name in done.stdout for name in wanted)
    assert re.search(r"试卷编号 [0-9A-Z]{8}，种子 种子-1。", done.stdout)
    assert "images/broken.png 读不了" in done.stderr


def test_the_same_bytes_whatever_the_clock_the_zone_and_the_folder(
    run: Run, tmp_path: Path, printed_project: Path
) -> None:
    asked = (
        "every",
        "--variants",
        "A",
        "--seed",
        "开奖 12",
        "--out",
        "out",
        "--forms",
        "a4,word,sheet,key",
    )
    copied = tmp_path / "elsewhere/project"
    shutil.copytree(printed_project, copied)
    for name, root, environment in (
        ("one", printed_project, {"TZ": "UTC", "PYTHONHASHSEED": "1"}),
        ("two", copied, {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2"}),
    ):
        (tmp_path / name).mkdir()
        done = run(*asked, root=root, cwd=tmp_path / name, **environment)
        assert done.returncode == 0, done.stderr
    one, two = tmp_path / "one/out", tmp_path / "two/out"
    names = sorted(path.name for path in one.iterdir())
    assert len(names) == 4 and names == sorted(path.name for path in two.iterdir())
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_a_bank_gives_a_sheet_and_one_with_answers(run: Run, tmp_path: Path) -> None:
    done = run("all", "--forms", "a4，word，key", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"all-a4.pdf", "all.docx", "all-answers.pdf"}
    assert "题库版本" in done.stdout


def test_help_is_chinese(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "用法：" in done.stdout and "开奖号码" in done.stdout
    words = set(re.findall(r"[a-z]{3,}", done.stdout))
    assert not words & {
        "usage",
        "options",
        "positional",
        "arguments",
        "show",
        "help message",
        "exit",
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "要印哪一场竞赛、哪一个题库？可以是：every、open、all"),
        (["evry"], "没有叫“evry”的竞赛或题库；是不是“every”？可以是：every、open、all"),
        (["别的"], "没有叫“别的”的竞赛或题库。可以是：every、open、all"),
        (["every", "--variants", "A,E"], "--variants 应为 A、B、C、D 里的几个"),
        (["every", "--variants", "A,A"], "每个写一次，实际为“A,A”"),
        (["every", "--variants", ""], "--variants 应为 A、B、C、D 里的几个"),
        (["every", "--seed", "　 "], "--seed 应为 1～200 个字的文字，实际为空的"),
        (["every", "--seed", "长" * 201], "实际为201 个字"),
        (["every", "--forms", "a4,a5"], "实际有“a5”"),
        (["every", "--forms", ","], "--forms 后面要写样式"),
    ],
)
def test_a_wrong_request_gets_a_chinese_sentence(
    printed_project: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    options = parser.parse_args(["paper", *arguments])
    options.root, options.config = printed_project, printed_project / "mkdocs.yml"
    assert options.run(options) == 2
    out, err = capsys.readouterr()
    assert said in err and not out


def test_a_file_where_the_folder_should_be(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", "utf-8")
    done = run("every", "--out", tmp_path / "out")
    assert done.returncode == 2 and "应为文件夹" in done.stderr and "是一个文件" in done.stderr
    done = run("every", "--out", tmp_path / "out/below")
    assert done.returncode == 2 and "它的上级是一个文件" in done.stderr
    (tmp_path / "busy/every-a4.pdf").mkdir(parents=True)
    done = run("every", "--forms", "a4", "--out", tmp_path / "busy")
    assert done.returncode == 2 and "写不了" in done.stderr and "Traceback" not in done.stderr


def test_a_quota_that_cannot_be_met_and_a_broken_bank(
    run: Run, tmp_path: Path, project: Path, printed: ModuleType
) -> None:
    root = printed.write_project(tmp_path / "p", project)
    contest = root / "quizzes/contests/open.yml"
    contest.write_text(printed.contest_text([("judge", 99, 1.0)]), "utf-8")
    done = run("open", "--out", tmp_path / "out", root=root)
    assert done.returncode == 1
    assert "quizzes/contests/open.yml" in done.stderr and "至多 10" in done.stderr
    assert run("every", "--forms", "sheet", "--out", tmp_path / "out", root=root).returncode == 0
    (root / "quizzes/all.yml").write_text("title: 坏了\n", "utf-8")
    for name in ("all", "every"):
        done = run(name, "--out", tmp_path / "out", root=root)
        assert done.returncode == 1 and "quizzes/all.yml" in done.stderr, name
        assert "Traceback" not in done.stderr


def test_missing_packages_are_named_with_what_to_do(
    printed_project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    absent = {"typst", "pylopdf_fonts_zh_cn"}
    find = fonts.find_spec
    monkeypatch.setattr(fonts, "find_spec", lambda name: None if name in absent else find(name))
    assert fonts.missing_packages() == ["typst", "pylopdf-fonts-zh-cn"]
    options = argparse.Namespace(
        name="every",
        variants=None,
        seed=None,
        forms=None,
        out="never",
        root=printed_project,
        config=printed_project / "mkdocs.yml",
    )
    assert command.run(options) == 2
    said = capsys.readouterr().err
    assert "typst pylopdf-fonts-zh-cn" in said and "pip install -r requirements.txt" in said
    assert not Path("never").exists()


def test_a_huge_bank_is_printed_one_form_at_a_time(
    run: Run, tmp_path: Path, project: Path, printed: ModuleType
) -> None:
    root = printed.write_project(tmp_path / "p", project)
    questions = [printed.question("judge", number) for number in range(1001)]
    (root / "quizzes/huge.yml").write_text(printed.bank_text("很多题", questions), "utf-8")
    done = run("huge", "--out", tmp_path / "out", root=root)
    assert (
        done.returncode == 2 and "很多题有 1001 题" in done.stderr and "--forms a4" in done.stderr
    )
    done = run("huge", "--forms", "word", "--out", tmp_path / "out", root=root)
    assert done.returncode == 0, done.stderr
