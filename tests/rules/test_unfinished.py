"""What is not finished is not published: TODO marks and the notes of importers, found by line."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

import docx
import pytest

from jingzhong.errors import ContentError, Problem
from jingzhong.output.preview import Preview
from jingzhong.rules.unfinished import find_note, find_todo
from jingzhong.site import build, check

from .conftest import ABOUT, BANK, CASE, LAW, PROJECT, VALID, Find, changed_project

HEAD, BODY = "status: ", "## 事故教训\n"
REPORT = (
    "某市甲厂“4·1”一般火灾事故调查报告",
    "2024年4月1日12时50分许，湖北省荆州市沙市区甲厂发生火灾事故，造成1人死亡、2人受伤。",
    "一、事故经过",
    "12时50分，车间起火。12时57分，消防救援站接到报警。",
    "二、事故原因",
    "甲厂违反《中华人民共和国消防法》第二十八条，疏散通道被锁。",
)


def lines(found: list[Problem]) -> list[tuple[str, int]]:
    return [(one.path, one.line) for one in found]


def place(root: Path, path: str, words: str) -> tuple[str, int]:
    texts = (root / path).read_text("utf-8").split("\n")
    return path, next(number for number, text in enumerate(texts, 1) if words in text)


@pytest.mark.parametrize(
    ("path", "old", "added"),
    [
        (CASE, HEAD, "# TODO 状态\n"),
        (CASE, HEAD, "# Todo：状态\n"),
        (CASE, "title: ", "# ［3］第 12 段：造成3人死亡\n"),
        (CASE, BODY, "## 事故教训\n\n- TODO补一条\n"),
        (CASE, BODY, "## 事故教训\n\n> 第 12 段：原文。\n"),
        (CASE, BODY, "## 事故教训\n\n> 还有 3 段，见报告第 40 段为止。\n"),
        (CASE, BODY, "## 事故教训\n\n报告里没有找到这一部分。\n"),
        (LAW, HEAD, "# TODO status　状态：原文不会写明\n"),
        (LAW, "## 怎么用", "## 怎么用\n\n<!-- TODO -->\n"),
    ],
)
def test_each_mark_is_found(path: str, old: str, added: str, find: Find, tmp_path: Path) -> None:
    found = find({path: [(old, added if added.startswith(old) else added + old)]})
    mark = added.removeprefix("## 事故教训\n\n").removeprefix("## 怎么用\n\n").strip()
    assert lines(found) == [place(tmp_path / "project", path, mark)]
    assert found[0].severity == "error"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CASE, BODY, "## 事故教训\n\n见报告第12段：讲得很清楚。他说“第 3 段路结冰”。\n"),
        (CASE, BODY, "## 事故教训\n\n> 引一句别人的话。\n"),
        (CASE, HEAD, "# 核对过了，见 https://example.gov.cn/TODO/1.html\nstatus: "),
        (CASE, HEAD, "# 编号 TODO-7、AUTODOC、autodoc\nstatus: "),
        (ABOUT, "## 有什么", "## 有什么\n\n标着 TODO 的要补上。\n"),
        (BANK, "title: ", "# TODO 再加几题\ntitle: "),
    ],
)
def test_what_only_looks_like_it_is_left_alone(path: str, old: str, new: str, find: Find) -> None:
    assert find({path: [(old, new)]}) == []


def test_a_mark_at_the_end_of_a_long_value_is_shown(find: Find) -> None:
    (found,) = find({CASE: [("cause: ", f"cause: {'很长' * 40}（TODO 核对）")]})
    assert "很长（TODO 核对）" in found.message and len(found.message) < 150


def test_values_count_and_one_problem_tells_all_lines(find: Find, tmp_path: Path) -> None:
    found = find({CASE: [("cause: ", "cause: TODO "), (BODY, BODY + "\nTODO 甲\n\nTODO 乙\n")]})
    assert lines(found) == [place(tmp_path / "project", CASE, "cause: TODO")]
    assert "共 3 处" in found[0].message
    second = place(tmp_path / "project", CASE, "TODO 甲")[1]
    assert f"还有第 {second}、{second + 2} 行" in found[0].message


def test_drafts_are_not_looked_at(tmp_path: Path) -> None:
    text = (VALID / CASE).read_text("utf-8").replace(HEAD, "# TODO 状态\nstatus: ")
    root = changed_project(tmp_path / "project", {"drafts/2024-05-06-x.md": text})
    assert check(root, root / "mkdocs.yml") == ()
    (root / "drafts/2024-05-06-x.md").rename(root / "cases/2024-05-06-x.md")
    assert lines(list(check(root, root / "mkdocs.yml"))) == [
        place(root, "cases/2024-05-06-x.md", "TODO")
    ]


@pytest.mark.parametrize("preview", [False, True])
def test_neither_a_build_nor_a_preview_shows_it(preview: bool, tmp_path: Path) -> None:
    root = changed_project(tmp_path / "project", {CASE: [(HEAD, "# TODO 状态\nstatus: ")]})
    with pytest.raises(ContentError, match="TODO"):
        build(root, root / "mkdocs.yml", Preview() if preview else None)


def test_a_file_that_cannot_be_read_is_searched_too(tmp_path: Path) -> None:
    root = changed_project(
        tmp_path / "project", {CASE: [(HEAD, "# TODO 状态\nstate: "), ("grade: 一般\n", "")]}
    )
    told = [str(one) for one in check(root, root / "mkdocs.yml")]
    assert any("没有待办记号 TODO" in one for one in told) and len(told) > 1


def run(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(PROJECT / "hooks"), *arguments],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_note_of_the_importers_escapes(tmp_path: Path) -> None:
    """Whatever they write, the rule must know: a draft is moved to where it is published."""
    root = changed_project(tmp_path / "project", {})
    document, out = docx.Document(), io.BytesIO()
    for text in REPORT:
        document.add_paragraph(text)
    document.save(out)
    (root / "报告.docx").write_bytes(out.getvalue())
    law = "# 某市燃气管理办法\n\n第一条　为了安全。\n\n第二条　要检查。\n"
    (root / "办法.md").write_text(law, "utf-8")
    run(root, "import", "case", "报告.docx")
    told = run(root, "import", "law", "办法.md", "--id", "gas-rules")
    assert "还缺 6 项：打开文件补上，删去 # TODO 的行" in told
    (draft,) = (root / "drafts").glob("*.md")
    moved = draft.rename(root / "cases" / draft.name)
    rule = root / "content/regulations/gas-rules.md"
    problems = [str(one) for one in check(root, root / "mkdocs.yml")]
    for name, words in (
        (moved.name, "没有待办记号 TODO"),
        (moved.name, "没有报告原文"),
        (rule.name, "没有待办记号 TODO"),
    ):
        assert any(name in one and words in one for one in problems), (name, words)
    for path in (moved, rule):
        for text in path.read_text("utf-8").split("\n"):
            if "TODO" in text or "段：" in text or "段为止" in text:
                assert find_todo(text) is not None or find_note(text) is not None, text


def test_a_law_that_lacks_nothing_is_clean_at_once(tmp_path: Path) -> None:
    root = changed_project(tmp_path / "project", {})
    law = (
        "# 某市燃气管理条例\n\n（2020年1月2日某市人民代表大会常务委员会第三次会议通过）\n\n"
        "第一条　为了安全。\n\n第二条　要检查。\n"
    )
    (root / "条例.md").write_text(law, "utf-8")
    given = ("--kind", "地方性法规", "--number", "公告第3号", "--status", "现行有效")
    told = run(root, "import", "law", "条例.md", "--id", "gas-law", *given)
    assert "还缺" not in told and "TODO" not in told, told
    assert check(root, root / "mkdocs.yml") == ()


@pytest.mark.parametrize(
    "sign", ["#", "# ", "> ", "第 1", "第 1 段", "a", "TODO", "://", "http://a "]
)
def test_long_lines_take_no_time(sign: str) -> None:
    line, begin = sign * 200_000, time.process_time()
    find_todo(line), find_note(line)
    assert time.process_time() - begin < 1
