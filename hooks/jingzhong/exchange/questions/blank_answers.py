"""The answers of blanks: one text cut into as many as the stem has blanks."""

from __future__ import annotations

import re

from jingzhong.exchange.questions.tidy import join_lines
from jingzhong.exchange.questions.value import Value

_ITEM = re.compile(
    r"[ \t\n]*(?:\([1-9]\d?\)|（[1-9]\d?）|[①-⑩]|[1-9]\d?[ \t]*[、.．)）](?!\d)|空[一二三四五六1-9][:：]|第[一二三四五六1-9]空[:：]?)[ \t]*"
)


def split_blanks(raw: str, blanks: int) -> list[str]:
    """The answers of several blanks; one text where the signs do not tell them apart."""
    raw = raw.strip()
    items = [part for part in _ITEM.split(raw) if part.strip(" \t\n;；,，、")]
    if len(items) > 1 and _ITEM.match(raw) and (not blanks or len(items) == blanks):
        return [_item(part) for part in items]
    if blanks == 1:
        lead = _ITEM.match(raw)
        single = raw[lead.end() :] if lead and len(items) == 1 else raw
        return [_item(single)]
    for sign in (r"[;；]", r"[|｜]", r"\s*\n\s*", r"[、]", r"[,，]", r"\s{2,}", r"\s+", r"/"):
        parts = [part for part in re.split(sign, raw.strip("。；; \t\n")) if part.strip()]
        if len(parts) > 1 and (
            len(parts) == blanks or (not blanks and sign in (r"[;；]", r"[|｜]"))
        ):
            return [_item(part) for part in parts]
    return [_item(raw)]


def _item(text: str) -> str:
    return re.sub(r"[。；;，,、]+$", "", join_lines(text).strip()).strip()


def as_blanks(raw: str, blanks: int) -> Value:
    """The texts for a stem's blanks (0: unknown how many), doubtful where the counts differ."""
    lines = [line for line in raw.strip().split("\n") if line.strip()]
    rest = ""
    listed = sum(bool(_ITEM.match(line)) for line in lines) > 1
    if len(lines) > 1 and blanks and not listed:
        # What follows a complete answer on a line of its own is a reason or a reference.
        wrapped = len(lines[0].strip()) >= 25 and not re.search(r"[。；;]$", lines[0].strip())
        if len(split_blanks(lines[0], blanks)) == blanks and not wrapped:
            raw, rest = lines[0], "\n".join(lines[1:])
    texts = [text for text in split_blanks(raw, blanks) if text]
    if not texts:
        return Value()
    doubts = []
    if blanks and len(texts) != blanks:
        doubts.append(("blank_count", f"题干有 {blanks} 个空，答案分出 {len(texts)} 个"))
    return Value(texts, rest, doubts=doubts, kind="blank")


_LINES = re.compile(r"_{2,}")
_SENTENCE = re.compile(r"[。？！；：?!;:，,]$|_{2,}|[（(][ \t]*[）)]")


def blanks_below(stem: str) -> tuple[str, list[str]]:
    """(first line, the words on the lines below it), as many as the line leaves blanks.

    ("____ is …。", n lines) only: a line that ends like a sentence, or leaves a blank, goes on with
    the stem; then the stem is given back whole.
    """
    first, *rest = [line.strip() for line in stem.strip().split("\n") if line.strip()] or [""]
    gaps = len(_LINES.findall(first.replace("＿", "_")))
    ended = re.search(r"[。.？?！!；;]$", first) is not None
    if not ended or not gaps or len(rest) != gaps:
        return stem, []
    if any(len(line) > 30 or _SENTENCE.search(line) for line in rest):
        return stem, []
    return first, rest
