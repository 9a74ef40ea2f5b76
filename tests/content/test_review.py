"""Every page was read a second time, every question answered blind, and what was found is on record."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from jingzhong.model.library import Library

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
QUESTIONS = {"record", "decency", "layman", "aloud", "all"}


def read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text("utf-8"))
    return found


def test_every_page_was_read_a_second_time() -> None:
    read_pages = {entry["page"] for entry in read("review.yml")}
    pages = [*(PROJECT / "cases").glob("*.md"), *(PROJECT / "content").rglob("*.md")]
    names = {path.relative_to(PROJECT).as_posix() for path in pages if "editors" not in path.parts}
    assert names - read_pages == set(), "这些页面还没有第二个人读过"


def test_findings_say_what_and_what_was_changed() -> None:
    for entry in read("review.yml"):
        assert entry["question"] in QUESTIONS, entry
        assert entry["finding"], entry
        assert entry["finding"] == "none" or entry["change"], entry
        assert (PROJECT / entry["page"]).is_file(), entry


def test_every_bank_was_answered_blind(library: Library) -> None:
    banks = {entry["bank"]: entry for entry in read("blind.yml")}
    assert set(banks) == {bank.id for bank in library.banks}
    for bank in library.banks:
        entry = banks[bank.id]
        assert entry["read"] >= len(bank.questions), f"{bank.id} 有没有盲答过的题"
        settled = entry.get("disagreements") or []
        assert entry["agreed"] + len(settled) == entry["read"]
        ids = {question.id for question in bank.questions}
        named = [*settled, *(entry.get("changes") or [])]
        assert {one["question"] for one in named} <= ids


def test_the_collection_is_as_large_as_promised(library: Library) -> None:
    questions = [question for bank in library.banks for question in bank.questions]
    articles = {(ref.law, ref.article) for one in questions for ref in one.law if ref.article}
    assert len(library.cases) >= 80
    assert len(questions) >= 640 and len(library.banks) >= 14
    assert sum(any(ref.article for ref in one.law) for one in questions) >= 0.6 * len(questions)
    assert sum(bool(one.case) for one in questions) >= 0.4 * len(questions)
    assert len(articles) >= 200
    types = Counter(one.type for one in questions)
    assert types["judge"] <= len(questions) / 3
    for sector in library.vocabularies.sectors:
        assert library.cases_by_sector.get(sector.name), f"{sector.name} 没有案例"
