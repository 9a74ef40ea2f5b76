"""The key in printed letters agrees with the bank, with drawing and with scoring."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from jingzhong.channels.paper.composing import Item, Paper, compose_bank, compose_contest
from jingzhong.channels.paper.marking import printed_answer, spread
from jingzhong.channels.paper.marking_payload import key_payload, sheet_payload
from jingzhong.channels.paper.payload import (
    FORMS,
    paper_payload,
    part_heading,
    scoring_rule,
    wants_bracket,
)
from jingzhong.model.library import Library
from jingzhong.quiz.blueprint import contest_blueprint, contest_candidates
from jingzhong.quiz.draw import draw, option_order
from jingzhong.quiz.facts import fixed_letters, public_answer
from jingzhong.quiz.scoring import score

VARIANTS = ("A", "B", "C", "D")


@pytest.fixture(scope="module")
def paper(library: Library) -> Paper:
    every = next(contest for contest in library.contests if contest.id == "every")
    return compose_contest(library, every, VARIANTS)


def response(item: Item, printed: str) -> Any:
    """A printed answer as a pupil's response in the bank's letters, found by the options' texts."""
    question = item.question
    texts = question.right if question.type == "match" else question.options
    own = {
        option.letter: next(k for k, text in texts.items() if text == option.text)
        for option in item.options
    }
    if question.type == "judge":
        return {"✓": "对", "×": "错"}[printed]
    if question.type == "blank":
        return [words.split(" 或 ")[0] for words in printed.split("；")]
    if question.type == "match":
        return {left: own[right] for left, right in re.findall(r"([A-Z])—(\d+)", printed)}
    return "".join(own[letter] for letter in printed if letter.isupper())


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_key_earns_every_point(variant: str, paper: Paper) -> None:
    sheet = next(sheet for sheet in paper.sheets if sheet.variant == variant)
    assert len(sheet.items) == 70
    for item in sheet.items:
        question = item.question
        given = response(item, printed_answer(item))
        if question.type == "multiple":
            given = "".join(sorted(given))
        earned = score(question.type, public_answer(question), given, points=100)
        assert (earned.state, earned.points) == ("right", 100), question.id


def test_another_variants_key_loses_points(paper: Paper) -> None:
    first, second = paper.sheets[:2]
    keys = {item.question.id: printed_answer(item) for item in second.items}
    lost = 0
    for item in first.items:
        given = response(item, keys[item.question.id])
        lost += score(item.question.type, public_answer(item.question), given).state != "right"
    assert lost > 20


@pytest.mark.parametrize("variant", VARIANTS)
def test_order_of_questions_and_options_is_that_of_the_draw(
    variant: str, paper: Paper, library: Library
) -> None:
    every = next(contest for contest in library.contests if contest.id == "every")
    sections = contest_blueprint(every).sections
    drawn = draw(sections, contest_candidates(library, every), "种子-1", variant)
    sheet = next(sheet for sheet in paper.sheets if sheet.variant == variant)
    assert [[item.question.id for item in part.items] for part in sheet.parts] == drawn
    for item in sheet.items:
        question = item.question
        texts = question.right if question.type == "match" else question.options
        order = option_order(sorted(texts), fixed_letters(question), "种子-1", variant, question.id)
        assert [option.text for option in item.options] == [texts[letter] for letter in order]


def test_variants_have_the_same_questions_in_another_order(paper: Paper) -> None:
    orders = [[item.question.id for item in sheet.items] for sheet in paper.sheets]
    assert len({tuple(order) for order in orders}) == 4
    assert len({tuple(sorted(order)) for order in orders}) == 1
    assert [item.number for item in paper.sheets[3].items] == list(range(1, 71))


def test_an_option_about_the_others_stays_last(paper: Paper) -> None:
    traps = [
        i for sheet in paper.sheets for i in sheet.items if i.question.stem.startswith("陷阱4")
    ]
    assert len(traps) == 16
    assert all(item.options[3].text == "以上都对" for item in traps)
    assert len({item.options[0].text[0] for item in traps}) > 1


