"""`python hooks fmt`: one canonical form; no meaning and no comment is ever lost."""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import jingzhong.desk.canonical as module
from jingzhong.desk import fmt_command
from jingzhong.desk.canonical import canonical, is_same, record_of
from jingzhong.desk.yaml_tree import UnsafeError
from jingzhong.desk.yaml_writer import is_plain, quote
from jingzhong.errors import Report
from jingzhong.model.contests import Contest
from jingzhong.model.quizzes import Bank
from jingzhong.model.source import Mapping, Scalar, Source, parse_yaml

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = [
    path
    for folder in ("cases", "content", "quizzes")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and record_of(path.relative_to(ROOT).as_posix())
]


def fmt(text: str, path: str = "quizzes/x.yml") -> str:
    record = record_of(path)
    assert record is not None
    return canonical(Source(path, text), record)


def read(text: str) -> Any:
    """A second reader that knows nothing of the project: every scalar as its text."""
    return yaml.load(text, Loader=yaml.CBaseLoader)


def halves(text: str) -> tuple[str, str]:
    """The YAML of a file and what follows it."""
    if not text.startswith("---\n"):
        return text, ""
    head, body = text[4:].split("\n---\n", 1)
    return head + "\n", body


def respelled(text: str, chance: random.Random) -> str:
    """The same YAML in other words: brackets, other quotes, folded lines, keys in another order."""
    events: Iterator[Any] = yaml.parse(text, Loader=yaml.CSafeLoader)

    def build(event: Any) -> list[Any]:
        if isinstance(event, yaml.ScalarEvent):
            if event.style in ("'", '"'):
                event.style = chance.choice("'\"")
            event.implicit = (True, True)  # Where brackets ask for quotes, quotes are put.
            return [event]
        flow = chance.random() < 0.2
        if isinstance(event, yaml.SequenceStartEvent):
            event.flow_style = flow
            inside = []
            while not isinstance(one := next(events), yaml.SequenceEndEvent):
                inside += build(one)
            return [event, *inside, one]
        event.flow_style = flow
        pairs = []
        while not isinstance(one := next(events), yaml.MappingEndEvent):
            pairs.append((one, build(next(events))))
        if re.fullmatch("[a-z_]+", pairs[0][0].value):  # Not the options: their order counts.
            chance.shuffle(pairs)
        return [event, *(e for key, value in pairs for e in (key, *value)), one]

    begun = [next(events), next(events)]
    rest = build(next(events))
    return str(yaml.emit([*begun, *rest, *events], width=40, allow_unicode=True))


@pytest.mark.parametrize("seed", range(3))
def test_other_spellings_of_a_file_become_the_same_text(seed: int) -> None:
    chance, different = random.Random(seed), 0
    for path in chance.sample(SHIPPED, 12):
        name = path.relative_to(ROOT).as_posix()
        text = fmt(path.read_text("utf-8"), name)
        head, body = halves(text)
        other = respelled(head, chance)
        different += other != head
        written = f"---\n{other}---\n{body}" if text.startswith("---\n") else other
        # A text that others take for a time or a number keeps the quotes that its author gave it.
        times = re.compile(r'"([0-9][0-9:. -]*)"')
        assert times.sub(r"\1", fmt(written, name)) == times.sub(r"\1", text), name
    assert different > 6


def test_order_quotes_and_brackets() -> None:
    messy = """\
reviewed:   2026-11-23
title: '社区'
audience: [居民, "学生"]
questions:
- {type: blank, id: a-1, stem: "火警电话是____。",
   answer: [["119", 一一九]], difficulty: 2, explanation: '说: 明'}
- answer: "B"
  options:
      B: "对的"
      A: "2"
  id: 'a-2'
"""
    assert (
        fmt(messy)
        == """\
title: 社区
audience:
  - 居民
  - 学生
reviewed: 2026-11-23
questions:
  - id: a-1
    type: blank
    stem: 火警电话是____。
    answer:
      - ["119", "一一九"]
    explanation: "说: 明"
    difficulty: 2
  - id: a-2
    options:
      B: 对的
      A: "2"
    answer: B
"""
    )


