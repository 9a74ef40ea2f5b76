"""`mkdocs serve` builds again after an edit of anything that a build reads."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from jingzhong.output.preview import WATCHED, OwnFiles
from tests.serving import Served, serving

GONE = "cases/1999-01-01-nowhere.html"
NEW = "甲乙丙改过"


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
    copy_project: Callable[..., Path],
    build_environment: dict[str, str],
) -> Iterator[Served]:
    """Serve a copy; what it prints goes into a file that lies in the project folder itself."""
    folder = copy_project(tmp_path_factory.mktemp("served") / "project")
    for name in ("accepted.yml", "removed.yml"):
        (folder / name).unlink(missing_ok=True)
    with serving(folder, build_environment, folder / "serve.log") as one:
        yield one


def test_the_files_of_the_folder_itself(served: Served) -> None:
    """Each is edited, made and taken away; none of the two lists is there at the start."""
    addresses = served.folder / "addresses.txt"
    text = addresses.read_text("utf-8")
    addresses.write_text(f"{text}{GONE}\n", "utf-8")
    served.wait_for("", "addresses.txt:")
    removed = served.folder / "removed.yml"
    removed.write_text(f"- address: {GONE}\n  date: 2026-01-01\n  reason: {NEW}\n", "utf-8")
    served.wait_for(GONE, NEW)
    accepted = served.folder / "accepted.yml"
    accepted.write_text("- path: 只有一行\n", "utf-8")
    served.wait_for("", "accepted.yml:1")
    accepted.unlink()
    served.wait_for("", "12350", gone="accepted.yml")
    addresses.write_text(text, "utf-8")
    removed.unlink()
    served.wait_for("", "12350", gone="处错误")
    # What is deleted and written anew a while later, as some programs save.
    config = served.folder / "mkdocs.yml"
    settings = config.read_text("utf-8")
    config.unlink()
    time.sleep(1.2)
    assert served.process.poll() is None
    config.write_text(re.sub("unit: .*", f"unit: {NEW}", settings), "utf-8")
    served.wait_for("", NEW)
    config.write_text(settings, "utf-8")
    served.wait_for("", "12350", gone=NEW)
    # The log in this folder grew all the while; now nothing changes, and nothing is built.
    time.sleep(1.5)
    built = served.log.read_text("utf-8").count("Building documentation")
    (served.folder / "notes.txt").write_text("与网站无关", "utf-8")
    time.sleep(2.5)
    assert served.log.read_text("utf-8").count("Building documentation") == built


def test_each_folder_of_data_is_noticed(served: Served) -> None:
    """Vocabularies, laws, rules, plans, contests: a line too many, and the page names the file."""
    files = [*served.folder.glob("hooks/jingzhong/*/data/*.yml"),
             *served.folder.glob("quizzes/*/*.yml")]  # fmt: skip
    one_a_folder = {path.parent: path for path in files}
    assert len(one_a_folder) > 5
    for path in one_a_folder.values():
        text = path.read_text("utf-8")
        path.write_text(f"{text}\n甲: [乙\n", "utf-8")
        served.wait_for("", f"{path.name}:")
        path.write_text(text, "utf-8")
    served.wait_for("", "12350", gone="处错误")


def test_pages_and_styles_are_noticed(served: Served) -> None:
    for source, address in (
        ("content/places/family.md", "places/family.html"),
        ("content/about.md", "about.html"),
        ("hooks/jingzhong/static/css/print.css", "assets/jingzhong/css/print.css"),
        ("hooks/jingzhong/static/css/base.css", "assets/jingzhong/site.css"),
    ):
        path = served.folder / source
        text = path.read_text("utf-8")
        path.write_text(f"{text}\n/* {NEW} */\n", "utf-8")
        served.wait_for(address, NEW)


class Server:
    """What `OwnFiles` sees of MkDocs."""

    def __init__(self) -> None:
        self.observer = SimpleNamespace(schedule=lambda *_, **__: None)
        self._rebuild_cond = threading.Condition()
        self._want_rebuild = False


@pytest.mark.parametrize("name", [*sorted(WATCHED), "serve.log", "README.md"])
def test_only_what_a_build_reads_counts(name: str, tmp_path: Path) -> None:
    event: Any = SimpleNamespace(src_path=str(tmp_path / name), dest_path="", is_directory=False)
    server = Server()
    OwnFiles(server, tmp_path).dispatch(event)
    assert server._want_rebuild == (name in WATCHED)
    moved: Any = SimpleNamespace(src_path="draft", dest_path=event.src_path, is_directory=False)
    server = Server()
    OwnFiles(server, tmp_path).dispatch(moved)
    assert server._want_rebuild == (name in WATCHED)
