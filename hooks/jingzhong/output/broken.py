"""Under `mkdocs serve`, an error shows in the browser instead of a dead page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jingzhong.errors import Problem
from jingzhong.output import urls
from jingzhong.output.page import Page


def broken_pages(root: Path, problems: tuple[Problem, ...]) -> Iterator[Page]:
    """One page for every address an editor may have open, each with the list of errors."""
    files = {
        *(f"cases/{path.stem}.html" for path in (root / "cases").glob("*.md")),
        *(f"quizzes/{path.stem}.html" for path in (root / "quizzes").glob("*.yml")),
        *(
            path.relative_to(root / "content").with_suffix(".html").as_posix()
            for path in (root / "content").rglob("*.md")
        ),
    }
    for address in (*urls.STANDING, *sorted(files - set(urls.STANDING))):
        yield Page(
            address=address,
            title="内容有错误",
            template="errors.html",
            data={"problems": problems},
            origin="" if address in urls.STANDING else address,
        )
