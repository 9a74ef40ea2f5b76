"""QTI 2.1, 2.2 and 3.0: choice and text-entry items, in a file or a content package."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.answers import judge_options
from jingzhong.exchange.questions.blanks import GAP
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.package import Package, parse_xml
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.value import Value

_ITEM = ("assessmentItem", "qti-assessment-item")


def is_item(root: Element) -> bool:
    """Whether a tree is a QTI item, or holds some."""
    return any(part.tag in _ITEM for part in root.iter())


def read_package(package: Package) -> Haul | None:
    """The items of a content package, in the order of its manifest; None where it has none."""
    names = sorted(
        name
        for name in package.names
        if name.lower().endswith(".xml") and not name.startswith("__MACOSX")
    )
    if "imsmanifest.xml" in package.names:
        listed = re.findall(
            r'href="([^"]+\.xml)"', package.read("imsmanifest.xml").decode("utf-8", "replace")
        )
        names = [name for name in dict.fromkeys(listed) if name in package.names] or names
    haul = Haul()
    seen = False
    for name in names:
        root = parse_xml(package.read(name), name)
        if is_item(root):
            seen = True
            haul.take(read_items(root))
    return haul if seen else None


def read_items(root: Element) -> Haul:
    """All items of a tree."""
    haul = Haul()
    items = [part for part in root.iter() if part.tag in _ITEM]
    for number, item in enumerate(items, 1):
        found = _item(item, number)
        if found is None:
            haul.note(number, "unknown_type", f"第 {number} 个题目不是选择题或填空题，没有读")
        else:
            haul.questions.append(found)
    return haul


def _plain(name: str) -> str:
    """qti-choice-interaction and choiceInteraction as one name."""
    return name.removeprefix("qti-").replace("-", "").lower()


def _attribute(element: Element, name: str) -> str:
    return next(
        (text for key, text in element.attrib.items() if key.replace("-", "").lower() == name), ""
    )


def _find(element: Element, name: str) -> list[Element]:
    return [part for part in element.iter() if _plain(part.tag) == name]


def _text(element: Element, *, skip: tuple[str, ...] = ()) -> str:
    """The words of an element; interactions named in `skip` become a blank or nothing."""
    name = _plain(element.tag)
    if name == "textentryinteraction":
        return GAP
    if name in skip:
        return ""
    parts = [element.text or ""]
    for part in element:
        parts.append(_text(part, skip=skip))
        parts.append(part.tail or "")
    text = "".join(parts)
    return re.sub(r"\s+", " ", text) + ("\n" if name in ("p", "div", "br", "li", "prompt") else "")


def _item(item: Element, number: int) -> Found | None:
    bodies = _find(item, "itembody")
    if not bodies:
        return None
    body = bodies[0]
    found = Found("", "", number, number=str(number))
    keys = {
        _attribute(declaration, "identifier"): [
            (part.text or "").strip()
            for part in _find(declaration, "value")
            if part in _correct(declaration)
        ]
        for declaration in _find(item, "responsedeclaration")
    }
    feedback = [
        _text(part).strip()
        for part in [*_find(item, "modalfeedback"), *_find(body, "feedbackblock")]
    ]
    hidden = (
        "choiceinteraction",
        "modalfeedback",
        "feedbackblock",
        "feedbackinline",
        "orderinteraction",
        "rubricblock",
    )
    choices = _find(body, "choiceinteraction")
    if choices:
        interaction = choices[0]
        prompt = "\n".join(_text(part) for part in _find(interaction, "prompt"))
        stem = (_text(body, skip=hidden) + prompt).strip()
        names: dict[str, str] = {}
        for place, choice in enumerate(_find(interaction, "simplechoice")[:10]):
            letter = chr(65 + place)
            names[_attribute(choice, "identifier")] = letter
            found.options[letter] = _text(choice, skip=("feedbackinline",)).strip()
        right = keys.get(_attribute(interaction, "responseidentifier"), [])
        letters = "".join(sorted(names[name] for name in right if name in names))
        several = _attribute(interaction, "maxchoices") not in ("1", "")
        typed = (
            "judge"
            if judge_options(found.options)
            else "multiple"
            if several and len(letters) != 1
            else ""
        )
        settle(
            found,
            stem,
            [Value(letters or None, kind="single" if len(letters) == 1 else "multiple")],
            typed,
        )
    elif entries := _find(body, "textentryinteraction"):
        stem = _text(body, skip=hidden).strip()
        right_texts = [
            keys.get(_attribute(entry, "responseidentifier"), [])[:1] for entry in entries
        ]
        texts = [text[0] for text in right_texts if text]
        settle(
            found,
            stem,
            [Value(texts if len(texts) == len(entries) else None, kind="blank")],
            "blank",
        )
    elif _find(body, "extendedtextinteraction"):
        stem = _text(body, skip=(*hidden, "extendedtextinteraction")).strip() or "\n".join(
            _text(part) for part in _find(body, "prompt")
        )
        settle(found, stem, [Value(None)], "short")
    else:
        return None
    found.explanation = "\n".join(dict.fromkeys(text for text in feedback if text))
    return found


def _correct(declaration: Element) -> list[Element]:
    """The value elements of the correct response (a mapping has others)."""
    return [
        value
        for response in _find(declaration, "correctresponse")
        for value in _find(response, "value")
    ]
