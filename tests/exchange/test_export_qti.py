"""QTI packages, checked against the specification's own rules and played through.

No package on PyPI or npm ships the XSDs, so this checks by hand, after the public specification:
which element may stand in which, in which order, with which attributes; that every identifier is
declared; that values fit their types. Then a small player answers each item.
`test_export_qti_player.py` does so in a player that others wrote.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations

import pytest
from exporting import SVG, Exported, load, visible, write_project
from lxml import etree

from jingzhong.model.quizzes import Question

SPACES = {
    "qti21": "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "qti3": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
}
PACKAGES = {
    "qti21": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "qti3": "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
}
HTML = {"p", "div", "img"}
FLOW = "(p|div)*"
INTERACTION = "(choiceInteraction|orderInteraction|matchInteraction)"
LOGIC = "(match|stringMatch|and|or|isNull)"
RULES = "(setOutcomeValue)*"
# Element → (content as an expression over child names, required attributes, allowed attributes).
GRAMMAR: dict[str, tuple[str, str, str]] = {
    "assessmentItem": (
        "(responseDeclaration)*(outcomeDeclaration)*itemBody responseProcessing (modalFeedback)*",
        "identifier title adaptive timeDependent",
        "lang schemaLocation",
    ),
    "responseDeclaration": ("(correctResponse)?", "identifier cardinality baseType", ""),
    "outcomeDeclaration": ("(defaultValue)?", "identifier cardinality baseType", ""),
    "correctResponse": ("(value)+", "", ""),
    "defaultValue": ("(value)+", "", ""),
    "value": ("", "", ""),
    "itemBody": (f"({INTERACTION}|p|div)*", "", ""),
    "p": ("(textEntryInteraction|img)*", "", ""),
    "div": (FLOW, "", "class"),
    "img": ("", "src alt", ""),
    "textEntryInteraction": ("", "responseIdentifier", "expectedLength"),
    "choiceInteraction": ("(simpleChoice)+", "responseIdentifier shuffle maxChoices", ""),
    "orderInteraction": ("(simpleChoice)+", "responseIdentifier shuffle", ""),
    "simpleChoice": ("", "identifier", "fixed"),
    "matchInteraction": (
        "simpleMatchSet simpleMatchSet ",
        "responseIdentifier shuffle maxAssociations",
        "",
    ),
    "simpleMatchSet": ("(simpleAssociableChoice)*", "", ""),
    "simpleAssociableChoice": ("", "identifier matchMax", ""),
    "responseProcessing": ("(responseCondition|setOutcomeValue)*", "", ""),
    "responseCondition": ("responseIf (responseElseIf)*(responseElse)?", "", ""),
    "responseIf": (LOGIC + RULES, "", ""),
    "responseElseIf": (LOGIC + RULES, "", ""),
    "responseElse": (RULES, "", ""),
    "match": ("variable (correct|baseValue)", "", ""),
    "stringMatch": ("variable baseValue ", "caseSensitive", ""),
    "isNull": ("variable ", "", ""),
    "and": (LOGIC + "+", "", ""),
    "or": (LOGIC + "+", "", ""),
    "variable": ("", "identifier", ""),
    "correct": ("", "identifier", ""),
    "baseValue": ("", "baseType", ""),
    "setOutcomeValue": ("baseValue ", "identifier", ""),
    "modalFeedback": (FLOW, "outcomeIdentifier identifier showHide", "title"),
    "contentBody": (FLOW, "", ""),
    "assessmentTest": ("(testPart)+", "identifier title", "schemaLocation"),
    "testPart": (
        "(itemSessionControl)?(assessmentSection)+",
        "identifier navigationMode submissionMode",
        "",
    ),
    "itemSessionControl": ("", "", "maxAttempts showFeedback showSolution"),
    "assessmentSection": ("(assessmentItemRef)*", "identifier title visible", ""),
    "assessmentItemRef": ("", "identifier href", ""),
}
TEXTUAL = {"p", "value", "baseValue", "simpleChoice", "simpleAssociableChoice"}
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exported:
    return Exported(load(write_project(tmp_path_factory.mktemp("exported"))))


@dataclass
class Node:
    """An element under its name in 2.1, whichever version it was written in."""

    name: str
    attributes: dict[str, str]
    text: str
    tail: str
    children: list[Node] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Node]:
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)

    def words(self) -> str:
        return self.text + "".join(child.words() + child.tail for child in self.children)


def camel(name: str) -> str:
    return re.sub("-([a-z])", lambda match: match[1].upper(), name)


def node_of(element: etree._Element, version: str, faults: list[str]) -> Node:
    """The element in the names of 2.1; names of the other version are faults."""
    name = etree.QName(element)
    local = name.localname
    if name.namespace != SPACES[version]:
        faults.append(f"namespace {name.namespace}")
    if version == "qti3" and local not in HTML:
        if not re.fullmatch("qti(-[a-z]+)+", local):
            faults.append(f"name {local}")
        local = camel(local.removeprefix("qti-"))
    attributes = {}
    for key, value in element.attrib.items():
        key = etree.QName(key).localname
        if version == "qti3" and key != "schemaLocation":
            if key != key.lower():
                faults.append(f"attribute {key}")
            key = camel(key)
        attributes[key] = value
    children = [node_of(child, version, faults) for child in element]
    return Node(local, attributes, element.text or "", element.tail or "", children)


def grammar_faults(node: Node, version: str) -> Iterator[str]:
    """What the specification does not allow, in this element and below."""
    if node.name not in GRAMMAR:
        yield f"unknown {node.name}"
        return
    content, required, allowed = GRAMMAR[node.name]
    if node.name == "modalFeedback" and version == "qti3":
        content = "contentBody "
    pattern = re.sub(r"([A-Za-z]+) ?", r"(?:\1 )", content)
    written = "".join(f"{child.name} " for child in node.children)
    if not re.fullmatch(pattern, written):
        yield f"{node.name}: {written}"
    missing = set(required.split()) - set(node.attributes)
    foreign = set(node.attributes) - {*required.split(), *allowed.split()}
    if missing or foreign:
        yield f"{node.name}: lacks {sorted(missing)}, has {sorted(foreign)}"
    if node.name not in TEXTUAL and node.text.strip():
        yield f"{node.name}: text {node.text!r}"
    for key in ("identifier", "responseIdentifier", "outcomeIdentifier"):
        if key in node.attributes and not IDENTIFIER.fullmatch(node.attributes[key]):
            yield f"{node.name}: {key} {node.attributes[key]!r}"
    for child in node.children:
        yield from grammar_faults(child, version)


def reference_faults(item: Node) -> Iterator[str]:
    """Names that nothing declares, or that are declared twice; values that no choice has."""
    responses = [one.attributes["identifier"] for one in item.all("responseDeclaration")]
    outcomes = [one.attributes["identifier"] for one in item.all("outcomeDeclaration")]
    names = responses + outcomes
    if len(set(names)) < len(names):
        yield f"declared twice: {names}"
    asked = [
        n
        for one in item.all("itemBody")
        for i in every(one)
        if (n := i.attributes.get("responseIdentifier"))
    ]
    if asked != responses:
        yield f"asked {asked}, declared {responses}"
    for one in (*item.all("variable"), *item.all("correct")):
        if one.attributes["identifier"] not in responses:
            yield f"undeclared {one.attributes}"
    for one in item.all("setOutcomeValue"):
        if one.attributes["identifier"] not in outcomes:
            yield f"undeclared {one.attributes}"
    choices = [
        one.attributes["identifier"]
        for kind in ("simpleChoice", "simpleAssociableChoice")
        for one in item.all(kind)
    ]
    if len(set(choices)) < len(choices):
        yield f"choices {choices}"
    for one in item.all("responseDeclaration"):
        kind = one.attributes["baseType"]
        for value in one.all("value"):
            if kind != "string" and not set(value.text.split()) <= set(choices):
                yield f"value {value.text}"
            if len(value.text.split()) != 2 and kind == "directedPair":
                yield f"pair {value.text}"


def every(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from every(child)


@dataclass
class Package:
    files: dict[str, bytes]
    items: dict[str, Node]
    test: Node
    manifest: etree._Element
    faults: list[str]


def opened(exported: Exported, version: str) -> Package:
    with zipfile.ZipFile(io.BytesIO(exported.content(version))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    faults: list[str] = []

    def root(name: str) -> Node:
        return node_of(etree.fromstring(files[name], PARSER), version, faults)

    items = {
        name.removeprefix("items/q-").removesuffix(".xml"): root(name)
        for name in files
        if name.startswith("items/")
    }
    manifest = etree.fromstring(files["imsmanifest.xml"], PARSER)
    return Package(files, items, root("test.xml"), manifest, faults)


@pytest.mark.parametrize("version", SPACES)
def test_a_package_keeps_the_rules_of_the_specification(exported: Exported, version: str) -> None:
    package = opened(exported, version)
    assert list(package.items) == list(exported.questions)
    faults = [*package.faults, *grammar_faults(package.test, version)]
    for name, item in package.items.items():
        found = (*grammar_faults(item, version), *reference_faults(item))
        faults += [f"{name}: {fault}" for fault in found]
    assert faults == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (lambda item: item.children.reverse(), "assessmentItem: "),
        (lambda item: item.attributes.pop("title"), "lacks ['title']"),
        (lambda item: item.attributes.update(tool="x"), "has ['tool']"),
        (lambda item: item.attributes.update(identifier="1x"), "identifier '1x'"),
        (lambda item: next(item.all("simpleChoice")).attributes.update(identifier="Z"), "value C"),
        (lambda item: next(item.all("variable")).attributes.update(identifier="X"), "undeclared"),
        (lambda item: setattr(next(item.all("itemBody")), "text", "x"), "itemBody: text"),
        (lambda item: setattr(next(item.all("p")), "name", "blink"), "unknown blink"),
    ],
)
def test_a_planted_breach_is_seen(exported: Exported, planted: object, fault: str) -> None:
    item = opened(exported, "qti3").items["one"]
    if fault == "value C":
        for choice in item.all("simpleChoice"):
            if choice.attributes["identifier"] == "C":
                choice.attributes["identifier"] = "Z"
    else:
        planted(item)  # type: ignore[operator]
    found = (*grammar_faults(item, "qti3"), *reference_faults(item))
    assert any(fault in one for one in found), found


Response = list[str]


def outcome(item: Node, given: dict[str, Response]) -> dict[str, str]:
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


def rights(question: Question) -> Iterator[dict[str, Response]]:
    """Some right responses."""
    if question.type == "blank":
        count = len(question.answer)
        names = ["RESPONSE"] if count == 1 else [f"RESPONSE_{n}" for n in range(1, count + 1)]
        orders = permutations(question.answer) if question.any_order else [question.answer]
        for order in orders:
            for at in (0, -1):
                yield {name: [words[at]] for name, words in zip(names, order, strict=True)}
    elif question.type == "match":
        yield {"RESPONSE": [f"L_{a} R_{b}" for a, b in question.answer.items()]}
    elif question.type == "judge":
        yield {"RESPONSE": [str(question.answer).upper()]}
    else:
        yield {"RESPONSE": list(question.answer)}


def wrongs(question: Question) -> Iterator[dict[str, Response]]:
    """Some wrong responses: nothing, one part less, another order, the other choice."""
    (right, *_) = rights(question)
    yield {name: [] for name in right}
    if question.type == "blank":
        yield {name: ["不对"] for name in right}
        if len(right) > 1 and not question.any_order:
            yield dict(zip(right, reversed(right.values()), strict=True))
    elif question.type == "judge":
        yield {"RESPONSE": [str(not question.answer).upper()]}
    elif question.type == "order":
        yield {"RESPONSE": right["RESPONSE"][::-1]}
    else:
        yield {"RESPONSE": right["RESPONSE"][1:] or ["B" if question.answer != "B" else "A"]}
        yield {"RESPONSE": [*right["RESPONSE"], "E"]}


@pytest.mark.parametrize("version", SPACES)
def test_each_item_marks_and_explains(exported: Exported, version: str) -> None:
    items = opened(exported, version).items
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


def test_an_item_shows_what_the_question_shows(exported: Exported) -> None:
    items = opened(exported, "qti3").items
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
def test_a_manifest_names_every_file_once(exported: Exported, version: str) -> None:
    package = opened(exported, version)
    space = {"p": PACKAGES[version]}
    files = [one.get("href") for one in package.manifest.iterfind(".//p:file", space)]
    assert sorted(files) == sorted(set(package.files) - {"imsmanifest.xml"})
    resources = [one.get("identifier") for one in package.manifest.iterfind(".//p:resource", space)]
    needed = [
        one.get("identifierref") for one in package.manifest.iterfind(".//p:dependency", space)
    ]
    assert len(set(resources)) == len(resources) and resources == ["test", *needed]
    hrefs = [one.attributes["href"] for one in package.test.all("assessmentItemRef")]
    assert hrefs == [f"items/q-{name}.xml" for name in package.items]
    assert "未能带走的内容" in package.files["imsmanifest.xml"].decode()
    (control,) = package.test.all("itemSessionControl")
    assert control.attributes["showFeedback"] == "true", "else no explanation is ever shown"
    (picture,) = package.items["seen"].all("img")
    path = posixpath.normpath(posixpath.join("items", picture.attributes["src"]))
    assert package.files[path].decode() == SVG and picture.attributes["alt"] == "图甲"
