"""Word's formulas (OMML) on one line: (a+b)/2, x^2, √(a), ∑_(i=1)^n; nothing of them is lost."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.package import child, value
from jingzhong.exchange.questions.word_signs import grouped

_PROPERTIES = frozenset({"rPr", "ctrlPr", "oMathParaPr", "del", "moveFrom"})
_ACCENTS = {"\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "¯", "\u20d7": "→"}


def linear(element: Element | None) -> str:
    """A formula, or a part of it, as one line of text."""
    if element is None:
        return ""
    return "".join(_one(item) for item in element)


def _one(item: Element) -> str:
    if item.tag in ("t", "delText"):
        return (item.text or "") if item.tag == "t" else ""
    if item.tag in _PROPERTIES or (item.tag.endswith("Pr") and item.tag != "sPr"):
        return ""
    if item.tag == "br":
        return " "
    known = _FORMS.get(item.tag)
    return known(item) if known else linear(item)


def _part(item: Element, name: str) -> str:
    return linear(child(item, name)).strip()


def _fraction(item: Element) -> str:
    over, under = _part(item, "num"), _part(item, "den")
    if value(item, "fPr", "type") == "noBar":
        return f"({over}; {under})"
    return f"{grouped(over)}/{grouped(under)}"


def _scripts(item: Element) -> str:
    below, above = _part(item, "sub"), _part(item, "sup")
    text = _part(item, "e")
    text = grouped(text) if len(text) > 1 and below + above else text
    return text + (f"_{grouped(below)}" if below else "") + (f"^{grouped(above)}" if above else "")


def _before(item: Element) -> str:
    below, above = _part(item, "sub"), _part(item, "sup")
    signs = (f"_{grouped(below)}" if below else "") + (f"^{grouped(above)}" if above else "")
    return signs + _part(item, "e")


def _root(item: Element) -> str:
    degree = _part(item, "deg")
    return f"{degree}√{grouped(_part(item, 'e'))}"


def _sum(item: Element) -> str:
    sign = value(item, "naryPr", "chr") or "∫"
    below, above = _part(item, "sub"), _part(item, "sup")
    bounds = (f"_{grouped(below)}" if below else "") + (f"^{grouped(above)}" if above else "")
    return f"{sign}{bounds} {_part(item, 'e')}"


def _fence(item: Element) -> str:
    properties = child(item, "dPr")
    shown = {
        name: found.get("val", "")
        for name in ("begChr", "endChr", "sepChr")
        if (found := child(properties, name)) is not None
    }
    inner = shown.get("sepChr", "|").join(linear(part) for part in item if part.tag == "e")
    return f"{shown.get('begChr', '(')}{inner}{shown.get('endChr', ')')}"


def _matrix(item: Element) -> str:
    rows = [", ".join(linear(e) for e in row if e.tag == "e") for row in item if row.tag == "mr"]
    return "; ".join(rows)


def _lines(item: Element) -> str:
    return "; ".join(linear(part) for part in item if part.tag == "e")


def _accent(item: Element) -> str:
    found = value(item, "accPr", "chr") or "\u0302"
    return f"{grouped(_part(item, 'e'))}{_ACCENTS.get(found, found)}"


def _function(item: Element) -> str:
    return f"{_part(item, 'fName')}{grouped(_part(item, 'e'))}"


def _limit(item: Element) -> str:
    mark = "_" if item.tag == "limLow" else "^"
    return f"{_part(item, 'e')}{mark}{grouped(_part(item, 'lim'))}"


_FORMS: dict[str, Callable[[Element], str]] = {
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "sPre": _before,
    "rad": _root,
    "nary": _sum,
    "d": _fence,
    "m": _matrix,
    "eqArr": _lines,
    "acc": _accent,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
}