def test_comments_stay_with_what_they_speak_of() -> None:
    messy = """\
# 全文说明

seed: 1  # 种子
# 标题上面
title: 竞赛 # 标题旁
sections: # 大题
# 第一大题
- # 横线旁
  count: 2   # 数
  # 题型上
  type: single
  bank: [a, # 甲
    b]
  points: 2
  # 大题之后
points: 4
# 末尾
"""
    assert (
        fmt(messy, "quizzes/contests/x.yml")
        == """\
# 全文说明

# 标题上面
title: 竞赛  # 标题旁
seed: 1  # 种子
points: 4
# 末尾
sections:  # 大题
  # 第一大题
  # 横线旁
  # 题型上
  - type: single
    count: 2  # 数
    bank:
      - a  # 甲
      - b
    points: 2
    # 大题之后
"""
    )


def test_texts_of_several_lines_and_signs() -> None:
    messy = (
        'title: "甲\\n乙"\ndescription: >\n  一 # 不是注释\n  二\n\n'
        'reviewed: "2026-11-23"\ntopics: ["null", "12", "a: b", "- c", "x #y", "true", "", \'a"b\']\n'
    )
    new = fmt(messy)
    assert read(new) == read(messy)
    assert "title: |-\n  甲\n  乙\n" in new and "reviewed: 2026-11-23\n" in new
    assert '- "null"\n' in new and '- "12"\n' in new and '- ""\n' in new and '- "a: b"\n' in new
    for line in new.splitlines():
        assert not line.endswith(" ")


def test_a_body_is_not_touched() -> None:
    old = "---\ntitle: '页'\n---\n\n\n甲  \n乙\n\n\n    码\n\n\n"
    assert fmt(old, "content/a.md") == "---\ntitle: 页\n---\n\n甲  \n乙\n\n\n    码\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title: a\ntitle: b\n", "只写一次"),
        ("title: &x a\n", "引用记号"),
        ("title: !!str a\n", "类型记号"),
        ("title: [a\n", "YAML"),
        ("- a\n", "最外层"),
        ("%YAML 1.1\n---\ntitle: a\n", "%"),
        ("", "没有内容"),
        ("{}\n", "没有任何字段"),
        ("title: a\n---\ntitle: b\n", "一份"),
    ],
)
def test_what_is_not_understood_is_left_alone(text: str, reason: str) -> None:
    with pytest.raises(UnsafeError, match=reason):
        fmt(text)


