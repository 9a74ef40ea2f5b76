"""Addresses are promises: all are listed, none vanishes without a reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from jingzhong.errors import Report
from jingzhong.output.withdrawn import load_withdrawn, permanent_addresses
from jingzhong.site import build

UPDATE = "new addresses: run `python hooks addresses` and commit addresses.txt"


def listed(folder: Path) -> list[str]:
    return (folder / "addresses.txt").read_text("utf-8").split()


def unlisted(folder: Path) -> list[str]:
    """Permanent addresses of a project that its addresses.txt does not name."""
    site = build(folder, folder / "mkdocs.yml")
    assert site.library is not None
    return sorted(set(permanent_addresses(site.pages, site.library)) - set(listed(folder)))


def unreferred_case(folder: Path) -> str:
    """The id of a case that no other file names, and that has company in its year."""
    texts = {path: path.read_text("utf-8") for path in sorted((folder / "cases").glob("*.md"))}
    years = Counter(path.stem[:4] for path in texts)
    others = "".join(
        path.read_text("utf-8")
        for name in ("content", "quizzes", "hooks/jingzhong")
        for path in sorted((folder / name).rglob("*"))
        if path.suffix in (".md", ".yml")
    )
    for path in texts:
        rest = others + "".join(text for other, text in texts.items() if other != path)
        if path.stem not in rest and years[path.stem[:4]] > 1:
            return path.stem
    pytest.fail("every case is referred to; let this test plant one of its own")


def test_every_permanent_address_is_listed(project: Path) -> None:
    assert unlisted(project) == [], UPDATE
    assert listed(project) == sorted(set(listed(project)))


def test_every_listed_address_is_a_page_of_the_site(project: Path, site_dir: Path) -> None:
    assert len(listed(project)) > 100
    assert [name for name in listed(project) if not (site_dir / name).is_file()] == []


def test_an_address_left_out_of_the_list_is_found(
    tmp_path: Path, copy_project: Callable[..., Path]
) -> None:
    folder = copy_project(tmp_path / "project")
    before = unlisted(folder)
    kept = [name for name in listed(folder) if name not in ("report.html", "cases/index.html")]
    (folder / "addresses.txt").write_text("\n".join(kept) + "\n", "utf-8")
    assert set(unlisted(folder)) == {"cases/index.html", "report.html", *before}


def test_a_vanished_address_fails_the_build_until_its_reason_is_written(
    tmp_path: Path, copy_project: Callable[..., Path], run_mkdocs: Callable[..., object]
) -> None:
    folder = copy_project(tmp_path / "project")
    case = unreferred_case(folder)
    address = f"cases/{case}.html"
    (folder / f"cases/{case}.md").unlink()

    failed = run_mkdocs(folder, "build", "--strict", "-d", str(tmp_path / "site"))
    line = listed(folder).index(address) + 1
    assert failed.returncode == 1  # type: ignore[attr-defined]
    output = failed.stdout  # type: ignore[attr-defined]
    assert f"addresses.txt:{line}: 应为仍在的页面" in output
    assert f"address: {address}" in output
    assert len(re.findall(r"(?m)^\S+:\d+: ", output)) == 1, output
    assert "Traceback" not in output

    reason = "两篇写的是同一起事故，已经并成一篇"
    removed = folder / "removed.yml"
    before = removed.read_text("utf-8") if removed.exists() else ""
    removed.write_text(
        f"{before}- address: {address}\n  date: 2026-11-20\n  reason: {reason}\n"
        "  see: cases/index.html\n",
        "utf-8",
    )
    built = run_mkdocs(folder, "build", "--strict", "-d", str(tmp_path / "site"))
    assert built.returncode == 0, built.stdout  # type: ignore[attr-defined]
    page = (tmp_path / "site" / address).read_text("utf-8")
    assert reason in page and 'href="index.html"' in page


def test_the_reasons_of_this_repository_are_readable(project: Path) -> None:
    report = Report()
    load_withdrawn(project, report)
    assert report.problems == ()
