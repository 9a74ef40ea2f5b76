"""`python hooks new` takes Chinese wherever a file needs an English id, and shows what it took."""

from __future__ import annotations

import argparse
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from jingzhong.desk import new_command
from jingzhong.desk.new_names import Names, as_id
from jingzhong.model.fields import Boolean, Reference
from jingzhong.model.quizzes import LawText

ROOT = Path(__file__).resolve().parents[2]
CASE = "2015-08-12-tianjin-ruihai"
LAWS = ("fire-law", "work-safety-law", "gb-3608-2025", "highrise-fire-rules")
BANK = """\
title: 家里的安全
audience:
  - 居民
reviewed: 2026-11-23
questions:
  - id: home-009
    type: judge
    stem: 闻到燃气味，先开灯看看，对吗？
    answer: 错
    explanation: 对。
    difficulty: 1
"""
Screen = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for name in ("quizzes", "cases", "content/regulations"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "quizzes" / "home.yml").write_text(BANK, "utf-8")
    shutil.copy(ROOT / f"cases/{CASE}.md", tmp_path / "cases")
    for law in LAWS:
        shutil.copy(ROOT / f"content/regulations/{law}.md", tmp_path / "content/regulations")
    return tmp_path


def run(root: Path, kind: str, lines: str = "", *given: str) -> int:
    """Make one thing: by these lines, or by these settings."""
    parser = argparse.ArgumentParser()
    new_command.add_parser(parser.add_subparsers())
    flags = [part for one in given for part in (("--set", one) if "=" in one else (one,))]
    options = parser.parse_args(["new", kind, *flags])
    options.root, options.config = root, root / "mkdocs.yml"
    typed: Iterator[str] = iter(lines.split("\n"))

    def read(prompt: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    return new_command.run(options, read)


def bank(root: Path, name: str = "home") -> str:
    return (root / f"quizzes/{name}.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("消防法 60", "fire-law 第六十条", "《消防法》（fire-law）第六十条：占道堵门"),
        ("安全生产法第二十五条", "work-safety-law 第二十五条", "（work-safety-law）第二十五条"),
        ("《消防法》第六十条第二款", "fire-law 第六十条", "“第二款”没有记"),
        ("消防 6\n1", "fire-law 第六条", "2. 《高层民用建筑消防安全管理规定》"),
        ("消防 61\n1", "fire-law 第六十一条", "1. 《消防法》（fire-law）第六十一条"),
        ("高层民用建筑\n1", "highrise-fire-rules", "“高层民用建筑”可能是下面的"),
        ("GB 3608-2025", "gb-3608-2025", "《高处作业分级》（gb-3608-2025）"),
        ("消房法 60\nfire-law 60", "fire-law 第六十条", "是不是“消防法”？"),
        ("消防法 900\n消防法 6", "fire-law 第六条", "共 74 条"),
        ("第六十条\n消防法 60", "fire-law 第六十条", "没有写是哪部法规"),
    ],
)
def test_the_law_of_a_question(
    typed: str, kept: str, told: str, root: Path, capsys: Screen
) -> None:
    lines = f"家里\n1\n\n判断题\n对吗？\n对\n因为。\n{typed}\n\n天津 爆炸\n1\n\n2\n\n"
    assert run(root, "question", lines) == 0, capsys.readouterr()
    shown = capsys.readouterr().out
    assert told in shown and f"- {kept}\n" in bank(root) and f'- "{CASE}"\n' in bank(root), shown
    assert "type: judge" in bank(root)  # 判断题 is as good as its number.


def test_what_is_not_understood_is_refused(root: Path, capsys: Screen) -> None:
    names = Names(root)
    for words in ("月球法 6", "月", "moon-law 6", "消防法 0"):
        assert names.understand(LawText(), words).fault, words
    assert names.understand(LawText(), "安全").choices  # A part alone is never taken unasked.
    assert names.understand(Reference("case", ""), "天津").choices.keys() == {CASE}
    for words in ("天津港爆炸", "2015-08-12", "2015年8月12日", CASE):
        assert names.understand(Reference("case", ""), words).text == CASE
    assert names.understand(Reference("case", ""), "火星").fault
    assert names.understand(Reference("question", ""), "燃气味").choices.keys() == {"home-009"}
    assert [names.understand(Boolean(), word).text for word in "是否"] == ["true", "false"]


def test_broken_files_are_known_by_their_ids(root: Path) -> None:
    (root / f"cases/{CASE}.md").write_text("坏了", "utf-8")
    (root / "quizzes/home.yml").write_text("questions: [", "utf-8")
    names = Names(root)
    assert names.understand(Reference("case", ""), CASE).text == CASE
    assert names.understand(Reference("bank", ""), "home").text == "home"
    assert names.understand(Reference("bank", ""), "家里").fault


def test_given_by_set_in_chinese(root: Path, capsys: Screen) -> None:
    given = ("bank=家里的安全", "type=单选", "stem=先做什么？", "options.A=关阀", "options.B=点火",
             "answer=A", "explanation=因为", "law=消防法 60", "case=天津港爆炸", "difficulty=2")  # fmt: skip
    assert run(root, "question", "", *given) == 0, capsys.readouterr()
    told = capsys.readouterr().out
    assert "消防法 60 → 《消防法》（fire-law）第六十条" in told and f"（{CASE}）" in told
    assert "- fire-law 第六十条\n" in bank(root) and f'- "{CASE}"\n' in bank(root)
    before = bank(root)
    given = tuple(one.replace("消防法 60", "消防 60").replace("单选", "双选") for one in given)
    assert run(root, "question", "", *given) == 1 and bank(root) == before
    told = capsys.readouterr().err
    assert "可能是《消防法》（fire-law）" in told and "“双选”" in told and "共 2 处不对" in told


def test_a_contest_and_a_plan_in_chinese(root: Path, capsys: Screen) -> None:
    contest = "竞赛\n2026\n\n2\n全对才得分\n判断题\n1\n家里的安全\n\n\n\n2\nn\n社区 杯\n"
    assert run(root, "contest", contest) == 0, capsys.readouterr()
    assert "- home\n" in (root / "quizzes/contests/shequ-bei.yml").read_text("utf-8")
    assert "→ 短名 shequ-bei" in capsys.readouterr().out
    asked = "燃气味\n1\n" * 5 + "\n"
    plan = f"计划\n简介\n6\n1\n甲\n乙\n天津\n1\n{asked}n\njune\n"
    assert run(root, "plan", plan) == 0, capsys.readouterr()
    text = (root / "quizzes/plans/june.yml").read_text("utf-8")
    assert f'case: "{CASE}"' in text and text.count("- home-009") == 5


def test_a_bank_numbers_its_questions(root: Path, capsys: Screen) -> None:
    one = "\n判断题\n对吗？\n对\n因为。\n\n\n2\n\n"
    lines = f"燃气题\n题库\n居民\n\n\n\n{one}y\n{one}\n"
    assert run(root, "bank", lines) == 0, capsys.readouterr()
    assert re.findall("id: (.*)", bank(root, "ranqiti")) == ["ranqiti-001", "ranqiti-002"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [("三水叉车", "sanshuichache"), ("苏州 某厂", "suzhou-mouchang"), ("苏州A厂", "suzhouachang"),
     ("tianjin-ruihai", "tianjin-ruihai"), ("../x", "../x"), ("A", "A")],
)  # fmt: skip
def test_an_id_from_chinese(typed: str, name: str) -> None:
    assert as_id(typed) == name
