"""The build benchmark still runs, prints its numbers, and compares like with like."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILD = HERE / "build.py"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What `build.py --quick` prints, and the folder with its projects and sites."""
    folder = tmp_path_factory.mktemp("bench") / "kept"
    command = [sys.executable, str(BUILD), "--quick", "--keep", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, folder


def _rows(printed: str) -> list[list[str]]:
    lines = [line for line in printed.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_prints_a_number_in_every_cell(run: tuple[str, Path]) -> None:
    headings, _, *rows = _rows(run[0])
    assert [(row[0], row[1]) for row in rows] == [
        ("50", "警钟"),
        ("50", "Material"),
        ("50", "Material 默认导航"),
        ("200", "警钟"),
        ("200", "Material"),
    ]
    for row in rows:
        assert len(row) == len(headings)
        for heading, cell in zip(headings[2:], row[2:], strict=True):
            assert float(cell) > 0, f"{row[1]} {heading}: {cell}"
    by_heading = [dict(zip(headings, row, strict=True)) for row in rows]
    assert len({row["页"] for row in by_heading[:3]}) == 1, "not the same pages"
    assert len({row["页"] for row in by_heading[3:]}) == 1, "not the same pages"


def test_prints_what_linking_costs_a_page(run: tuple[str, Path]) -> None:
    (line,) = [line for line in run[0].splitlines() if line.startswith("引用链接")]
    pages, milliseconds = map(float, re.findall(r"[\d.]+", line))
    assert pages > 200 and milliseconds > 0


def test_prints_the_growth(run: tuple[str, Path]) -> None:
    growth = [line for line in run[0].splitlines() if line.startswith("增长")]
    assert [line.split()[1] for line in growth] == ["警钟", "Material"]
    for line in growth:
        pages, seconds, *rest = (float(number) for number in re.findall(r"([\d.]+) 倍", line))
        assert pages > 1.2
        assert seconds > 0
        assert len(rest) == 4


VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle", "rect"}


class _Words(HTMLParser):
    """The text of `<article>` that shows without scripts; drawings and breadcrumbs left out."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._inside = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._inside += tag == "article"
        unseen = tag == "svg" or "hidden" in found or "jz-crumbs" in (found.get("class") or "")
        if tag not in VOID and (unseen or self._silent):
            self._silent += 1

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "article"
        if tag not in VOID and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if self._inside and not self._silent:
            self.text.append(data)


def _words(path: Path) -> str:
    parser = _Words()
    parser.feed(path.read_text("utf-8"))
    return re.sub(r"\s+", "", "".join(parser.text))


def test_plain_material_holds_the_same_words(run: tuple[str, Path]) -> None:
    ours, plain = run[1] / "ours-50/site-mkdocs", run[1] / "plain-50/site-mkdocs"
    paths = [
        path for kind in ("cases", "sectors", "regulations") for path in ours.glob(f"{kind}/*")
    ]
    compared = 0
    for path in sorted(paths):
        # A definition list became a table, which must have a head.
        words = _words(plain / path.relative_to(ours)).replace("项目内容", "")
        assert words == _words(path), path.name
        compared += 1
    assert compared > 150


def test_words_that_differ_are_seen(run: tuple[str, Path], tmp_path: Path) -> None:
    page = next(run[1].glob("ours-50/site-mkdocs/cases/*-bench-00007.html"))
    changed = tmp_path / "changed.html"
    changed.write_text(page.read_text("utf-8").replace("你能做什么", "你能做", 2), "utf-8")
    assert _words(changed) != _words(page)


def test_synthetic_cases_pass_every_check(run: tuple[str, Path]) -> None:
    log = (run[1] / "ours-200/build.log").read_text("utf-8")
    assert "built in" in log
    assert [line for line in log.splitlines() if "-bench-" in line] == []


def test_every_synthetic_case_is_new_and_long_enough(run: tuple[str, Path]) -> None:
    bodies = []
    for path in sorted((run[1] / "ours-200/cases").glob("*-bench-*.md")):
        head, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        bodies.append(re.sub(r"\s", "", body))
        laws = [row.get("law") for row in yaml.safe_load(head)["violations"]]
        assert all((ROOT / f"content/regulations/{law}.md").is_file() for law in laws if law)
        assert any(laws)
    assert len(set(bodies)) == 200
    assert 1000 < sum(map(len, bodies)) / len(bodies) < 1300


def test_same_seed_same_cases_other_seed_others(run: tuple[str, Path], tmp_path: Path) -> None:
    def made(seed: int) -> dict[str, str]:
        folder = tmp_path / f"{seed}"
        command = [sys.executable, str(HERE / "synthetic.py"), str(run[1] / "base"), str(folder)]
        environment = {"PYTHONPATH": str(run[1] / "base/hooks"), "PYTHONHASHSEED": str(seed)}
        subprocess.run(
            [*command, "--cases", "20", "--seed", str(seed)], env=environment, check=True
        )
        return {path.name: path.read_text("utf-8") for path in folder.glob("cases/*-bench-*")}

    kept = {path.name: path.read_text("utf-8") for path in run[1].glob("ours-50/cases/*-bench-*")}
    again = made(1)
    assert len(again) == 20
    assert again.items() <= kept.items()
    assert not set(made(2)) & set(again)


def _broken(project: Path) -> subprocess.CompletedProcess[str]:
    """Measure a small project that links to this one's code unless it has its own."""
    for name in ("mkdocs.yml", "hooks/jingzhong", "hooks/mkdocs_hooks.py", "hooks/theme"):
        path = project / name
        path.parent.mkdir(exist_ok=True, parents=True)
        if not path.exists():
            path.symlink_to(ROOT / name)
    for name in ("content", "cases", "quizzes"):
        (project / name).mkdir(exist_ok=True)
    command = [sys.executable, str(BUILD), "--sizes", "1", "--project", str(project)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_a_build_that_fails_ends_the_run_with_its_log(tmp_path: Path) -> None:
    for name in ("content", "cases", "quizzes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "hooks").mkdir()
    planted = "def on_config(config):\n    raise RuntimeError('planted')\n"
    (tmp_path / "hooks/mkdocs_hooks.py").write_text(planted, "utf-8")
    done = _broken(tmp_path)
    assert done.returncode != 0
    assert "RuntimeError: planted" in done.stderr


def test_broken_content_ends_the_run_with_its_problems(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    page = "---\ntitle: 关于\n---\n\n[没有](missing.md)\n"
    (tmp_path / "content/about.md").write_text(page, "utf-8")
    done = _broken(tmp_path)
    assert done.returncode != 0
    assert "content/about.md:5" in done.stderr
    assert "Traceback" not in done.stderr
