"""One build of the project in the current folder, with the time spent on linking citations.

    python timed_links.py SITE_DIR

Prints `pages milliseconds`: the pages whose texts were looked through, and the processor time of
all of it. Linking is timed from outside, so the project holds no stopwatch.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path("hooks").resolve()))

from mkdocs.commands.build import build
from mkdocs.config import load_config

from jingzhong.output.citing import CitationLinker

spent = 0
pages: set[str] = set()


def timed(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same method, with its time added up; it stands on the page given second."""

    def run(self: CitationLinker, text: str, page: str, context: Any) -> Any:
        global spent
        pages.add(page)
        start = time.process_time_ns()
        try:
            return method(self, text, page, context)
        finally:
            spent += time.process_time_ns() - start

    return run


for name in ("link_html", "link_text", "link_parts"):
    setattr(CitationLinker, name, timed(getattr(CitationLinker, name)))

config = load_config("mkdocs.yml", site_dir=sys.argv[1])
config.plugins.on_startup(command="build", dirty=False)
build(config)
config.plugins.on_shutdown()
print(len(pages), spent / 1e6)
