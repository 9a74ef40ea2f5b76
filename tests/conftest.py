"""What tests share: one strict build a run, copies to plant faults in, a server, a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

PROJECT = Path(__file__).resolve().parent.parent
# Everything that a build reads; caches, environments and old sites stay behind.
SOURCES = (
    "accepted.yml",
    "addresses.txt",
    "removed.yml",
    "mkdocs.yml",
    "cases",
    "content",
    "hooks",
    "quizzes",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # No name leads anywhere but to this machine, so that no test can reach another host.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
SUB_PATH = "/a/b/"

CopyProject = Callable[[Path], Path]
RunMkdocs = Callable[..., "subprocess.CompletedProcess[str]"]
ServeFolder = Callable[[Path], "LocalServer"]


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the repository; tests read it and never write to it."""
    return PROJECT


@pytest.fixture(scope="session")
def copy_project() -> CopyProject:
    """`copy_project(destination)` copies what a build reads, so that a test may break it."""

    def copy(destination: Path) -> Path:
        destination.mkdir(parents=True, exist_ok=True)
        for name in SOURCES:
            source = PROJECT / name
            if source.is_dir():
                ignore = shutil.ignore_patterns("__pycache__")
                shutil.copytree(source, destination / name, ignore=ignore)
            elif source.is_file():
                shutil.copy2(source, destination / name)
        return destination

    return copy


@pytest.fixture(scope="session")
def build_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """This process's environment without what would change or colour a build.

    The builds of one run share a cache: papers are typeset once.
    """
    dropped = ("SOURCE_DATE_EPOCH", "PYTHONPATH", "PYTHONHASHSEED")
    kept = {name: text for name, text in os.environ.items() if name not in dropped}
    cache = str(tmp_path_factory.mktemp("cache"))
    return kept | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "JINGZHONG_CACHE": cache}


@pytest.fixture(scope="session")
def run_mkdocs(build_environment: dict[str, str]) -> RunMkdocs:
    """`run_mkdocs(folder, "build", …)` runs MkDocs there; stderr is part of `stdout`."""

    def run(
        folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", *arguments],
            cwd=folder,
            env=build_environment | dict(environment or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory, run_mkdocs: RunMkdocs) -> Path:
    """The site of this repository, built once a run; a warning fails the build."""
    folder = tmp_path_factory.mktemp("built") / "site"
    result = run_mkdocs(PROJECT, "build", "--strict", "-d", str(folder))
    assert result.returncode == 0, result.stdout
    assert "WARNING" not in result.stdout, result.stdout
    return folder


@dataclass(frozen=True)
class LocalServer:
    """A folder served on this machine; `requested` is every path asked for so far."""

    origin: str
    requested: list[str]

    @property
    def root(self) -> str:
        """The site as the whole of a host."""
        return self.origin + "/"

    @property
    def below(self) -> str:
        """The same site somewhere inside a host."""
        return self.origin + SUB_PATH


class _SiteHandler(SimpleHTTPRequestHandler):
    """Serves one folder at `/` and at `/a/b/`; what is missing gets 404.html, as hosts do."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: Any, requested: list[str], **options: Any) -> None:
        self.requested = requested
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(SUB_PATH.rstrip("/")) if path.startswith(SUB_PATH) else path
        return super().translate_path(inside)

    def do_GET(self) -> None:
        self.requested.append(unquote(urlsplit(self.path).path))
        missing = Path(self.directory) / "404.html"
        if Path(self.translate_path(self.path)).exists() or not missing.is_file():
            super().do_GET()
            return
        body = missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Keep the test output free of access lines."""


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[ServeFolder]:
    """`serve_folder(folder)` starts a server on a free port; all of them end with the run."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> LocalServer:
        requested: list[str] = []
        handler = partial(_SiteHandler, directory=str(folder), requested=requested)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return LocalServer(f"http://127.0.0.1:{server.server_port}", requested)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site_server(site_dir: Path, serve_folder: ServeFolder) -> LocalServer:
    """The built site on a free port, at `.root` and at `.below`."""
    return serve_folder(site_dir)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium a run: `CHROMIUM`, else one on the PATH, else Playwright's own."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=[*BROWSER_ARGUMENTS])
        yield launched
        launched.close()
