"""Same input, same bytes: two builds of one commit differ in nothing, wherever and whenever.

Between the two builds change: the folder, the time zone, the hash seed, the times of the source
files, and the clock, which moves by a day and a bit.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

MOVED_CLOCK = Path(__file__).parent / "moved_clock"
SHIFT = 26 * 3600 + 61
PLACES = (
    ("here", {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "1"}),
    (
        "quite/elsewhere",
        {
            "TZ": "Asia/Shanghai",
            "PYTHONHASHSEED": "2",
            "PYTHONPATH": str(MOVED_CLOCK),
            "MOVED_CLOCK_SECONDS": str(SHIFT),
        },
    ),
)
# A hook that writes each thing that must not reach a site into a file of its own.
LEAKS = '''
"""Planted by a test."""
import datetime, gzip, os, pathlib, time

def on_post_build(config):
    folder = pathlib.Path(config.site_dir) / "leaks"
    folder.mkdir()
    root = pathlib.Path(config.config_file_path).parent
    texts = {
        "clock": str(int(time.time()) // 3600),
        "today": str(datetime.date.today()),
        "now": str(datetime.datetime.now(datetime.timezone.utc).replace(minute=0, second=0)),
        "zone": time.strftime("%z"),
        "seed": str({"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"}),
        "folder": str(root),
        "age": str(int((root / "mkdocs.yml").stat().st_mtime)),
        "nothing": "always the same",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "archive.gz").write_bytes(gzip.compress(b"x"))
'''


def differences(first: Path, second: Path) -> list[str]:
    """Names of files that only one folder has, or whose bytes are not the same."""
    left, right = (
        {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        for folder in (first, second)
    )
    return sorted(
        name
        for name in left.keys() | right.keys()
        if name not in left
        or name not in right
        or left[name].read_bytes() != right[name].read_bytes()
    )


@pytest.fixture
def build_twice(
    tmp_path: Path, copy_project: Callable[..., Path], run_mkdocs: Callable[..., object]
) -> Callable[[Callable[[Path], None]], tuple[Path, Path]]:
    """`build_twice(change)` builds two changed copies of the project, the second elsewhere."""

    def build(change: Callable[[Path], None]) -> tuple[Path, Path]:
        sites = []
        for name, environment in PLACES:
            folder = copy_project(tmp_path / name)
            config = folder / "mkdocs.yml"
            text = config.read_text("utf-8")
            # Only a site with an address has a sitemap.xml and its .gz, where clocks leak most.
            text = re.sub(r"(?m)^(site_description)", r"site_url: https://a.example/b/\n\1", text)
            config.write_text(text, "utf-8")
            change(folder)
            if name != PLACES[0][0]:
                for path in folder.rglob("*"):
                    os.utime(path, (1_500_000_000, 1_500_000_000))
            site = tmp_path / name / "site"
            # Nothing is taken from the other build's cache.
            own = environment | {"JINGZHONG_CACHE": str(tmp_path / name / "cache")}
            result = run_mkdocs(folder, "build", "--strict", "-d", str(site), environment=own)
            assert result.returncode == 0, result.stdout  # type: ignore[attr-defined]
            sites.append(site)
        return sites[0], sites[1]

    return build


def test_the_clock_of_the_second_build_is_moved(build_environment: dict[str, str]) -> None:
    code = (
        "import time, datetime; print(int(time.time()), time.time_ns() // 10**9,"
        " int(datetime.datetime.now().timestamp()),"
        " int(datetime.datetime.fromtimestamp(time.time(), datetime.timezone.utc).timestamp()),"
        " int(time.mktime(time.localtime())), time.strftime('%s'))"
    )

    def clocks(environment: dict[str, str]) -> list[int]:
        command = [sys.executable, "-c", code]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return [int(word) for word in run.stdout.split()]

    straight = clocks(build_environment)
    moved = clocks(build_environment | PLACES[1][1])
    assert all(SHIFT <= far - near < SHIFT + 300 for near, far in zip(straight, moved, strict=True))


def test_two_builds_are_byte_identical(
    build_twice: Callable[..., tuple[Path, Path]],
) -> None:
    first, second = build_twice(lambda folder: None)
    assert differences(first, second) == []
    assert (first / "sitemap.xml").is_file()
    assert (
        gzip.decompress((first / "sitemap.xml.gz").read_bytes())
        == (first / "sitemap.xml").read_bytes()
    )


def test_each_planted_leak_is_noticed(build_twice: Callable[..., tuple[Path, Path]]) -> None:
    def plant(folder: Path) -> None:
        (folder / "leaks.py").write_text(LEAKS, "utf-8")
        config = folder / "mkdocs.yml"
        text = config.read_text("utf-8")
        config.write_text(text.replace("\nhooks:\n", "\nhooks:\n  - leaks.py\n"), "utf-8")

    names = ("age", "archive.gz", "clock", "folder", "now", "seed", "today", "zone")
    # What leaks is packed, too: the planted hook stands before ours.
    leaks = ["downloads/jingzhong-offline.zip", *(f"leaks/{name}" for name in names)]
    assert differences(*build_twice(plant)) == leaks


def test_a_page_dated_by_the_clock_is_noticed(
    build_twice: Callable[..., tuple[Path, Path]],
) -> None:
    def plant(folder: Path) -> None:
        hooks = folder / "hooks/mkdocs_hooks.py"
        text = hooks.read_text("utf-8")
        assert "page.update_date = " in text
        hooks.write_text(text.replace("page.update_date = ", "page.forgotten = "), "utf-8")

    assert {"sitemap.xml", "sitemap.xml.gz"} <= set(differences(*build_twice(plant)))