@pytest.mark.parametrize("harm", ["word", "comment", "order", "unstable"])
def test_a_writer_that_does_harm_is_stopped(harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof does not rely on the writer: each kind of harm, planted, is noticed."""
    real, count = module.write_tree, iter(range(9))

    def broken(*given: Any) -> str:
        text = real(*given)
        if harm == "word":
            return text.replace("甲", "乙")
        if harm == "comment":
            return text.replace("# 注", "")
        if harm == "order":
            return text.replace("      A: 一\n      B: 二\n", "      B: 二\n      A: 一\n")
        return text + "\n" * next(count)

    text = "title: 甲 # 注\nquestions:\n  - options:\n      A: 一\n      B: 二\n"
    assert fmt(text)
    monkeypatch.setattr(module, "write_tree", broken)
    with pytest.raises(UnsafeError, match="改写"):
        fmt(text)


def test_quotes_count_where_the_model_counts_them() -> None:
    def node(text: str) -> Any:
        return parse_yaml(text, "x.yml", Report())

    assert is_same(node("seed: a"), node('seed: "a"'), Contest)
    assert not is_same(node("points: 4"), node('points: "4"'), Contest)
    assert not is_same(node("seed: ~"), node('seed: "~"'), Contest)
    assert not is_same(node("seed: [a]"), node("seed: [a, b]"), Contest)
    assert fmt('title: a\npoints: "4"\n', "quizzes/contests/x.yml") == 'title: a\npoints: "4"\n'


# Texts that YAML stumbles over, mixed with anything.
PIECES = st.sampled_from(
    ["甲", "燃气", "a", "119", ": ", " #", "#", "- ", "'", '"', "\\", "{", "]", ",", "\n", "\n\n",
     "  ", "~", "null", "true", "22:51", "2015-08-12", "|", ">", "%", "&", "*", "!", "?", "：",
     "“", "\t", "1e3", "---", "...", "y", "=", "<<", "\u00a0", "😀"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=5).map("".join)


@given(text=st.one_of(TEXTS, st.text(max_size=12)))
@settings(max_examples=200, deadline=None)
def test_every_text_survives_its_spelling(text: str) -> None:
    spelled = text if is_plain(text) else quote(text)
    for wrapped, place in ((f"k: {spelled}\n", "k"), (f"- {spelled}\n", 0)):
        if not re.search("[\ud800-\udfff]", text):
            loaded = yaml.safe_load(wrapped)[place]
            assert loaded == text and isinstance(loaded, str)


class Scribe:
    """Writes one bank in a random style, with a numbered comment wherever one may stand."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.count = chance, 0
        self.in_text = False  # After a text behind `|`, a comment on its line would be text.

    def one_of(self, *choices: Any) -> Any:
        return self.chance.choice(choices)

    def remark(self) -> str:
        self.count += 1
        return f"#注{self.count}。"

    def scalar(self, text: str, indent: int) -> str:
        style = self.one_of("plain", "single", "double", "block")
        self.in_text = False
        if style == "plain" and is_plain(text):
            return text
        if style == "single" and "\n" not in text and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        if style == "block" and text.strip() and text[0] not in " \n\t\u00a0":
            lines = text.split("\n")
            if text[-1] != "\n" and "\u00a0" not in text:
                self.in_text = True
                sign = self.one_of("|-", f"|- {self.remark()}")
                return "\n".join([sign, *(" " * (indent + 2) + line for line in lines)])
        return quote(text)

    def value(self, value: Any, indent: int) -> str:
        if isinstance(value, str):
            return " " + self.scalar(value, indent)
        if self.one_of(0, 0, 0, 1):
            return " " + self.flow(value)
        beside = self.one_of("", f" {self.remark()}")
        step = self.one_of(0, 2, 3) if isinstance(value, list) else self.one_of(1, 2, 4)
        return f"{beside}\n" + self.block(value, indent + step).rstrip("\n")

    def flow(self, value: Any) -> str:
        self.in_text = False
        if isinstance(value, str):
            return quote(value)
        if isinstance(value, list):
            gap = self.one_of(", ", ",", f", {self.remark()}\n           ")
            return f"[{gap.join(map(self.flow, value))}]"
        return "{" + ", ".join(f"{key}: {self.flow(one)}" for key, one in value.items()) + "}"

    def block(self, value: Any, indent: int) -> str:
        pad, written = " " * indent, ""
        items = list(value.items()) if isinstance(value, dict) else [(None, v) for v in value]
        if items and isinstance(value, dict) and items[0][0] != "A":
            self.chance.shuffle(items)
        for key, one in items:
            if self.one_of(0, 0, 1):
                written += "\n" * self.one_of(0, 1, 2) + pad + self.remark() + "\n"
            if key is None and isinstance(one, dict) and self.one_of(0, 1, 1):
                inside = self.block(one, indent + 2)
                if inside.lstrip(" ").startswith(("#", "\n")):
                    written += f"{pad}-\n{inside}"
                else:
                    written += f"{pad}- {inside.lstrip(' ')}"
                continue
            if key is None and isinstance(one, list):
                written += f"{pad}- {self.flow(one)}"
            else:
                written += f"{pad}{'-' if key is None else key + ':'}{self.value(one, indent)}"
            last = written.rpartition("\n")[2]
            if "#" not in last and not self.in_text:
                written += self.one_of("", f"  {self.remark()}")
            written += "\n"
        if self.one_of(0, 0, 1):
            written += f"{pad}{'' if self.in_text else self.one_of('', '  ')}{self.remark()}\n"
        return written


@st.composite
def banks(draw: Any) -> tuple[str, Any]:
    words = TEXTS.filter(lambda text: not re.search("[\u00a0]", text))
    question = {
        "id": draw(words),
        "stem": draw(words),
        "options": {"A": draw(words), "B": draw(words)},
        "answer": draw(st.lists(st.lists(words, min_size=1, max_size=2), min_size=1, max_size=2)),
        "law": draw(st.lists(words, min_size=1, max_size=2)),
    }
    bank = {"title": draw(words), "odd": draw(words), "topics": draw(st.lists(words, min_size=1, max_size=2)),
            "questions": [question, {"id": draw(words), "type": draw(words)}]}  # fmt: skip
    return Scribe(random.Random(draw(st.integers(0, 2**32)))).block(bank, 0), bank


@given(written=banks())
@settings(max_examples=100, deadline=None)
def test_any_style_and_any_comments(written: tuple[str, Any]) -> None:
    text, bank = written
    assert read(text) == bank  # The scribe wrote what it meant.
    assert not _errors(text)
    new = fmt(text)
    assert read(new) == bank
    assert fmt(new) == new
    # What only looks like a comment inside a text is in both; real ones neither vanish nor double.
    marks = re.compile("#注[0-9]+。")
    assert sorted(marks.findall(new)) == sorted(marks.findall(text))
    assert list(read(new)) == ["title", "topics", "questions", "odd"]


def _errors(text: str) -> Any:
    report = Report()
    parse_yaml(text, "x.yml", report)
    return report.errors


SAMPLE = """\
# 头
title: 题库  # 旁
audience: [居民, "学生"]
reviewed: '2026-11-23'
questions:
- id: a-1
  stem: >-
    甲
    乙
  # 中
  options: {A: 一, B: "2"}
  answer:
  - ["119"]
# 尾
"""


@given(
    cuts=st.lists(
        st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 3), PIECES | st.text(max_size=2)),
        max_size=4,
    )
)
@settings(max_examples=150, deadline=None)
def test_broken_files_are_refused_or_kept_whole(cuts: list[tuple[int, int, str]]) -> None:
    text = SAMPLE
    for place, length, piece in cuts:
        text = text[:place] + piece + text[place + length :]
    try:
        new = fmt(text)
    except UnsafeError as reason:
        assert str(reason)
        return
    assert read(new) == read(text) and fmt(new) == new


