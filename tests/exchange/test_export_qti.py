"""QTI packages, checked against the specification's own rules and played through.

`qti_grammar` has the rules. Then a small player answers each item; `test_export_qti_player.py`
does so in a player that others wrote, and `test_export_qti_upgrade.py` has a program of others
read 2.1.
"""

from __future__ import annotations

import posixpath
import re

import pytest
from exporting import SVG, Exported, load, visible, write_project
from qti_grammar import SPACES, Node, grammar_faults, item_faults, manifest_faults, sitting_faults
from qti_packages import Package, Responses, opened, rights, wrongs

from jingzhong.quiz.scoring import score


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(load(write_project(tmp_path_factory.mktemp("exported"))))


@pytest.fixture(scope="module")
def packages(exported: Exported) -> dict[str, Package]:
    return {version: opened(exported.content(version), version) for version in SPACES}


@pytest.mark.parametrize("version", SPACES)
def test_a_package_keeps_the_rules_of_the_specification(
    exported: Exported, packages: dict[str, Package], version: str
) -> None:
    package = packages[version]
    assert list(package.items) == list(exported.questions)
    faults = [*package.faults, *grammar_faults(package.test, version)]
    faults += [*sitting_faults(package.test), *grammar_faults(package.manifest, version)]
    faults += manifest_faults(package.manifest, version)
    for name, item in package.items.items():
        found = (*grammar_faults(item, version), *item_faults(item))
        faults += [f"{name}: {fault}" for fault in found]
    assert faults == []


def first(root: Node, name: str, **attributes: str) -> Node:
    """The first element of this name, with these attributes set."""
    node = next(root.all(name))
    node.attributes.update(attributes)
    return node


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (lambda item: item.children.reverse(), "assessmentItem: "),
        (lambda item: item.attributes.pop("title"), "lacks ['title']"),
        (lambda item: item.attributes.update(tool="x"), "has ['tool']"),
        (lambda item: item.attributes.update(identifier="1x"), "identifier '1x'"),
        (lambda item: first(item, "simpleChoice", identifier="B"), "declared twice: B"),
        (lambda item: setattr(first(item, "value"), "text", "Z"), "value Z"),
        (lambda item: first(item, "variable", identifier="X"), "undeclared"),
        (lambda item: setattr(first(item, "itemBody"), "text", "x"), "itemBody: text"),
        (lambda item: setattr(first(item, "p"), "tail", "x"), "itemBody: text"),
        (lambda item: setattr(first(item, "p"), "name", "blink"), "unknown blink"),
        (lambda item: first(item, "itemBody").children.clear(), "itemBody: "),
        (lambda item: first(item, "choiceInteraction", shuffle="yes"), "shuffle 'yes'"),
        (lambda item: first(item, "modalFeedback", showHide="always"), "showHide 'always'"),
        (lambda item: first(item, "responseDeclaration", cardinality="one"), "'one'"),
        (lambda item: first(item, "responseDeclaration", baseType="string"), "declared ("),
        (lambda item: first(item, "choiceInteraction", maxChoices="0"), "maxChoices, declared"),
    ],
)
def test_a_planted_breach_is_seen(exported: Exported, planted: object, fault: str) -> None:
    item = opened(exported.content("qti3"), "qti3").items["one"]
    planted(item)  # type: ignore[operator]
    found = (*grammar_faults(item, "qti3"), *item_faults(item))
    assert any(fault in one for one in found), found


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (lambda one: setattr(first(one.manifest, "schema"), "text", "SCORM"), "package of"),
        (lambda one: first(one.manifest, "dependency", identifierref="q-none"), "undeclared"),
        (lambda one: first(one.manifest, "resource", identifier="manifest-all"), "twice"),
        (lambda one: first(one.manifest, "resource", type="imsqti_item_xmlv2p1"), "resource of"),
        (lambda one: first(one.manifest, "resource", type="item"), "type 'item'"),
        (lambda one: first(one.manifest, "resource").children.reverse(), "resource: "),
        (lambda one: first(one.manifest, "metadata").children.reverse(), "metadata: "),
        (lambda one: first(one.test, "assessmentSection", identifier="part"), "twice: part"),
        (lambda one: first(one.test, "testPart", navigationMode="free"), "'free'"),
        (lambda one: first(one.test, "assessmentSection").attributes.pop("visible"), "visible"),
    ],
)
def test_a_breach_in_what_holds_the_items_is_seen(
    exported: Exported, planted: object, fault: str
) -> None:
    package = opened(exported.content("qti3"), "qti3")
    planted(package)  # type: ignore[operator]
    found = [*grammar_faults(package.test, "qti3"), *sitting_faults(package.test)]
    found += grammar_faults(package.manifest, "qti3")
    found += manifest_faults(package.manifest, "qti3")
    assert any(fault in one for one in found), found


