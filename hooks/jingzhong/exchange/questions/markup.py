"""Fields with markup as text: tags off, entities read, lines of code kept apart."""

from __future__ import annotations

import html
import re

from jingzhong.exchange.questions.tidy import join_lines, plain

# Stands for a line break that must stay while a text is tidied.
KEPT = "\ue020"
_BREAK = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/tr|hr)\s*/?>")
_IMAGE = re.compile(r"(?i)<img\b[^<>]{0,2000}>|\[[\w\-]{1,60}\.(?:gif|jpe?g|png|bmp|webp)\]")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_HAS_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?|!--[^<>]*)>")
# Not （↵）, “↵” and ↵键, which name the key.
_RETURN = re.compile(r"(?<![（(“\"‘'\[【按])↵(?![）)”\"’'\]】键])")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_CODE_LINE = re.compile(
    r"^[\x20-\x7e\xa0]*[=(){};][\x20-\x7e\xa0]*$|^\s*(?:Dim|End|If|For|Print|return|int|def)\b"
)


def plain_markup(text: str, *, lines: bool = False) -> str:
    """A field's text; `lines` keeps every line break, else only those of code (as `KEPT`)."""
    if "<" in text and _HAS_TAG.search(text):
        text = _IMAGE.sub(_picture, text)
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if "&" in text and _ENTITY.search(text):
        text = unescaped(text)
    text = broken(plain(text.replace("\r\n", "\n").replace("\r", "\n")))
    if lines:
        return text.strip()
    told = [line for line in text.split("\n") if line.strip()]
    if sum(bool(_CODE_LINE.search(line)) for line in told) >= 2:
        return KEPT.join(line.rstrip() for line in told).strip()
    return join_lines(text).strip()


def broken(text: str) -> str:
    """A text with its line-break signs ↵ as line breaks; the key of that name stays."""
    return _RETURN.sub("\n", text) if "↵" in text else text


def unescaped(text: str) -> str:
    """Entities as the signs they stand for; an & of a shop's name stays."""
    once = html.unescape(_ENTITY.sub(lambda match: match[0], text))
    return once.replace("\xa0", " ")


def _picture(match: re.Match[str]) -> str:
    return "" if match[0].startswith("<") else match[0]


def pictured(*texts: object) -> bool:
    """Whether a text holds a picture's tag or the name of its file."""
    return any(isinstance(text, str) and _IMAGE.search(text) is not None for text in texts)
