"""Cases say what their records say: the numbers, dates and grades, and every number in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
Told = Any
# Numbers that every page may give: whom to call.
HOTLINES = {"110", "119", "120", "122", "12345", "12350"}
FIGURES = ("deaths", "missing", "serious_injuries", "injuries")
_ARABIC = re.compile(r"\d+(?:[.,，]\d+)*")
_HAN = "一二两三四五六七八九十百千零"
_UNITS = "名|人|死|伤|层|吨|米|公里|小时|分钟|万元|辆|台|扇|间|次|天|年|个月|栋"
_COUNTED = re.compile(rf"([{_HAN}]+)(?:多|余|几)?(?:{_UNITS})")
_ARTICLE = re.compile(rf"第[{_HAN}]+[条款项章](之[{_HAN}])?")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def exceptions() -> dict[tuple[str, str], str]:
    """(page, number or field) → why it is right all the same: computed, or left out on purpose."""
    files = sorted((Path(__file__).parent / "exceptions").glob("*.yml"))
    rows = [row for file in files for row in yaml.safe_load(file.read_text("utf-8")) or []]
    return {(row["page"], str(row["what"])): row["why"] for row in rows}


def value_of(numeral: str) -> int:
    """三十六 → 36."""
    total = digit = 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total += (digit or 1) * _POWERS[sign]
            digit = 0
    return total + digit


def written_numbers(text: str) -> Iterator[str]:
    """Every number of a text in digits; numerals count where something is counted with them."""
    for found in _ARABIC.findall(text):
        yield found.replace(",", "").replace("，", "")
    for numeral in _COUNTED.findall(_ARTICLE.sub("", text)):
        if value_of(numeral) > 1:
            yield str(value_of(numeral))


def known_numbers(text: str) -> set[str]:
    """Every number that a record gives, in digits."""
    digits = {found.replace(",", "") for found in _ARABIC.findall(text)}
    parts = {part for found in digits for part in re.split(r"[.，]", found)}
    plain = {str(int(part)) for part in parts if part.isdigit()}
    numerals = {str(value_of(one)) for one in re.findall(rf"[{_HAN}]+", text)}
    return digits | plain | numerals | HOTLINES


def prose(case_id: str) -> str:
    """What a reader reads of a case, but for sources and names, which are quoted."""
    text = (PROJECT / "cases" / f"{case_id}.md").read_text("utf-8")
    _, head, body = text.split("---\n", 2)
    fields = yaml.load(head, Loader=yaml.BaseLoader)
    kept = [
        fields.get("cause", ""),
        fields.get("disputed", ""),
        *(entry["event"] for entry in fields.get("timeline", [])),
        *(action["do"] for action in fields.get("actions", [])),
        *(violation["gist"] for violation in fields.get("violations", [])),
        fields.get("accountability", {}).get("note", ""),
        *fields.get("notes", {}).values(),
        body,
    ]
    return "\n".join(kept)


def strange_numbers(case_id: str, text: str, record: str) -> list[str]:
    """Numbers of a text that neither the record nor the list of exceptions accounts for."""
    known = known_numbers(record) | {"493"}
    excused = {what for page, what in exceptions() if page == f"cases/{case_id}.md"}
    return [number for number in written_numbers(text) if number not in known | excused]


def differing_fields(one: Told) -> list[str]:
    """Fields of the front matter that do not say what the record says."""
    case, record = one.case, one.record
    # Where the count went on after the reporting period, the record holds the earlier figures.
    pairs: dict[str, tuple[Any, Any]] = {
        name: (getattr(case.reported, name, None) or getattr(case.casualties, name), record[name])
        for name in FIGURES
    }
    pairs["economic_loss_wan"] = (case.economic_loss_wan, record["economic_loss_wan"])
    pairs["date"] = (case.date.isoformat(), str(record["date"]))
    pairs["grade"] = (case.grade, record["grade"])
    pairs["place"] = (
        (case.place.province, case.place.city),
        (record["province"], record["city"]),
    )
    excused = {what for page, what in exceptions() if page == f"cases/{case.id}.md"}
    return [
        name for name, (mine, theirs) in pairs.items() if mine != theirs and name not in excused
    ]


def test_front_matter_says_what_the_records_say(told: list[Told]) -> None:
    assert {one.case.id: wrong for one in told if (wrong := differing_fields(one))} == {}


def test_every_number_in_the_prose_is_in_the_record(told: list[Told]) -> None:
    strange = {
        one.case.id: numbers
        for one in told
        if (numbers := strange_numbers(one.case.id, prose(one.case.id), one.words))
    }
    assert strange == {}, "写进 tests/content/exceptions/（怎么算出来的），或者改正文"


def test_every_exception_is_needed(told: list[Told]) -> None:
    by_page = {f"cases/{one.case.id}.md": one for one in told}
    for page, what in exceptions():
        one = by_page[page]
        used = set(written_numbers(prose(one.case.id))) - known_numbers(one.words)
        differs = not what[0].isdigit() and getattr(one.case, what, None) != one.record.get(what)
        figure = what in FIGURES and getattr(one.case.casualties, what) != one.record.get(what)
        assert what in used or differs or figure, f"{page} {what}: 已经用不到了，可以删去"


def test_every_publishable_record_has_its_page(
    told: list[Told], records: list[dict[str, Any]]
) -> None:
    have = {one.record["id"] for one in told}
    assert len(have) == len(told), "two pages tell one record"
    due = {one["id"] for one in records if one["confidence"] in ("high", "medium")}
    assert due - have == set()


def test_a_weak_record_is_told_as_open(told: list[Told]) -> None:
    weak = [one for one in told if one.record["confidence"] == "low"]
    assert weak and {one.case.status for one in weak} == {"调查中"}


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("deaths", lambda case: replace(case, casualties=replace(case.casualties, deaths=99))),
        ("economic_loss_wan", lambda case: replace(case, economic_loss_wan=1.5)),
        ("grade", lambda case: replace(case, grade="一般")),
    ],
)
def test_a_wrong_field_would_be_noticed(told: list[Told], field: str, change: Any) -> None:
    one = next(one for one in told if one.case.id == "2015-08-12-tianjin-ruihai")
    assert field not in differing_fields(one)
    assert field in differing_fields(replace(one, case=change(one.case)))


@pytest.mark.parametrize(
    "words", ["又有 4321 人受伤。", "浓烟在六百七十七米外也能看见，共三百二十一人。"]
)
def test_a_wrong_number_would_be_noticed(told: list[Told], words: str) -> None:
    one = next(one for one in told if one.case.id == "2015-08-12-tianjin-ruihai")
    assert strange_numbers(one.case.id, words, one.words) != []
