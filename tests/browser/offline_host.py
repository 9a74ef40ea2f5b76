"""What tests of offline use share: a small project to build, and a host that can die and change."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SUB_PATH = "/a/b/"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7H1z"/></svg>'


def _questions(bank: str, count: int, mark: str) -> list[dict[str, Any]]:
    """Single choices whose right answer is A; each carries `mark`, the first also a picture."""
    questions: list[dict[str, Any]] = [
        {
            "id": f"{bank}-{number:03}",
            "type": "single",
            "stem": f"{mark}第{number}题，遇到险情先做什么？",
            "options": {"A": f"先撤离{number}", "B": f"先拍照{number}", "C": f"先收拾{number}"},
            "answer": "A",
            "explanation": f"{mark}人最要紧。",
            "difficulty": 1,
            "topics": ["应急"],
        }
        for number in range(1, count + 1)
    ]
    questions[0]["image"] = {"src": "images/dot.svg", "alt": "一个方块"}
    questions[0]["law"] = ["fire-law 第四十四条"]
    return questions


def write_project(project: Path, root: Path, mark: str, extra: int = 0) -> Path:
    """A small project in `root` with the banks `drill` (6 questions and `extra`) and `many` (120)."""
    shutil.copytree(project / "hooks", root / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(project / "mkdocs.yml", root / "mkdocs.yml")
    (root / "content/images").mkdir(parents=True)
    (root / "content/regulations").mkdir()
    (root / "cases").mkdir()
    (root / "quizzes").mkdir()
    (root / "content/images/dot.svg").write_text(SVG, "utf-8")
    law = "content/regulations/fire-law.md"
    shutil.copy2(project / law, root / law)
    for name in ("about.md", "report.md"):
        (root / "content" / name).write_text("---\ntitle: 说明\n---\n# 说明\n", "utf-8")
    for name, count in (("drill", 6 + extra), ("many", 120)):
        bank = {
            "title": f"{mark}题库{name}",
            "audience": ["居民"],
            "reviewed": "2026-11-23",
            "questions": _questions(name, count, mark),
        }
        (root / f"quizzes/{name}.yml").write_text(json.dumps(bank, ensure_ascii=False), "utf-8")
    return root


def build_small_site(
    project: Path,
    folder: Path,
    run_mkdocs: Callable[..., Any],
    mark: str,
    *,
    extra: int = 0,
    settings: str = "",
    head: str = "",
) -> Path:
    """Build that project; `settings` are lines for `extra.jingzhong`, `head` for the top of mkdocs.yml."""
    root = write_project(project, folder / "project", mark, extra)
    config = root / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(
        head + text.replace("\n  jingzhong:\n", f"\n  jingzhong:\n{settings}"), "utf-8"
    )
    site = folder / "site"
    result = run_mkdocs(root, "build", "--strict", "-d", str(site))
    assert result.returncode == 0, result.stdout
    return site


class _Handler(SimpleHTTPRequestHandler):
    """Serves the host's present folder at `/` and at `/a/b/`, with what was planted in its place."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, host: Host, **options: Any) -> None:
        self.host = host
        super().__init__(*arguments, directory=str(host.folder), **options)

    def _name(self) -> str:
        path = unquote(urlsplit(self.path).path)
        return path.removeprefix(SUB_PATH).removeprefix("/")

    def translate_path(self, path: str) -> str:
        self.directory = str(self.host.folder)
        return super().translate_path("/" + path.removeprefix(SUB_PATH).removeprefix("/"))

    def send_head(self) -> Any:
        name = self._name()
        self.host.requested.append((self.command, name))
        if self.host.is_down:
            self.close_connection = True
            self.connection.close()
            return None
        if name not in self.host.planted:
            return super().send_head()
        status, body = self.host.planted[name]
        kind = self.guess_type(name) if status == 200 else "text/html"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        # Else the browser's own cache would answer for some seconds for what was exchanged.
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def handle(self) -> None:
        try:
            super().handle()
        except (OSError, ValueError):
            self.close_connection = True

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep the test output free of access lines."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A browser opens more connections at once than the five that are usual.
    request_queue_size = 128


class Host:
    """One address whose server can be stopped and started, and whose files can be exchanged.

    `planted` maps a name to (status, body), answered in place of the file of that name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.planted: dict[str, tuple[int, bytes]] = {}
        self.requested: list[tuple[str, str]] = []
        self.is_down = True
        self._port = 0
        self._server: ThreadingHTTPServer | None = None
        self.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def root(self) -> str:
        return self.origin + "/"

    @property
    def below(self) -> str:
        return self.origin + SUB_PATH

    def start(self) -> None:
        handler = partial(_Handler, host=self)
        self._server = _Server(("127.0.0.1", self._port), handler)
        self._port = self._server.server_port
        self.is_down = False
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Nobody answers any more, on open connections neither."""
        self.is_down = True
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
