"""What the tests of the model share: the valid project, copies of it, and overlays on it."""

from __future__ import annotations

import difflib
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest

from jingzhong import errors
from jingzhong.site import check

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
NOTES = ("expected.txt", "delete.txt")
UPDATE = "UPDATE=1 python -m pytest tests/model"

# File → content; None is a link that leads nowhere, a file that nobody can open.
Files = Mapping[str, bytes | None]
Overlay = Callable[[Files], Path]


def lay(valid: Path, root: Path, files: Files, left_out: tuple[str, ...] = ()) -> Path:
    """A copy of the valid project with these files in it and those out of it."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(valid, root)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink(missing_ok=True)
            path.symlink_to("nowhere")
        else:
            path.write_bytes(content)
    for name in left_out:
        (root / name).unlink()
    return root


def checked_lines(root: Path) -> list[str]:
    """Every problem of a project, as `python hooks check` prints it."""
    try:
        return [str(problem) for problem in check(root, root / "mkdocs.yml")]
    except Exception:
        return traceback.format_exc().splitlines()


@pytest.fixture(scope="session")
def valid() -> Path:
    """The smallest complete project; nothing in it is wrong."""
    return FIXTURES / "valid"


@pytest.fixture
def overlay(tmp_path: Path, valid: Path) -> Overlay:
    """`overlay({"cases/x.md": b"…"})` is a copy of the valid project with these files in it."""
    return lambda files: lay(valid, tmp_path / "project", files)


@pytest.fixture(scope="session")
def checked() -> Callable[[Path], list[str]]:
    """`checked(root)` is every problem of a project, one line each."""
    return checked_lines


@pytest.fixture(scope="session")
def agrees() -> Callable[[Path, list[str]], None]:
    """`agrees(file, lines)` fails with a diff unless the file holds these lines."""

    def compare(golden: Path, lines: list[str]) -> None:
        if os.environ.get("UPDATE"):
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text("".join(f"{line}\n" for line in lines), "utf-8")
            return
        kept = golden.read_text("utf-8").splitlines() if golden.is_file() else []
        diff = difflib.unified_diff(kept, lines, golden.name, "now", lineterm="", n=1)
        told = "\n".join(diff)
        assert kept == lines, f"{golden} differs:\n{told}\nRead each line, then: {UPDATE}"

    return compare


@pytest.fixture(scope="session")
def generated(valid: Path) -> dict[str, Files]:
    """Broken files too big or too strange to keep: name → what to lay over the valid project."""
    case, bank, page = "cases/2026-10-01-jingzhou-well.md", "quizzes/home.yml", "content/about.md"
    texts = {name: (valid / name).read_text("utf-8") for name in (case, bank, page)}

    def changed(name: str, old: str, new: str) -> bytes:
        assert old in texts[name]
        return texts[name].replace(old, new, 1).encode()

    many = 200_000
    padding = "#" * (2_000_001 - len(texts[bank].encode()))
    return {
        "fifty-megabytes": {bank: b"#" * 50_000_000},
        "just-too-big": {bank: (texts[bank] + padding).encode()},
        "brackets-in-bank": {bank: b"[" * many},
        "braces-in-bank": {bank: b"{a: " * many},
        "dashes-in-bank": {bank: b"- " * many},
        "brackets-in-head": {case: b"---\n" + b"[" * many + b"\n---\n"},
        "brackets-in-settings": {"mkdocs.yml": b"[" * many},
        "brackets-in-body": {case: texts[case].encode() + b"[" * many + b"\n"},
        "brackets-in-page": {page: texts[page].encode() + b"\n" + b"[a](\n" * many},
        "quotes-in-body": {case: texts[case].encode() + b"> " * many + b"\n"},
        "lists-in-body": {case: texts[case].encode() + b"1. * " * many + b"\n"},
        "deep-list-in-body": {
            case: texts[case].encode() + b"".join(b"    " * n + b"- a\n" for n in range(300))
        },
        "nul": {case: changed(case, "date: 2026", "date: \0 2026")},
        "gbk": {case: texts[case].encode("gb18030")},
        "utf-16": {case: texts[case].encode("utf-16")},
        "utf-16-big-end-first": {case: b"\xfe\xff" + texts[case].encode("utf-16-be")},
        "no-encoding": {page: changed(page, "图片：", "图片@").replace(b"@", b"\xff")},
        "bell": {bank: changed(bank, "家庭安全", "家庭安全\x07")},
        "line-separator": {page: changed(page, "title", "\u2028title")},
        "zero-width-space": {case: changed(case, "title", "title\u200b")},
        "nowhere": {page: None},
    }


@dataclass(frozen=True)
class Outcome:
    """Every broken project checked once: its problems, and the lines that worded them."""

    problems: dict[str, list[str]]
    reached: set[tuple[str, int]]


@pytest.fixture(scope="session")
def outcome(
    valid: Path, generated: dict[str, Files], tmp_path_factory: pytest.TempPathFactory
) -> Outcome:
    """All of `fixtures/invalid/` and of `generated`, checked."""
    root = tmp_path_factory.mktemp("invalid") / "project"
    problems = {}
    with _watched() as reached:
        for folder in sorted((FIXTURES / "invalid").iterdir()):
            files = {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file() and path.name not in NOTES
            }
            note = folder / "delete.txt"
            left_out = tuple(note.read_text("utf-8").split()) if note.is_file() else ()
            problems[folder.name] = checked_lines(lay(valid, root, files, left_out))
        for files in generated.values():
            checked_lines(lay(valid, root, files))
    return Outcome(problems, reached)


class _watched:  # noqa: N801 (a context manager, used like a function)
    """Writes down (file, line) of all that stands on the stack whenever a fault is worded."""

    def __enter__(self) -> set[tuple[str, int]]:
        package, word = Path(errors.__file__).parent, errors.expected
        reached: set[tuple[str, int]] = set()

        def frames(frame: FrameType | None) -> Iterator[FrameType]:
            while frame is not None:
                yield frame
                frame = frame.f_back

        def expected(what: str, got: str, example: str = "") -> str:
            for frame in frames(sys._getframe(1)):
                path = Path(frame.f_code.co_filename)
                if path.is_relative_to(package):
                    reached.add((path.relative_to(package).as_posix(), frame.f_lineno))
            return word(what, got, example)

        self.patch = pytest.MonkeyPatch()
        for name, module in list(sys.modules.items()):
            if name.startswith("jingzhong.") and getattr(module, "expected", None) is word:
                self.patch.setattr(module, "expected", expected)
        return reached

    def __exit__(self, *_: object) -> None:
        self.patch.undo()
