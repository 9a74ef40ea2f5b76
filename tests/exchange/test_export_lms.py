"""Moodle XML, GIFT and Anki, read back by readers that share no code with the writers."""

from __future__ import annotations

import base64
import html
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from exporting import SVG, Exported, all_questions, load, visible, write_project

from jingzhong.model.quizzes import Question

# What Moodle's import looks a fraction up in (question/engine/bank.php).
FRACTIONS = "100 90 83.33333 80 75 70 66.66667 60 50 40 33.33333 30 25 20 16.66667 14.28571 12.5 11.11111 10 5 0 -100"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(load(write_project(tmp_path_factory.mktemp("exported"))))


# Moodle


def text_of(element: ET.Element, path: str) -> str:
    return element.findtext(f"{path}/text") or ""


def shown(markup: str) -> str:
    """The text that a browser shows of HTML whose only marks are ours."""
    lined = re.sub(r"<br>", "\n", markup)
    return html.unescape(re.sub(r"</?(?:p|blockquote)>|<img [^>]*>", "", lined))


def moodle_questions(exported: Exported) -> dict[str, ET.Element]:
    quiz = ET.fromstring(exported.content("moodle"))
    return {
        item.findtext("idnumber") or "": item
        for item in quiz.iter("question")
        if item.get("type") != "category"
    }


def moodle_faults(question: Question, item: ET.Element) -> Iterator[str]:
    """Where an element does not ask what its question asks."""
    kinds = {"single": "multichoice", "multiple": "multichoice", "judge": "truefalse"}
    kinds |= {"order": "matching", "match": "matching", "blank": "shortanswer"}
    kind = kinds[question.type]
    if question.type == "blank" and len(question.answer) > 1:
        kind = "multianswer"
    if item.get("type") != kind:
        yield f"type {item.get('type')}"
        return
    asked = shown(text_of(item, "questiontext"))
    if kind != "multianswer" and visible(question.stem) not in asked:
        yield f"stem {asked!r}"
    if visible(question.explanation) not in shown(text_of(item, "generalfeedback")):
        yield "explanation"
    answers = {shown(text_of(a, ".")): float(a.get("fraction") or 0) for a in item.iter("answer")}
    right = {text for text, fraction in answers.items() if fraction > 0}
    if kind == "multichoice":
        wanted = {visible(question.options[letter]) for letter in question.answer}
        if right != wanted or set(answers) != {visible(t) for t in question.options.values()}:
            yield f"answers {answers}"
        if not 99.99 < sum(answers[text] for text in right) < 100.01:
            yield f"sum {answers}"
        if item.findtext("single") != str(question.type == "single").lower():
            yield "single"
    elif kind == "truefalse" and right != {str(question.answer).lower()}:
        yield f"judge {answers}"
    elif kind == "shortanswer" and right != {w.replace("*", r"\*") for w in question.answer[0]}:
        yield f"blank {answers}"
    elif kind == "multianswer":
        marks = re.findall(r"\{1:SHORTANSWER:((?:\\.|[^}\\])*)\}", text_of(item, "questiontext"))
        found = tuple(
            tuple(
                html.unescape(re.sub(r"\\(.)", r"\1", way[1:]))
                for way in re.split(r"(?<!\\)~", mark)
            )
            for mark in marks
        )
        if found != question.answer:
            yield f"cloze {found}"
    elif kind == "matching":
        pairs = [
            (shown(text_of(pair, ".")), text_of(pair, "answer"))
            for pair in item.iter("subquestion")
        ]
        if question.type == "order":
            wanted_pairs = [
                (f"第 {n} 步", question.options[k]) for n, k in enumerate(question.answer, 1)
            ]
        else:
            wanted_pairs = [
                (t, question.right[question.answer[k]]) for k, t in question.left.items()
            ]
            used = question.answer.values()
            wanted_pairs += [("", t) for k, t in question.right.items() if k not in used]
        if pairs != wanted_pairs:
            yield f"pairs {pairs}"


def test_moodle_asks_what_the_bank_asks(exported: Exported) -> None:
    items = moodle_questions(exported)
    assert list(items) == list(exported.questions)
    faults = [
        f"{question.id}: {fault}"
        for question in exported.questions.values()
        for fault in moodle_faults(question, items[question.id])
    ]
    assert faults == []


def test_a_wrong_moodle_answer_is_seen(exported: Exported) -> None:
    """The twin: each kind with another question's element, or with its key turned round."""
    items = moodle_questions(exported)
    for name, other in (("one", "fixed"), ("many", "one"), ("yes", "no"), ("blank", "trap-blank")):
        assert list(moodle_faults(exported.questions[name], items[other])), name
    for name in ("order", "match"):
        pairs = list(items[name].iter("subquestion"))
        first, second = pairs[0].find("answer/text"), pairs[1].find("answer/text")
        assert first is not None and second is not None
        first.text, second.text = second.text, first.text
        assert list(moodle_faults(exported.questions[name], items[name])), name


