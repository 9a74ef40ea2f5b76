"""Texts in the layouts that offices have, each with its gold: nothing missed, nothing made up."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import compose
import pytest
from conftest import PROJECT
from importers import find_files, judge, run

from jingzhong.exchange.questions.answers import judged
from jingzhong.exchange.questions.open_file import read_file

PAPERS = Path(__file__).resolve().parent / "papers"
SHARED = Path(os.environ.get("JINGZHONG_SHARED", PROJECT.parent / "shared")) / "quizbanks"


@pytest.mark.parametrize(("path", "gold"), find_files(PAPERS), ids=lambda path: path.stem)
def test_paper(path: Path, gold: Path) -> None:
    found = [question.as_dict() for question in read_file(path).questions]
    score = judge(path.name, json.loads(gold.read_text("utf-8")), found)
    assert score.perfect, "\n".join(score.wrong)
    assert not score.unreported, "\n".join(score.wrong)
    assert score.explanations == score.with_explanation


def test_there_are_many_papers() -> None:
    assert len(find_files(PAPERS)) >= 80


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")
def test_shared_samples() -> None:
    scores = run(SHARED)
    assert len(scores) == 9
    for score in scores:
        assert score.perfect, f"{score.name}\n" + "\n".join(score.wrong)
        assert not score.unreported, score.wrong
        assert not score.wrong_answers
        assert score.explanations == score.with_explanation


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")
def test_shared_files() -> None:
    table = read_file(SHARED / "files/lab-quizbase.csv").questions
    assert len(table) == 968
    assert sum(found.type == "judge" for found in table) == 553
    assert all(
        found.has("missing_options") and len(str(found.answer)) == 1
        for found in table
        if found.type == "single"
    )
    results = read_file(SHARED / "files/weiban-data01.json").questions
    raw = json.loads((SHARED / "files/weiban-data01.json").read_text("utf-8"))["data"]["questions"]
    assert len(results) == len(raw) == 50
    for found, item in zip(results, raw, strict=True):
        right = [option["content"] for option in item["optionList"] if option["isCorrect"] == 1]
        if found.type == "judge":
            assert [judged(text) for text in right] == [found.answer]
        else:
            assert [found.options[letter] for letter in str(found.answer)] == right


@pytest.mark.parametrize("first", range(0, 250, 50))
def test_composed_papers(first: int) -> None:
    """Papers put together by chance from numbering, letters, answers, wrapping and gluing."""
    for seed in range(first, first + 50):
        score, text, layout = compose.check(seed)
        assert score.perfect, f"seed {seed}: {layout}\n" + "\n".join(score.wrong) + f"\n\n{text}"


# The judge itself: each fault that an importer could have is seen.


@pytest.fixture
def told() -> list[dict[str, Any]]:
    gold = PAPERS / "dun-spaces-tabs.json"
    return json.loads(gold.read_text("utf-8"))


def test_gold_is_perfect_against_itself(told: list[dict[str, Any]]) -> None:
    assert judge("x", told, copy.deepcopy(told)).perfect


@pytest.mark.parametrize(
    "spoil",
    [
        lambda items: items.pop(1),
        lambda items: items.insert(
            2, {"type": "judge", "stem": "凭空多出的一题。", "answer": True}
        ),
        lambda items: items[0].update(type="multiple"),
        lambda items: items[0].update(answer="B"),
        lambda items: items[0].update(answer=None),
        lambda items: items[3]["options"].update(D="防尘口罩包装袋答案A"),
        lambda items: items[3]["options"].pop("D"),
        lambda items: items.reverse(),
    ],
)
def test_every_fault_is_seen(told: list[dict[str, Any]], spoil: Any) -> None:
    found = copy.deepcopy(told)
    spoil(found)
    assert not judge("x", told, found).perfect
