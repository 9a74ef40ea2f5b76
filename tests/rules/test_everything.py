"""What holds for all rules together: shipped content is clean, findings point into their files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .conftest import ABOUT, BANK, CASE, LAW, PROJECT, changed_project, problems_of


def test_shipped_content_is_clean() -> None:
    assert problems_of(PROJECT) == []


def test_shipped_content_accepts_nothing_silently() -> None:
    assert not (PROJECT / "accepted.yml").exists()


# Faults to plant: file, a line of it to stand before or after, and the line to add.
LINES = (
    "先检测后通风，再作业。",
    "车主电话13912345678。",
    "《安全生产法》第五十一条规定有权拒绝违章指挥。",
    "《消防法》第九十九条规定了罚款。",
    "发现隐患可以向市安监局举报。",
    "平安无事。",
)
PLACES = (
    (CASE, "## 事故教训"),
    (CASE, "## 防范措施"),
    (CASE, "## 责任追究"),
    (LAW, "## 怎么用"),
    (ABOUT, "## 有什么"),
)
FIELDS = (
    (CASE, "serious_injuries: 1", "serious_injuries: 9"),
    (CASE, "city: 荆州市", "city: 长沙市"),
    (CASE, "grade_basis: 调查报告按死亡人数定级\n", ""),
    (CASE, "grade: 一般\n", "grade: 特别重大\n"),
    (CASE, "economic_loss_wan: 320.5", "economic_loss_wan: 3205000"),
    (CASE, "until: 2024-05-12", "until: 2024-07-12"),
    (BANK, "reviewed: 2026-11-01", "reviewed: 2019-01-01"),
    (LAW, "reviewed: 2026-11-01", "reviewed: 2020-01-01"),
    (CASE, "  current: 火灾\n", "  current: 坍塌\n"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("planted") / "project"


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(LINES)), max_size=4),
    st.lists(st.sampled_from(FIELDS), max_size=3, unique=True),
    st.integers(0, 3),
)
def test_every_finding_points_inside_its_file(
    folder: Path,
    lines: list[tuple[tuple[str, str], str]],
    fields: list[tuple[str, str, str]],
    blank: int,
) -> None:
    root = changed_project(folder, {})
    for (path, heading), text in lines:
        file = root / path
        whole = file.read_text("utf-8")
        file.write_text(whole.replace(heading, f"{heading}\n\n{text}{chr(10) * blank}", 1), "utf-8")
    for path, old, new in fields:
        file = root / path
        file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    problems = problems_of(root)  # asserts that each line is one of its file
    for problem in problems:
        line = (root / problem.path).read_text("utf-8").split("\n")[problem.line - 1]
        if problem.field in ("事故教训", "防范措施", "正文") or not problem.field:
            assert line in LINES
