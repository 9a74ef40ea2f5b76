"""The measure of a first visit prints its numbers, sees what it is for, and a case page is light."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.pages import QUICK, serve, visit

BENCH = Path(__file__).with_name("pages.py")
CASE = "cases/2015-08-12-tianjin-ruihai.html"
KILOBYTES = 120
SHIFT = 0.02


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the bench as an editor would."""
    return subprocess.run(
        [sys.executable, str(BENCH), *arguments],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_a_quick_run_prints_its_numbers(site_dir: Path) -> None:
    result = run("--quick", "--site", str(site_dir))
    assert result.returncode == 0, result.stderr
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in result.stdout.splitlines()
        if line.startswith("| ") and "---" not in line
    ]
    head, *rows = rows
    assert head == ["页", "KB（gzip）", "请求", "LCP 秒", "最大的是", "CLS"]
    assert [row[0] for row in rows] == list(QUICK)
    for _, kilobytes, requests, lcp, largest, shift in rows:
        assert 5 < float(kilobytes) < 1000
        assert 4 <= int(requests) < 60
        # No page is painted sooner than one answer takes, so the throttling is at work.
        assert 0.15 < float(lcp) < 30
        assert re.fullmatch(r"[a-z0-9]+", largest)
        assert 0 <= float(shift) < 1


def test_a_folder_that_is_no_site_is_named(tmp_path: Path) -> None:
    result = run("--quick", "--site", str(tmp_path))
    assert result.returncode == 1
    assert "网站里没有这些页：index.html" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_case_page_is_light_and_stands_still(site_dir: Path, browser: Any) -> None:
    with serve(site_dir) as home:
        for width in (390, 1280):
            seen = visit(browser, home + CASE, width)
            assert seen.transferred <= KILOBYTES * 1000, width
            assert seen.cls <= SHIFT, width


def test_weight_and_shift_are_seen(tmp_path: Path, site_dir: Path, browser: Any) -> None:
    text = (site_dir / "404.html").read_text("utf-8")
    heavy = os.urandom(KILOBYTES * 1000)
    (tmp_path / "heavy.bin").write_bytes(heavy)
    late = (
        "<script>fetch('heavy.bin').then(answer => answer.text()); setTimeout(() => document.body.insertAdjacentHTML("
        "'afterbegin', '<div style=height:20rem></div>'), 300)</script>"
    )
    page = text.replace("<body>", "<body style='display:block'>").replace(
        "</main>", late + "</main>"
    )
    (tmp_path / "index.html").write_text(page, "utf-8")
    with serve(tmp_path) as home:
        seen = visit(browser, home + "index.html")
    assert seen.transferred > KILOBYTES * 1000
    assert seen.requests >= 2
    assert seen.cls > SHIFT


def test_text_is_sent_compressed(site_dir: Path, browser: Any) -> None:
    with serve(site_dir) as home:
        page = browser.new_page()
        answer = page.request.get(home + CASE)
        assert answer.headers["content-encoding"] == "gzip"
        assert int(answer.headers["content-length"]) < (site_dir / CASE).stat().st_size / 2
        assert page.request.get(home + "../start.py").status == 404
        assert page.request.get(home + "%2e%2e/%2e%2e/etc/passwd").status == 404
        page.close()
