"""A running `mkdocs serve` over a copy of the project, for the tests of what editors see."""

from __future__ import annotations

import html
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

# Far above what a save may take on an idle machine: other tests run beside.
PATIENCE_SECONDS = 20.0


@dataclass
class Served:
    """A server, the project that it serves, and what it prints."""

    folder: Path
    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def read(self, page: str) -> str:
        """What a browser shows of a page now, or an empty text while nobody answers."""
        try:
            with urllib.request.urlopen(self.address + page, timeout=5) as answer:
                return html.unescape(re.sub(r"<[^>]+>", "", answer.read().decode("utf-8")))
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def wait_for(self, page: str, shown: str, gone: str = "\0") -> str:
        """Wait until a page shows one text and no longer the other; gives its text."""
        end = time.monotonic() + PATIENCE_SECONDS
        text = ""
        while time.monotonic() < end:
            assert self.process.poll() is None, f"serve ended:\n{self.log.read_text('utf-8')}"
            text = self.read(page)
            if shown in text and gone not in text:
                return text
            time.sleep(0.1)
        pytest.fail(
            f"{page} does not show {shown!r}: {text[-2000:]}\n{self.log.read_text('utf-8')[-4000:]}"
        )


@contextmanager
def serving(folder: Path, environment: Mapping[str, str], log: Path) -> Iterator[Served]:
    """Serve a folder on a free port from the moment that it answers until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=folder,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            served = Served(folder, f"http://127.0.0.1:{port}/", process, log)
            served.wait_for("", "12350")
            yield served
        finally:
            process.terminate()
            process.wait(10)


def save(path: Path, text: str) -> float:
    """Save as editors do, in one step, so that no half-written file is read; gives the moment."""
    draft = path.parent.parent / "draft"
    draft.write_text(text, "utf-8")
    draft.replace(path)
    return time.monotonic()
