"""What a Word file holds beside its text, told or given to the question that it belongs to.

Footnotes and endnotes go to the explanation of their question; comments, hidden text, revisions,
formulas and signs that cannot be shown are told with their place. Nothing goes without a word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from jingzhong.exchange.questions.answers import read_answer
from jingzhong.exchange.questions.blanks import count_gaps
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.package import Package
from jingzhong.exchange.questions.settling import check
from jingzhong.exchange.questions.tidy import SCAN

_KINDS = {"footnote": "脚注", "endnote": "尾注"}
_SILENT = frozenset({"del", "moveFrom", "instrText", "rPr", "pPr", "rt"})
_ANSWERS = re.compile(
    r"^\s*[(【\[]?(?:正确|标准|参考)?答案[)】\]]?\s*[:]?\s*(?P<words>.{1,60}?)[。.;]?\s*$"
)
_LETTERS = re.compile(r"[^\w\u3400-\u9fff]")
# Before the kind of a note whose reference was deleted under revision: the note goes with it.
DELETED = "deleted "
_SHOWN = 16
_MOST = 3


@dataclass
class Notes:
    """Collected while a document is read; kind → (line, words) in the order of the document."""

    seen: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    references: list[tuple[int, str, str]] = field(default_factory=list)
    # Line → its text, to know whose note it is; rows of tables have none.
    texts: dict[int, str] = field(default_factory=dict)

    def see(self, kind: str, line: int, words: str = "") -> None:
        """Note one thing at a paragraph; runs of one paragraph that follow each other are one."""
        told = self.seen.setdefault(kind, [])
        if told and told[-1][0] == line and kind in ("hidden", "dotted", "inserted", "deleted"):
            told[-1] = (line, told[-1][1] + words)
        else:
            told.append((line, words))

    def count(self, kind: str) -> int:
        """How often a kind was met."""
        return len(self.seen.get(kind, ()))


def plain_text(element: Element) -> str:
    """The text of a note, paragraph by paragraph, without what was deleted."""
    parts = ["".join(_texts(item)) for item in element if item.tag == "p"]
    return "\n".join(part.strip() for part in parts if part.strip())


def _texts(element: Element) -> Iterator[str]:
    for item in element:
        if item.tag == "t":
            yield item.text or ""
        elif item.tag in ("tab", "br", "cr"):
            yield " "
        elif item.tag not in _SILENT:
            yield from _texts(item)


def tell(notes: Notes, haul: Haul, package: Package, *, took_hidden: bool) -> None:
    """Give notes to their questions and tell the rest, each kind once with its first place."""
    for kind, name in _KINDS.items():
        _give(notes, haul, _part(package, kind), kind, name)
    _tell_comments(notes, haul, _part(package, "comment"))
    if told := notes.seen.get("hidden"):
        what = "里面是答案或解析，已经读出，请核对" if took_hidden else "没有读"
        haul.note(told[0][0], "hidden_text", f"有 {len(told)} 处隐藏文字，{what}：{_some(told)}")
    inserted, deleted = notes.seen.get("inserted", []), notes.seen.get("deleted", [])
    if inserted or deleted:
        first = min(line for line, _ in [*inserted, *deleted])
        message = (
            f"文档里有没有处理完的修订：插入 {len(inserted)} 处照读，删除 {len(deleted)} 处没有读"
        )
        haul.note(first, "revisions", message)
    for kind, message in _MESSAGES.items():
        if told := notes.seen.get(kind):
            haul.note(told[0][0], kind, f"有 {len(told)} 处{message}：{_some(told)}")
    _doubts(notes, haul)


_MESSAGES = {
    "ruby": "注音（拼音）没有带来，只读了下面的字",
    "unknown_sign": "符号认不出，写成了“〓”，请对照原文改",
    "unknown_field": "域代码没有结果，读不出内容，写成了“〓”，请对照原文改",
    "word_art": "艺术字按普通文字读",
    "struck": "加了删除线的文字照读，请核对",
}


def _some(told: list[tuple[int, str]]) -> str:
    shown = [f"“{_begun(words)}”" for _, words in told[:_MOST] if words.strip()]
    return "、".join(shown) + ("等" if len(told) > _MOST else "")


def _begun(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"


def _part(package: Package, kind: str) -> dict[str, str]:
    name = f"word/{kind}s.xml"
    if name not in package.names:
        return {}
    root = package.xml(name)
    return {
        item.get("id", ""): text for item in root if item.tag == kind and (text := plain_text(item))
    }


def _give(notes: Notes, haul: Haul, texts: dict[str, str], kind: str, name: str) -> None:
    """The notes of one kind, to the explanation of the question that refers to each."""
    left: list[tuple[int, str]] = []
    for line, of, number in notes.references:
        text = texts.pop(number, "") if of.removeprefix(DELETED) == kind else ""
        if not text or of.startswith(DELETED):
            continue
        found = owner(notes, haul, line)
        if found is None:
            left.append((line, text))
            continue
        answer = _ANSWERS.match(text.translate(SCAN))
        if answer and found.answer is None and found.implied is None and _answered(found, answer):
            found.doubt("answer_in_note", f"答案写在{name}里，请核对", line)
            continue
        found.explanation = "\n".join(filter(None, (found.explanation, f"注：{text}")))
    left += [(1, text) for number, text in texts.items() if number not in ("-1", "0")]
    for line, text in left:
        message = f"{name}不属于哪一道题，没有导入：“{_begun(text)}”"
        haul.note(line, "note_left_out", message)


def _answered(found: Found, match: re.Match[str]) -> bool:
    """Whether a note that says 答案：B answers a question that nothing else answers."""
    value = read_answer(match["words"], found.options, found.type, count_gaps(found.stem))
    if (
        value.answer is None
        or value.kind in ("text", "short")
        or value.doubts
        or value.rest.strip()
    ):
        return False
    found.answer = value.answer
    if isinstance(value.answer, str):
        found.type = "single" if len(value.answer) == 1 else "multiple"
    elif isinstance(value.answer, bool):
        found.type = "judge"
    found.drop("type_unknown")
    check(found)
    return True


def owner(notes: Notes, haul: Haul, line: int) -> Found | None:
    """The question that a line is a part of; headings and closing words have none."""
    starts = [found.line for found in haul.questions]
    if starts != sorted(starts):
        return None
    place = bisect_right(starts, line) - 1
    if place < 0:
        return None
    found = haul.questions[place]
    text = _key(notes.texts.get(line, ""))
    if line in notes.texts and found.line != line:
        own = _key("".join([found.stem, *found.options.values(), found.explanation]))
        pieces = [_key(option) for option in found.options.values()]
        if not (text and text[1:] in own) and not any(piece and piece in text for piece in pieces):
            return None
    return found


def _key(text: str) -> str:
    return _LETTERS.sub("", text.translate(SCAN)).casefold()


def _tell_comments(notes: Notes, haul: Haul, texts: dict[str, str]) -> None:
    if not texts:
        return
    at = {number: line for line, kind, number in notes.references if kind == "comment"}
    told = sorted((at.get(number, 1), text) for number, text in texts.items())
    hint = "（有的像答案，请核对）" if any("答案" in text for _, text in told) else ""
    haul.note(
        told[0][0], "comments_left_out", f"有 {len(told)} 条批注没有导入{hint}：{_some(told)}"
    )


def _doubts(notes: Notes, haul: Haul) -> None:
    """Reminders at the questions themselves."""
    for line, words in notes.seen.get("formula", ()):
        message = f"公式写成了一行文字“{_begun(words)}”，请对照原文"
        if (found := owner(notes, haul, line)) is not None:
            found.doubt("formula", message, line)
        else:
            haul.note(line, "formula", message)
    dotted = notes.seen.get("dotted", [])
    lost = []
    for line, words in dotted:
        found = owner(notes, haul, line)
        if found is not None and re.search("加点|着重", found.stem):
            found.doubt("dots_lost", f"“{_begun(words)}”下的着重号带不来，题目要靠它", line)
        else:
            lost.append((line, words))
    if lost:
        haul.note(lost[0][0], "dots_lost", f"有 {len(lost)} 处着重号没有带来：{_some(lost)}")
