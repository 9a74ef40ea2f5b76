"""Signs that Word keeps as codes: symbol fonts, raised and lowered text, EQ and SYMBOL fields."""

from __future__ import annotations

import re

# What a sign that nothing here knows is shown as (the printers' mark for a missing type).
UNKNOWN = "〓"

_WINGDINGS = {
    0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0x75: "◆",
    0x76: "◆", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA4: "●", 0xA7: "•", 0xA8: "□", 0xD8: "➢",
    0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "⇒", 0xFB: "×", 0xFC: "√",
    0xFD: "×", 0xFE: "√", 0x4A: "☺", 0x28: "☎", 0x46: "☞", 0x20: " ",
    **{0x81 + place: sign for place, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8C + place: sign for place, sign in enumerate("❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "×", 0x50: "√", 0x51: "×", 0x52: "√", 0x53: "×", 0x54: "×", 0x56: "×", 0x97: "●",
    0x98: "●", 0x99: "○", 0xA3: "□", 0xA2: "■", 0x20: " ",
    **{0x6A + place: sign for place, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
}  # fmt: skip
_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    **{code: chr(code) for code in b" !#%&()+,./0123456789:;<=>?[]_{|}"},
    0x22: "∀", 0x24: "∃", 0x2A: "∗", 0x2D: "−", 0x5E: "⊥", 0x7E: "∼", 0xA3: "≤", 0xA5: "∞",
    0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xC9: "⊃", 0xCC: "⊂", 0xCE: "∈",
    0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WEBDINGS = {0x61: "√", 0x72: "×", 0x63: "□", 0x67: "■", 0x6E: "●", 0x20: " "}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "symbol": _SYMBOL,
    "webdings": _WEBDINGS,
}
_RAISED = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
# A raised o is how a degree sign is made by hand.
_DEGREE = frozenset("oO○°º")
_ORDINALS = frozenset(("st", "nd", "rd", "th"))


def is_symbol_font(name: str) -> bool:
    """Whether a font has signs in place of letters."""
    return name.strip().lower() in _FONTS


def symbol(code: int, font: str) -> str:
    """The sign that a font of signs has at a code (0xFC or 0xF0FC); UNKNOWN for what is not known.

    Other fonts have letters there.
    """
    table = _FONTS.get(font.strip().lower())
    if table is None:
        return chr(code) if 0x20 <= code < 0xD800 else UNKNOWN
    return table.get(code & 0xFF if 0xF000 <= code <= 0xF0FF else code, UNKNOWN)


def coded(code: str, font: str) -> str:
    """The sign of a `w:sym`, whose code is hexadecimal."""
    try:
        return symbol(int(code, 16), font)
    except (ValueError, OverflowError):
        return UNKNOWN


def in_symbol_font(text: str, font: str) -> str:
    """A run's letters as the signs that its font shows; Chinese in it is Chinese."""
    return "".join(
        symbol(ord(sign), font) if ord(sign) < 0x100 or 0xF000 <= ord(sign) <= 0xF0FF else sign
        for sign in text
    )


def raised(text: str, before: str) -> str:
    """Raised text on one line: m² 10⁻³ x^y 90°; plain where nothing stands before to raise it at."""
    if not (before.isalnum() or (before and before in ")]）℃Ωμ")) or not text.strip():
        return text
    if text.strip() in _DEGREE and before.isdigit():
        return "°"
    return _shifted(text, _RAISED, "^")


def lowered(text: str, before: str) -> str:
    """Lowered text on one line: H₂O, U_max."""
    if not (before.isalnum() or (before and before in ")]）")) or not text.strip():
        return text
    return _shifted(text, _LOWERED, "_")


def _shifted(text: str, signs: dict[str, str], mark: str) -> str:
    if all(sign in signs for sign in text):
        return "".join(signs[sign] for sign in text)
    if not text.isascii() or not text.strip().isalnum() or text.strip() in _ORDINALS:
        return text
    return f"{mark}{text.strip()}" if len(text.strip()) == 1 else f"{mark}({text.strip()})"


_CIRCLED = dict(zip(map(str, range(1, 21)), "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", strict=True))
_SYMBOL_FIELD = re.compile(r"\s*SYMBOL\s+(0x[0-9a-fA-F]{1,4}|\d{1,5})(?:.*?\\f\s*\"?([\w ]+)\"?)?")


def field_text(code: str) -> str | None:
    """What a field without a result shows: EQ, SYMBOL; None where it shows nothing of its own."""
    words = code.split(None, 1)
    kind = words[0].upper() if words else ""
    if kind == "SYMBOL" and (match := _SYMBOL_FIELD.match(code)):
        number = int(match[1], 16 if match[1].startswith("0x") else 10)
        return symbol(number, match[2] or "")
    return equation(words[1]) if kind == "EQ" and len(words) > 1 else None


def equation(code: str) -> str:
    r"""An EQ field on one line: \f(1,2) → (1)/(2); pinyin above a character → the character."""
    code = re.sub(r"\\\*\s*(?:\"[^\"]*\"|\w+)", "", code)[:2000]
    return _parts(code, 0, 0)[0].strip()


def _parts(code: str, at: int, depth: int, stop: str = "") -> tuple[str, int]:
    r"""Text up to one of the signs in `stop`; switches (\f, \r, \o, \s …) are turned into text."""
    done = ""
    while at < len(code) and code[at] not in stop:
        match = re.compile(r"(?:\\[A-Za-z]{1,2}\s*\d*\s*)+(?=[(（])").match(code, at)
        if match and depth < 20:
            names = re.findall(r"\\([A-Za-z]{1,2})", match[0])
            texts, at = [], match.end()
            while at < len(code) and code[at] in "(（,，;":
                text, at = _parts(code, at + 1, depth + 1, ",，;)）")
                texts.append(text.strip())
                if at < len(code) and code[at] in ")）":
                    at += 1
                    break
            done += _switch(names, texts)
        elif code[at] == "\\" and at + 1 < len(code):
            if code[at + 1] in ",;()\\":
                done += code[at + 1]
            at += 2
            if code[at - 1].isalpha():
                at = re.compile(r"[A-Za-z]?\s*\d*\s*").match(code, at).end()  # type: ignore[union-attr]
        elif code[at] in "(（" and depth < 20:
            text, at = _parts(code, at + 1, depth + 1, ")）")
            done += f"({text})"
            at += 1
        else:
            done += code[at]
            at += 1
    return done, at


def _switch(names: list[str], texts: list[str]) -> str:
    name = names[0].lower()
    if name == "f" and len(texts) == 2:
        return f"{grouped(texts[0])}/{grouped(texts[1])}"
    if name == "r":
        root, of = ("", texts[0]) if len(texts) == 1 else (texts[0], texts[-1])
        return f"{root}√{grouped(of)}"
    if name == "o" and len(texts) == 2:
        if texts[0] in ("○", "◯", "O") and texts[1] in _CIRCLED:
            return _CIRCLED[texts[1]]
        # Pinyin above a character; a ring around a letter.
        return texts[1] or texts[0]
    if name == "b":
        return f"({', '.join(texts)})"
    if name == "s" and names[1:2] == ["up"] and texts:
        return texts[0]
    return ", ".join(texts) if len(texts) > 1 else "".join(texts)


def grouped(text: str) -> str:
    """In brackets, unless it is one number or one letter."""
    return text if re.fullmatch(r"[\w.]+|\(.*\)", text) else f"({text})"
