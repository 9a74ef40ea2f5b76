"""JSON as programs and people leave it: comments, trailing commas, single quotes, JavaScript, Python."""

from __future__ import annotations

import json
import re
from typing import Any

_LEAD = re.compile(
    r"\s*(?:(?:export\s+default|module\.exports\s*=|(?:export\s+)?(?:var|let|const)\s+[\w$]+\s*=|"
    r"(?:window\.|this\.|exports\.)?[\w$.]+\s*=(?!=)|[\w$.]+\s*\()\s*)(?=[\[{])"
)
_PIECE = re.compile(
    r"""(?P<double>"(?:[^"\\]|\\.)*")
      | (?P<single>'(?:[^'\\]|\\.)*')
      | (?P<back>`(?:[^`\\]|\\.)*`)
      | (?P<comment>//[^\n]*|/\*.*?\*/|\#[^\n]*)
      | (?P<comma>,(?=(?:\s|//[^\n]*\n|/\*.*?\*/|\#[^\n]*\n)*[\]}]))
      | (?P<word>[A-Za-z_$\u4e00-\u9fff][\w$\u4e00-\u9fff]*)
      | (?P<open>\()|(?P<close>\))
      | (?P<other>[^"'`/\#,A-Za-z_$()\u4e00-\u9fff]+|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NAMES = {"True": "true", "False": "false", "None": "null", "undefined": "null", "NaN": "null"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0"}
_MOST = 8_000_000


def read_loose(text: str) -> Any:
    """The value of a text that is JSON or nearly so; None where it is neither."""
    for loosely in (False, True):
        try:
            return json.loads(strict(text) if loosely else text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def strict(text: str) -> str:
    """JavaScript's or Python's way to write data, as JSON."""
    if len(text) > _MOST:
        return text
    lead = _LEAD.match(text)
    body = (text[lead.end() :] if lead else text).strip().rstrip(";").rstrip()
    if lead and lead[0].rstrip().endswith("("):
        body = body.removesuffix(")")
    out: list[str] = []
    called: list[bool] = []
    for match in _PIECE.finditer(body):
        kind, piece = match.lastgroup, match[0]
        if kind in ("comment", "comma"):
            continue
        if kind in ("single", "back") or kind == "double":
            piece = json.dumps(_unescaped(piece[1:-1]), ensure_ascii=False)
        elif kind == "word":
            if piece in ("true", "false", "null"):
                out.append(piece)
                continue
            # ObjectId("…") and u'…' lose their name; a key without quotes gets them.
            if body[match.end() : match.end() + 1] in ("(", "'", '"'):
                continue
            piece = _NAMES.get(piece) or json.dumps(piece, ensure_ascii=False)
        elif kind == "open":
            # The brackets of a tuple are a list's; those of a call are dropped.
            before = body[match.start() - 1 : match.start()]
            called.append(before.isalnum() or before == "_")
            piece = "" if called[-1] else "["
        elif kind == "close":
            piece = "" if not called or called.pop() else "]"
        out.append(piece)
    return "".join(out)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text

    def one(match: re.Match[str]) -> str:
        sign = match[1]
        if sign[0] in "ux" and len(sign) > 1:
            return chr(int(sign[1:], 16))
        return _ESCAPES.get(sign, "" if sign == "\n" else sign)

    joined = re.sub(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", one, text, flags=re.DOTALL)
    return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
