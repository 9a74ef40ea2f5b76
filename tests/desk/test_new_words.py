"""A word that a list does not have: its old name, what comes near, and never the whole list again."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingzhong.desk.new_ask import Interview
from jingzhong.desk.new_words import FEW, near, successors
from jingzhong.model.cases import AccidentType, Case
from jingzhong.model.fields import specs
from jingzhong.model.quizzes import Question
from jingzhong.model.source import Scalar, Sequence
from jingzhong.model.vocabulary import load_vocabularies

SPELLINGS = load_vocabularies().spellings


class Desk:
    """An interview with lines typed one after another, and what it showed."""

    def __init__(self, root: Path, *typed: str) -> None:
        self.typed = list(typed)
        self.shown: list[str] = []
        self.prompts: list[str] = []
        self.talk = Interview(root, SPELLINGS, self.read, self.shown.append, {}, {})

    def read(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self.typed.pop(0)

    def ask(self, record: type, name: str, required: bool = True) -> str:
        field = specs(record)[name][0]
        node = self.talk.field(record, name, field, required, {})
        assert not self.typed, self.shown
        if isinstance(node, Sequence):
            return " ".join(one.text for one in node.items if isinstance(one, Scalar))
        return node.text if isinstance(node, Scalar) else ""

    def after_the_list(self) -> list[str]:
        """What was shown after the list, which stands first."""
        first = next(n for n, one in enumerate(self.shown) if "1986" in one or "词表" in one)
        return self.shown[first:]


def test_an_old_type_names_its_successors(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "车辆伤害", "2")
    assert desk.ask(AccidentType, "current") == "道路（轨道）车辆致害"
    assert desk.after_the_list() == [
        "  “车辆伤害”是 1986 年的旧类别，2025 年版里对应（写编号；? 看全部）：",
        "    1. 厂（场）内车辆致害",
        "    2. 道路（轨道）车辆致害",
    ]


@pytest.mark.parametrize("yes", ["", "是", "y", "1", "机械致害"])
def test_a_single_candidate_is_taken(yes: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "机械伤害", yes)
    assert desk.ask(AccidentType, "current") == "机械致害"
    assert "直接回车或写 是 就用它" in desk.after_the_list()[0]


def test_enter_leaves_out_what_may_be_left_out(tmp_path: Path) -> None:
    """The twin: where Enter means nothing at all, only 是 takes the candidate."""
    assert Desk(tmp_path, "透氵", "").ask(AccidentType, "legacy", required=False) == ""
    desk = Desk(tmp_path, "编者", "是")
    assert desk.ask(AccidentType, "basis", required=False) == "编者判断"
    assert "写 是 就用它，直接回车不填" in " ".join(desk.shown)


def test_every_old_type_leads_to_new_ones() -> None:
    current = set(SPELLINGS["type"].values())
    old = [word for word in load_vocabularies().types.legacy if word.name not in SPELLINGS["type"]]
    assert len(old) >= 10
    for word in old:
        assert successors(word.name) and set(successors(word.name)) <= current, word.name
    assert successors("火灾") == () == successors("没有的词")


def test_a_refused_word_shows_only_what_comes_near(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "着火了没有救", "?", "火灾")
    assert desk.ask(AccidentType, "current") == "火灾"
    lists = [one for one in desk.shown if one.startswith("  1. ")]
    assert len(lists) == 2  # At first, and when ? asks for it.
    refused = next(one for one in desk.shown if "不在词表里" in one)
    assert (
        refused
        == f"  ✗ “着火了没有救”不在词表里；? 看全部 {len(set(SPELLINGS['type'].values()))} 个"
    )


def test_near_words() -> None:
    known = tuple(dict.fromkeys(SPELLINGS["type"].values()))
    assert near("车辆致害", known)[:2] == ["厂（场）内车辆致害", "道路（轨道）车辆致害"]
    assert near("致害", known) and len(near("致害", known)) <= 5
    assert near("坍榻", known) == ["坍塌"] and near("qqq", known) == []


def test_several_words_of_a_list(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "消防 化学品", "")
    assert desk.ask(Case, "sector") == "消防 危险化学品"
    desk = Desk(tmp_path, "xyz", "?", "消防")
    assert desk.ask(Case, "sector") == "消防"
    assert len([one for one in desk.shown if "不在词表里；? 看全部" in one]) == 1


def test_a_short_list_is_told_by_the_model(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "qqq", "single")
    assert desk.ask(Question, "type") == "single"
    assert len(specs(Question)["type"][0].kind.words) <= FEW  # type: ignore[attr-defined]
    assert any(one.startswith("  ✗ 应为") for one in desk.shown)


def test_difficulty_says_what_its_figures_mean(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "3")
    desk.ask(Question, "difficulty")
    assert "1 人人该会" in desk.prompts[0] and "5 专业人员" in desk.prompts[0]
