"""Quotas that the banks cannot meet stop the build and name the empty cell; facts of questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jingzhong.errors import Report
from jingzhong.model.library import Library, load_library
from jingzhong.quiz.blueprint import check_contests, contest_blueprint, contest_candidates
from jingzhong.quiz.draw import draw
from jingzhong.quiz.facts import bank_candidates, bank_hash, fixed_letters, public_answer
from jingzhong.site import check

QUESTION = """\
  - id: {id}
    type: {type}
    stem: 题干 {id}
    answer: {answer}
    explanation: 解析
    difficulty: {difficulty}
    topics:
      - {topic}
"""
HEAD = """\
title: 小题库
audience:
  - 居民
reviewed: 2026-11-23
questions:
"""
CONTEST = """\
title: 小竞赛
seed: "2026"
points: {points}
scoring: 全对才得分
sections:
"""


@pytest.fixture
def library(tmp_path: Path, project: Path) -> Callable[[str], Library]:
    """Banks `one` (q1…q4 judge, difficulty 1, 1, 2, 2; topics 火, 火, 火, 电) and `two` (1 question)."""
    (tmp_path / "quizzes/contests").mkdir(parents=True)
    (tmp_path / "content").mkdir()
    (tmp_path / "cases").mkdir()
    (tmp_path / "mkdocs.yml").write_text((project / "mkdocs.yml").read_text("utf-8"), "utf-8")
    rows = [("q1", 1, "火"), ("q2", 1, "火"), ("q3", 2, "火"), ("q4", 2, "电")]
    one = "".join(
        QUESTION.format(id=name, type="judge", answer="对", difficulty=d, topic=t)
        for name, d, t in rows
    )
    (tmp_path / "quizzes/one.yml").write_text(HEAD + one, "utf-8")
    two = QUESTION.format(id="r1", type="judge", answer="错", difficulty=3, topic="水")
    (tmp_path / "quizzes/two.yml").write_text(HEAD + two, "utf-8")

    def make(sections: str) -> Library:
        points = sum(int(line.split(":")[1]) for line in sections.splitlines() if "count:" in line)
        text = CONTEST.format(points=points) + sections
        (tmp_path / "quizzes/contests/small.yml").write_text(text, "utf-8")
        report = Report()
        loaded = load_library(tmp_path, tmp_path / "mkdocs.yml", report)
        assert loaded is not None and not report.errors, report.problems
        return loaded

    return make


def section(count: int, bank: str = "one", more: str = "") -> str:
    return f"  - type: judge\n    count: {count}\n    bank: {bank}\n    points: 1\n{more}"


@pytest.mark.parametrize(
    "text",
    [
        section(4),
        section(1) + section(3),
        section(2, more="    topics:\n      - 火\n") + section(2, more="    difficulty: 2\n"),
        section(3, more="    topics:\n      - 火\n") + section(1, more="    difficulty: 2\n"),
    ],
)
def test_a_contest_that_the_banks_can_give_has_no_problem(
    library: Callable[[str], Library], text: str
) -> None:
    made = library(text)
    assert list(check_contests(made)) == []
    (contest,) = made.contests
    paper = draw(
        contest_blueprint(contest).sections, contest_candidates(made, contest), contest.seed
    )
    assert [len(part) for part in paper] == [s.count for s in contest.sections]


@pytest.mark.parametrize(
    ("text", "line", "field", "words"),
    [
        (section(5), 7, "sections[1].count", ["至多 4", "题库 one", "判断题", "count: 4"]),
        (
            section(1) + section(3, more="    topics:\n      - 电\n      - 水\n"),
            11,
            "sections[2].count",
            ["至多 1", "主题 电、水", "主题 水 一题也没有"],
        ),
        (section(1, more="    difficulty: 5\n"), 7, "sections[1].count", ["至多 0", "难度 5"]),
        (section(3) + section(2), 11, "sections[2].count", ["至多 1", "扣去别的大题"]),
        (
            section(5, "\n      - one\n      - two", "    difficulty:\n      - 1\n      - 2\n"),
            7,
            "sections[1].count",
            ["至多 4", "题库 two 一题也没有"],
        ),
        (
            section(3, more="    topics:\n      - 火\n") + section(2, more="    difficulty: 2\n"),
            7,
            "sections[1].count",
            ["主题 火", "至多 2", "扣去别的大题"],
        ),
    ],
)
def test_a_quota_that_fails_names_the_empty_cell(
    library: Callable[[str], Library], text: str, line: int, field: str, words: list[str]
) -> None:
    (problem,) = check_contests(library(text))
    assert (problem.path, problem.field) == ("quizzes/contests/small.yml", field)
    assert all(word in problem.message for word in words), problem.message
    assert abs(problem.line - line) <= 2


def test_points_have_two_decimals_at_most(library: Callable[[str], Library]) -> None:
    """Scores are whole hundredths, on paper as in the page."""
    made = library(section(4))
    (contest,) = made.contests
    for points, faults in ((0.25, 0), (2.5, 0), (1 / 3, 1)):
        one = replace(contest.sections[0], points=points)
        changed = replace(made, contests=(replace(contest, sections=(one,)),))
        problems = list(check_contests(changed))
        assert [p.field for p in problems] == ["sections[1].points"] * faults


def test_a_failing_quota_stops_the_build(
    tmp_path: Path, copy_project: Callable[[Path], Path]
) -> None:
    root = copy_project(tmp_path / "project")
    (root / "quizzes/contests").mkdir(exist_ok=True)
    bank = sorted((root / "quizzes").glob("*.yml"))[0].stem
    text = CONTEST.format(points=500) + section(500, bank)
    (root / "quizzes/contests/planted.yml").write_text(text, "utf-8")
    problems = [p for p in check(root, root / "mkdocs.yml") if "planted" in p.path]
    assert [p.field for p in problems] == ["sections[1].count"]
    assert problems[0].severity == "error"


def changed(library: Callable[[str], Library], old: str, new: str) -> tuple[str, str]:
    """The hash of bank `one` before and after its file was changed."""
    made = library(section(1))
    before = bank_hash(made.bank_by_id["one"])
    path = made.root / "quizzes/one.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return before, bank_hash(library(section(1)).bank_by_id["one"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("题干 q1", "题干甲"),
        ("answer: 对", "answer: 错"),
        ("difficulty: 1", "difficulty: 4"),
        ("- 火", "- 水"),
        ("id: q1", "id: q9"),
        ("    stem:", "    passage: 材料\n    stem:"),
    ],
)
def test_a_changed_bank_has_another_hash(
    library: Callable[[str], Library], old: str, new: str
) -> None:
    before, after = changed(library, old, new)
    assert before != after


def test_a_mended_explanation_leaves_the_hash(library: Callable[[str], Library]) -> None:
    before, after = changed(library, "explanation: 解析", "explanation: 更好的解析")
    assert before == after


def test_the_answer_of_a_judgement_is_a_word(library: Callable[[str], Library]) -> None:
    made = library(section(1))
    assert public_answer(made.bank_by_id["one"].questions[0]) == "对"
    assert public_answer(made.bank_by_id["two"].questions[0]) == "错"


CHOICE = """\
  - id: c1
    type: single
    stem: {stem}
    options:
      A: 关阀开窗
      B: 年满18周岁以上
      C: {option}
    answer: A
    explanation: {explanation}
    difficulty: 1
