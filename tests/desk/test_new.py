"""`python hooks new`: every answer is checked at once, and nothing is ever overwritten."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jingzhong.desk import new_command
from jingzhong.desk.canonical import canonical, record_of
from jingzhong.desk.new_forms import FORMS
from jingzhong.desk.new_set import parse_settings
from jingzhong.errors import Report
from jingzhong.model.library import Library, load_library
from jingzhong.model.source import Source

ROOT = Path(__file__).resolve().parents[2]
BANK = """\
# 说明
title: 家
audience:
  - 居民
reviewed: 2026-11-23
questions:
  - id: home-009
    type: judge
    stem: 对吗？
    answer: 对
    explanation: 对。
    difficulty: 1
# 末尾
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "quizzes").mkdir()
    (tmp_path / "quizzes" / "home.yml").write_text(BANK, "utf-8")
    return tmp_path


def run(root: Path, *arguments: str, read: Callable[[str], str] | None = None) -> int:
    parser = argparse.ArgumentParser()
    new_command.add_parser(parser.add_subparsers())
    options = parser.parse_args(["new", *arguments])
    options.root, options.config = root, root / "mkdocs.yml"
    return new_command.run(options, read or answers(""))


def answers(text: str) -> Callable[[str], str]:
    """Someone who types these lines and then leaves."""
    lines: Iterator[str] = iter([line.split("  #")[0].strip() for line in text.splitlines()])

    def read(prompt: str) -> str:
        assert prompt
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    return read


def library(root: Path) -> Library:
    report = Report()
    loaded = load_library(root, root / "mkdocs.yml", report)
    assert loaded is not None and report.errors == (), report.errors
    return loaded


def files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def assert_canonical(root: Path, name: str) -> None:
    text, record = (root / name).read_text("utf-8"), record_of(name)
    assert record is not None and canonical(Source(name, text), record) == text


CASE = """\
某市某厂“6·1”较大火灾事故
某厂火灾  # 俗称
  # 没有第二个
2026-06-01
22:51 起火
江苏省
苏州市


某某公司
6 1  # 消防、危险化学品
火灾


已结案
3  # 较大
3


5

1200.5
工人动火引燃可燃物，出口又被锁住
y
22:51
起火: 一处
n
居民
看见出口上锁就打电话
n
n
n
某某事故调查报告
某某机关


n

起火了。
动火。
没有人管。
出口不能锁。
suzhou-factory
"""


def test_a_case_is_asked_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "case", read=answers(CASE)) == 0, capsys.readouterr()
    name = "cases/2026-06-01-suzhou-factory.md"
    case = library(root).case_by_id["2026-06-01-suzhou-factory"]
    assert (case.grade, case.casualties.deaths, case.casualties.missing) == ("较大", 3, None)
    assert case.sector == ("消防", "危险化学品") and case.accident_type.legacy is None
    assert case.economic_loss_wan == 1200.5 and case.timeline[0].event == "起火: 一处"
    assert case.reviewed.isoformat() == "2026-11-23"  # What the site speaks for, by Enter.
    assert [section.heading for section in case.sections if section.heading] == [
        "事故经过", "直接原因", "间接原因", "事故教训",
    ]  # fmt: skip
    assert_canonical(root, name)


