"""Blanks in a stem: which places are to be filled, and what already stands in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from jingzhong.exchange.questions.answers import bare, judged, same_option
from jingzhong.exchange.questions.marks import IN_BRACKET, UNDERLINE
from jingzhong.exchange.questions.tidy import BOLD, SCAN, UNDER, plain

GAP = "____"
_RUN = re.compile(r"(?<=\S)[ \t]{3,}(?=\S)")
_FRAMED = re.compile(
    r"(?<=\S)[ \t]{2,}([^\s_()（）]{1,30})[ \t]{2,}(?=[。，；、,;.]|$)|(?<=\S)[ \t]{2,}([^\s_()（）]{1,30})[ \t]+(?=[。；])"
)
_UNDERED = re.compile(f"{UNDER}([^{UNDER}]*){UNDER}")
_BOLDED = re.compile(f"{BOLD}([^{BOLD}]*){BOLD}")
_BETWEEN_LINES = re.compile(r"(_{1,8})[ \t]*([^_\n，。；、？,;?()（）]{3,30}?)[ \t]*(_{1,8})(?!_)")
# Words that a bracket adds to what stands before it and that nobody asks for.
_REMARK = re.compile(
    r"^(?:[A-Z]{1,2}|可调|表压|绝压|下同|略|含|即|如|例如|或|以下简称|简称|又称|也称|包括|不含|含本数|试行|修订|修正|一式|注|见|单位|节选|多选|单选)$|^(?:或|即|如|例如|以下|简称|又称|也称|包括|不含|含|不包括|除|见|注|单位|详见|GB/?T?\s?\d|中华人民共和国)"
)
_LEFT_OPEN = "的为是由与和及或在于至到从以被将把按对向达低高应可能不用设有用取成称叫即指约距过超≤≥<>=、，,：:；;“"

_REASONED = re.compile(r"[ \t]*(正确|错误|对|错|√|×)[ \t]*[。.,，;；:：][ \t]*(?=\S)")
_SQUARE_FIRST = re.compile(r"[ \t]*[【\[][ \t]*([^】\]]{1,4})[ \t]*[】\]]")
# …作业。 对
_SAID_LAST = re.compile(r"(?<=[。!])[ \t]+(正确|错误|对|错)[。.]?[ \t]*$")
_LETTER_VERDICT = re.compile(r"[ \t]*([A-H])[ \t.、:,，]*(正确|错误|对|错|√|×)[ \t]*")
_SQUARE_GAP = re.compile(r"【[ \t]*】|\[[ \t]*\]")
_SQUARE_LETTERS = re.compile(r"[ \t]*[【\[]([A-HＡ-Ｈ ,，、;；]{1,24})[】\]][ \t]*(?=\S)")
_SQUARE_LAST = re.compile(r"[【\[][ \t]*([^】\]]{1,4})[ \t]*[】\]][ \t。.]*$")

_UNREAD = re.compile(r"(?<=[。.;!?”])[ \t]*\([ \t]*([^\s()])[ \t]*\)[ \t]*$")


@dataclass
class Filled:
    """A stem with its blanks empty, and what stood in them."""

    stem: str
    answers: list[str] = field(default_factory=list)
    blanks: int = 0
    doubts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bracket:
    """A pair of brackets in a stem, of whatever width, and what they hold."""

    start: int
    end: int
    inside: str


def brackets(text: str) -> list[Bracket]:
    """Outermost pairs of round brackets, matched by depth; from left to right."""
    scan = text.translate(SCAN)
    found: list[Bracket] = []
    depth = start = 0
    for at, sign in enumerate(scan):
        if sign == "(":
            start = at if depth == 0 else start
            depth += 1
        elif sign == ")" and depth:
            depth -= 1
            if depth == 0:
                found.append(Bracket(start, at + 1, text[start + 1 : at]))
    return found


def empty(text: str) -> bool:
    """Whether a bracket holds nothing but blanks, dots or lines."""
    return not plain(text).strip(" \t\n\u3000_.。…·-—")


def _open(text: str, bracket: Bracket) -> bool:
    """Whether a bracket is a blank; not the () of a function's name, as in count()."""
    called = text[bracket.start : bracket.end] == "()" and re.search(
        r"[a-z_]$", text[: bracket.start]
    )
    return empty(bracket.inside) and not called


