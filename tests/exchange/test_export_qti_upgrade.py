"""QTI 2.1 read by a program of others: citolab-qti-convert makes 3.0 of our package.

The program knows nothing of ours, and what it makes has to be what we write as 3.0 ourselves.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from exporting import Exported, load, visible, write_project
from qti_grammar import Node, grammar_faults
from qti_packages import Package, opened, rights, upgraded


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(load(write_project(tmp_path_factory.mktemp("exported"))))


@pytest.fixture(scope="module")
def made(exported: Exported, tmp_path_factory: pytest.TempPathFactory) -> Package:
    """Their 3.0."""
    content = upgraded(exported.content("qti21"), tmp_path_factory.mktemp("upgraded"))
    package = opened(content, "qti3")
    for item in package.items.values():
        for choice in item.all("choiceInteraction"):
            # They ask for an answer where nothing says that none is needed.
            assert choice.attributes.pop("minChoices") == "1"
    return package


def unlike(ours: Node, theirs: Node) -> Iterator[str]:
    """Where two trees differ."""
    ours.attributes.pop("schemaLocation", None)
    theirs.attributes.pop("schemaLocation", None)
    for key in ("name", "attributes", "text", "tail"):
        if getattr(ours, key) != getattr(theirs, key):
            yield f"{ours.name}: {getattr(ours, key)!r} is {getattr(theirs, key)!r}"
    if len(ours.children) != len(theirs.children):
        yield f"{ours.name}: {len(ours.children)} parts are {len(theirs.children)}"
    for one, other in zip(ours.children, theirs.children, strict=False):
        yield from unlike(one, other)


def differences(exported: Exported, made: Package) -> list[str]:
    """Between the 3.0 that we write and a package that claims to be the same."""
    ours = opened(exported.content("qti3"), "qti3")
    assert set(ours.files) == set(made.files) and list(ours.items) == list(made.items)
    found = [*unlike(ours.test, made.test), *unlike(ours.manifest, made.manifest)]
    for name, item in ours.items.items():
        found += [f"{name}: {one}" for one in unlike(item, made.items[name])]
    pictures = [name for name in ours.files if not name.endswith(".xml")]
    return found + [name for name in pictures if ours.files[name] != made.files[name]]


def test_their_upgrade_of_our_21_is_our_30(exported: Exported, made: Package) -> None:
    assert made.faults == [] and differences(exported, made) == []


def test_their_upgrade_has_the_questions_answers_and_explanations(
    exported: Exported, made: Package
) -> None:
    """Told from the bank itself, so that our two versions cannot be wrong alike."""
    assert list(made.items) == list(exported.questions)
    for question in exported.questions.values():
        item = made.items[question.id]
        assert [*grammar_faults(item, "qti3")] == [], question.id
        declared = {
            one.attributes["identifier"]: [value.text for value in one.all("value")]
            for one in item.all("responseDeclaration")
        }
        assert declared == {
            name: [visible(word) for word in words]
            for name, words in next(rights(question)).items()
        }
        explained = visible(question.explanation).replace("\n", "")
        said = [one.words().replace("\n", "") for one in item.all("modalFeedback")]
        assert len(said) == 2 and all(explained in one for one in said), question.id


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<value>C</value>", "<value>B</value>"),
        ("道理one", "道理"),
        ('<simpleChoice identifier="D">做法D</simpleChoice>', ""),
        ('<baseValue baseType="float">1<', '<baseValue baseType="float">2<'),
    ],
)
def test_a_package_of_21_that_says_something_else_is_seen(
    exported: Exported, tmp_path: Path, old: str, new: str
) -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(exported.content("qti21"))) as source,
        zipfile.ZipFile(target, "w") as planted,
    ):
        for name in source.namelist():
            text = source.read(name)
            if name == "items/q-one.xml":
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            planted.writestr(name, text)
    made = opened(upgraded(target.getvalue(), tmp_path), "qti3")
    for item in made.items.values():
        for choice in item.all("choiceInteraction"):
            choice.attributes.pop("minChoices")
    found = differences(exported, made)
    assert found and all(one.startswith("one: ") for one in found)