def test_the_distribution_counts_every_answer(paper: Paper) -> None:
    for sheet in paper.sheets:
        single = dict(spread(sheet, "single").counts)
        assert sum(single.values()) == 40 and list(single) == ["A", "B", "C", "D", "E"]
        wanted = Counter(printed_answer(i) for i in sheet.items if i.question.type == "single")
        assert {sign: count for sign, count in single.items() if count} == wanted
        assert sum(dict(spread(sheet, "judge").counts).values()) == 10
        multiple = sum(len(printed_answer(i)) for i in sheet.items if i.question.type == "multiple")
        assert sum(dict(spread(sheet, "multiple").counts).values()) == multiple


def test_the_table_of_places_leads_to_the_same_question(paper: Paper, library: Library) -> None:
    places = key_payload(paper, library)["places"]
    assert len(places) == 70
    for column in places:
        found = {
            sheet.items[number - 1].question.id
            for sheet, number in zip(paper.sheets, column, strict=True)
        }
        assert len(found) == 1


def test_the_answer_sheet_has_room_for_every_variant(paper: Paper) -> None:
    rooms = [item for part in sheet_payload(paper)["parts"] for item in part["items"]]
    for sheet in paper.sheets:
        for item, room in zip(sheet.items, rooms, strict=True):
            if item.question.type in ("single", "multiple", "order"):
                assert {option.letter for option in item.options} <= set(room["signs"])
            elif item.question.type == "blank":
                assert len(item.question.answer) <= room["count"]
            elif item.question.type == "match":
                assert set(item.question.left) <= set(room["signs"])


def test_the_code_changes_with_seed_and_content_and_not_with_the_variant(library: Library) -> None:
    every = next(contest for contest in library.contests if contest.id == "every")
    code = compose_contest(library, every).code
    assert compose_contest(library, every, ("B",)).code == code
    assert compose_contest(library, every, seed="２０２６").code != code
    assert (
        compose_contest(library, every, seed="２０２６").code
        == compose_contest(library, every, seed="2026").code
    )
    bank = library.bank_by_id["all"]
    changed = replace(bank.questions[0], stem="改过的题干")
    other = replace(library, banks=(replace(bank, questions=(changed, *bank.questions[1:])),))
    assert compose_contest(other, every).code != code


def test_a_bank_is_printed_as_written_unless_variants_are_asked_for(library: Library) -> None:
    bank = library.bank_by_id["all"]
    (sheet,) = compose_bank(library, bank).sheets
    assert [i.question.id for i in sheet.items if i.question.type == "single"][:3] == [
        "single-1",
        "single-2",
        "single-3",
    ]
    assert all(option.letter == option.own for item in sheet.items for option in item.options)
    shuffled = compose_bank(library, bank, ("A", "B"))
    assert [i.question.id for i in shuffled.sheets[0].items] != [i.question.id for i in sheet.items]
    assert shuffled.seed == "all"


def test_the_seed_is_left_off_where_it_must_not_be_seen(paper: Paper) -> None:
    shown = paper_payload(paper, paper.sheets[0], FORMS["a4"])["mark"]
    hidden = paper_payload(paper, paper.sheets[0], FORMS["a4"], show_seed=False)["mark"]
    assert "种子-1" in shown and "种子" not in hidden and paper.code in hidden
    assert "防作弊" not in shown


def test_headings_say_points_as_papers_do(paper: Paper) -> None:
    heads = [part_heading(number, part) for number, part in enumerate(paper.sheets[0].parts, 1)]
    assert heads[0] == "一、单项选择题（每题1分，共40分）"
    assert heads[1] == "二、多项选择题（每题2.5分，共20分）"
    assert heads[5] == "六、连线题（每题2分，共8分）"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("全对才得分", "全部选对才得分"),
        ("少选得半", "少选得一半分，选错不得分"),
        ("每选一个得0.5", "少选时每选对一个得0.5分，选错不得分"),
    ],
)
def test_the_rule_for_incomplete_choices_is_a_sentence(rule: str, said: str) -> None:
    assert scoring_rule(rule) == said


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        ("先做什么？", True),
        ("先做（　　）。", False),
        ("先做____。", False),
        ("先做（关阀）什么？", True),
    ],
)
def test_a_bracket_is_added_where_the_author_left_none(
    stem: str, wanted: bool, library: Library
) -> None:
    question = replace(library.bank_by_id["all"].questions[0], stem=stem)
    assert wants_bracket(question) is wanted
