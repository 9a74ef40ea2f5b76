"""What `sw.js` of this very site asks a device to keep: all its quizzes, in the room there is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from jingzhong.errors import Report
from jingzhong.model.library import load_library
from jingzhong.output import service_worker


def told(site: Path) -> dict[str, Any]:
    found = re.search(r"var OURS = (\{.*?\});\n", (site / "sw.js").read_text("utf-8"))
    assert found is not None
    build: dict[str, Any] = json.loads(found[1])
    return build


def test_every_quiz_page_of_this_site_is_kept(site_dir: Path) -> None:
    build = told(site_dir)
    pages = {
        f"quizzes/{path.name}"
        for path in (site_dir / "quizzes").glob("*.html")
        if ".single." not in path.name
    }
    assert pages - set(build["files"]) == set()
    assert build["isWhole"]
    size = sum((site_dir / name).stat().st_size for name in build["files"])
    assert size <= service_worker.MOST_BYTES


def test_less_room_keeps_fewer_and_says_so(
    project: Path, site_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = load_library(project, project / "mkdocs.yml", Report())
    assert library is not None
    monkeypatch.setattr(service_worker, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(service_worker, "_unreachable", lambda *_: "")
    text = service_worker.build_worker(library, None, site_dir, "")  # type: ignore[arg-type]
    assert '"isWhole":false' in text
