"""Markdown to the words that a reader sees: fast, and good enough to search in.

Signs that folding drops anyway are removed only where they would stand in an excerpt.
"""

from __future__ import annotations

import html
import re

_IMAGE_OR_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[[^\]]*\])"
)
_BLOCK = re.compile(
    r"(?m)^[ \t]*(?:(?:>[ \t]?)+|[-*+][ \t]+|#{1,6}[ \t]+|\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$|(?:```|~~~).*$)"
)
_NUMBERED = re.compile(r"(?m)(?:\A|(?<=\n\n)|(?<=\n))[ \t]*\d{1,3}\.[ \t]+")
_STRESSED = re.compile(r"(?<!\w)(_{1,2})(?=[^\s_])(.+?)(?<=[^\s_])\1(?!\w)")
_STARS = re.compile(r"[*`]+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[#.][^{}\n]*\}")
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_MARKS = re.compile(r"[\[\]*`_#>|\\<&{~-]")
_HEADING = re.compile(r"#{1,6}\s*[^#\s]")


# Escaped signs wait in the private area until the others have gone.
_KEPT = 0xE000
_GIVEN_BACK = {_KEPT + code: chr(code) for code in range(128)}


def plain_text(markdown: str, *, raw_html: bool = False) -> str:
    """The text of Markdown; with `raw_html`, tags and attribute lists go too."""
    text = markdown.strip()
    if _MARKS.search(text) or ". " in text or ".\t" in text:
        text = _ESCAPE.sub(lambda match: chr(_KEPT + ord(match[1])), text)
        text = _AUTOLINK.sub(r"\1", text)
        text = _IMAGE_OR_LINK.sub(r"\1", text)
        text = _NUMBERED.sub("", _BLOCK.sub("", text))
        if raw_html:
            text = _ATTRIBUTES.sub("", _TAG.sub("", text))
        text = _STARS.sub("", _STRESSED.sub(r"\2", text)).replace("|", " ")
        text = text.translate(_GIVEN_BACK)
        if "&" in text:
            text = html.unescape(text)
    return "\n".join(filter(None, map(str.strip, text.split("\n"))))


def sections(markdown: str) -> list[tuple[str, str]]:
    """(heading, text) of a hand-written page; the first heading is empty."""
    found: list[tuple[str, list[str]]] = [("", [])]
    fenced = False
    for line in markdown.split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if line[:1] == "#" and not fenced and _HEADING.match(line):
            found.append((line.strip("# \t"), []))
        else:
            found[-1][1].append(line)
    return [(heading, "\n".join(lines)) for heading, lines in found]
