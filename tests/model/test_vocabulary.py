"""The word lists that editors may extend are checked like content."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from jingzhong.errors import ContentError
from jingzhong.model import library
from jingzhong.model.vocabulary import DATA, load_vocabularies

PATH = "hooks/jingzhong/model/data"


def test_other_spellings_are_unified() -> None:
    spellings = load_vocabularies().spellings
    assert spellings["sector"]["危化品"] == "危险化学品"
    assert spellings["legacy type"]["其它爆炸"] == "其他爆炸"
    assert spellings["audience"]["居民"] == "居民"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "sectors.yml",
            "sign: 警告\n  glyph: 化",
            "sign: 警示\n  glyph: 化",
            "字段 [1].sign: 应为标志形状（禁止、警告、指令、提示），"
            "实际为“警示”；是不是“警告”？例：警告",
        ),
        (
            "sectors.yml",
            "glyph: 化",
            "glyph: 化学",
            "字段 [1].glyph: 应为一个字，实际为“化学”。例：火",
        ),
        (
            "sectors.yml",
            "id: fire\n",
            "id: 消防\n",
            "字段 [6].id: 应为小写英文 id，实际为“消防”。例：fire",
        ),
        ("audiences.yml", "- 居民", "-", "字段 [1]: 应为文字，实际为空值。例：居民"),
    ],
)
def test_faults_are_told(tmp_path: Path, name: str, old: str, new: str, message: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    text = (folder / name).read_text("utf-8")
    assert text.count(old) == 1
    (folder / name).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError) as caught:
        load_vocabularies(folder)
    line = text[: text.index(old)].count("\n") + 1
    assert str(caught.value) == f"{PATH}/{name}:{line}: {message}"


@pytest.mark.parametrize("name", ["sectors.yml", "audiences.yml", "accident_types.yml"])
@pytest.mark.parametrize("text", ["", "# 以后再写\n", "甲: 乙\n"])
def test_lists_without_words_are_told(tmp_path: Path, name: str, text: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        load_vocabularies(folder)
    assert caught.value.problems
    assert {problem.path for problem in caught.value.problems} == {f"{PATH}/{name}"}


def test_broken_word_list_is_a_problem_of_the_check(
    valid: Path,
    tmp_path: Path,
    checked: Callable[[Path], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "audiences.yml").write_text("- [\n", "utf-8")
    monkeypatch.setattr(library, "load_vocabularies", lambda: load_vocabularies(folder))
    problems = checked(valid)
    assert len(problems) == 1
    assert problems[0].startswith(f"{PATH}/audiences.yml:1: 应为正确的 YAML 写法")
