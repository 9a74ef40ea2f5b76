"""`deploy/nginx.conf` and `deploy/check.py` without nginx: headers that fit the site, faults told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
CONF = (DEPLOY / "nginx.conf").read_text("utf-8")
# Endings for which every nginx has a type.
USUAL = {".html", ".css", ".js", ".json", ".svg", ".png", ".txt", ".xml", ".pdf", ".zip"}
USUAL |= {".xlsx", ".docx"}


def variables(conf: str) -> dict[str, str]:
    """What each `map` of the file says where no line of it fits."""
    return dict(re.findall(r"map .* (\$\w+) \{\n\s+default \"([^\"]*)\";", conf))


def headers(conf: str = CONF) -> dict[str, str]:
    """The headers of an ordinary page."""
    found = re.findall(r"^ *add_header (\S+) (.*) always;$", conf, re.M)
    usual = variables(conf)
    return {
        name: re.sub(r"\$\w+", lambda one: usual[one[0]], text.strip('"')) for name, text in found
    }


def test_brackets_of_the_server_file_close() -> None:
    text = re.sub(r"#.*", "", CONF)
    text = re.sub(r'"[^"]*"', '""', text)
    assert text.count("{") == text.count("}") > 4
    for line in filter(None, map(str.strip, text.splitlines())):
        assert line[-1] in "{};", line


def outside(conf: str) -> str:
    """The server's own lines, without the blocks in it."""
    server = conf[conf.rindex("\nserver {") :]
    return re.sub(r"\n    \w[^\n;]*\{\n(?:        [^\n]*\n|\n)*    \}", "", server)


def test_no_block_drops_the_headers() -> None:
    """A block with one `add_header` of its own loses all those above it."""
    assert CONF.count("add_header ") == outside(CONF).count("add_header ") > 6
    planted = CONF.replace("        internal;\n", "        add_header A 1;\n        internal;\n")
    assert planted.count("add_header ") > outside(planted).count("add_header ")


def untyped(conf: str, endings: set[str]) -> set[str]:
    own = re.search(r"\n    types \{\n(.*?)\n    \}", conf, re.S)
    assert own
    named = {f".{ending}" for ending in re.findall(r"\S+/\S+ (\w+);", own[1])}
    return endings - named - USUAL


def test_every_ending_has_a_type(site_dir: Path) -> None:
    endings = {path.suffix for path in site_dir.rglob("*") if path.is_file()}
    endings |= {".gz", ".yml"}  # With `site_url`, with the form editor.
    assert len(endings) > 12
    assert untyped(CONF, endings) == set()
    assert untyped(CONF.replace("csv;", "other;"), endings) == {".csv"}


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, sent: dict[str, str], **options: Any) -> None:
        self.sent = sent
        super().__init__(*arguments, **options)

    def end_headers(self) -> None:
        for name, value in self.sent.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep the test output free of access lines."""


def violations(browser: Any, site: Path, sent: dict[str, str]) -> list[str]:
    """What the policy stopped on a walk through the site's kinds of pages."""
    handler = partial(_Handler, directory=str(site), sent=sent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    found: list[str] = []
    page = browser.new_page()
    try:
        page.on(
            "console",
            lambda one: found.append(one.text) if "Content Security Policy" in one.text else None,
        )
        case = next((site / "cases").glob("20??-*.html")).name
        bank = next((site / "quizzes").glob("community*.html")).name
        for name in ("index.html", f"cases/{case}", f"quizzes/{bank}", "search.html", "data.html"):
            if (site / name).is_file():
                page.goto(f"http://127.0.0.1:{server.server_port}/{name}", wait_until="load")
    finally:
        page.close()
        server.shutdown()
        server.server_close()
    return found


def checked(*arguments: object) -> tuple[int, str]:
    """What `deploy/check.py` says."""
    done = subprocess.run(
        [sys.executable, DEPLOY / "check.py", *map(str, arguments)],
        env=os.environ | {"no_proxy": "127.0.0.1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_the_checker_tells_a_careless_server(
    site_dir: Path, tmp_path: Path, serve_folder: Any
) -> None:
    stale = shutil.copytree(site_dir, tmp_path / "stale")
    (stale / "index.html").write_text("<p>旧的</p>", "utf-8")
    (stale / "sw.js").unlink()
    status, said = checked(serve_folder(stale).root + "index.html", site_dir)
    assert status == 1
    for part in (
        "必须改：和 site/ 里的不一样",
        "必须改：应当打得开，状态码却是 404",
        "必须改：Cache-Control 应为 no-cache，实际为 没有",
        "必须改：assets/：文件夹列出了目录",
        "最好改：没有 Content-Security-Policy",
        "最好改：不是 https",
        "最好改：没有压缩",
    ):
        assert part in said, said


def test_the_checker_tells_what_it_cannot_ask(site_dir: Path, tmp_path: Path) -> None:
    assert checked()[0] == checked("anquan.example")[0] == 2
    status, said = checked("https://127.0.0.1:1/", tmp_path)
    assert status == 2 and "先运行" in said
    status, said = checked("http://127.0.0.1:1/", site_dir)
    assert status == 2 and "连不上" in said


def test_the_headers_let_the_site_work(site_dir: Path, browser: Any) -> None:
    sent = headers()
    assert sent["Cache-Control"] == "no-cache" and "unsafe-eval" not in str(sent)
    assert violations(browser, site_dir, sent) == []


@pytest.mark.parametrize("part", ["script-src 'self' 'unsafe-inline'; "])
def test_a_policy_too_strict_is_noticed(part: str, site_dir: Path, browser: Any) -> None:
    sent = headers()
    policy = sent["Content-Security-Policy"]
    assert part in policy
    assert violations(
        browser, site_dir, {**sent, "Content-Security-Policy": policy.replace(part, "")}
    )
