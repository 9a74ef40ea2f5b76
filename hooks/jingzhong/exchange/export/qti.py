"""A bank as a QTI content package: the items, which 2.1 and 3.0 share but for their names.

Built with the names of 2.1; `dialect` turns them into those of 3.0. Specification:
https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html and https://www.imsglobal.org/spec/qti/v3p0/info.
"""

from __future__ import annotations

from itertools import permutations
from xml.etree import ElementTree as ET

from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.words import answer_lines, one_line, reference_lines
from jingzhong.model.quizzes import BLANK, Question

# The site forgives more and gives a share for each blank or pair: see `quiz/scoring.py`.
LOSSES = {
    "blank": "除了大小写，要和题库里的一种写法一字不差：全角半角、空格、句末的标点都算",
    "blanks": "全部填对才得分，不按空给分",
    "match": "全部连对才得分，不按对给分",
    "many_swaps": "空太多，只按题库里的顺序判分",
    "law": "写在反馈里，不能点开",
    "case": "写在反馈里，不能点开",
    "difficulty": "没有写出来",
    "topics": "没有写出来",
    "about": "没有写出来",
}
# Blanks that may change places are compared in every order, and five would make 120.
SWAPPED = 4
RIGHT, WRONG = "RIGHT", "WRONG"


def item_id(question: Question) -> str:
    """An identifier has to begin with a letter."""
    return f"q-{question.id}"


def build_item(question: Question, material: Material, picture: str | None) -> ET.Element:
    """One `assessmentItem`: declarations, body, processing, and feedback that always shows."""
    item = ET.Element(
        "assessmentItem",
        identifier=item_id(question),
        title=one_line(question.stem)[:80],
        adaptive="false",
        timeDependent="false",
    )
    item.set("xml:lang", "zh-CN")
    _declare_responses(item, question)
    _outcome(item, "SCORE", "float", "0")
    _outcome(item, "MAXSCORE", "float", "1")
    _outcome(item, "FEEDBACK", "identifier", "")
    body = ET.SubElement(item, "itemBody")
    if question.passage:
        _lines(ET.SubElement(body, "div", {"class": "passage"}), question.passage)
    if question.type == "blank":
        _stem_with_blanks(body, question)
    else:
        _lines(body, question.stem)
    if question.image:
        line = ET.SubElement(body, "p")
        if picture:
            ET.SubElement(line, "img", src=picture, alt=safe(question.image.alt))
        else:
            line.text = f"［图：{safe(question.image.alt)}］"
    _interaction(body, question)
    _process(item, question)
    _feedback(item, RIGHT, "答对了", [], question, material)
    said = [f"正确答案：{line}" for line in answer_lines(question)]
    _feedback(item, WRONG, "答得不对", said, question, material)
    return item


def _lines(parent: ET.Element, text: str) -> None:
    for line in safe(text).split("\n"):
        if line.strip():
            ET.SubElement(parent, "p").text = line


def _outcome(item: ET.Element, name: str, kind: str, default: str) -> None:
    declared = ET.SubElement(
        item, "outcomeDeclaration", identifier=name, cardinality="single", baseType=kind
    )
    if default:
        ET.SubElement(ET.SubElement(declared, "defaultValue"), "value").text = default


def correct_values(question: Question) -> list[tuple[str, str, list[str]]]:
    """(cardinality, base type, values) of each response, in the order of the blanks."""
    if question.type == "blank":
        return [("single", "string", [safe(words[0])]) for words in question.answer]
    if question.type == "match":
        pairs = [f"L_{left} R_{right}" for left, right in question.answer.items()]
        return [("multiple", "directedPair", pairs)]
    if question.type == "judge":
        return [("single", "identifier", ["TRUE" if question.answer else "FALSE"])]
    cardinality = {"single": "single", "multiple": "multiple", "order": "ordered"}[question.type]
    return [(cardinality, "identifier", list(question.answer))]


def _names(question: Question) -> list[str]:
    count = len(question.answer) if question.type == "blank" else 1
    return ["RESPONSE"] if count == 1 else [f"RESPONSE_{at}" for at in range(1, count + 1)]


def _declare_responses(item: ET.Element, question: Question) -> None:
    for name, (cardinality, kind, values) in zip(
        _names(question), correct_values(question), strict=True
    ):
        declared = ET.SubElement(
            item, "responseDeclaration", identifier=name, cardinality=cardinality, baseType=kind
        )
        correct = ET.SubElement(declared, "correctResponse")
        for value in values:
            ET.SubElement(correct, "value").text = value


