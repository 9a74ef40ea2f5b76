"""What users copy from `deploy/`: it parses, calls verbs that exist, and its headers fit the site."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CI = sorted((DEPLOY / "ci").glob("*.yml"))
VERB = re.compile(r"python3? hooks ([a-z]+)")
CHECKS = ("hooks fmt --check", "hooks check", "hooks schema --check", "mkdocs build --strict")


def commands(value: Any) -> list[str]:
    """Every text under `run`, `script` or `entry`, in order."""
    if isinstance(value, list):
        return [text for one in value for text in commands(one)]
    if not isinstance(value, dict):
        return []
    found: list[str] = []
    for key, one in value.items():
        if key in ("run", "script", "entry"):
            found += one if isinstance(one, list) else [one]
        else:
            found += commands(one)
    return found


def headers() -> dict[str, str]:
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    return dict(re.findall(r'^ *add_header (\S+) "([^"]*)" always;$', text, re.M))


def test_every_system_checks_the_same_before_it_publishes() -> None:
    assert [path.name for path in CI] == ["gitea.yml", "github.yml", "gitlab.yml"]
    for path in CI:
        told = "\n".join(commands(yaml.safe_load(path.read_text("utf-8"))))
        places = [told.find(check) for check in CHECKS]
        assert places == sorted(places) and places[0] > 0, path.name


def test_only_verbs_that_exist_are_called() -> None:
    done = subprocess.run(
        [sys.executable, "hooks", "--help"], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    known = set(re.findall(r"^    ([a-z]+) ", done.stdout, re.M))
    files = [*CI, DEPLOY / "README.md", ROOT / ".pre-commit-config.yaml"]
    called = {verb for path in files for verb in VERB.findall(path.read_text("utf-8"))}
    assert {"fmt", "check", "schema"} <= called <= known


def test_no_host_but_examples() -> None:
    for path in [*DEPLOY.rglob("*"), ROOT / ".pre-commit-config.yaml"]:
        if path.is_file():
            hosts = re.findall(r"https?://([\w.-]*[a-z][\w.-]*)", path.read_text("utf-8"))
            assert [host for host in hosts if host != "host"] == [], path.name


def test_the_hooks_before_a_commit_take_content_and_nothing_else() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [one["repo"] for one in config["repos"]] == ["local"]
    fmt = config["repos"][0]["hooks"][0]

    def taken(name: str) -> bool:
        return bool(re.search(fmt["files"], name) and not re.search(fmt["exclude"], name))

    for name in ("cases/a.md", "content/regulations/a.md", "quizzes/a.yml", "quizzes/plans/a.yml"):
        assert taken(name), name
    for name in ("README.md", "cases/README.md", "quizzes/a.rejected.yml", "hooks/a.yml"):
        assert not taken(name), name


def test_brackets_of_the_server_file_close() -> None:
    text = re.sub(r"#.*", "", (DEPLOY / "nginx.conf").read_text("utf-8"))
    text = re.sub(r'"[^"]*"', '""', text)
    assert text.count("{") == text.count("}") > 4
    for line in filter(None, map(str.strip, text.splitlines())):
        assert line[-1] in "{};", line


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
