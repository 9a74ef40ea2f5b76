"""What the specification allows in the QTI that we write: for both versions, in names of 2.1.

The official XSDs may not be copied here and no package ships them, so this says in its own form
what they and their Schematron rules ask of the elements and attributes that we use; of what we do
not use it says nothing, and some things that may be left out are asked for here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

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
    "itemBody": (f"({INTERACTION}|p|div)+", "", ""),
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
    "manifest": ("metadata organizations resources ", "identifier", "schemaLocation"),
    "metadata": ("schema schemaversion ", "", ""),
    "schema": ("", "", ""),
    "schemaversion": ("", "", ""),
    "organizations": ("", "", ""),
    "resources": ("(resource)*", "", ""),
    "resource": ("(file)+(dependency)*", "identifier type", "href"),
    "file": ("", "href", ""),
    "dependency": ("", "identifierref", ""),
}
TEXTUAL = {"p", "value", "baseValue", "simpleChoice", "simpleAssociableChoice"}
TEXTUAL |= {"schema", "schemaversion"}
NAME, YES_NO, NUMBER = r"[A-Za-z_][A-Za-z0-9_.-]*", "true|false", "[0-9]+"
# Attribute → what it may say, whichever element it is on.
VALUES = {
    "baseType": "directedPair|float|identifier|string",
    "cardinality": "single|multiple|ordered",
    "showHide": "show|hide",
    "navigationMode": "linear|nonlinear",
    "submissionMode": "individual|simultaneous",
    "type": r"imsqti_(test|item)_xmlv(2p1|3p0)",
    **dict.fromkeys(
        ("identifier", "responseIdentifier", "outcomeIdentifier", "identifierref"), NAME
    ),
    **dict.fromkeys(
        ("adaptive", "timeDependent", "shuffle", "fixed", "caseSensitive", "visible"), YES_NO
    ),
    **dict.fromkeys(("showFeedback", "showSolution"), YES_NO),
    **dict.fromkeys(
        ("maxChoices", "maxAssociations", "matchMax", "maxAttempts", "expectedLength"), NUMBER
    ),
}
# What the answer to each interaction is declared as.
ANSWERS = {
    "choiceInteraction": ("single|multiple", "identifier"),
    "orderInteraction": ("ordered", "identifier"),
    "matchInteraction": ("single|multiple", "directedPair"),
    "textEntryInteraction": ("single", "string"),
}
PACKAGE_KIND = {"qti21": ("QTIv2.1 Package", "1.0.0"), "qti3": ("QTI Package", "3.0.0")}


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

    def every(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.every()

    def words(self) -> str:
        return self.text + "".join(child.words() + child.tail for child in self.children)


def camel(name: str) -> str:
    return re.sub("-([a-z])", lambda match: match[1].upper(), name)


def node_of(element: etree._Element, version: str, faults: list[str]) -> Node:
    """The element in the names of 2.1; names of the other version are faults."""
    name = etree.QName(element)
    local = name.localname
    is_package = name.namespace == PACKAGES[version]
    if name.namespace != SPACES[version] and not is_package:
        faults.append(f"namespace {name.namespace}")
    is_kebab = version == "qti3" and not is_package
    if is_kebab and local not in HTML:
        if not re.fullmatch("qti(-[a-z]+)+", local):
            faults.append(f"name {local}")
        local = camel(local.removeprefix("qti-"))
    attributes = {}
    for key, value in element.attrib.items():
        key = etree.QName(key).localname
        if is_kebab and key != "schemaLocation":
            if key != key.lower():
                faults.append(f"attribute {key}")
            key = camel(key)
        attributes[key] = value
    children = [node_of(child, version, faults) for child in element.iterchildren("*")]
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
    if node.name not in TEXTUAL:
        for text in (node.text, *(child.tail for child in node.children)):
            if text.strip():
                yield f"{node.name}: text {text!r}"
    for key, value in node.attributes.items():
        if key in VALUES and not re.fullmatch(VALUES[key], value):
            yield f"{node.name}: {key} {value!r}"
    for child in node.children:
        yield from grammar_faults(child, version)


def item_faults(item: Node) -> Iterator[str]:
    """Names that nothing declares, or that are declared twice; values that no choice has."""
    responses = {one.attributes["identifier"]: one for one in item.all("responseDeclaration")}
    outcomes = [one.attributes["identifier"] for one in item.all("outcomeDeclaration")]
    yield from _twice(
        one.attributes["identifier"]
        for kind in ("responseDeclaration", "outcomeDeclaration")
        for one in item.all(kind)
    )
    asked = [one for one in item.every() if "responseIdentifier" in one.attributes]
    names = [one.attributes["responseIdentifier"] for one in asked]
    if names != list(responses):
        yield f"asked {names}, declared {list(responses)}"
    for one in asked:
        if declared := responses.get(one.attributes["responseIdentifier"]):
            yield from _answer_faults(one, declared)
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
    yield from _twice(choices)
    for one in responses.values():
        kind = one.attributes["baseType"]
        for value in one.all("value"):
            if kind != "string" and not set(value.text.split()) <= set(choices):
                yield f"value {value.text}"
            if len(value.text.split()) != 2 and kind == "directedPair":
                yield f"pair {value.text}"


def _answer_faults(interaction: Node, declared: Node) -> Iterator[str]:
    """Where an answer is not declared as what its interaction gives."""
    cardinality, kind = ANSWERS[interaction.name]
    said = (declared.attributes["cardinality"], declared.attributes["baseType"])
    if not re.fullmatch(cardinality, said[0]) or said[1] != kind:
        yield f"{interaction.name}: declared {said}"
    # One answer goes with one choice, and several with any number.
    is_one = interaction.attributes.get("maxChoices", "0") == "1"
    if interaction.name == "choiceInteraction" and is_one is not (said[0] == "single"):
        yield f"{interaction.name}: maxChoices, declared {said}"


def _twice(names: Iterator[str] | list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield f"declared twice: {name}"
        seen.add(name)


def sitting_faults(test: Node) -> Iterator[str]:
    """The test, its parts and sections and what they refer to all have names of their own."""
    return _twice(_names(test))


def _names(root: Node) -> list[str]:
    return [one.attributes["identifier"] for one in root.every() if "identifier" in one.attributes]


def manifest_faults(manifest: Node, version: str) -> Iterator[str]:
    """What else the profile of the packages asks for: its name, ids of one's own, no loose end."""
    said = tuple(node.text for key in ("schema", "schemaversion") for node in manifest.all(key))
    if said != PACKAGE_KIND[version]:
        yield f"package of {said}"
    names = _names(manifest)
    yield from _twice(names)
    for one in manifest.all("dependency"):
        if one.attributes["identifierref"] not in names:
            yield f"undeclared {one.attributes}"
    suffix = {"qti21": "v2p1", "qti3": "v3p0"}[version]
    for one in manifest.all("resource"):
        if not one.attributes["type"].endswith(suffix):
            yield f"resource of {one.attributes['type']}"
