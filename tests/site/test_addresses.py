"""Addresses are promises: all are listed, none vanishes without a reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

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
    # A page of an earlier build: its address was listed, its file is gone.
    address = "cases/2020-02-30-merged.html"
    names = sorted([*listed(folder), address])
    (folder / "addresses.txt").write_text("\n".join(names) + "\n", "utf-8")

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
