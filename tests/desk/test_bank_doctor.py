"""题库体检 finds each fault that is planted, and nothing in a healthy bank."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from openpyxl import load_workbook

from jingzhong.desk.bank_doctor import examine, vitals
from jingzhong.errors import Report
from jingzhong.model.library import load_library

ROOT = Path(__file__).resolve().parents[2]
SUBJECTS = [
    "楼道",
    "阳台",
    "厨房",
    "仓库",
    "车间",
    "教室",
    "食堂",
    "宿舍",
    "地窖",
    "工地",
    "码头",
    "加油站",
    "锅炉房",
    "配电室",
    "实验室",
    "商场",
]


def words_of_its_own(number: int) -> str:
    """Twelve characters that no other question has in this order."""
    return "".join(chr(0x4E00 + (number * 7919 + at * 10473) % 9000) for at in range(12))


def single(number: int, **changes: Any) -> dict[str, Any]:
    """A healthy question; every stem has its own words."""
    letter = "ABCD"[number % 4]
    subject = SUBJECTS[number % len(SUBJECTS)]
    options = {one: f"{subject}做法{one}甲乙丙丁" for one in "ABCD"}
    return {
        "id": f"p-{number:03}",
        "type": "single",
        "stem": f"{subject}{words_of_its_own(number)}？",
        "options": options,
        "answer": letter,
        "explanation": "这是一条足够长的解析，说明为什么、该怎么做。",
        "difficulty": 1 + number % 5,
    } | changes


def judge(number: int, answer: str, stem: str = "") -> dict[str, Any]:
    made = single(number, id=f"j-{number:03}", type="judge", answer=answer)
    made.pop("options")
    made["stem"] = stem or f"{words_of_its_own(100 + number)}，可以上锁。"
    return made


@pytest.fixture
def doctor(tmp_path: Path) -> Callable[..., list[tuple[str, str]]]:
    """`doctor(questions…)` → (question, kind) of every finding in a bank of these questions."""

    def examined(*banks: list[dict[str, Any]]) -> list[tuple[str, str]]:
        (tmp_path / "quizzes").mkdir(exist_ok=True)
        settings = {"city": "示例市", "unit": "示例单位", "as_of": "2026-11-23"}
        config = {"site_name": "示例", "extra": {"jingzhong": settings}}
        (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        for number, questions in enumerate(banks):
            bank = {
                "title": f"示例{number}",
                "audience": ["居民"],
                "reviewed": "2026-11-01",
                "questions": questions,
            }
            text = yaml.safe_dump(bank, allow_unicode=True, sort_keys=False)
            (tmp_path / "quizzes" / f"b{number}.yml").write_text(text, "utf-8")
        report = Report()
        library = load_library(tmp_path, tmp_path / "mkdocs.yml", report)
        assert library is not None and not report.errors, report.problems
        assert vitals(library.banks[0]).questions == len(banks[0])
        return [(one.question, one.kind) for one in examine(library, library.banks)]

    return examined


HEALTHY = [single(number) for number in range(16)]


def test_a_healthy_bank_has_no_finding(doctor: Any) -> None:
    assert doctor(HEALTHY) == []


@pytest.mark.parametrize(
    ("questions", "finding"),
    [
        (
            [
                *HEALTHY,
                single(16, stem=f"{words_of_its_own(3)}在哪里？"),
                single(17, stem=f"{words_of_its_own(3)}在何处？"),
            ],
            ("p-017", "近似重复"),
        ),
        (
            [single(0, stem="堆放高度超过3米怎么办？"), single(1, stem="堆放高度超过25米怎么办？")],
            ("p-001", "只换了数字"),
        ),
        ([single(0), single(0, id="p-100", answer="C")], ("p-100", "答案冲突")),
        ([single(n, answer="A") for n in range(12)], ("", "字母不匀")),
        (
            [
                single(
                    n,
                    options=single(n)["options"]
                    | {"ABCD"[n % 4]: "又长又全又好的那一个做法在这里"},
                )
                for n in range(12)
            ],
            ("", "最长是对"),
        ),
        ([*HEALTHY[:4], *(judge(n, "对错"[n % 2]) for n in range(4))], ("", "判断太多")),
        ([*HEALTHY, *(judge(n, "对") for n in range(6))], ("", "对错不匀")),
        ([single(0, explanation="关阀。")], ("p-000", "解析太短")),
        (
            [single(0, options={"A": "关阀", "B": "开窗", "C": "以上都对"})],
            ("p-000", "以上都对"),
        ),
        (
            [
                single(
                    0,
                    stem="下列错误的是哪一项？",
                    options={"A": "不用火", "B": "关阀", "C": "开窗"},
                )
            ],
            ("p-000", "双重否定"),
        ),
        ([judge(0, "对", "安全出口不得不上锁。")], ("j-000", "双重否定")),
    ],
)
def test_a_planted_fault_is_found(
    doctor: Any, questions: list[dict[str, Any]], finding: tuple[str, str]
) -> None:
    assert finding in doctor(questions)


def test_duplicates_are_found_across_banks(doctor: Any) -> None:
    found = doctor(HEALTHY, [single(3, id="q-003")])
    assert ("q-003", "近似重复") in found


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "hooks", "doctor", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def test_the_shipped_banks_are_healthy() -> None:
    done = run("--format", "json")
    assert json.loads(done.stdout)["findings"] == [], done.stdout[:3000]
    assert done.returncode == 0


def test_the_table_opens_and_holds_text_only(tmp_path: Path) -> None:
    file = tmp_path / "体检.xlsx"
    assert run("--xlsx", str(file)).returncode == 0
    book = load_workbook(file)
    assert book.sheetnames == ["要看的题", "各库数字"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    again = run("--xlsx", str(file))
    assert again.returncode == 2 and "--force" in again.stderr


def test_an_unknown_bank_is_named(tmp_path: Path) -> None:
    done = run("comunity-home")
    assert done.returncode == 2
    assert "community-home" in done.stderr and "Traceback" not in done.stderr