def _stem_with_blanks(body: ET.Element, question: Question) -> None:
    line = ET.SubElement(body, "p")
    # Split before it is made safe: what is taken out may be all that keeps two blanks apart.
    pieces = [safe(piece) for piece in BLANK.split(question.stem)]
    line.text = one_line(pieces[0])
    for name, words, piece in zip(_names(question), question.answer, pieces[1:], strict=True):
        length = str(max(len(word) for word in words) + 4)
        entry = ET.SubElement(
            line, "textEntryInteraction", responseIdentifier=name, expectedLength=length
        )
        entry.tail = one_line(piece)


def _interaction(body: ET.Element, question: Question) -> None:
    if question.type == "blank":
        return
    if question.type == "match":
        _match(body, question)
        return
    is_judge = question.type == "judge"
    attributes = {"responseIdentifier": "RESPONSE", "shuffle": str(not is_judge).lower()}
    if question.type == "order":
        kind = "orderInteraction"
    else:
        kind = "choiceInteraction"
        attributes["maxChoices"] = "0" if question.type == "multiple" else "1"
    element = ET.SubElement(body, kind, attributes)
    options = {"TRUE": "对", "FALSE": "错"} if is_judge else question.options
    for name, text in options.items():
        choice = ET.SubElement(element, "simpleChoice", identifier=name)
        if name in question.fixed_options:
            choice.set("fixed", "true")
        choice.text = one_line(text)


def _match(body: ET.Element, question: Question) -> None:
    element = ET.SubElement(
        body,
        "matchInteraction",
        responseIdentifier="RESPONSE",
        shuffle="true",
        maxAssociations=str(len(question.left)),
    )
    for prefix, parts in (("L", question.left), ("R", question.right)):
        group = ET.SubElement(element, "simpleMatchSet")
        for sign, text in parts.items():
            name = f"{prefix}_{sign}"
            choice = ET.SubElement(group, "simpleAssociableChoice", identifier=name, matchMax="1")
            choice.text = one_line(text)


def _process(item: ET.Element, question: Question) -> None:
    """Right or wrong, a score, and which feedback: written out, for players without templates."""
    processing = ET.SubElement(item, "responseProcessing")
    condition = ET.SubElement(processing, "responseCondition")
    tag = "responseIf"
    if question.type == "blank":
        # Comparing what was left empty is null by the specification, but an error to a player.
        empty = ET.SubElement(condition, tag)
        _is_empty(empty, _names(question))
        _set_outcomes(empty, "0", WRONG)
        tag = "responseElseIf"
    right = ET.SubElement(condition, tag)
    _is_right(right, question)
    _set_outcomes(right, "1", RIGHT)
    _set_outcomes(ET.SubElement(condition, "responseElse"), "0", WRONG)


def _set_outcomes(branch: ET.Element, score: str, feedback: str) -> None:
    for name, kind, value in (("SCORE", "float", score), ("FEEDBACK", "identifier", feedback)):
        setting = ET.SubElement(branch, "setOutcomeValue", identifier=name)
        ET.SubElement(setting, "baseValue", baseType=kind).text = value


def _is_empty(branch: ET.Element, names: list[str]) -> None:
    place = ET.SubElement(branch, "or") if len(names) > 1 else branch
    for name in names:
        ET.SubElement(ET.SubElement(place, "isNull"), "variable", identifier=name)


def _is_right(branch: ET.Element, question: Question) -> None:
    if question.type != "blank":
        match = ET.SubElement(branch, "match")
        ET.SubElement(match, "variable", identifier="RESPONSE")
        ET.SubElement(match, "correct", identifier="RESPONSE")
        return
    swaps = question.any_order and len(question.answer) <= SWAPPED
    orders = list(permutations(question.answer)) if swaps else [question.answer]
    place = ET.SubElement(branch, "or") if len(orders) > 1 else branch
    for order in orders:
        every = ET.SubElement(place, "and")
        for name, words in zip(_names(question), order, strict=True):
            one = ET.SubElement(every, "or")
            for word in words:
                match = ET.SubElement(one, "stringMatch", caseSensitive="false")
                ET.SubElement(match, "variable", identifier=name)
                ET.SubElement(match, "baseValue", baseType="string").text = safe(word)


def _feedback(
    item: ET.Element,
    name: str,
    title: str,
    first: list[str],
    question: Question,
    material: Material,
) -> None:
    shown = ET.SubElement(
        item,
        "modalFeedback",
        outcomeIdentifier="FEEDBACK",
        identifier=name,
        showHide="show",
        title=title,
    )
    for line in (*first, question.explanation, *reference_lines(material, question)):
        _lines(shown, line)
