"""What makes the site work without a network, as files: lists, hashes, sizes, times, and what is left out."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import os
import re
import shutil
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from jingzhong.output import offline, service_worker, urls
from jingzhong.output.preview import Preview
from jingzhong.site import build, finish
from tests.site.test_links import PageLinks, site_faults

PACKAGE = "downloads/jingzhong-offline.zip"


def worker(folder: Path) -> dict[str, Any]:
    """What the build wrote into a site's worker."""
    text = (folder / "sw.js").read_text("utf-8")
    match = re.search(r"(?m)^  var OURS = (\{.*\});$", text)
    assert match is not None
    made: dict[str, Any] = json.loads(match[1])
    return made


# Kept by the worker


def test_the_list_is_the_quizzes_and_all_that_they_need(site_dir: Path) -> None:
    made = worker(site_dir)
    files = set(made["files"])
    pages = {p.relative_to(site_dir).as_posix() for p in site_dir.glob("quizzes/*.html")}
    left_out = {page for page in pages if ".single." not in page} - files
    data = {p.relative_to(site_dir).as_posix() for p in site_dir.glob("data/quiz/**/*.js")}
    assert data <= files
    # Content may outgrow the limit; then pages of banks stay away, and readers are told.
    assert made["isWhole"] is not bool(left_out)
    assert {urls.BANKS, urls.EXAM, urls.BOOK} <= files
    for name in sorted(name for name in files if name.endswith(".html")):
        page = PageLinks((site_dir / name).read_text("utf-8"))
        needed = [
            os.path.normpath(f"{name}/../{target}")
            for tag, attribute, target in page.targets
            if tag in ("script", "link", "img") and attribute in ("src", "href") and target
            if ":" not in target
        ]
        assert needed and set(needed) <= files, name
    assert not [name for name in files if ".single." in name or name.startswith("downloads/")]
    assert not [name for name in files if name.startswith(("cases/", "data/search/", "admin/"))]


def test_each_file_of_the_list_has_its_hash(site_dir: Path) -> None:
    for name, found in worker(site_dir)["files"].items():
        digest = hashlib.sha256((site_dir / name).read_bytes()).digest()
        assert found == base64.b64encode(digest).decode(), name