def tidy_gaps(stem: str) -> str:
    """Empty brackets as （）, lines as ____."""
    for bracket in reversed(brackets(stem)):
        if _open(stem, bracket):
            stem = stem[: bracket.start] + "（）" + stem[bracket.end :]
    stem = re.sub(r"[_＿]{1,}(?:[ \t]*\n?[ \t]*[_＿]{1,})+", GAP, stem)
    return _SQUARE_GAP.sub("（）", stem)


def count_gaps(stem: str) -> int:
    """How many blanks a stem leaves open."""
    gaps = len(re.findall(r"_{2,}", stem))
    return gaps + sum(_open(stem, bracket) for bracket in brackets(stem))


def gaps_as_lines(stem: str) -> str:
    """Every open blank as ____, as banks write a blank to be filled."""
    stem = tidy_gaps(stem)
    for bracket in reversed(brackets(stem)):
        if _open(stem, bracket):
            stem = stem[: bracket.start] + GAP + stem[bracket.end :]
    return stem


def open_runs(stem: str) -> str:
    """A run of three or more blanks inside a stem as ____, where nothing else is a blank."""
    if count_gaps(tidy_gaps(stem)):
        return stem
    return _RUN.sub(GAP, stem)


def fill_in(stem: str, *, answered: bool) -> Filled:
    """Take the answers of a fill-in question out of its stem.

    `answered`: the answers stand elsewhere, so words in brackets are only words.
    """
    stem = _SQUARE_GAP.sub("（）", stem)
    lined = len(UNDERLINE.findall(stem.translate(SCAN)))
    undered = _UNDERED.findall(stem)
    if undered:
        texts = [plain(text) for text in undered]
        if all(texts) and not answered:
            return Filled(plain(_UNDERED.sub(GAP, stem)), texts, len(texts))
        stem = _UNDERED.sub(lambda m: m[0] if m[1].strip(" \t_\u3000") else GAP, stem)
    pairs = brackets(stem)
    if answered or lined or any(empty(pair.inside) for pair in pairs):
        if not answered and (between := _BETWEEN_LINES.findall(stem)) and lined == 2 * len(between):
            return Filled(
                plain(_BETWEEN_LINES.sub(GAP, stem)), [text for _, text, _ in between], len(between)
            )
        done = gaps_as_lines(open_runs(plain(stem)))
        return Filled(done, [], count_gaps(done))
    told, doubts = _asked_pairs(stem, pairs)
    bold = [plain(text) for text in _BOLDED.findall(stem)]
    if bold and all(bold) and (not told or all(_within(stem, pair) for pair in told)):
        return Filled(
            plain(_BOLDED.sub(GAP, stem)),
            bold,
            len(bold),
            [("blank_by_bold", "填空的答案是按粗体认出来的，请核对")],
        )
    if told:
        answers = [plain(pair.inside) for pair in told]
        for pair in reversed(told):
            stem = stem[: pair.start] + GAP + stem[pair.end :]
        return Filled(plain(stem), answers, len(answers), doubts)
    framed = list(_FRAMED.finditer(stem))
    if framed:
        answers = [match[1] or match[2] for match in framed]
        return Filled(
            plain(_FRAMED.sub(GAP, stem)),
            answers,
            len(answers),
            [("blank_by_spaces", "填空的答案只由前后的空格标出，请核对")],
        )
    stem = open_runs(plain(stem))
    return Filled(stem, [], count_gaps(stem))


def _within(stem: str, pair: Bracket) -> bool:
    """Whether a bracket stands inside a bold stretch."""
    return stem.count(BOLD, 0, pair.start) % 2 == 1


