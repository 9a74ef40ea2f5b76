"""QTI 3.0 items in a player that others wrote, in a real browser: answered, marked, explained.

The player is qti3-item-player (amp-up.io, MIT); skipped where it is not installed.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from exporting import Exported, load, visible, write_project

from jingzhong.model.quizzes import Question

# Vue with its compiler: the player turns each item into a template.
FILES = ("vue/dist/vue.min.js", "qti3-item-player/dist/qti3Player.umd.min.js")
STYLE = "qti3-item-player/dist/qti3Player.css"
START = """() => new Promise(done => new Vue({el: '#app', render: h => h(qti3Player, {
    props: {suppressAlertMessages: true, suppressInvalidResponseMessages: true},
    on: {
        notifyQti3PlayerReady: player => { window.player = player; done(); },
        notifyQti3ItemReady: () => { window.isReady = true; },
        notifyQti3EndAttemptCompleted: data => { window.ended = data.state; },
    },
})}))"""
# A response may be given as the state of an earlier sitting, for what is dragged.
LOAD = """([xml, name, response]) => {
    // What stood at the end of the sitting before, with this response in it.
    const state = response ? window.ended : null;
    if (state)
        state.responseVariables.find(one => one.identifier === 'RESPONSE').value = response;
    window.isReady = false; window.ended = null;
    const sessionControl = {max_attempts: 0, show_feedback: true, validate_responses: false};
    const more = state ? {state: state} : {};
    player.loadItemFromXml(
        xml, Object.assign({guid: name, status: 'interacting', sessionControl}, more)); }"""
SHOWN = """() => [...document.querySelectorAll('.qti-modal-feedback')]
    .filter(one => one.querySelector('.show')).map(one => one.innerText).join('\\n')"""


def player_files() -> Path:
    """The folder of npm packages; the test is skipped where the player is not installed."""
    places = [Path(__file__).parents[1], Path(__file__).parents[2]]
    places += [Path(one) for one in os.environ.get("JINGZHONG_NODE", "").split(os.pathsep) if one]
    for place in places:
        modules = place / "node_modules"
        if all((modules / name).is_file() for name in (*FILES, STYLE)):
            return modules
    pytest.skip("no qti3-item-player: run `npm install --prefix tests --no-package-lock`")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(load(write_project(tmp_path_factory.mktemp("exported"))))


@pytest.fixture(scope="module")
def items(exported: Exported) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(exported.content("qti3"))) as archive:
        return {
            name: archive.read(f"items/q-{name}.xml").decode("utf-8") for name in exported.questions
        }


@pytest.fixture(scope="module")
def player(request: pytest.FixtureRequest) -> Iterator[Any]:
    modules = player_files()
    page = request.getfixturevalue("browser").new_page()
    page.set_default_timeout(10_000)
    page.set_content("<!doctype html><meta charset=utf-8><div id=app></div>")
    page.add_style_tag(path=modules / STYLE)
    for name in FILES:
        page.add_script_tag(path=modules / name)
    page.evaluate(START)
    yield page
    page.close()


def show(page: Any, xml: str, name: str, response: list[str] | None = None) -> None:
    # The player does not begin anew with a text that it has just shown.
    once = xml.replace("</qti-assessment-item>", f"<!--{name}--></qti-assessment-item>")
    page.evaluate(LOAD, [once, name, response])
    page.wait_for_function("window.isReady")


def end(page: Any) -> tuple[dict[str, Any], str]:
    """(value of each outcome, words of the feedback that shows) once the answer is handed in."""
    page.evaluate("player.endAttempt('end')")
    page.wait_for_function("window.ended")
    found = {one["identifier"]: one["value"] for one in page.evaluate("ended.outcomeVariables")}
    return found, page.evaluate(SHOWN)


def resume(page: Any, question: Question, xml: str, response: list[str]) -> None:
    """Show the item as a sitting taken up again, with this response already given."""
    end(page)
    show(page, xml, f"{question.id}-again", response)


def answer(page: Any, question: Question, xml: str) -> None:
    """Give the right answer: by hand, or for what is dragged as a sitting taken up again."""
    if question.type == "blank":
        for entry, words in zip(
            page.locator("input.text-entry-default").all(), question.answer, strict=True
        ):
            entry.fill(visible(words[-1]))
    elif question.type == "match":
        resume(page, question, xml, [f"L_{a} R_{b}" for a, b in question.answer.items()])
    elif question.type == "order":
        resume(page, question, xml, list(question.answer))
    else:
        judged = "TRUE" if question.answer is True else "FALSE"
        for sign in [judged] if question.type == "judge" else question.answer:
            page.locator(f'.qti-simple-choice[data-identifier="{sign}"]').click()


def test_a_player_marks_and_explains_each_item(
    player: Any, exported: Exported, items: dict[str, str]
) -> None:
    for question in exported.questions.values():
        xml, explained = items[question.id], "".join(visible(question.explanation).split())
        for is_right in (False, True):
            show(player, xml, f"{question.id}-{is_right}")
            if is_right:
                answer(player, question, xml)
            elif question.type == "order":
                # What was never moved counts as an answer, and the shuffle may make it right.
                resume(player, question, xml, list(question.answer)[::-1])
            found, said = end(player)
            case = (question.id, is_right, said)
            assert found["SCORE"] == int(is_right), case
            assert found["FEEDBACK"] == ("RIGHT" if is_right else "WRONG"), case
            assert explained in "".join(said.split()), case
            assert ("正确答案：" in said) is not is_right, case


def test_an_item_without_its_feedback_is_seen(player: Any, items: dict[str, str]) -> None:
    """The twin: where no feedback is bound to the outcome, the page shows none."""
    show(player, items["one"].replace('identifier="WRONG"', 'identifier="OTHER"'), "planted")
    found, said = end(player)
    assert found["FEEDBACK"] == "WRONG" and "道理one" not in said
