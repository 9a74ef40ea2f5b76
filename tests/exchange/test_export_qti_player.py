"""Items in a player that others wrote, in a real browser: answered by hand, marked, explained.

The player is @citolab/qti-components (GPL, for tests only), which plays QTI 3.0; a package of 2.1
is played after citolab-qti-convert made 3.0 of it. Skipped where the player is not installed.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from exporting import Exported, load, visible, write_project
from qti_packages import Responses, rights, upgraded, wrongs

from jingzhong.model.quizzes import Question

PLAYER = "@citolab/qti-components/cdn/index.global.js"
SHOW = """async xml => {
    const frame = document.createElement('qti-item');
    const holder = document.createElement('item-container');
    const connected = new Promise(done =>
        frame.addEventListener('qti-assessment-item-connected', done, {once: true}));
    frame.append(holder);
    document.body.replaceChildren(frame);
    await holder.updateComplete;
    holder.itemXML = xml;
    await connected;
    window.item = holder.shadowRoot.querySelector('qti-assessment-item');
    await item.updateComplete;
}"""
# A drag begins 10 ms after the button goes down; timers of a page end in their order.
PAUSE = "() => new Promise(done => setTimeout(done, 30))"
END = """async () => {
    item.processResponse();
    const messages = [...item.querySelectorAll('qti-modal-feedback')];
    await Promise.all(messages.map(one => one.updateComplete));
    const open = messages.filter(one => one.shadowRoot.querySelector('dialog').open);
    const value = name => item.getOutcome(name).value;
    return [Number(value('SCORE')), value('FEEDBACK'), open.map(one => one.innerText).join('\\n')];
}"""


@pytest.fixture(scope="module")
def player(request: pytest.FixtureRequest) -> Iterator[Any]:
    places = [Path(__file__).parents[1], Path(__file__).parents[2]]
    places += [Path(one) for one in os.environ.get("JINGZHONG_NODE", "").split(os.pathsep) if one]
    scripts = [place / "node_modules" / PLAYER for place in places]
    script = next((one for one in scripts if one.is_file()), None)
    if script is None:
        pytest.skip("no qti-components: run `npm install --prefix tests --no-package-lock`")
    page = request.getfixturevalue("browser").new_page()
    page.set_default_timeout(10_000)
    page.set_content("<!doctype html><meta charset=utf-8>")
    page.add_script_tag(path=script)
    yield page
    page.close()


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(load(write_project(tmp_path_factory.mktemp("exported"))))


@pytest.fixture(scope="module", params=["qti3", "qti21"])
def items(
    request: pytest.FixtureRequest, exported: Exported, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    content = exported.content(request.param)
    if request.param == "qti21":
        content = upgraded(content, tmp_path_factory.mktemp("upgraded"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {
            name: archive.read(f"items/q-{name}.xml").decode("utf-8") for name in exported.questions
        }


def drag(page: Any, source: Any, target: Any, part: str) -> None:
    """By the mouse, until the answer has this part."""
    source.hover()
    page.mouse.down()
    page.evaluate(PAUSE)
    for _ in range(2):
        # What is dragged lies over the place that it is dragged to.
        target.hover(force=True)
    page.mouse.up()
    page.wait_for_function("part => item.getResponse('RESPONSE').value.includes(part)", arg=part)


def give(page: Any, question: Question, response: Responses) -> None:
    """Click, write and drag the answer."""
    signs = response.get("RESPONSE", [])
    if question.type == "blank":
        for name, words in response.items():
            entry = page.locator(f'qti-text-entry-interaction[response-identifier="{name}"] input')
            entry.fill(visible("".join(words)))
            entry.press("Tab")
    elif question.type == "match":
        choice = 'qti-simple-associable-choice[identifier="{}"]'.format
        for pair in signs:
            left, right = pair.split()
            drag(page, page.locator(choice(left)).first, page.locator(choice(right)), pair)
    elif question.type == "order":
        for place, sign in enumerate(signs):
            # The choice itself and not the copy of it that was put in a place.
            source = page.locator(f'qti-order-interaction > qti-simple-choice[identifier="{sign}"]')
            drag(page, source, page.locator("drop-list").nth(place), sign)
    else:
        for sign in signs:
            page.locator(f'qti-simple-choice[identifier="{sign}"]').click()


def responses(question: Question) -> Iterator[tuple[bool, Responses]]:
    """Nothing, something wrong that can be given, and what is right."""
    nothing, *others = wrongs(question)
    yield False, nothing
    yield False, others[0]
    yield True, next(rights(question))


def test_a_player_marks_and_explains_each_item(
    player: Any, exported: Exported, items: dict[str, str]
) -> None:
    for question in exported.questions.values():
        explained = "".join(visible(question.explanation).split())
        for is_right, response in responses(question):
            player.evaluate(SHOW, items[question.id])
            give(player, question, response)
            score, feedback, said = player.evaluate(END)
            case = (question.id, response, said)
            assert score == int(is_right), case
            assert feedback == ("RIGHT" if is_right else "WRONG"), case
            assert explained in "".join(said.split()), case
            assert ("正确答案：" in said) is not is_right, case


def test_an_item_shows_its_words_and_the_law(
    player: Any, exported: Exported, items: dict[str, str]
) -> None:
    """Whatever looks like markup is shown as it stands; what is explained names the article."""
    for question in exported.questions.values():
        player.evaluate(SHOW, items[question.id])
        said = "".join(player.locator("qti-item-body").inner_text().split())
        words = {*question.options.values(), *question.left.values(), *question.right.values()}
        if question.type != "blank":
            words.add(question.stem)
        for text in words:
            assert "".join(visible(text).split()) in said, (question.id, text)
    player.evaluate(SHOW, items["one"])
    assert "条文：《消防法》第二十八条" in player.evaluate(END)[2]


def test_an_item_without_its_feedback_is_seen(player: Any, items: dict[str, str]) -> None:
    """The twin: where no feedback is bound to the outcome, the page shows none."""
    planted = items["one"].replace('identifier="WRONG"', 'identifier="OTHER"')
    player.evaluate(SHOW, planted)
    score, feedback, said = player.evaluate(END)
    assert (score, feedback, said) == (0, "WRONG", "")
