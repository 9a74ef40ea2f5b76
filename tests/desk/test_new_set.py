"""`python hooks new --set`: all that is wrong is told at once; and where an exercise belongs."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import pytest

from jingzhong.desk import new_command
from jingzhong.errors import Report
from jingzhong.model.library import load_library

ROOT = Path(__file__).resolve().parents[2]
Screen = pytest.CaptureFixture[str]
GOOD = """\
id=a-b
title=某厂火灾
date=2026-06-01
place.province=江苏省
place.city=苏州市
sector=消防
accident_type.current=火灾
status=初报
casualties.deaths=3
cause=因为
actions.1.audience=居民
actions.1.do=走
sources.1.title=通报
sources.1.publisher=机关
事故经过=甲
事故教训=丙"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


def run(root: Path, given: str, *flags: str, kind: str = "case") -> int:
    parser = argparse.ArgumentParser()
    new_command.add_parser(parser.add_subparsers())
    pairs = [part for line in given.splitlines() for part in ("--set", line)]
    options = parser.parse_args(["new", kind, *flags, *pairs])
    options.root, options.config = root, root / "mkdocs.yml"
    return new_command.run(options)


def test_everything_wrong_is_told_at_once(root: Path, capsys: Screen) -> None:
    wrong = (
        GOOD.replace("江苏省", "广东").replace("sector=消防", "sector=叉车")
        .replace("status=初报", "status=结案").replace("deaths=3", "deaths=三")
        .replace("id=a-b", "id=A b").replace("事故经过=甲", "事故经国=甲")
        .replace("actions.1.do=走", "actions.1.who=走")
    )  # fmt: skip
    assert run(root, wrong + "\ntitel=x\nfoo\nviolations.1.law=月球法") == 1
    told = capsys.readouterr().err
    lines = told.splitlines()
    for start, example in (
        ("字段 place.province: ", "--set place.province=湖北省"),
        ("字段 sector[1]: ", "--set sector=消防"),
        ("字段 status: ", "--set status=已结案"),
        ("字段 casualties.deaths: ", "--set casualties.deaths=3"),
        ("字段 actions[1].who: ", "--set actions.1.audience=居民"),
        ("字段 actions[1].do: ", "--set actions.1.do=看见管道旁施工先打燃气公司电话"),
        ("字段 titel: ", "--set title=某市“6·1”较大火灾事故"),
        ("字段 事故经国: ", "--set 事故经过=…"),
        ("字段 violations[1].law: ", "实际为“月球法”"),
        ("应为字段=值，实际为“foo”", "--set title="),
        ("应为小写英文字母、数字和连字符", "例：tianjin-ruihai"),
    ):
        (line,) = (one for one in lines if one.startswith(start))
        assert line.endswith(example) or example in line, line
    assert lines[-1] == f"共 {len(lines) - 1} 处不对，都改好再运行一次；现在什么也没有写。"
    assert not (root / "cases").exists()


def test_the_place_is_looked_at(root: Path, capsys: Screen) -> None:
    assert run(root, GOOD.replace("苏州市", "深圳市")) == 1
    told = capsys.readouterr().err
    assert "（属于广东省）" in told and "--set place.city=南京市" in told and "共 1 处" in told
    assert run(root, GOOD.replace("江苏省", "湖北省").replace("苏州市", "襄樊市")) == 0
    assert "（提醒）" in capsys.readouterr().out


def test_what_is_right_is_written(root: Path, capsys: Screen) -> None:
    """The twin: without a fault nothing is told but what to do next."""
    assert run(root, GOOD) == 0
    told = capsys.readouterr()
    assert (root / "cases/2026-06-01-a-b.md").is_file() and told.err == ""
    assert "都会发布" in told.out and "drafts/" in told.out and "--draft" in told.out


def test_an_exercise_is_not_published(root: Path, capsys: Screen) -> None:
    assert run(root, GOOD, "--draft") == 0
    told = capsys.readouterr().out
    draft = root / "drafts/2026-06-01-a-b.md"
    assert "不检查、不发布" in told and "移到 cases/" in told and draft.is_file()
    report = Report()
    library = load_library(root, root / "mkdocs.yml", report)
    assert library is not None and library.cases == () and report.errors == ()
    # It is a sound case all the same: once moved, it is one.
    assert run(root, GOOD, "--draft") == 1 and "没有覆盖" in capsys.readouterr().err
    (root / "cases").mkdir()
    draft.rename(root / "cases" / draft.name)
    library = load_library(root, root / "mkdocs.yml", report)
    assert library is not None and len(library.cases) == 1 and report.errors == ()
    assert run(root, GOOD, "--draft") == 1  # Its address is taken.
    assert "cases/2026-06-01-a-b.md 已经有了" in capsys.readouterr().err


def test_there_is_no_mark_for_a_draft(root: Path, capsys: Screen) -> None:
    """As the editors' manual says: a folder, not a field, keeps a case from being published."""
    assert run(root, f"{GOOD}\ndraft=true") == 1
    assert "字段 draft: 应为已知的字段" in capsys.readouterr().err
    assert run(root, GOOD) == 0
    (root / "cases/.later.md").write_text("不看", "utf-8")
    (root / "drafts").mkdir()
    (root / "drafts/2026-06-01-x.md").write_text("坏的", "utf-8")
    report = Report()
    library = load_library(root, root / "mkdocs.yml", report)
    assert library is not None and len(library.cases) == 1 and report.errors == ()


def test_a_question_has_no_draft(root: Path, capsys: Screen) -> None:
    assert run(root, "bank=x", "--draft", kind="question") == 1
    assert "new bank --draft" in capsys.readouterr().err
