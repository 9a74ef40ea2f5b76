"""A small site with planted banks, and what tests of the quiz need to look at a page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

# Every field that is shown carries this, after a word of its own.
NASTY = (
    "<b onclick=x>\"'`&amp;</script><img src=x onerror=window.broken=1>{{7*7}} \u202eשלום עולם 🔥"
)
HEAD = {"audience": ["居民"], "reviewed": "2026-11-23"}
MANY = 250


def nasty_questions() -> list[dict[str, Any]]:
    """One question of each type with markup, quotes, right-to-left and emoji in each text."""
    common = {"explanation": f"解析{NASTY}", "difficulty": 1, "topics": [f"主题{NASTY}"]}
    options = {letter: f"选项{letter}{NASTY}" for letter in "ABCD"}
    questions: list[dict[str, Any]] = [
        {"type": "single", "options": options, "answer": "B"},
        {"type": "multiple", "options": options, "answer": "AC"},
        {"type": "judge", "answer": "错"},
        {"type": "blank", "answer": [["119"], ["120", f"急救{NASTY}"]]},
        {"type": "order", "options": options, "answer": "DCBA"},
        {
            "type": "match",
            "left": {letter: f"左{letter}{NASTY}" for letter in "ABC"},
            "right": {str(n): f"右{n}{NASTY}" for n in (1, 2, 3)},
            "answer": {"A": "2", "B": "3", "C": "1"},
        },
    ]
    for number, question in enumerate(questions, 1):
        stem = f"题干{number}{NASTY}"
        if question["type"] == "blank":
            stem += "____和____"
        question.update(
            id=f"nasty-{number}",
            stem=stem,
            passage=f"材料{NASTY}",
            image={"src": "images/dot.svg", "alt": f"图{NASTY}"},
            **common,
        )
    return questions


def many_questions() -> list[dict[str, Any]]:
    """Single choices and judgements; topics 甲, 乙, 丙 in turn, difficulties 1 to 5 in turn.

    Every tenth has a last option that names the others and so must stay last.
    """
    questions = []
    for number in range(1, MANY + 1):
        question: dict[str, Any] = {
            "id": f"many-{number:04}",
            "type": "judge" if number % 5 == 0 else "single",
            "stem": f"第{number}道题的题干，问一个安全常识。",
            "explanation": f"第{number}道题的解析。",
            "difficulty": number % 5 + 1,
            "topics": ["甲乙丙"[number % 3]],
            "answer": "对" if number % 5 == 0 else "ABCD"[number % 4],
        }
        if question["type"] == "single":
            last = "以上都对" if number % 10 == 1 else f"做法丁{number}"
            texts = (f"做法甲{number}", f"做法乙{number}", f"做法丙{number}", last)
            question["options"] = dict(zip("ABCD", texts, strict=True))
        questions.append(question)
    return questions


CONTEST = {
    "title": f"竞赛{NASTY}",
    "seed": "planted",
    "time_minutes": 2,
    "points": 30,
    "scoring": "少选得半",
    "sections": [
        {"type": "single", "count": 5, "bank": "many", "points": 2, "topics": ["甲", "乙"]},
        {"type": "judge", "count": 4, "bank": "many", "points": 1},
        *(
            {"type": kind, "count": 1, "bank": "nasty", "points": points}
            for kind, points in (("multiple", 4), ("blank", 4), ("order", 4), ("match", 4))
        ),
    ],
    "publish_key": True,
}


def write_yaml(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # JSON is YAML, and has no references where one value stands twice.
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")


@pytest.fixture(scope="session")
def planted_project(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the banks `nasty` (6 questions) and `many` (250), and one contest."""
    root = tmp_path_factory.mktemp("planted")
    for name in ("hooks", "mkdocs.yml"):
        copy: Callable[..., object] = shutil.copytree if name == "hooks" else shutil.copy2
        copy(project / name, root / name)
    (root / "content/images").mkdir(parents=True)
    (root / "cases").mkdir()
    for name in ("about.md", "report.md"):
        (root / "content" / name).write_text("---\ntitle: 说明\n---\n# 说明\n", "utf-8")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7H1z"/></svg>'
    (root / "content/images/dot.svg").write_text(svg, "utf-8")
    banks = {"nasty": nasty_questions(), "many": many_questions()}
    for name, questions in banks.items():
        title = f"题库{NASTY}" if name == "nasty" else "大题库"
        bank = {"title": title, **HEAD, "questions": questions}
        write_yaml(root / f"quizzes/{name}.yml", bank)
    write_yaml(root / "quizzes/contests/planted.yml", CONTEST)
    return root


@pytest.fixture(scope="session")
def planted_site(
    planted_project: Path, tmp_path_factory: pytest.TempPathFactory, run_mkdocs: Callable[..., Any]
) -> Path:
    """The site of the planted project."""
    folder = tmp_path_factory.mktemp("planted-site") / "site"
    result = run_mkdocs(planted_project, "build", "-d", str(folder))
    assert result.returncode == 0, result.stdout
    return folder


@pytest.fixture
def visit(open_page: Callable[..., Any]) -> Callable[..., Any]:
    """`visit(site, "bank.html", …)` opens a page of the quizzes from disk, with a wide window."""

    def go(site: Path, name: str, **options: Any) -> Any:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        page, watch = open_page(site.as_uri() + "/", **options)
        page.goto((site / "quizzes").as_uri() + "/" + name)
        page.quiz_watch = watch
        return page

    return go


@pytest.fixture
def axe() -> Callable[[Any], list[str]]:
    """`axe(page)` names what axe-core finds wrong with the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    def look(page: Any) -> list[str]:
        # A view that just changed may be in the middle of its 200 ms of movement.
        page.wait_for_timeout(250)
        found = Axe().run(page).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]

    return look