def _asked_pairs(stem: str, pairs: list[Bracket]) -> tuple[list[Bracket], list[tuple[str, str]]]:
    """The brackets that hold answers; remarks such as 30S（可调） are left in the stem."""
    asked = [pair for pair in pairs if not _is_remark(stem, pair)]
    if not asked:
        # Nothing else is left to be asked.
        asked = [
            pair
            for pair in pairs
            if not re.fullmatch(r"[A-Z]|可调|略|多选|单选", plain(pair.inside))
        ]
    left = [plain(pair.inside) for pair in pairs if pair not in asked]
    doubts = []
    if left:
        doubts.append(
            ("blank_or_remark", f"括号里的“{'”“'.join(left)}”当作普通说明留在题干里，请核对")
        )
    return asked, doubts


def _is_remark(stem: str, pair: Bracket) -> bool:
    inside, before = plain(pair.inside), plain(stem[: pair.start]).rstrip()
    if not before or before[-1] in _LEFT_OPEN or pair.inside != pair.inside.strip():
        return False
    if _REMARK.search(inside) and not re.search(r"[\u4e00-\u9fff]$", before):
        return True
    if re.search(r"[0-9A-Za-z℃%³²]$", before) and re.fullmatch(
        r"[A-Z]{1,2}|可调|[^\d]{1,4}压", inside
    ):
        return True
    if re.match(r"或|即|如|例如|以下|简称|又称|也称|包括|不含|不包括|详见|见|注[:：]", inside):
        return True
    # 气动切断阀（调节阀）: another name of the thing before it.
    return len(inside) > 1 and "\u4e00" <= inside[-1] <= "\u9fff" and inside[-1] == before[-1]


@dataclass
class Picked:
    """A choice's answer found in its stem's bracket."""

    stem: str
    letters: str = ""
    text: str = ""
    doubts: list[tuple[str, str]] = field(default_factory=list)


def pick_letters(stem: str, options: Mapping[str, str], *, textual: bool) -> Picked:
    """Take a choice's answer out of a bracket of its stem: letters, or the words of an option.

    `textual`: words that are no option may be the answer too (a choice without options).
    """
    if (judged_letter := _letter_with_verdict(stem, options)) is not None:
        return judged_letter
    lead = _SQUARE_LETTERS.match(stem)
    if lead and (letters := _letters_in(lead[1], options)):
        return Picked(stem[lead.end() :], letters)
    pairs = brackets(stem)
    if any(empty(pair.inside) for pair in pairs):
        # With a blank left open, letters answer only where they close the stem: …分级（ A ）。
        last_pair = pairs[-1]
        letters = _letters_in(last_pair.inside, options)
        if not letters or bare(stem[last_pair.end :]):
            return Picked(stem)
        return Picked(stem[: last_pair.start] + "（）" + stem[last_pair.end :], letters)
    lettered = [(pair, letters) for pair in pairs if (letters := _letters_in(pair.inside, options))]
    if len(lettered) > 1:
        spaced = [item for item in lettered if item[0].inside != item[0].inside.strip()]
        last = [item for item in lettered if not bare(stem[item[0].end :])]
        lettered = spaced if len(spaced) == 1 else last if len(last) == 1 else lettered
    if len(lettered) == 1:
        pair, letters = lettered[0]
        return Picked(stem[: pair.start] + "（）" + stem[pair.end :], letters)
    if lettered:
        return Picked(stem, doubts=[("answer_ambiguous", "题干里有几个括号都像答案，没有取")])
    undered = [(text, same_option(plain(text), options)) for text in _UNDERED.findall(stem)]
    if len(undered) == 1 and undered[0][1]:
        return Picked(_UNDERED.sub(GAP, stem), undered[0][1], plain(undered[0][0]))
    for pair in reversed(pairs):
        inside = plain(pair.inside)
        match = re.match(r"[ \t]*([A-Ha-hＡ-Ｈ])[ \t]*[.、．:：,，。][ \t]*(?=\S)", inside)
        letter = match[1].translate(SCAN).upper() if match else ""
        words = inside[match.end() :] if match else inside
        without = stem[: pair.start] + "（）" + stem[pair.end :]
        if options:
            told = same_option(words, options)
            if told and (not letter or letter == told):
                return Picked(without, told, words)
        elif letter:
            return Picked(without, letter, words)
        elif textual and bare(words) and not _is_remark(stem, pair):
            return Picked(without, "", words.strip())
    return Picked(stem)