def outcome(item: Node, given: Responses) -> dict[str, str]:
    """What an item's own response processing makes of a response."""
    declared = {d.attributes["identifier"]: d for d in item.all("responseDeclaration")}
    correct = {name: [v.text for v in one.all("value")] for name, one in declared.items()}

    def holds(node: Node) -> bool:
        if node.name in ("and", "or"):
            return (all if node.name == "and" else any)(holds(child) for child in node.children)
        name = node.children[0].attributes["identifier"]
        if node.name == "isNull":
            return not given[name]
        if node.name == "stringMatch":
            assert given[name], "players fail where nothing is compared"
            assert node.attributes["caseSensitive"] == "false"
            return [one.casefold() for one in given[name]] == [node.children[1].text.casefold()]
        wanted = correct[node.children[1].attributes["identifier"]]
        is_ordered = declared[name].attributes["cardinality"] == "ordered"
        return given[name] == wanted if is_ordered else sorted(given[name]) == sorted(wanted)

    outcomes: dict[str, str] = {}
    (processing,) = item.all("responseProcessing")
    for condition in processing.children:
        for branch in condition.children:
            if branch.name == "responseElse" or holds(branch.children[0]):
                for rule in branch.all("setOutcomeValue"):
                    outcomes[rule.attributes["identifier"]] = rule.children[0].text
                break
    return outcomes


def feedback(item: Node, outcomes: dict[str, str]) -> str:
    """The words that a player shows after an answer."""
    return "\n".join(
        one.words()
        for one in item.all("modalFeedback")
        if outcomes.get(one.attributes["outcomeIdentifier"]) == one.attributes["identifier"]
    )


@pytest.mark.parametrize("version", SPACES)
def test_each_item_marks_and_explains(
    exported: Exported, packages: dict[str, Package], version: str
) -> None:
    items = packages[version].items
    for question in exported.questions.values():
        item = items[question.id]
        explained = visible(question.explanation).replace("\n", "")
        for given in rights(question):
            found = outcome(item, given)
            assert found == {"SCORE": "1", "FEEDBACK": "RIGHT"}, (question.id, given)
            assert explained in feedback(item, found).replace("\n", "")
        for given in wrongs(question):
            found = outcome(item, given)
            assert found == {"SCORE": "0", "FEEDBACK": "WRONG"}, (question.id, given)
            assert explained in feedback(item, found) and "正确答案：" in feedback(item, found)
    assert "条文：《消防法》第二十八条" in feedback(items["one"], {"FEEDBACK": "RIGHT"})


def test_where_marks_differ_from_the_site_it_is_told(
    exported: Exported, packages: dict[str, Package]
) -> None:
    """The site forgives spaces and gives a share for each part; an item does not, and it is said."""
    items, (_, losses) = packages["qti21"].items, exported.make("qti21")
    told = {loss.what: loss.questions for loss in losses}
    halves: dict[str, tuple[Responses, str]] = {
        "blank": ({"RESPONSE": [" 119"]}, "填空题"),
        "blanks": ({"RESPONSE_1": ["119"], "RESPONSE_2": ["不对"]}, "几个空的填空题"),
        "match": ({"RESPONSE": ["L_A R_2", "L_B R_4", "L_C R_3"]}, "连线题"),
    }
    for name, (given, what) in halves.items():
        question = exported.questions[name]
        said: object = [values[0] for values in given.values()]
        if question.type == "match":
            said = dict(pair.removeprefix("L_").split(" R_") for pair in given["RESPONSE"])
        assert score(question.type, question.answer, said).points > 0
        assert outcome(items[name], given)["SCORE"] == "0" and name in told[what]


def test_an_item_shows_what_the_question_shows(
    exported: Exported, packages: dict[str, Package]
) -> None:
    items = packages["qti3"].items
    for question in exported.questions.values():
        (body,) = items[question.id].all("itemBody")
        said = body.words()
        if question.type == "blank":
            for piece in re.split("_{3,}", question.stem):
                assert visible(piece) in said, question.id
        else:
            assert visible(question.stem).replace("\n", "") in said.replace("\n", ""), question.id
        texts = {
            one.words()
            for kind in ("simpleChoice", "simpleAssociableChoice")
            for one in body.all(kind)
        }
        wanted = {*question.options.values(), *question.left.values(), *question.right.values()}
        assert texts == ({"对", "错"} if question.type == "judge" else {visible(t) for t in wanted})
        fixed = {
            c.attributes["identifier"] for c in body.all("simpleChoice") if "fixed" in c.attributes
        }
        assert fixed == set(question.fixed_options)
        assert ("材料一" in said) is bool(question.passage)


@pytest.mark.parametrize("version", SPACES)
def test_a_manifest_names_every_file_once(packages: dict[str, Package], version: str) -> None:
    package = packages[version]
    files = [one.attributes["href"] for one in package.manifest.all("file")]
    assert sorted(files) == sorted(set(package.files) - {"imsmanifest.xml"})
    resources = [one.attributes["identifier"] for one in package.manifest.all("resource")]
    needed = [one.attributes["identifierref"] for one in package.manifest.all("dependency")]
    assert resources == ["test", *needed]
    hrefs = [one.attributes["href"] for one in package.test.all("assessmentItemRef")]
    assert hrefs == [f"items/q-{name}.xml" for name in package.items]
    assert "未能带走的内容" in package.files["imsmanifest.xml"].decode()
    (control,) = package.test.all("itemSessionControl")
    assert control.attributes["showFeedback"] == "true", "else no explanation is ever shown"
    (picture,) = package.items["seen"].all("img")
    path = posixpath.normpath(posixpath.join("items", picture.attributes["src"]))
    assert package.files[path].decode() == SVG and picture.attributes["alt"] == "图甲"
