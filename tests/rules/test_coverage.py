"""Coverage: what case, article and question still lack, as data, JSON, text and page."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jingzhong.law.versions import LawBook
from jingzhong.output.coverage_page import ADDRESS, JSON_ADDRESS, coverage_file, coverage_page
from jingzhong.output.render import Renderer
from jingzhong.rules.coverage import Coverage, build_coverage, coverage_lines

from .conftest import BANK, CASE, LAW, PROJECT, Changes, changed_project, load


def coverage_of(root: Path) -> Coverage:
    library = load(root)
    return build_coverage(library, LawBook(library.regulations, ()))


def unasked(coverage: Coverage) -> set[tuple[str, str]]:
    return {(item.law, item.article) for item in coverage.unasked_articles}


def test_valid_project(tmp_path: Path) -> None:
    coverage = coverage_of(changed_project(tmp_path / "p", {}))
    assert unasked(coverage) == {
        ("old-fire-rules", "1"),
        ("old-fire-rules", "1-1"),
        ("old-fire-rules", "2"),
    }
    assert coverage.unused_cases == ()
    assert "home-003" in {item.id for item in coverage.unlinked_questions}
    assert "消防" not in coverage.sectors_without_case
    assert "煤矿" in coverage.sectors_without_case


PLANTED: list[tuple[Changes, str]] = [
    ({BANK: [("      - fire-law 第五条\n", "")]}, "article"),
    (
        {
            BANK: [
                ("      - 2026-10-01-jingzhou-well\n", ""),
            ]
        },
        "case",
    ),
    ({CASE: [("  - 工贸\n", "")]}, "sector"),
]


@pytest.mark.parametrize(("changes", "what"), PLANTED)
def test_planted_gap_is_listed(changes: Changes, what: str, tmp_path: Path) -> None:
    before = coverage_of(changed_project(tmp_path / "p", {}))
    after = coverage_of(changed_project(tmp_path / "p", changes))
    if what == "article":
        assert unasked(after) - unasked(before) == {("fire-law", "5")}
    elif what == "case":
        assert [item.id for item in after.unused_cases] == ["2026-10-01-jingzhou-well"]
    else:
        gone = set(after.sectors_without_case) - set(before.sectors_without_case)
        assert gone == {"工贸"}


def test_articles_that_cases_broke_come_first(tmp_path: Path) -> None:
    gap = [("    law: fire-law 第二十八条\n", ""), ("      - fire-law 第五条\n", "")]
    coverage = coverage_of(changed_project(tmp_path / "p", {BANK: gap}))
    first = coverage.unasked_articles[0]
    assert (first.law, first.article, first.cases) == ("fire-law", "28", 1)
    assert (first.name, first.heading) == ("第二十八条", "不堵通道")


def test_json_and_text_say_the_same(tmp_path: Path) -> None:
    coverage = coverage_of(changed_project(tmp_path / "p", {}))
    data = json.loads(coverage_file(coverage).text)
    assert coverage_file(coverage).address == JSON_ADDRESS
    assert len(data["unasked_articles"]) == len(coverage.unasked_articles) == 3
    assert data["as_of"] == "2026-11-23"
    text = "\n".join(coverage_lines(coverage))
    assert "第一条之一" in text and "没有案例：煤矿" in text


def test_long_lists_are_cut_in_text() -> None:
    coverage = coverage_of(PROJECT)
    lines = coverage_lines(coverage, shown=3)
    assert sum(line.startswith("  没有题目：《") for line in lines) == 3
    assert any("还有" in line for line in lines)


def test_page(tmp_path: Path) -> None:
    root = changed_project(tmp_path / "p", {})
    library = load(root)
    coverage = coverage_of(root)
    page = coverage_page(coverage)
    renderer = Renderer(
        library=library, settings=library.settings, vocabularies=library.vocabularies
    )
    html = renderer.render(page)
    assert page.address == ADDRESS == "editors/coverage.html"
    assert 'href="../regulations/old-fire-rules.html#art-1-1"' in html
    assert 'href="../quizzes/home.html#q-home-003"' in html
    for heading in page.headings:
        assert f'id="{heading.anchor}"' in html


def test_page_shows_at_most_sixty_of_each(tmp_path: Path) -> None:
    many = "\n".join(f"### 第{number}条\n\n一句话。\n" for number in range(100, 174))
    change = {LAW: [("### 第二十八条 不堵通道", "### 第二十八条 不堵通道")]}
    root = changed_project(tmp_path / "p", change)
    path = root / LAW
    text = path.read_text("utf-8").replace("article_count: 74", "article_count: 200")
    path.write_text(text.replace("## 怎么用", f"{many}\n## 怎么用"), "utf-8")
    library = load(root)
    page = coverage_page(coverage_of(root))
    renderer = Renderer(
        library=library, settings=library.settings, vocabularies=library.vocabularies
    )
    html = renderer.render(page)
    assert html.count("#art-") == 60
    assert "共 77 项" in html and "coverage.json" in html


def test_command_line(tmp_path: Path) -> None:
    root = changed_project(tmp_path / "p", {})
    hooks = PROJECT / "hooks"

    def run(*arguments: str) -> str:
        command = [sys.executable, str(hooks), "--root", str(root), "check", *arguments]
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert result.returncode == 0, result.stderr
        return result.stdout

    assert "行业领域" in run("--coverage")
    assert json.loads(run("--coverage", "--format", "json"))["cases"] == 2
