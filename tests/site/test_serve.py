"""`mkdocs serve` while an editor works: mistakes show in the browser, and nothing ends the server."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.serving import Served, save, serving

CASE = "2015-08-12-tianjin-ruihai"


def line_of(text: str, needle: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if needle in line)


@pytest.fixture
def served(
    tmp_path: Path,
    copy_project: Callable[..., Path],
    build_environment: dict[str, str],
) -> Iterator[Served]:
    """Serve a copy that is broken from the start: a case with an unknown grade."""
    folder = copy_project(tmp_path / "project")
    case = folder / f"cases/{CASE}.md"
    save(case, case.read_text("utf-8").replace("\ngrade: 特别重大\n", "\ngrade: 非常大\n"))
    with serving(folder, build_environment, tmp_path / "serve.log") as one:
        yield one


def test_mistakes_show_in_the_browser_and_go_with_the_next_good_save(served: Served) -> None:
    sound = "天津港"
    case = served.folder / f"cases/{CASE}.md"
    page = f"cases/{CASE}.html"
    broken = case.read_text("utf-8")
    line = line_of(broken, "grade: 非常大")

    # Broken from the start: every page carries the list, with file, line and field.
    nav = re.findall(r"(?m)^ +- .*: (\S+)\.md$", (served.folder / "mkdocs.yml").read_text("utf-8"))
    assert "cases/index" in nav
    for name in (page, "", "regulations/fire-law.html", *(f"{stem}.html" for stem in nav)):
        text = served.wait_for(name, f"cases/{CASE}.md:{line}")
        assert "内容有 1 处错误" in text and "字段 grade" in text and "非常大" in text

    good = broken.replace("grade: 非常大", "grade: 特别重大")
    save(case, good)
    served.wait_for(page, sound, gone="处错误")
    served.wait_for("", "12350", gone="处错误")

    # Then one mistake after the other, each in another kind of file.
    bank = served.folder / "quizzes/primary-school.yml"
    law = served.folder / "content/regulations/fire-law.md"
    for path, mistake, where in (
        (case, "没有文件头\n", f"cases/{CASE}.md:1"),
        (bank, bank.read_text("utf-8").replace("\nquestions:", "\nquestoins:", 1), "questoins"),
        (law, law.read_text("utf-8").replace("\nstatus: ", "\nstatus: 不", 1), "fire-law.md:"),
    ):
        text = path.read_text("utf-8")
        assert mistake != text
        save(path, mistake)
        assert where in served.wait_for(page, "处错误")
        save(path, text)
        served.wait_for(page, sound, gone="处错误")

    # A file that goes and comes back, and settings that MkDocs itself cannot read.
    path = served.folder / "content/regulations/work-safety-law.md"
    text = path.read_text("utf-8")
    path.unlink()
    served.wait_for(page, "work-safety-law", gone=sound)
    save(path, text)
    served.wait_for(page, sound, gone="处错误")
    assert "Traceback" not in served.log.read_text("utf-8")

    config = served.folder / "mkdocs.yml"
    text = config.read_text("utf-8")
    save(config, text.replace("    city: ", "    ctiy: "))
    served.wait_for(page, "ctiy", gone=sound)
    save(config, "site_name: [\n")
    time.sleep(1.5)
    assert served.process.poll() is None
    save(config, text)
    served.wait_for(page, sound, gone="处错误")


def test_a_build_ends_where_serve_goes_on(
    tmp_path: Path, copy_project: Callable[..., Path], run_mkdocs: Callable[..., object]
) -> None:
    folder = copy_project(tmp_path / "project")
    case = folder / f"cases/{CASE}.md"
    text = case.read_text("utf-8").replace("\ngrade: 特别重大\n", "\ngrade: 非常大\n")
    case.write_text(text, "utf-8")
    result = run_mkdocs(folder, "build", "-d", str(tmp_path / "site"))
    assert result.returncode == 1  # type: ignore[attr-defined]
    output = result.stdout  # type: ignore[attr-defined]
    assert f"cases/{CASE}.md:{line_of(text, 'grade: 非常大')}: 字段 grade" in output
    assert "Traceback" not in output
    assert not (tmp_path / "site").exists()


def test_without_error_pages_serve_would_end(
    tmp_path: Path, copy_project: Callable[..., Path], run_mkdocs: Callable[..., object]
) -> None:
    folder = copy_project(tmp_path / "project")
    (folder / f"cases/{CASE}.md").write_text("没有文件头\n", "utf-8")
    hooks = folder / "hooks/mkdocs_hooks.py"
    text = hooks.read_text("utf-8")
    assert 'if command == "serve"' in text
    hooks.write_text(text.replace('if command == "serve"', "if False"), "utf-8")
    result = run_mkdocs(folder, "serve", "--dev-addr", "127.0.0.1:0")
    assert result.returncode == 1  # type: ignore[attr-defined]