"""


@pytest.mark.parametrize(
    ("stem", "option", "explanation", "fixed"),
    [
        ("怎么办？", "打电话", "先关阀", ""),
        ("怎么办？", "以上都对", "先关阀", "C"),
        ("怎么办？", "以上说法都不正确", "先关阀", "C"),
        ("怎么办？", "都不对", "先关阀", "C"),
        ("怎么办？", "都可以", "先关阀", "C"),
        ("怎么办？", "前两项都要做", "先关阀", "C"),
        ("怎么办？", "都市里的人更危险", "先关阀", ""),
        ("怎么办？", "A和B", "先关阀", "ABC"),
        ("怎么办？", "打电话", "B项只说了年龄", "ABC"),
        ("选A还是选B？", "打电话", "先关阀", "ABC"),
        ("怎么办？", "用AB类灭火器", "ABC干粉和A类火灾", ""),
    ],
)
def test_options_that_name_others_stay_put(
    library: Callable[[str], Library], stem: str, option: str, explanation: str, fixed: str
) -> None:
    made = library(section(1))
    text = CHOICE.format(stem=stem, option=option, explanation=explanation)
    (made.root / "quizzes/three.yml").write_text(HEAD + text, "utf-8")
    (question,) = library(section(1)).bank_by_id["three"].questions
    assert "".join(fixed_letters(question)) == fixed


def test_questions_on_one_passage_are_one_group(library: Callable[[str], Library]) -> None:
    made = library(section(1))
    path = made.root / "quizzes/one.yml"
    text = path.read_text("utf-8")
    for name, passage in (("q1", "材料甲"), ("q2", "材料乙"), ("q4", "材料甲")):
        text = text.replace(
            f"    stem: 题干 {name}", f"    passage: {passage}\n    stem: 题干 {name}"
        )
    path.write_text(text, "utf-8")
    found = bank_candidates(library(section(1)).bank_by_id["one"])
    assert [candidate.group for candidate in found] == ["q1", "", "", "q1"]
