"""Cells that hold options, and rows of labels (答案 beside B) as lines of text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from jingzhong.exchange.questions.options import find_options, option_text
from jingzhong.exchange.questions.tidy import SCAN, join_lines, plain

_LABELS = re.compile(
    r"(?:题目|题干|试题|问题|选项|备选项|(?:正确|参考|标准)?答案|(?:答案|试题|题目)?解析|题型|依据|难度|知识点)[：:]?"
)


def cells_as_text(cells: Sequence[str]) -> str:
    """A row that is no row of questions as lines of text: 答案 beside B is 答案：B."""
    told = [cell for cell in cells if cell.strip()]
    if len(told) == 2 and _LABELS.fullmatch(told[0].strip()):
        line = "\n" if "\n" in told[1] else ""
        return f"{told[0].strip().rstrip('：:')}：{line}{told[1]}"
    return ("\t" if all("\n" not in cell for cell in told) else "\n").join(told)


def own_letter(letter: str, cell: str) -> str:
    """An option's cell without the letter that its column has already."""
    text = cell.strip()
    match = re.match(
        r"[(（\[【]?[ \t]*([A-J])[ \t]*(?:[)）\]】]|[.、．:：,，])[ \t]*(?=\S)",
        text.translate(SCAN),
    )
    if match and match[1] == letter:
        text = text[match.end() :]
    return join_lines(plain(text)).strip()


def split_options(cell: str) -> dict[str, str]:
    """The options of one cell: with letters, as a JSON list, or parted by signs."""
    text = cell.strip()
    if text[:1] in "[{":
        try:
            parsed = json.loads(text)
        except (ValueError, RecursionError):
            parsed = None
        if isinstance(parsed, list):
            texts = [_json_text(item) for item in parsed]
            return _by_letters([text for text in texts if text])
        if isinstance(parsed, Mapping):
            return {
                str(key).strip().upper(): own_letter(str(key).strip().upper(), str(item))
                for key, item in list(parsed.items())[:10]
                if str(item).strip()
            }
    scan = text.translate(SCAN)
    found = find_options(scan, 0, len(scan), ())
    if len(found) >= 2:
        return {
            option.letter: option_text(text[option.text : option.end]).strip("|$")
            for option in found
        }
    for sign in (r"\n", r"\$", r"[|｜]", r"\^", r"#", r"[;；]", r"\t", r"、"):
        parts = [part.strip() for part in re.split(sign, text) if part.strip()]
        if len(parts) >= 2:
            return _by_letters(parts)
    return {}


def _json_text(item: object) -> str:
    if isinstance(item, Mapping):
        for key in ("text", "content", "value", "label", "name", "option", "title"):
            if item.get(key):
                return str(item[key]).strip()
        return ""
    return str(item).strip()


def _by_letters(parts: Sequence[str]) -> dict[str, str]:
    return {
        chr(ord("A") + place): own_letter(chr(ord("A") + place), part)
        for place, part in enumerate(parts[:10])
    }
