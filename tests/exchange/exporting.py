"""A small project whose bank has everything that a format may lose or stumble over."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

import yaml

from jingzhong.errors import Report
from jingzhong.exchange.command import add_parser
from jingzhong.exchange.export.formats import FORMATS, export
from jingzhong.exchange.export.losses import Loss
from jingzhong.exchange.export.material import load_material
from jingzhong.model.library import Library, load_library
from jingzhong.model.quizzes import Question

PROJECT = Path(__file__).resolve().parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20H0z"/></svg>'
# Each would be markup for HTML, XML, GIFT, a cloze mark, a formula or a line of its own.
TRAPS = (
    "<b>粗</b> &amp; </text> ]]> <script>alert(1)</script>",
    "~甲 =乙 #丙 {丁} a:b \\n 100%对 ->去 //注 [方]",
    "=SUM(A1:A9)",
    "+86 打 119",
    "-1 级",
    "@所有人",
    "%50%一半",
    "反写\u202e控制\u202c符",
)


def question(name: str, kind: str, **more: object) -> dict[str, object]:
    return {
        "id": name,
        "type": kind,
        "stem": f"问{name}是什么？",
        "explanation": f"道理{name}，讲明白。",
        "difficulty": 3,
        "topics": ["消防"],
    } | more


def all_questions() -> list[dict[str, object]]:
    four = {letter: f"做法{letter}" for letter in "ABCD"}
    law = {"law": "fire-law 第二十八条"}
    made = [
        question("one", "single", options=four, answer="C", **law),
        question("fixed", "single", options=four, answer="A", fixed_options=["D"]),
        question("many", "multiple", options=four, answer="ABD"),
        question("yes", "judge", answer="对"),
        question("no", "judge", answer="错"),
        question("blank", "blank", stem="火警是____。", answer=[["119", "一一九"]]),
        question("blanks", "blank", stem="甲____乙____丙", answer=[["119"], ["120", "一二零"]]),
        question("swap", "blank", stem="____和____", answer=[["水"], ["电"]], any_order=True),
        question("order", "order", options=four, answer="BDAC"),
        question(
            "match",
            "match",
            left={letter: f"左边{letter}" for letter in "ABC"},
            right={number: f"右边{number}" for number in "1234"},
            answer={"A": "2", "B": "4", "C": "1"},
        ),
        question("read-1", "single", passage="材料一\n第二行", options=four, answer="B"),
        question("read-2", "judge", passage="材料一\n第二行", answer="对"),
        question("seen", "single", options=four, answer="D", image=image("sign.svg", "图甲")),
        question("lost", "single", options=four, answer="D", image=image("broken.png", "图丙")),
    ]
    for at, trap in enumerate(TRAPS):
        options = {"A": trap, "B": f"乙{trap}", "C": "丙"}
        made.append(
            question(
                f"trap-{at}", "single", stem=trap, options=options, answer="A", explanation=trap
            )
        )
    made.append(question("trap-blank", "blank", stem=f"{TRAPS[1]}____", answer=[['*}~=#/"\\']]))
    made.append(
        question("trap-cloze", "blank", stem="{1:甲}____和____", answer=[['a}b~c#d/e"f\\'], ["=1"]])
    )
    made.append(question("trap-lines", "judge", stem="第一行\n\n第二行", answer="对"))
    return made


def image(name: str, alt: str) -> dict[str, str]:
    return {"src": f"images/{name}", "alt": alt}


def write_project(folder: Path, questions: list[dict[str, object]] | None = None) -> Path:
    """A project with the bank `all` and a bank `sick` that cannot be read."""
    for name in ("quizzes", "content/images", "content/regulations", "cases"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name in ("mkdocs.yml", "content/regulations/fire-law.md"):
        (folder / name).write_bytes((PROJECT / name).read_bytes())
    (folder / "content/images/sign.svg").write_text(SVG, "utf-8")
    (folder / "content/images/broken.png").write_bytes(b"no picture")
    head = {
        "title": "各种/题-=题",
        "audience": ["居民"],
        "topics": ["消防"],
        "description": "=什么都有",
        "reviewed": "2026-11-23",
        "questions": questions or all_questions(),
    }
    # Written as JSON first, so that no part is an alias of another.
    head = json.loads(json.dumps(head))
    text = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)
    (folder / "quizzes/all.yml").write_text(text, "utf-8")
    (folder / "quizzes/sick.yml").write_text("title: 坏的\n", "utf-8")
    return folder


def load(folder: Path) -> Library:
    library = load_library(folder, folder / "mkdocs.yml", Report())
    assert library is not None and "all" in library.bank_by_id
    return library


@dataclass(frozen=True)
class Exported:
    """What each format made of the bank `all`."""

    library: Library

    @property
    def questions(self) -> dict[str, Question]:
        return {one.id: one for one in self.library.bank_by_id["all"].questions}

    def make(self, name: str) -> tuple[bytes, tuple[Loss, ...]]:
        return export(load_material(self.library, self.library.bank_by_id["all"]), FORMATS[name])

    def content(self, name: str) -> bytes:
        return self.make(name)[0]

    def text(self, name: str) -> str:
        return self.content(name).decode("utf-8-sig")


def visible(text: str) -> str:
    """What is left of a text on its way: no signs that turn a line around."""
    return text.replace("\u202e", "").replace("\u202c", "")


@dataclass(frozen=True)
class Done:
    """What a run of the command printed, and its status."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str) -> Done:
    """`python hooks export …` in the folder, without the time that a new Python takes."""
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    out, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
        options = parser.parse_args(["export", *arguments])
        options.root, options.config = folder, folder / "mkdocs.yml"
        with contextlib.chdir(folder):
            status = options.run(options)
    return Done(status, out.getvalue(), errors.getvalue())
