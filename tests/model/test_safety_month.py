"""安全生产月: themes, fixed days and places are complete, right, and faults in them are named."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from jingzhong.errors import ContentError
from jingzhong.model.safety_month import SafetyMonth, load_safety_month
from jingzhong.model.vocabulary import DATA, Vocabularies, load_vocabularies

# The project's shared data lies beside it, or where JINGZHONG_SHARED says.
SHARED = Path(os.environ.get("JINGZHONG_SHARED", Path(__file__).parents[2] / "../shared"))
FACTS = SHARED / "facts" / "safety-month.yaml"


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    return load_vocabularies()


@pytest.fixture(scope="module")
def month(vocabularies: Vocabularies) -> SafetyMonth:
    return load_safety_month(vocabularies)


def bare(text: str) -> str:
    """A theme without what separates its parts, which the years print in different ways."""
    return "".join(letter for letter in text if "\u4e00" <= letter <= "\u9fff")


def test_each_year_since_2002_has_its_theme(month: SafetyMonth) -> None:
    assert [theme.year for theme in month.themes] == list(range(2002, 2027))
    assert all(
        theme.theme == theme.theme.strip() and len(theme.theme) >= 8 for theme in month.themes
    )


def test_the_theme_of_a_year_is_its_own_or_the_last_known(month: SafetyMonth) -> None:
    assert month.theme_of(2026).theme == "人人讲安全、个个会应急——排查整治风险隐患"
    assert month.theme_of(2002).theme == "安全责任重于泰山"
    # A new year has no theme before it is announced; the page then shows the last with its year.
    assert month.theme_of(2030).year == 2026
    assert month.theme_of(1999).year == 2002


@pytest.mark.skipif(not FACTS.is_file(), reason="the shared facts are not here")
def test_themes_and_days_are_those_of_the_facts(month: SafetyMonth) -> None:
    facts = yaml.safe_load(FACTS.read_text("utf-8"))
    known = {fact["year"]: bare(fact["theme"]) for fact in facts["safety_month"]}
    assert {theme.year: bare(theme.theme) for theme in month.themes} == known
    rules = {
        "fixed": lambda rule: f"day {rule['month']} {rule['day']}",
        "nth_weekday": lambda rule: f"last {rule['month']} 1",
    }
    by_name = {fact["name"]: fact["rule"] for fact in facts["fixed_days"]}
    compared = 0
    for day in month.days:
        rule = by_name.get(day.name)
        if rule and rule["type"] in rules:
            assert day.rule == rules[rule["type"]](rule), day.name
            compared += 1
    assert compared >= 5


def test_the_words_of_a_day_say_its_rule(month: SafetyMonth) -> None:
    words: dict[str, Callable[..., str]] = {
        "day": lambda month, day: f"{month}月{day}日",
        "month": lambda month: f"{month}月",
        "last": lambda month, day: f"{month}月最后一个星期{'日一二三四五六'[int(day)]}",
    }
    for day in month.days:
        kind, *numbers = day.rule.split()
        assert day.when == words[kind](*numbers), day.name
    assert len({day.name for day in month.days}) == len(month.days)


def test_the_campaign_goes_to_five_places(month: SafetyMonth, vocabularies: Vocabularies) -> None:
    assert [place.name for place in month.places] == [
        "进企业",
        "进农村",
        "进社区",
        "进学校",
        "进家庭",
    ]
    names = {sector.name for sector in vocabularies.sectors}
    for place in month.places:
        assert set(place.sector) <= names
        assert set(place.audience) <= set(vocabularies.audiences)


@pytest.fixture
def broken(
    tmp_path: Path, vocabularies: Vocabularies
) -> Callable[[str, str], tuple[list[str], list[int]]]:
    """`broken(old, new)` loads the data with one change; the messages and their lines."""

    def load(old: str, new: str) -> tuple[list[str], list[int]]:
        path = tmp_path / "safety_month.yml"
        shutil.copy2(DATA / "safety_month.yml", path)
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(ContentError) as caught:
            load_safety_month(vocabularies, tmp_path)
        problems = caught.value.problems
        return [str(problem) for problem in problems], [problem.line for problem in problems]

    return load


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("year: 2026", "year: 26", "2002 到 2100"),
        ("year: 2026", "yaer: 2026", "yaer"),
        ("rule: last 3 1", "rule: last 3 7", "日期规则"),
        ("rule: day 11 9", "rule: day 13 9", "日期规则"),
        ("rule: day 12 2", "rule: day 12 32", "日期规则"),
        ("rule: month 6", "rule: 每年六月", "日期规则"),
        ("name: 全国消防日\n", "name: \n", "name"),
        ("      - 工贸\n", "      - 工贸业\n", "行业领域"),
        ("      - 家长\n", "      - 爸妈\n", "受众"),
        ("themes:", "theme:", "theme"),
    ],
)
def test_a_fault_is_named_with_its_line(
    old: str, new: str, says: str, broken: Callable[[str, str], tuple[list[str], list[int]]]
) -> None:
    messages, lines = broken(old, new)
    text = (DATA / "safety_month.yml").read_text("utf-8")
    line = text[: text.index(old)].count("\n") + 1 + (len(old) - len(old.lstrip("\n")))
    assert any(says in message and "safety_month.yml" in message for message in messages), messages
    assert line in lines or old == "themes:", (line, messages)
    assert all(number >= 1 for number in lines)


def test_a_lost_file_is_named(tmp_path: Path, vocabularies: Vocabularies) -> None:
    with pytest.raises(ContentError, match=r"safety_month\.yml"):
        load_safety_month(vocabularies, tmp_path)