def run(root: Path, *arguments: str) -> int:
    """The verb in this process: a new one would spend its time on imports."""
    parser = argparse.ArgumentParser()
    fmt_command.add_parser(parser.add_subparsers())
    options = parser.parse_args(["fmt", *arguments])
    options.root = root.resolve()
    return int(options.run(options))


def test_the_verb_is_there() -> None:
    command = [sys.executable, "hooks", "fmt", "--check", "quizzes/contests/enterprise-2026.yml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0 and "共 1 个文件" in done.stdout, done.stderr


def test_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    (tmp_path / "quizzes").mkdir()
    good, messy = tmp_path / "quizzes" / "good.yml", tmp_path / "quizzes" / "messy.yml"
    good.write_text("title: 好\nreviewed: 2026-11-23\n", "utf-8")
    messy.write_bytes("\ufeffreviewed: 2026-11-23\r\ntitle: '乱'\r\n".encode())
    before = good.stat().st_mtime_ns, messy.read_bytes()
    assert run(tmp_path, "--check") == 1
    told = capsys.readouterr().err
    assert "quizzes/messy.yml:1: 不是规范形式" in told and "good.yml" not in told
    assert messy.read_bytes() == before[1]
    assert run(tmp_path) == 0 and "改写了 1 个" in capsys.readouterr().out
    assert messy.read_bytes() == "title: 乱\nreviewed: 2026-11-23\n".encode()
    assert good.stat().st_mtime_ns == before[0]
    assert run(tmp_path, "--check") == 0
    assert run(tmp_path, "--check", "quizzes/messy.yml") == 0
    capsys.readouterr()
    assert run(tmp_path, "--check", "quizzes") == 0 and "共 2 个文件" in capsys.readouterr().out
    messy.write_text("title: a\ntitle: b\n", "utf-8")
    assert run(tmp_path, "quizzes/messy.yml", "mkdocs.yml", "quizzes/none.yml") == 1
    assert capsys.readouterr().err.count("没有改动") == 3
    assert messy.read_text("utf-8") == "title: a\ntitle: b\n"
    assert sorted(p.name for p in (tmp_path / "quizzes").iterdir()) == ["good.yml", "messy.yml"]


def test_the_shipped_content_keeps_its_meaning(tmp_path: Path) -> None:
    for name in ("cases", "content", "quizzes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    assert run(tmp_path) == 0
    assert len(SHIPPED) > 100
    for path in SHIPPED:
        name = path.relative_to(ROOT)
        old, new = path.read_text("utf-8"), (tmp_path / name).read_text("utf-8")
        if old != new:
            assert read(halves(old)[0]) == read(halves(new)[0]), name
            assert halves(old)[1].strip() == halves(new)[1].strip(), name


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("quizzes/a.yml", Bank),
        ("quizzes/contests/a.yml", Contest),
        ("quizzes/a.rejected.yml", None),
        ("quizzes/sub/a.yml", None),
        ("cases/README.md", None),
        ("cases/.a.md", None),
        ("hooks/a.yml", None),
    ],
)
def test_which_files_are_content(path: str, known: Any) -> None:
    assert record_of(path) is known


def test_scalars_are_what_the_tests_think() -> None:
    node = parse_yaml("a: b", "x.yml", Report())
    assert isinstance(node, Mapping) and isinstance(node.entries[0][1], Scalar)
