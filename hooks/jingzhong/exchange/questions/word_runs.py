"""The paragraphs of a Word file as text: runs, fields, controls, formulas, signs, hidden text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.package import child, value, within
from jingzhong.exchange.questions.tidy import PICTURED, TINTED, UNDER
from jingzhong.exchange.questions.word_looks import Looks, Way
from jingzhong.exchange.questions.word_math import linear
from jingzhong.exchange.questions.word_notes import DELETED, Notes
from jingzhong.exchange.questions.word_signs import (
    UNKNOWN,
    coded,
    field_text,
    in_symbol_font,
    is_symbol_font,
    lowered,
    raised,
)

_SKIPPED = frozenset(
    {"instrText", "Fallback", "pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "fldData"}
)
_REFERENCES = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
}
# Fields whose results are counted by pages, not written by anyone.
_PAGED = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
_OFF = ("0", "false", "off")
_HOST = ("drawing", "pict", "object", "AlternateContent")


@dataclass
class _Field:
    """A field that is open: its code, then its result."""

    code: str = ""
    result: bool = False
    shown: bool = False

    @property
    def kind(self) -> str:
        words = self.code.split(None, 1)
        return words[0].upper() if words else ""


class Runs:
    """Turns paragraphs into text; what is lost or only told is put into `notes`."""

    def __init__(self, looks: Looks, way: Way) -> None:
        self.way = way
        self.notes = Notes()
        # Look → how many paragraphs have it somewhere.
        self.seen_looks: Counter[str] = Counter()
        self._met: set[str] = set()
        self._looks = looks
        self._line = 0
        self._style = ""
        self._last = ""
        self._fields: list[_Field] = []
        self._automatic = 0
        self._links = 0

    def text(self, paragraph: Element, line: int) -> tuple[str, list[Element]]:
        """(what a paragraph says, the text boxes in it)."""
        before = self._line, self._style, self._last
        self._line, self._style, self._last = line, value(child(paragraph, "pPr"), "pStyle"), ""
        boxes: list[Element] = []
        self._met = set()
        text = "".join(self._pieces(paragraph, boxes))
        self.seen_looks.update(self._met)
        # A field whose end is missing hides nothing behind its paragraph.
        self._fields = [one for one in self._fields if one.result and one.kind not in _PAGED]
        self._line, self._style, self._last = before
        return text.replace(UNDER + UNDER, "").replace(TINTED + TINTED, ""), boxes

    def _pieces(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        for item in element:
            if item.tag == "r":
                yield from self._run(item, boxes)
            elif item.tag in ("oMath", "oMathPara"):
                yield self._formula(item)
            elif item.tag == "sdt":
                yield from self._control(item, boxes)
            elif item.tag == "fldSimple":
                yield from self._simple(item, boxes)
            elif item.tag in ("del", "moveFrom"):
                self._deleted(item)
            elif item.tag in ("ins", "moveTo"):
                pieces = list(self._pieces(item, boxes))
                self._changed("inserted", "".join(pieces))
                yield from pieces
            elif item.tag == "hyperlink":
                self._links += 1
                yield from self._pieces(item, boxes)
                self._links -= 1
            elif item.tag not in _SKIPPED:
                yield from self._pieces(item, boxes)

    def _deleted(self, item: Element) -> None:
        """Deleted text is not read, nor its notes given to anyone; it is told."""
        words = "".join(part.text or "" for part in within(item, "delText", "t"))
        for name, kind in _REFERENCES.items():
            for found in within(item, name):
                self.notes.references.append((self._line, f"{DELETED}{kind}", found.get("id", "")))
        if item.tag == "del":
            self._changed("deleted", words)

    def _changed(self, kind: str, text: str) -> None:
        if text.strip():
            self.notes.see(kind, self._line, text)

    def _formula(self, item: Element) -> str:
        text = linear(item)
        if text.strip():
            self.notes.see("formula", self._line, text)
            self._last = text[-1]
        return text

    def _control(self, item: Element, boxes: list[Element]) -> Iterator[str]:
        """A content control: a box that is ticked or not, a gap still to be filled, or text."""
        properties = child(item, "sdtPr")
        box = child(properties, "checkbox")
        if box is not None:
            # Word's own sign of a ticked box is ☒, which anywhere else means wrong.
            yield "√" if value(box, "checked") in ("1", "true", "on") else "□"
        elif child(properties, "showingPlcHdr") is not None:
            yield "____"
        else:
            yield from self._pieces(item, boxes)

    def _simple(self, item: Element, boxes: list[Element]) -> Iterator[str]:
        field = _Field(item.get("instr", ""))
        if field.kind in _PAGED:
            return
        pieces = list(self._pieces(item, boxes))
        yield from pieces if "".join(pieces).strip() else [self._ended(field)]

    def _ended(self, field: _Field) -> str:
        """What a field without a result shows."""
        if field.kind == "FORMCHECKBOX":
            return ""
        if field.kind in ("AUTONUM", "AUTONUMLGL", "AUTONUMOUT"):
            self._automatic += 1
            return f"{self._automatic}. "
        text = field_text(field.code)
        if text is None:
            if field.kind == "LISTNUM":
                self.notes.see("unknown_field", self._line, field.code)
                return UNKNOWN
            return ""
        if UNKNOWN in text:
            self.notes.see("unknown_sign", self._line, field.code)
        if field.kind == "EQ" and ("\\o\\ad" in field.code or "\\s\\up" in field.code):
            self.notes.see("ruby", self._line, text)
        elif field.kind == "EQ" and "\\o\\ac" not in field.code:
            self.notes.see("formula", self._line, text)
        return text

    def _run(self, run: Element, boxes: list[Element]) -> Iterator[str]:
        properties = child(run, "rPr")
        looks = self._looks.of(properties, self._style)
        text = "".join(self._signs(run, boxes, _font(properties)))
        if not text:
            return
        if "hidden" in looks and text.strip():
            self.notes.see("hidden", self._line, text.replace(PICTURED, ""))
        if "hidden" in looks and not self.way.hidden:
            return
        if not text.strip():
            self._last = text[-1]
            lined = _direct_line(properties) and not self._is_link()
            yield UNDER + text + UNDER if lined else text
            return
        struck = child(properties, "strike")
        if struck is not None and struck.get("val", "") not in _OFF:
            self.notes.see("struck", self._line, text)
        if "dotted" in looks:
            self.notes.see("dotted", self._line, text)
        place = value(properties, "vertAlign")
        if place in ("superscript", "subscript"):
            text = (raised if place == "superscript" else lowered)(text, self._last)
        self._last = text.rstrip("\n")[-1:] or self._last
        if not self._is_link():
            self._met |= looks
            if _direct_line(properties):
                text = UNDER + text + UNDER
            if any(marks <= looks for marks in self.way.rule):
                text = TINTED + text + TINTED
        yield text

    def _is_link(self) -> bool:
        """Links are blue and underlined whatever they say."""
        return self._links > 0 or any(one.kind == "HYPERLINK" for one in self._fields)

    def _signs(self, run: Element, boxes: list[Element], font: str) -> Iterator[str]:
        for item in run:
            if item.tag in ("fldChar", "instrText"):
                yield from self._field(item)
            elif any(not one.result or one.kind in _PAGED for one in self._fields):
                continue
            elif item.tag == "t":
                text = item.text or ""
                for one in self._fields:
                    one.shown = one.shown or bool(text.strip())
                yield self._known(in_symbol_font(text, font)) if font else text
            elif item.tag == "sym":
                yield self._known(coded(item.get("char", ""), item.get("font", "")))
            elif item.tag in ("tab", "ptab"):
                yield "\t"
            elif item.tag in ("br", "cr"):
                yield "\n"
            elif item.tag == "noBreakHyphen":
                yield "-"
            elif item.tag == "ruby":
                yield from self._ruby(item, boxes)
            elif item.tag in _REFERENCES:
                told = (self._line, _REFERENCES[item.tag], item.get("id", ""))
                self.notes.references.append(told)
            elif item.tag in _HOST:
                yield self._shape(item, boxes)

    def _known(self, text: str) -> str:
        if UNKNOWN in text:
            self.notes.see("unknown_sign", self._line, text)
        return text

    def _field(self, item: Element) -> Iterator[str]:
        """fldChar begin, code, separate, result, end: only what the field shows is text."""
        kind = item.get("fldCharType", "")
        if item.tag == "instrText":
            if self._fields and not self._fields[-1].result:
                self._fields[-1].code += item.text or ""
        elif kind == "begin":
            self._fields.append(_Field())
            box = child(item, "ffData", "checkBox")
            if box is not None:
                ticked = child(box, "checked")
                ticked = child(box, "default") if ticked is None else ticked
                on = ticked is not None and ticked.get("val", "1") not in _OFF
                yield "√" if on else "□"
        elif kind == "separate" and self._fields:
            self._fields[-1].result = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            if not field.shown and field.kind not in _PAGED:
                text = self._ended(field)
                if self._fields and not self._fields[-1].result:
                    self._fields[-1].code += text
                else:
                    yield text

    def _ruby(self, item: Element, boxes: list[Element]) -> Iterator[str]:
        base = child(item, "rubyBase")
        pieces = list(self._pieces(base, boxes)) if base is not None else []
        self.notes.see("ruby", self._line, "".join(pieces))
        yield from pieces

    def _shape(self, item: Element, boxes: list[Element]) -> str:
        """A picture's place; the text of boxes goes behind the paragraph, that of WordArt into it."""
        parts = list(_shown(item))
        found = [part for part in parts if part.tag == "txbxContent"]
        boxes += found
        art = [part.get("string", "") for part in parts if part.tag == "textpath"]
        if words := "".join(art).strip():
            self.notes.see("word_art", self._line, words)
            return words
        line = any(part.get("hr") == "t" for part in parts)
        return "" if found or line else PICTURED


def _font(properties: Element | None) -> str:
    """The font of signs that a run is set in, or ""."""
    fonts = child(properties, "rFonts")
    name = (fonts.get("ascii") or fonts.get("hAnsi") or "") if fonts is not None else ""
    return name if is_symbol_font(name) else ""


def _direct_line(properties: Element | None) -> bool:
    """Underlined by hand: an answer may be marked so; a style that underlines is a look."""
    line = value(properties, "u")
    return bool(line) and line != "none"


def _shown(element: Element) -> Iterator[Element]:
    """The parts of a shape as Word shows it; a text box is read by whoever takes it."""
    yield element
    for item in element if element.tag != "txbxContent" else ():
        if item.tag != "Fallback":
            yield from _shown(item)