QUESTIONS = {
    "single": "\n1\n先做什么？\n关阀\n点火\n\nb\n因为。\n\n\n2\n\n",
    "multiple": "\nmultiple\n做什么？\n甲\n乙\n丙\n\nab\n因为。\n\n\n2\n消防\n\n",
    "judge": "\n3\n对吗？\n2\n因为。\n\n\n5\n\n",
    "blank": "\n4\n火警____，急救____。\n119/一一九\n120\ny\n因为。\n\n\n1\n\n",
    "order": "\n5\n排一排。\n甲\n乙\n丙\n\ncab\n因为。\n\n\n2\n\n",
    "match": "\n6\n连一连。\n甲\n乙\n\n一\n二\n\n2\n1\n因为。\n\n\n2\n\n",
}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_question_is_added(kind: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = "1\n" + QUESTIONS[kind]
    if kind == "blank":  # `any_order` is asked after the answer and wants true or nothing.
        script = script.replace("\ny\n", "\ntrue\n")
    assert run(root, "question", read=answers(script)) == 0, capsys.readouterr()
    bank = library(root).bank_by_id["home"]
    assert [one.id for one in bank.questions] == ["home-009", "home-010"]
    assert bank.questions[1].type == kind
    text = (root / "quizzes/home.yml").read_text("utf-8")
    assert text.startswith(BANK) and sorted(files(root)) == ["mkdocs.yml", "quizzes/home.yml"]
    expected = {"single": "B", "multiple": "AB", "judge": False, "order": "CAB",
                "blank": (("119", "一一九"), ("120",)), "match": {"A": "2", "B": "1"}}  # fmt: skip
    assert bank.questions[1].answer == expected[kind]


def test_wrong_answers_are_asked_again(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = """\
none
1
home-009
Home 10
home-010
8
single
先做什么？
关阀
关阀。

关阀
点火

C
AB
A

因为。
no-such-law 第五条

9
2

"""
    (root / "content/regulations").mkdir(parents=True)
    shutil.copy(ROOT / "content/regulations/fire-law.md", root / "content/regulations")
    laws = "no-such-law 第五条\n第五条\n消防法 第九百条\n消防法 5\n\nno-such-case\n"
    script = script.replace("no-such-law 第五条", laws)
    code = run(root, "question", read=answers(script))
    told = capsys.readouterr().out
    for fault in ("没有用过的题目 id", "小写英文 id", "“8”", "互不相同的文字", "选项中有的字母",
                  "一个字母", "“no-such-law”", "没有写是哪部法规", "共 74 条", "案例 id", "1 到 5"):  # fmt: skip
        assert fault in told, fault
    assert code == 0, told
    assert library(root).bank_by_id["home"].questions[1].answer == "A"


@pytest.mark.parametrize("leave", [EOFError, KeyboardInterrupt])
def test_leaving_writes_nothing(
    leave: type[BaseException], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(root)
    lines = CASE.splitlines()[:-2]
    for count in range(0, len(lines), 4):
        patience = iter([line.split("  #")[0].strip() for line in lines[:count]])

        def read(_: str, patience: Iterator[str] = patience) -> str:
            word = next(patience, None)
            if word is None:
                raise leave
            return word

        assert run(root, "case", read=read) == 130
        assert "没有写任何文件" in capsys.readouterr().err
    assert files(root) == before


def settings(text: str) -> list[str]:
    return [part for line in text.strip().splitlines() for part in ("--set", line)]


GIVEN = {
    "case": """\
id=a-b
title=某厂火灾
date=2026-06-01
place.province=江苏省
place.city=苏州市
sector=消防
sector=危险化学品
accident_type.current=火灾
status=初报
casualties={deaths: 3}
cause=因为
actions.1.audience=居民
actions.1.do=走
actions.2.audience=居民
actions.2.do="跑: 快"
sources.1.title=通报
sources.1.publisher=机关
sources.1.date=2026-06
事故经过=甲
事故经过=乙
事故教训=丙""",
    "regulation": """\
id=some-law
title=某法
kind=法律
number=第一号
issuer=机关
versions.1.date=2021-06
status=现行有效
official.name=数据库
text=要点
导语=说明。""",
    "bank": """\
id=fresh
title=新题库
audience=居民
questions.1.id=fresh-001
questions.1.type=blank
questions.1.stem=火警____
questions.1.answer=[["119"]]
questions.1.explanation=因为
questions.1.difficulty=1""",
    "contest": """\
id=cup
title=竞赛
seed=2026-06
points=2
scoring=全对才得分
sections.1.type=judge
sections.1.count=1
sections.1.bank=home
sections.1.points=2""",
    "plan": """\
id=june
title=计划
description=简介
month=6
days.1.day=1
days.1.theme=甲
days.1.do=乙
days.1.case=2026-06-01-a-b
days.1.questions=[home-009, home-009, home-009, home-009, home-009]""",
    "question": """\
bank=home
type=single
stem=先做什么？
options.A=关阀
options.B=119
answer=B
explanation=因为
difficulty=2""",
}
MADE = {
    "case": "cases/2026-06-01-a-b.md",
    "regulation": "content/regulations/some-law.md",
    "bank": "quizzes/fresh.yml",
    "contest": "quizzes/contests/cup.yml",
    "plan": "quizzes/plans/june.yml",
    "question": "quizzes/home.yml",
}


@pytest.mark.parametrize("kind", FORMS)
def test_given_on_the_command_line(
    kind: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = settings(GIVEN[kind])
    if kind == "plan":  # It names a case, which has to be there.
        assert run(root, "case", *settings(GIVEN["case"])) == 0
    assert run(root, kind, *asked) == 0, capsys.readouterr().err
    library(root)
    made = (root / MADE[kind]).read_text("utf-8")
    if kind == "question":
        assert 'B: "119"' in made and made.startswith(BANK)
        asked += ["--set", "id=home-010"]
    else:
        assert_canonical(root, MADE[kind])
    before = files(root)
    capsys.readouterr()
    assert run(root, kind, *asked) == 1 and "没有覆盖" in capsys.readouterr().err
    assert files(root) == before


@pytest.mark.parametrize("kind", FORMS)
def test_each_line_is_needed(kind: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without any one of the given answers, or with a wrong one, nothing is written."""
    before, lines = files(root), GIVEN[kind].splitlines()
    free = ("sector=", "place.city", "actions.2.", "事故经过=", "sources.1.date", "导语=")
    for number, line in enumerate(lines):
        if line.startswith(free):
            continue
        rest = "\n".join([*lines[:number], *lines[number + 1 :]])
        assert run(root, kind, *settings(rest)) == 1, line
        told = capsys.readouterr().err
        assert ("应为" in told or "没有写" in told) and "Traceback" not in told, line
    for wrong in ("titel=x", "title.x=y", "reviewed", "=x", "a..b=c", "id=../x", "id=A"):
        assert run(root, kind, *settings(GIVEN[kind] + f"\n{wrong}")) == 1, wrong
        assert "应为" in capsys.readouterr().err, wrong
    assert files(root) == before


def test_settings_are_read() -> None:
    given, faults = parse_settings(["a=1", "a=2", "a=3", "b.c= x=y ", "b.d.1=z"])
    assert given == {"a": ["1", "2", "3"], "b": {"c": "x=y", "d": {"1": "z"}}} and not faults
    for wrong in (["a=1", "a.b=2"], ["a.b=1", "a=2"], [".".join("a" * 20) + "=1"], ["a=\udcff"]):
        assert len(parse_settings(wrong)[1]) == 1
    assert len(parse_settings(["a", "=b", "c=1"])[1]) == 2


def test_what_does_not_fit_together_is_asked_again(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sum of a contest's points is known only at the end."""
    script = "竞赛\n2026\n\n3\n全对才得分\njudge\n1\n1\n\n\n\n2\nn\ncup\n2\n"
    assert run(root, "contest", read=answers(script)) == 0, capsys.readouterr()
    told = capsys.readouterr().out
    # The field goes by its Chinese name: whoever answers questions has seen no key.
    assert re.search("✗ [一-鿿]+：应为各大题分值之和", told) and "points" not in told, told
    assert library(root).contests[0].points == 2


def test_a_broken_bank_is_left_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "quizzes" / "home.yml"
    for text in (
        BANK.replace("judge", "jugde"),
        BANK + "title: x\n",
        BANK.replace("reviewed:", "x:"),
    ):
        path.write_text(text, "utf-8")
        assert run(root, "question", *settings(GIVEN["question"])) == 1
        assert "quizzes/home.yml:" in capsys.readouterr().err
        assert path.read_text("utf-8") == text
    head, questions = BANK.split("reviewed: 2026-11-23\n")
    path.write_text(head + questions + "reviewed: 2026-11-23\n", "utf-8")
    assert run(root, "question", *settings(GIVEN["question"])) == 1
    assert "python hooks fmt" in capsys.readouterr().err


def test_the_verb_is_there(root: Path) -> None:
    command = [sys.executable, str(ROOT / "hooks"), "--root", str(root), "new", "bank"]
    done = subprocess.run(command, input="题库\n", capture_output=True, encoding="utf-8")
    assert done.returncode == 130 and "没有写任何文件" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
