"""Old accident types against new ones."""

from __future__ import annotations

import pytest

from jingzhong.model.vocabulary import load_vocabularies
from jingzhong.rules.accident_types import successor

from .conftest import CASE, Find

TYPE = "  current: 火灾\n  legacy: 火灾\n  basis: 编者判断\n"
ONE_TO_ONE = {
    "物体打击": "物体打击",
    "机械伤害": "机械致害",
    "起重伤害": "起重致害",
    "触电": "触电",
    "淹溺": "淹溺",
    "灼烫": "灼烫",
    "火灾": "火灾",
    "高处坠落": "高处坠落",
    "坍塌": "坍塌",
    "容器爆炸": "容器爆炸",
}
ASKED = (
    "车辆伤害",
    "中毒和窒息",
    "其他爆炸",
    "火药爆炸",
    "冒顶片帮",
    "透水",
    "放炮",
    "瓦斯爆炸",
    "锅炉爆炸",
    "其他伤害",
)


def test_both_editions_are_complete() -> None:
    types = load_vocabularies().types
    assert (len(types.current), len(types.legacy)) == (27, 20)
    assert set(ONE_TO_ONE) | set(ASKED) == {word.name for word in types.legacy}


def test_every_successor_and_choice_is_a_type_of_2025() -> None:
    types = load_vocabularies().types
    current = {word.name for word in types.current}
    for word in types.legacy:
        assert bool(word.same_as) != bool(word.choices), word.name
        assert {*word.choices, *([word.same_as] if word.same_as else [])} <= current


@pytest.mark.parametrize("legacy", ONE_TO_ONE)
def test_one_to_one_types_follow_by_themselves(legacy: str, find: Find) -> None:
    new = ONE_TO_ONE[legacy]
    assert successor(legacy, load_vocabularies().types) == new
    assert find({CASE: [(TYPE, f"  current: {new}\n  legacy: {legacy}\n")]}) == []


def test_another_successor_is_an_error(find: Find) -> None:
    (problem,) = find({CASE: [(TYPE, "  current: 坍塌\n  legacy: 起重伤害\n")]})
    assert (problem.field, problem.severity) == ("accident_type.current", "error")
    assert "起重致害" in problem.message


def test_another_successor_may_be_the_editors(find: Find) -> None:
    changed = "  current: 管道爆炸\n  legacy: 容器爆炸\n  basis: 编者判断\n"
    assert find({CASE: [(TYPE, changed)]}) == []


@pytest.mark.parametrize("legacy", ASKED)
def test_ambiguous_types_are_asked(legacy: str, find: Find) -> None:
    types = load_vocabularies().types
    assert successor(legacy, types) is None
    choice = next(word.choices[0] for word in types.legacy if word.name == legacy)
    (problem,) = find({CASE: [(TYPE, f"  current: {choice}\n  legacy: {legacy}\n")]})
    assert problem.field == "accident_type.basis" and "编者判断" in problem.message
    answered = f"  current: {choice}\n  legacy: {legacy}\n  basis: 编者判断\n"
    assert find({CASE: [(TYPE, answered)]}) == []


def test_no_old_type_needs_nothing(find: Find) -> None:
    assert find({CASE: [(TYPE, "  current: 泄漏\n")]}) == []