def _letter_with_verdict(stem: str, options: Mapping[str, str]) -> Picked | None:
    """(A错) behind a stem whose option A is 错误; where option A says something else, a conflict."""
    pairs = brackets(stem)
    last = pairs[-1] if pairs and options and not bare(stem[pairs[-1].end :]) else None
    match = _LETTER_VERDICT.fullmatch(plain(last.inside).translate(SCAN)) if last else None
    if last is None or match is None:
        return None
    without = stem[: last.start] + stem[last.end :]
    said, meant = judged(match[2]), judged(options.get(match[1], ""))
    if said == meant:
        return Picked(without, match[1])
    told = f"题干括号里写“{plain(last.inside)}”，和选项 {match[1]} 的文字不一致"
    return Picked(without, doubts=[("answer_conflict", told)])


def _letters_in(inside: str, options: Mapping[str, str]) -> str:
    words = plain(inside).replace("\n", " ").translate(SCAN)
    match = IN_BRACKET.fullmatch(f"({words})")
    if not match or not match["letters"]:
        return ""
    letters = "".join(re.findall("[A-Ha-h]", match["letters"])).upper()
    if len(set(letters)) < len(letters) or any(
        letter not in options for letter in letters if options
    ):
        return ""
    return "".join(sorted(letters))


def _with_note(stem: str, pairs: list[Bracket]) -> tuple[str, bool | None, str] | None:
    """(stem, verdict, reason) of a statement that ends before its verdict: …均匀。(×)应为…"""
    for pair in pairs:
        verdict, before = judged(plain(pair.inside)), stem[: pair.start].rstrip()
        if verdict is not None and before[-1:] in tuple("。！？!?；;.") and bare(stem[pair.end :]):
            return before, verdict, stem[pair.end :].strip()
    return None


def unread_verdict(stem: str) -> tuple[str, str]:
    """(stem without it, sign) of a statement whose verdict no one can read: …均匀。(M)"""
    match = _UNREAD.search(stem.translate(SCAN))
    return (stem[: match.start()].rstrip(), match[1]) if match else (stem, "")


def pick_verdict(stem: str) -> tuple[str, bool | None, str]:
    """(stem without it, verdict, reason) of a judgement with its verdict in a bracket or at an end."""
    pairs = brackets(stem)
    for pair in dict.fromkeys([*pairs[-1:], *pairs[:1]]):
        words = plain(pair.inside)
        verdict, reason = judged(words), ""
        at_end = not bare(stem[pair.end :])
        at_begin = not bare(stem[: pair.start])
        if verdict is None and at_end and (match := _REASONED.match(words.translate(SCAN))):
            verdict, reason = judged(match[1]), words[match.end() :].strip()
        noted = verdict is not None and not at_end and not at_begin and _with_note(stem, [pair])
        if noted:
            return noted
        if verdict is not None and (at_end or at_begin or pair.inside.strip() in ("√", "×")):
            return (stem[: pair.start] + stem[pair.end :]).strip(), verdict, reason
        if empty(pair.inside) and at_end:
            return (stem[: pair.start] + stem[pair.end :]).strip(), None, ""
    if pairs and (noted := _with_note(stem, pairs)):
        return noted
    scan = stem.translate(SCAN)
    if said := _SAID_LAST.search(scan):
        return stem[: said.start(1)].rstrip(), judged(said[1]), ""
    marked = re.search(r"[ \t]*([√×])[ \t]*[。.]?$|^[ \t]*([√×])[ \t]*", scan)
    if marked and len(re.findall("[√×]", scan)) == 1:
        return (
            (stem[: marked.start()] + stem[marked.end() :]).strip(),
            (marked[1] or marked[2]) == "√",
            "",
        )
    for square in (_SQUARE_FIRST.match(stem), _SQUARE_LAST.search(stem)):
        if square and judged(square[1]) is not None:
            return (stem[: square.start()] + stem[square.end() :]).strip(), judged(square[1]), ""
    return stem, None, ""