def test_moodle_takes_in_what_is_beside_the_question(exported: Exported) -> None:
    quiz = ET.fromstring(exported.content("moodle"))
    category = quiz.find("question")
    assert category is not None
    assert text_of(category, "category") == "$course$/top/各种//题-=题"
    items = moodle_questions(exported)
    found = {a.get("fraction") for item in items.values() for a in item.iter("answer")} - {None}
    assert found <= set(FRACTIONS.split()), found
    file = items["seen"].find("questiontext/file")
    assert file is not None and base64.b64decode(file.text or "").decode() == SVG
    assert f'src="@@PLUGINFILE@@/{file.get("name")}"' in text_of(items["seen"], "questiontext")
    assert "［图：图丙］" in text_of(items["lost"], "questiontext")
    assert items["fixed"].findtext("shuffleanswers") == "false"
    assert items["one"].findtext("shuffleanswers") == "true"
    assert "条文：《消防法》第二十八条" in text_of(items["one"], "generalfeedback")
    assert [t.findtext("text") for t in items["one"].iter("tag")] == ["消防", "难度3"]
    assert "<script>" not in text_of(items["trap-0"], "questiontext")
    assert "未能带走的内容" in exported.text("moodle")[:300]


# GIFT


def gift_parser() -> list[str]:
    """The command that runs gift-pegjs; the test is skipped where it cannot run."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed: GIFT is not parsed by gift-pegjs")
    places = [Path(__file__).parents[1], Path(__file__).parents[2]]
    places += [Path(one) for one in os.environ.get("JINGZHONG_NODE", "").split(os.pathsep) if one]
    for place in places:
        module = place / "node_modules/gift-pegjs"
        if module.is_dir():
            script = (
                "const text = require('fs').readFileSync(0, 'utf8');"
                f"const gift = require({json.dumps(str(module))});"
                "process.stdout.write(JSON.stringify(gift.parse(text)));"
            )
            return [node, "-e", script]
    pytest.skip("gift-pegjs is not installed: run `npm install --prefix tests --no-package-lock`")


def parsed_gift(text: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        gift_parser(), input=text.encode(), capture_output=True, check=True, timeout=30
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def gift_faults(question: Question, item: dict[str, Any]) -> Iterator[str]:
    """Where a parsed question does not ask what its question asks. GIFT drops spaces at the ends."""

    def plain(text: str) -> str:
        text = visible(text).replace("->", "→").strip()
        return text if not text.startswith("%50%") else "％" + text[1:]

    kind = {"single": "MC", "multiple": "MC", "judge": "TF", "blank": "Short"}
    if item["type"] != kind.get(question.type, "Matching"):
        yield f"type {item['type']}"
        return
    if visible(question.stem).replace("->", "→") not in item["stem"]["text"]:
        yield f"stem {item['stem']['text']!r}"
    if visible(question.explanation).replace("->", "→") not in item["globalFeedback"]["text"]:
        yield f"explanation {item['globalFeedback']['text']!r}"
    if question.type == "judge":
        if item["isTrue"] is not question.answer:
            yield "judge"
    elif question.type == "single":
        found = {one["text"]["text"]: one["isCorrect"] for one in item["choices"]}
        if found != {plain(t): letter == question.answer for letter, t in question.options.items()}:
            yield f"single {found}"
    elif question.type == "multiple":
        weights = {one["text"]["text"]: one["weight"] for one in item["choices"]}
        right = {plain(question.options[letter]) for letter in question.answer}
        if {text for text, weight in weights.items() if weight > 0} != right:
            yield f"multiple {weights}"
        if not 99.9 < sum(weight for weight in weights.values() if weight > 0) < 100.1:
            yield f"sum {weights}"
    elif question.type == "blank":
        ways = [one["text"]["text"] for one in item["choices"]]
        if plain("；".join(words[0] for words in question.answer)) != ways[0]:
            yield f"blank {ways}"
    else:
        pairs = [(one["subquestion"]["text"], one["subanswer"]) for one in item["matchPairs"]]
        if question.type == "order":
            wanted = [(f"第 {n} 步", question.options[k]) for n, k in enumerate(question.answer, 1)]
        else:
            wanted = [(t, question.right[question.answer[k]]) for k, t in question.left.items()]
            wanted += [
                ("", t) for k, t in question.right.items() if k not in question.answer.values()
            ]
        if pairs != wanted:
            yield f"pairs {pairs}"


def test_gift_asks_what_the_bank_asks(exported: Exported) -> None:
    found = parsed_gift(exported.text("gift"))
    assert found[0] == {"type": "Category", "title": "$course$/top/各种//题-=题"}
    items = {item["title"]: item for item in found[1:]}
    assert list(items) == list(exported.questions)
    faults = [
        f"{question.id}: {fault}"
        for question in exported.questions.values()
        for fault in gift_faults(question, items[question.id])
    ]
    assert faults == []
    assert items["one"]["id"] == "one" and items["one"]["tags"] == ["消防", "难度3"]
    ways = [one["text"]["text"] for one in items["swap"]["choices"]]
    assert ways == ["水；电", "电；水"]
    assert list(gift_faults(exported.questions["one"], items["fixed"])), "the twin"
    assert list(gift_faults(exported.questions["yes"], items["no"])), "the twin"


def test_gift_says_what_stayed(exported: Exported) -> None:
    content, losses = exported.make("gift")
    head = content.decode().split("$CATEGORY")[0]
    assert "// 未能带走的内容：" in head
    assert all(f"// · {loss}" in head for loss in losses)


# Anki


def opened(content: bytes, folder: Path) -> tuple[sqlite3.Connection, dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    path = folder / "collection.anki2"
    path.write_bytes(files["collection.anki2"])
    return sqlite3.connect(path), files


def test_anki_package(exported: Exported, tmp_path: Path) -> None:
    base, files = opened(exported.content("anki"), tmp_path)
    assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    tables = {name for (name,) in base.execute("select name from sqlite_master where type='table'")}
    assert tables == {"col", "notes", "cards", "revlog", "graves"}
    ((version, models, decks),) = base.execute("select ver, models, decks from col").fetchall()
    assert version == 11
    ((model_id, model),) = json.loads(models).items()
    named = {deck["name"]: deck for deck in json.loads(decks).values()}
    assert set(named) == {"Default", "警钟::各种/题-=题"}
    assert "未能带走的内容" in named["警钟::各种/题-=题"]["desc"]
    assert [field["name"] for field in model["flds"]] == ["编号", "题目", "答案"]
    notes = base.execute(
        "select id, guid, mid, mod, tags, flds, sfld, csum from notes order by rowid"
    ).fetchall()
    assert len(notes) == len({note[0] for note in notes}) == len({note[1] for note in notes})
    fields = {note[5].split("\x1f")[0]: note[5].split("\x1f") for note in notes}
    assert set(fields) == set(exported.questions)
    for _, _, mid, changed, tags, joined, first, checksum in notes:
        assert str(mid) == model_id and tags == " 消防 难度3 "
        assert joined.split("\x1f")[0] == first
        assert checksum == int(sha1(first.encode()).hexdigest()[:8], 16)
        # Within the day of review, 2026-11-23, in UTC.
        assert 0 <= changed - 1795392000 < 86400
    cards = base.execute("select nid, did, ord, type, queue, due from cards").fetchall()
    assert sorted(card[0] for card in cards) == sorted(note[0] for note in notes)
    assert {card[1] for card in cards} == {named["警钟::各种/题-=题"]["id"]}
    assert sorted(card[5] for card in cards) == list(range(1, len(notes) + 1))
    assert {card[2:5] for card in cards} == {(0, 0, 0)}
    base.close()
    for question in exported.questions.values():
        _, front, back = fields[question.id]
        assert visible(question.stem).split("\n")[0] in shown(front), question.id
        assert visible(question.explanation) in html.unescape(back), question.id
        assert "<script>" not in front + back
    assert "C．做法C" in fields["one"][2] and "C．" not in fields["fixed"][2]
    assert "2. D．做法D" in fields["order"][2]
    media = json.loads(files["media"])
    assert list(media) == ["0"] and files["0"].decode() == SVG
    assert f'src="{media["0"]}"' in fields["seen"][1]


def test_anki_knows_a_question_again(exported: Exported, tmp_path: Path) -> None:
    """A changed question keeps its ids, so that an import replaces it; its change has another time."""
    questions = [one for one in all_questions() if one["id"] in ("one", "yes")]
    questions[0]["explanation"] = "换个道理"
    other = Exported(load(write_project(tmp_path, questions)))
    told = []
    for one in (exported, other):
        base, _ = opened(one.content("anki"), tmp_path)
        sql = "select sfld, id, guid, mod from notes where sfld in ('one', 'yes')"
        told.append({row[0]: row[1:] for row in base.execute(sql)})
        base.close()
    assert told[0]["yes"] == told[1]["yes"]
    assert told[0]["one"][:2] == told[1]["one"][:2] and told[0]["one"][2] != told[1]["one"][2]
