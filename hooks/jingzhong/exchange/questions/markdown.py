"""Markdown lines as plain ones: folds, fences, headings, pictures and escapes give way to words.

A fold named 答案 answers: its title becomes the mark “答案：”, unless its words have a mark of their
own. A heading keeps the sign `HEADED` in front, because whatever was explained above ends there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# ### C01【甲/乙 · 易 · 单选】: a counter and labels, the last of which is the type.
_LABELLED = re.compile(
    r"^[ \t]{0,3}#{1,6}[ \t]+[A-Za-z]{0,3}\d{1,4}[.、 \t]?[【\[][^】\]\n]{0,40}[·|/、,， \t]"
    r"(?P<type>单选|多选|判断|填空|不定项)题?[ \t]*[】\]][ \t]*$"
)
# What a heading begins with, once its # are gone.
HEADED = "\ue004"
# The sign before and behind what is underlined.
UNDERED = "\ue001"
# 答案： that stands for the title of a fold, and takes the words below it onto its line.
FOLDED = "\ue005"

_FENCE = re.compile(r"^[ \t]*(?:>[ \t]?)*(?P<sign>`{3,}|~{3,})[^`]*$")
_HEADING = re.compile(r"^[ \t]{0,3}(?:>[ \t]?)*#{1,6}[ \t]+(?=\S)")
_CONTAINER = re.compile(r"^[ \t]*:{3,}[ \t]*(?P<kind>[A-Za-z-]*)[ \t]*(?P<title>.*)$")
_SUMMARY = re.compile(
    r"(?i)<summary(?:\s[^<>]*)?>(?P<title>(?:[^<>\n]|</?(?:b|strong|em|i|span|font|u)(?:\s[^<>\n]{0,80})?>){0,80})</summary\s*>"
)
# ??? note "答案", as MkDocs folds; what is indented below belongs to it.
_QUERY = re.compile(
    r"^(?P<indent>[ \t]*)\?{3}\+?[ \t]+[\w-]+(?:[ \t]+\"(?P<title>[^\"]{0,60})\")?[ \t]*$"
)
_FOLD_TITLE = re.compile(
    r"[\s\W]*(?:点击|点此|请|单击)?(?:查看|展开|显示|折叠|看)?(?:本题|题目|此题)?(?:参考|正确|标准)?答案"
    r"(?:[与和及、/＆&]?(?:详?解析?|说明|分析))?[\s\W]*"
)
_ANSWERED = re.compile(r"答[ \t]*案[*_】\])]*[ \t]*[:：]|【[^】]{0,4}答案】")
_RULE = re.compile(r"^[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$")
# #### 答案, with the letter below: no title of a key.
_ANSWER_HEAD = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+\**(?:参考|正确|标准)?答案\**[:：]?[ \t]*$")
_VALUE = re.compile(r"[ \t]*\**(?P<letters>A?B?C?D?E?F?G?H?|正确|错误|对|错|√|×)\**[ \t。.]*")
_COMMENT = re.compile(r"<!--.*?-->")
_PICTURE = re.compile(r"!\[[^\]\n]{0,300}\](?:\([^()\n]{0,600}\)|\[[^\]\n]{0,80}\])")
_NUMBER = re.compile(r"^([ \t]*)\\(?=\d{1,4}[.、．)])")
# ( $\surd$ ): a verdict written as a formula; other formulas are left alone.
_SIGN = re.compile(
    r"(?P<open>\$|\\\()[ \t]*(?:\\(?P<name>surd|checkmark|sqrt|times)|(?P<sign>[√×]))[ \t]*(?(open)(?:\$|\\\)))"
)
_SIGNS = {"surd": "√", "checkmark": "√", "sqrt": "√", "times": "×"}

# **正确答案**words: a label set apart by nothing but its weight.
_BOLD_LABEL = re.compile(
    r"^[ \t]*\*\*(?P<label>(?:正确|参考|标准)?答案|(?:答案)?解析)\*\*(?=[ \t]*[^\s:：*])"
)
# What the taker did with an option: [ ] **words**未选.
_TICKED = re.compile(
    r"^(?P<option>[ \t]*\[[ xX√]\][ \t]+\*\*.+\*\*)[ \t]*(?:未选|已选)[中]?[ \t]*$"
)
# ( ==words== ): what fills a blank, set apart by colour.
_COLOURED = re.compile(
    r"[(（][ \t]*==(?=[^\s=])(?![A-H]{1,8}[ \t]*==|[√×对错][ \t]*==)([^=\n]{1,80}?)[ \t]*==[ \t]*[)）]"
)


def settled_emphasis(text: str) -> str:
    """A line whose emphasis says what it is: a label gets its colon, a taker's mark goes."""
    if "**" in text:
        text = _TICKED.sub(r"\g<option>", _BOLD_LABEL.sub(r"\g<label>：", text))
    first = _COLOURED.search(text) if "==" in text else None
    if first is None:
        return text
    # Where a stem begins with such a bracket, the brackets of its line stay.
    begun = re.search(r"[A-Za-z\u4e00-\u9fff]", text[: first.start()])
    return _COLOURED.sub(f"{UNDERED}\\1{UNDERED}" if begun else r"(\1)", text)


