"""Takes the pictures of the editors' manual: `python tests/tools/editor_pictures.py [name …]`.

Commands run for real, on a terminal of their own, in a copy of the project; what they print is
set as a picture by Chromium. Pages are shot from `mkdocs serve` of the same copy. Run it again
when a command or a page looks different, and look at each picture afterwards. Needs Linux or
macOS for the terminal, and Pillow (`pip install pillow`) to make the pictures small.
"""

from __future__ import annotations

import html
import io
import os
import pty
import re
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import termios
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
PICTURES = PROJECT / "content" / "editors" / "pictures"
SOURCES = ("mkdocs.yml", "addresses.txt", "cases", "content", "hooks", "quizzes")
CASE = "cases/2025-07-01-foshan-forklift.md"
BANK = "quizzes/confined-machinery.yml"
QUESTION = "q-confmach-024"
LIMIT = 80_000
SCALE = 1.5
# Text needs few shades.
COLOURS = 28
SECONDS = 60.0
# What is typed, between signs that no program prints.
TYPED, END = "\x02", "\x03"
SHEET = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #fff; }
pre { box-sizing: border-box; width: 640px; margin: 0; padding: 14px 18px; background: #1e2327; color: #ece8df;
  font: 15px/1.6 "Noto Sans Mono CJK SC", "Noto Sans CJK SC", monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
b { color: #ffc629; font-weight: 400; }
</style>"""


class Terminal:
    """A command on a terminal; `screen` is what it showed, with what was typed marked."""

    def __init__(self, folder: Path, arguments: Sequence[str]) -> None:
        self.screen = f"> {TYPED}python hooks {' '.join(arguments)}{END}\n"
        here, there = pty.openpty()
        # Without echo, so that what is typed stands where it was asked for.
        modes = termios.tcgetattr(there)
        modes[3] &= ~termios.ECHO
        termios.tcsetattr(there, termios.TCSANOW, modes)
        environment = dict(os.environ, PYTHONUTF8="1", COLUMNS="72")
        command = [sys.executable, "hooks", *arguments]
        self._process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=there, stdout=there, stderr=there
        )
        os.close(there)
        self._screen = here

    def talk(self, answers: Sequence[str]) -> str:
        """Give each answer when the command asks; then leave it at its next question."""
        try:
            for answer in answers:
                self.screen += self._read() + f"{TYPED}{answer}{END}\n"
                os.write(self._screen, f"{answer}\n".encode())
            self.screen += self._read()
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._screen)
        return self.screen

    def _read(self) -> str:
        """What is shown until the command asks for something, or ends."""
        told, end = b"", time.monotonic() + SECONDS
        while time.monotonic() < end:
            ready, _, _ = select.select([self._screen], [], [], 0.25)
            if ready:
                try:
                    got = os.read(self._screen, 65536)
                except OSError:  # Nobody holds the other end any more.
                    got = b""
                if not got:
                    break
                told += got
            elif told.rstrip(b" ").decode("utf-8", "replace").endswith(("：", "）")):
                break
        return told.decode("utf-8", "replace").replace("\r\n", "\n")


@contextmanager
def browser_page() -> Iterator[Any]:
    """A page of Chromium, 640 px wide."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page(viewport={"width": 640, "height": 480}, device_scale_factor=SCALE)
        browser.close()


class Studio:
    """One copy of the project, one browser page, and the pictures asked for."""

    def __init__(self, folder: Path, page: Any, wanted: Sequence[str]) -> None:
        self.folder, self.page, self.wanted = folder, page, wanted

    def wants(self, *names: str) -> bool:
        return not self.wanted or any(name in self.wanted for name in names)

    def terminal(
        self,
        name: str,
        arguments: Sequence[str],
        answers: Sequence[str] = (),
        lines: int = 30,
        without: slice = slice(0),
    ) -> None:
        """The first lines of what a command shows, `without` some that would only fill the room."""
        if not self.wants(name):
            return
        shown = Terminal(self.folder, arguments).talk(answers).strip("\n").split("\n")
        if len(shown) > lines:
            shown = [*shown[:lines], "…"]
        if shown[without]:
            shown[without] = ["  …"]
        text = html.escape("\n".join(shown), quote=False)
        text = text.replace(TYPED, "<b>").replace(END, "</b>")
        self.page.set_content(f"{SHEET}<pre>{text}</pre>")
        self._save(name, self.page.locator("pre").screenshot())

    def browser(
        self,
        name: str,
        address: str,
        height: int,
        part: str = "",
        before: Callable[[Any], None] | None = None,
    ) -> None:
        """A page as a reader sees it, or one `part` of it, after something was done to it."""
        if not self.wants(name):
            return
        self.page.set_viewport_size({"width": 640, "height": height})
        self.page.goto(address)
        shown = self.page.locator(part) if part else self.page
        if before:
            before(shown)
        self._save(name, shown.screenshot())

    def change(self, name: str, old: str, new: str) -> None:
        """Plant something in a file of the copy."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new, 1), "utf-8")

    @staticmethod
    def _save(name: str, picture: bytes) -> None:
        from PIL import Image

        image = Image.open(io.BytesIO(picture)).convert("RGB")
        path = PICTURES / f"{name}.png"
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
        note = " 太大！" if path.stat().st_size > LIMIT else ""
        size = f"{{ .jz-shot width={round(image.width / SCALE)} height={round(image.height / SCALE)} }}"
        print(f"{path.name}: {path.stat().st_size:,} bytes {size}{note}")


def block(page: str, start: str) -> str:
    """The fenced block of the manual that begins with these words."""
    text = (PROJECT / "content" / "editors" / page).read_text("utf-8")
    found = re.search(rf"^```\w+\n({re.escape(start)}.*?)^```$", text, re.M | re.S)
    assert found, start
    return found[1]


def terminals(studio: Studio) -> None:
    """Every picture of a command line."""
    case = (studio.folder / CASE).read_text("utf-8")
    if studio.wants("new-case"):
        answers = ["佛山三水“7·1”叉车碰撞一般事故", "三水叉车事故", "", "2025-07-01", "15:10 许"]
        answers += ["广东省", "佛山市", "三水区", "一家电器企业的冲压车间通道", ""]
        studio.terminal("new-case", ["new", "case"], [*answers, "叉车", "特种设备 工贸"], 20)
    studio.change(CASE, "  deaths: 1\n", "  deaths: 1人\n")
    studio.change(CASE, "  - 特种设备\n", "  - 叉车\n")
    studio.terminal("check", ["check"])
    (studio.folder / CASE).write_text(case, "utf-8")
    question = ["有限空间与机械安全", "", "多选题", "车间怎样管叉车才稳妥？"]
    question += ["站在货叉上，让它抬着去换灯泡", "钥匙插着，谁急用谁开", "人离车就拔钥匙，专人保管"]
    question += ["只让证件有效的人开", "地上划出人行线和车行线", "", "CDF", "CDE"]
    studio.terminal("new-question", ["new", "question"], question, 60, slice(4, 9))
    (studio.folder / "小测.txt").write_text(block("import.md", "端午用火安全小测"), "utf-8")
    into = ["-o", "quizzes/dragon-boat.yml", "--title", "端午用火安全", "--audience", "居民"]
    studio.terminal("import", ["import", "quiz", "小测.txt", *into], ["C"])
    (studio.folder / "quizzes/dragon-boat.yml").unlink(missing_ok=True)
    (studio.folder / "quizzes/dragon-boat.rejected.yml").unlink(missing_ok=True)
    studio.terminal("export", ["export", "quiz", "confined-machinery", "--to", "xlsx,docx"])


def ill_bank(studio: Studio) -> None:
    """The copy's bank gets two faults that a doctor finds."""
    studio.change(BANK, "      A: 站在货叉上，让它抬着去换灯泡\n", "      A: 以上都对\n")
    text = (studio.folder / BANK).read_text("utf-8")
    explanation = re.search(r"    explanation: (佛山那次.*)\n", text)
    assert explanation
    studio.change(BANK, explanation[1], "见条文。")


def pages(studio: Studio, origin: str) -> None:
    """Every picture of a page in the browser."""
    address = origin + CASE.replace(".md", ".html")
    studio.browser("case-page", address, 640)
    bank = origin + BANK.replace(".yml", ".html")
    studio.browser("question-page", f"{bank}#{QUESTION}", 1600, f"#{QUESTION}", answer)
    studio.change(CASE, "  deaths: 1\n", "  deaths: 1人\n")
    wait_for(address, "网站还没有更新")
    studio.browser("errors-page", address, 420)
    studio.change(CASE, "  deaths: 1人\n", "  deaths: 1\n")


def answer(question: Any) -> None:
    """Answer the question rightly."""
    for letter in "CDE":
        question.locator(f"[data-option={letter}] label").click()
    question.locator("[data-check]").click()


def wait_for(address: str, words: str) -> None:
    """Until the server shows these words."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if words in answer.read().decode("utf-8"):
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.5)
    sys.exit(f"{address}：等不到“{words}”")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """`mkdocs serve` of the copy; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    environment = dict(os.environ, NO_MKDOCS_2_WARNING="1", PYTHONUTF8="1")
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        origin = f"http://127.0.0.1:{port}/"
        wait_for(origin, "</html>")
        yield origin
    finally:
        process.terminate()
        process.wait()


def main(wanted: Sequence[str]) -> None:
    """All pictures, or those named."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, browser_page() as page:
        folder = Path(name) / "jingzhong"
        for source in SOURCES:
            place = PROJECT / source
            if place.is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(place, folder / source, ignore=ignored)
            else:
                folder.mkdir(exist_ok=True)
                shutil.copy2(place, folder / source)
        # A picture that is yet to be taken must not count as missing.
        texts = "".join(path.read_text("utf-8") for path in PICTURES.parent.glob("*.md"))
        for file in re.findall(r"\(pictures/([\w-]+\.png)\)", texts):
            (folder / "content" / "editors" / "pictures" / file).touch()
        studio = Studio(folder, page, wanted)
        terminals(studio)
        if studio.wants("case-page", "question-page", "errors-page"):
            with served(folder) as origin:
                pages(studio, origin)
        if studio.wants("doctor"):
            ill_bank(studio)
            studio.terminal("doctor", ["doctor", "confined-machinery"])


if __name__ == "__main__":
    main(sys.argv[1:])