def test_what_is_kept_is_at_most_three_megabytes(
    site_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = worker(site_dir)
    files, whole = made["files"], made["isWhole"]
    size = sum((site_dir / name).stat().st_size for name in files)
    with capsys.disabled():
        print(f"\nkept offline: {len(files)} files, {size / 1e6:.2f} MB of 3 MB, whole: {whole}")
    assert size <= 3_000_000


def test_where_it_would_be_more_the_least_needed_stays_away(tmp_path: Path) -> None:
    most = service_worker.MOST_BYTES
    for name, size in (("a", most // 2), ("b", most // 2), ("c", 10), ("d", most)):
        (tmp_path / name).write_bytes(b"x" * size)
    within = service_worker._within
    assert within(["a", "b"], tmp_path) == ["a", "b"]
    assert within(["a", "d", "c"], tmp_path) == ["a", "c"]


def test_another_text_makes_another_worker(tmp_path: Path, project: Path, site_dir: Path) -> None:
    site = build(project, project / "mkdocs.yml")
    assert site.library is not None
    copy = shutil.copytree(site_dir, tmp_path / "site")
    make = service_worker.build_worker
    same = make(site.library, site.renderer, copy, "名")
    (copy / "cases/index.html").write_text("other", "utf-8")
    assert make(site.library, site.renderer, copy, "名") == same
    (copy / "quizzes/exam.html").write_text("other", "utf-8")
    assert make(site.library, site.renderer, copy, "名") != same


def test_the_manifest_names_pictures_of_their_sizes(site_dir: Path) -> None:
    manifest = json.loads((site_dir / "manifest.webmanifest").read_text("utf-8"))
    assert manifest["scope"] == "./"
    assert (site_dir / manifest["start_url"]).is_file()
    for icon in manifest["icons"]:
        head = (site_dir / icon["src"]).read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert "{}x{}".format(*struct.unpack(">II", head[16:24])) == icon["sizes"]


# The package


def test_the_package_holds_the_whole_site_and_no_dead_link(site_dir: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(site_dir / PACKAGE) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        archive.extractall(tmp_path)
    files = {p.relative_to(site_dir).as_posix() for p in site_dir.rglob("*") if p.is_file()}
    assert names[:2] == ["使用说明.txt", "开始.html"]
    assert set(names[2:]) == {f"site/{name}" for name in files - {PACKAGE, "sw.js"}}
    assert site_faults(tmp_path / "site") == []
    guide = (tmp_path / "使用说明.txt").read_bytes()
    assert guide.startswith(b"\xef\xbb\xbf") and b"\r\n" in guide
    text = guide.decode("utf-8-sig")
    assert "开始.html" in text and "全部解压" in text


def test_a_package_with_the_link_left_in_has_a_dead_one(site_dir: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(site_dir / PACKAGE) as archive:
        archive.extractall(tmp_path)
    shutil.copy2(site_dir / "offline.html", tmp_path / "site/offline.html")
    assert any("leads nowhere" in fault for fault in site_faults(tmp_path / "site"))


def test_the_package_depends_on_content_alone(tmp_path: Path) -> None:
    date = datetime.date(2026, 11, 23)
    packed = []
    for number, names in enumerate((("b.html", "a/c.png"), ("a/c.png", "b.html"))):
        folder = tmp_path / str(number)
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"<!--online-->{name}<!--/online-->", "utf-8")
            os.utime(folder / name, (number * 1e8, number * 1e8))
        offline._pack(folder, ["b.html"], {"说明.txt": "x"}, date)
        packed.append((folder / PACKAGE).read_bytes())
        with zipfile.ZipFile(folder / PACKAGE) as archive:
            assert archive.namelist() == ["说明.txt", "site/a/c.png", "site/b.html"]
            assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 23, 0, 0, 0)}
            assert archive.read("site/b.html") == b""
            assert archive.read("site/a/c.png") != b""
    assert packed[0] == packed[1]


def test_sizes_are_said_beside_links(site_dir: Path) -> None:
    said = 0
    for page in (site_dir / "offline.html", *site_dir.glob("quizzes/*.html")):
        for name, text in re.findall(
            r'<span data-size-of="([^"]+)">([^<]*)</span>', page.read_text("utf-8")
        ):
            size = (site_dir / name).stat().st_size
            assert text == f"（{offline.size_text(size)}）"
            said += 1
    assert said > 4


@pytest.mark.parametrize(
    ("size", "text"),
    [(1, "1 KB"), (999_499, "999 KB"), (1_000_000, "1.0 MB"), (28_540_000, "28.5 MB")],
)
def test_sizes_read_as_file_managers_say_them(size: int, text: str) -> None:
    assert offline.size_text(size) == text


# One file


def test_one_file_names_no_other(site_dir: Path) -> None:
    files = sorted(site_dir.glob("quizzes/*.single.html"))
    assert files
    for file in files:
        text = file.read_text("utf-8")
        for tag, attribute, target in PageLinks(text).targets:
            assert re.match(r"#|tel:|data:|$", target), (file.name, tag, attribute, target)
        # Nothing that is data or script can end its element early.
        assert text.count("</script>") == len(re.findall(r"<script[ >]", text))
        assert text.count("</style>") == 2


def test_what_would_end_a_script_cannot() -> None:
    from jingzhong.output.single_file import _safe

    assert _safe("a</script><!-- b </STYLE>") == "a<\\/script><\\!-- b <\\/STYLE>"
    assert _safe("if (a < b) c = '</p>';") == "if (a < b) c = '</p>';"


# What is left out


def test_a_preview_has_none_of_it(project: Path, tmp_path: Path) -> None:
    config = project / "mkdocs.yml"
    for is_preview in (False, True):
        site = build(project, config, Preview() if is_preview else None)
        page = next(page for page in site.pages if page.address == urls.EXAM)
        html = site.renderer.render(page)
        assert ('data-module="offline"' in html) is not is_preview
        standing = next(page for page in site.pages if page.address == urls.OFFLINE)
        assert ("离线包" in site.renderer.render(standing)) is True
        assert (urls.PACKAGE in site.renderer.render(standing)) is not is_preview
    finish(site, tmp_path, "名", "")
    assert not (tmp_path / "sw.js").exists()
    assert not (tmp_path / "downloads").exists()


def test_only_the_quiz_pages_ask_to_keep_anything(site_dir: Path) -> None:
    asking = [
        path.relative_to(site_dir).as_posix()
        for path in site_dir.rglob("*.html")
        if 'data-module="offline"' in path.read_text("utf-8")
    ]
    assert asking and all(name.startswith("quizzes/") for name in asking)