def spelled(text: str, picture: str) -> str:
    r"""A line without what only Markdown has for signs: pictures, $\surd$, `\1.`; any text may."""
    if "![" in text:
        text = _PICTURE.sub(picture, text)
    if "$" in text or "\\(" in text:
        text = _SIGN.sub(lambda match: match["sign"] or _SIGNS[match["name"]], text)
    if "\\" in text:
        text = _NUMBER.sub(r"\1", text)
    return text


def fold_mark(title: str, inside: str) -> str:
    """What stands for the title of a fold: 答案：, nothing where it only announces, or the title."""
    if _FOLD_TITLE.fullmatch(re.sub("<[^<>]*>", "", title)):
        return "" if _ANSWERED.search(inside) else f"答案：{FOLDED}"
    return title


def unfolded(texts: Sequence[str]) -> list[str | None]:
    """Lines without containers (:::), comments and the titles of folds; None for code as it is.

    The lines of a fence are given back as None, those that open and close it as "".
    """
    done: list[str | None] = []
    fence = ""
    for place, text in enumerate(texts):
        match = _FENCE.match(text)
        if fence:
            closes = match is not None and match["sign"].startswith(fence)
            done.append("" if closes else None)
            fence = "" if closes else fence
            continue
        if match and _closed(texts, place, match["sign"]):
            fence = match["sign"]
            done.append("")
            continue
        if container := _CONTAINER.match(text):
            known = container["kind"].lower() == "details"
            done.append(fold_mark(container["title"], _inside(texts, place)) if known else "")
            continue
        if query := _QUERY.match(text):
            below = _indented(texts, place, len(query["indent"]))
            done.append(fold_mark(query["title"] or "", below))
            continue
        if _ANSWER_HEAD.match(text) and _is_value(texts[place + 1 : place + 4]):
            done.append(f"答案：{FOLDED}")
            continue
        if _RULE.match(text):
            done.append(HEADED)
            continue
        if "<" in text:
            text = _COMMENT.sub("", text)
            text = _SUMMARY.sub(
                lambda told, at=place: f"\n{fold_mark(told['title'], _inside(texts, at))}\n",  # type: ignore[misc]
                text,
            )
        done.append(text)
    return done


def with_folds(texts: Sequence[str]) -> list[str]:
    """Lines where the title of a fold and the first words inside it share a line."""
    done, waiting = list(texts), -1
    for place, text in enumerate(done):
        if waiting >= 0 and text.strip():
            done[waiting], done[place] = done[waiting] + text.strip(), ""
            waiting = -1
        if FOLDED in text:
            done[place] = text.replace(FOLDED, "")
            waiting = place if text.rstrip().endswith(FOLDED) else -1
    return done


def headed(text: str) -> str:
    """A heading with its sign in place of the #; of one that only labels a question, its type."""
    if label := _LABELLED.match(text):
        return f"{HEADED}【{label['type']}题】"
    return _HEADING.sub(HEADED, text)


def _is_value(below: Sequence[str]) -> bool:
    """Whether the first words below a heading are letters in their order, or a verdict."""
    first = next((text for text in below if text.strip()), "")
    match = _VALUE.fullmatch(first)
    return match is not None and bool(match["letters"])


def _closed(texts: Sequence[str], place: int, sign: str) -> bool:
    """Whether a fence is closed further down; a lone ``` is only a stray line."""
    return any(
        (match := _FENCE.match(text)) is not None and match["sign"].startswith(sign)
        for text in texts[place + 1 : place + 400]
    )


def _indented(texts: Sequence[str], place: int, indent: int) -> str:
    """The words below a line that are indented further than it."""
    words: list[str] = []
    for text in texts[place + 1 : place + 60]:
        if text.strip() and len(text) - len(text.lstrip()) <= indent:
            break
        words.append(text)
    return "\n".join(words)


def _inside(texts: Sequence[str], place: int) -> str:
    """The words of a fold, up to its end."""
    words: list[str] = []
    for text in texts[place + 1 : place + 60]:
        if re.match(r"(?i)[ \t]*(?:</details|:{3,}[ \t]*$|<details)", text):
            break
        words.append(text)
    return "\n".join(words)
