"""Papers on the site: which, with what on them, and out of a cache."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from jingzhong.channels.paper import downloads, printing
from jingzhong.model.library import Library


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JINGZHONG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache/papers"


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_key_is_published_only_where_the_contest_says_so(
    library: Library, tmp_path: Path, cache: Path, printed: ModuleType
) -> None:
    downloads.build_downloads(library, tmp_path / "site")
    made = files(tmp_path / "site")
    both = ("-a4.pdf", "-a3.pdf", "-large.pdf", "-sheet.pdf", ".docx")
    wanted = {f"downloads/{name}/{name}{suffix}" for name in ("every", "open") for suffix in both}
    assert set(made) == wanted | {"downloads/open/open-key.pdf"}
    offered = [one.address for c in library.contests for one in downloads.contest_downloads(c)]
    assert sorted(offered) == sorted(made)
    for name, shown in (("every", False), ("open", True)):
        for form in ("a4", "large", "sheet"):
            content = made[f"downloads/{name}/{name}-{form}.pdf"]
            text = "".join(printed.page_texts(content))
            assert "试卷编号" in text
            assert ("种子" in text) is shown, (name, form)
    assert "参考答案" in "".join(printed.page_texts(made["downloads/open/open-key.pdf"]))


def test_what_did_not_change_comes_from_the_cache(
    library: Library, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    downloads.build_downloads(library, tmp_path / "one")
    kept = files(cache)
    assert len(kept) == 11
    made: list[str] = []
    make = printing.make_pdf
    monkeypatch.setattr(
        printing, "make_pdf", lambda name, *rest: made.append(name) or make(name, *rest)
    )
    downloads.build_downloads(library, tmp_path / "two")
    assert made == [] and files(tmp_path / "two") == files(tmp_path / "one")
    bank = library.bank_by_id["all"]
    changed = [replace(q, stem="改过") if q.type == "judge" else q for q in bank.questions]
    other = replace(library, banks=(replace(bank, questions=tuple(changed)),))
    downloads.build_downloads(other, tmp_path / "three")
    assert made and files(tmp_path / "three") != files(tmp_path / "one")


def test_a_cache_that_cannot_be_used_costs_only_time(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    monkeypatch.setenv("JINGZHONG_CACHE", str(tmp_path / "file"))
    few = replace(library, contests=library.contests[1:])
    downloads.build_downloads(few, tmp_path / "site")
    assert len(files(tmp_path / "site")) == 6


def test_the_cache_keeps_only_the_newest(
    library: Library, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "_KEPT", 4)
    downloads.build_downloads(replace(library, contests=library.contests[1:]), tmp_path / "site")
    assert len(files(cache)) == 4


def test_without_the_packages_the_site_is_built_without_papers(
    library: Library,
    tmp_path: Path,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(downloads, "missing_packages", lambda: ["typst"])
    downloads.build_downloads(library, tmp_path / "site")
    assert files(tmp_path) == {}
    with caplog.at_level("INFO"):
        assert not downloads.can_print()
    assert "没有装 typst" in caplog.text


def test_the_site_links_to_its_papers(site_dir: Path) -> None:
    page = (site_dir / "quizzes/index.html").read_text("utf-8")
    found = sorted(path.relative_to(site_dir).as_posix() for path in site_dir.glob("downloads/*/*"))
    assert "downloads/community-2026/community-2026-a4.pdf" in found
    assert not any(name.endswith("-key.pdf") for name in found)
    for name in found:
        assert f'href="../{name}"' in page, name
    assert "参考答案不在网上公开" in page
    assert "index.html#papers" in (site_dir / "quizzes/exam.html").read_text("utf-8")
