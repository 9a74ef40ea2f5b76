"""What is wrong with the content, as data: one `Problem` a fault, worded in one place."""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in one file.

    `path` is relative to the project root with forward slashes, `line` is 1-based, `field`
    is the key path in the file (`casualties.deaths`) or empty where the fault has no field.
    """

    path: str
    line: int
    field: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}: "
        if self.severity == "warning":
            where += "（提醒）"
        return where + (f"字段 {self.field}: " if self.field else "") + self.message

    def as_dict(self) -> dict[str, str | int]:
        """The JSON form that `python hooks check --format json` prints."""
        return asdict(self)


class ContentError(Exception):
    """Raised when content cannot be published; carries every problem, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class Report:
    """Collects problems while files are read, so that one run shows them all."""

    def __init__(self) -> None:
        self._problems: set[Problem] = set()

    def error(self, path: str, line: int, field: str, message: str) -> None:
        """Record a fault that stops the build."""
        self._problems.add(Problem(path, max(line, 1), field, message))

    def warn(self, path: str, line: int, field: str, message: str) -> None:
        """Record something an editor should look at; `--strict` makes it fatal."""
        self._problems.add(Problem(path, max(line, 1), field, message, "warning"))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Take over the problems that a check yielded."""
        self._problems.update(problems)

    def __len__(self) -> int:
        return len(self._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems so far, sorted by file, line and field."""
        return tuple(sorted(self._problems))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Only those that stop the build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")


def expected(what: str, got: str, example: str = "") -> str:
    """Word a fault the one way the project words faults: expected, got, example."""
    text = f"应为{_spaced(what)}，实际为{_spaced(got)}"
    if not example:
        return text
    return f"{text}{'' if text.endswith('？') else '。'}例：{example}"


def _spaced(text: str) -> str:
    """A blank between Chinese and what begins with a Latin letter or a digit."""
    return f" {text}" if text[:1].isascii() and not text[:1].isspace() else text


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a mistyped one most likely meant, whatever its case, or None."""
    folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    # Chinese words are short: of two characters one may be wrong.
    cutoff = 0.7 if word.isascii() else 0.6 if len(word) > 2 else 0.5
    close = difflib.get_close_matches(word.casefold()[:80], sorted(folded), n=1, cutoff=cutoff)
    return folded[close[0]] if close else None


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint like `；是不是“title”？` when a known word is close to a mistyped one, else empty."""
    close = closest(word, known)
    return f"；是不是“{close}”？" if close else ""


def quoted(text: str, limit: int = 40) -> str:
    """Show what the author wrote, shortened, on one line."""
    flat = " ".join(text.split())
    return f"“{flat[:limit]}…”" if len(flat) > limit else f"“{flat}”"


_REFUSALS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EACCES: "没有权限，或文件正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "这个磁盘只能读",
    errno.ENOSPC: "磁盘满了",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EEXIST: "已经有了",
    errno.EIO: "磁盘读写出错",
}


def why(error: OSError) -> str:
    """What the system said of a file, in Chinese; its own words are in its own language."""
    return _REFUSALS.get(error.errno or 0, f"系统错误 {error.errno or ''}".rstrip())
