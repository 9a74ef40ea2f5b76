"""What stands behind 答案：, read as letters, right or wrong, the texts of blanks, or words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jingzhong.exchange.questions.blank_answers import as_blanks
from jingzhong.exchange.questions.marks import FALSE_WORDS, JUDGED, TRUE_WORDS
from jingzhong.exchange.questions.tidy import SCAN, plain
from jingzhong.exchange.questions.value import Value

CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
_LEAD = re.compile(
    r"[\s:：。,，、.=\-]*(?:(?:应?选择?|选项|答案[是为]?|答|为|是)[ \t]*[:：]?[ \t]*(?=[(\[【]?[ \t]*[A-Ja-j①-⑧√×正错对]))?"
)
_OPENED = re.compile(r"[(\[【<“\"']?[ \t]{0,8}(?=[A-Ja-j](?![k-zK-Z]))")
_NEXT = re.compile(
    r"(?P<gap>[ \t]{0,8}(?P<sign>[,、;/|.和与及&+]?)[ \t]{0,8})(?P<letter>[A-Ja-j])(?![a-zA-Z]*[k-zK-Z])"
)
_APART = re.compile(
    r"[ \t\n]|$|(?=\d{1,4}[ \t]*[.、](?!\d))|[。;:)\]】”(《【（]|[,、./](?=[ \t]{0,8}(?:[A-Ja-j](?![A-Za-z])|$|\n))"
)
_DOTTED_ON = re.compile(r"\.[A-J](?![A-Za-z])|[ \t]{0,8}(?:$|\n|[。;)\]】,])")
_ALL_OF = re.compile(r"[两二三四五六都均全正项是为]|[A-J]")
_CLOSED = re.compile(r"(?:[ \t]{0,8}[)\]】>”\"'])?(?:[ \t]{0,8}选?项)?")
# A选项正确 answers A; A选项错误 answers nothing.
_SAID_RIGHT = re.compile(r"[ \t]*(?:是|为)?(?:正确|对|√)的?[ \t]*(?=$|[。.,，;；!\n])")
# A B31474…: a letter glued to a number may answer too.
_FURTHER = re.compile(r"[ \t]{0,4}[,、;]?[ \t]{0,4}([A-H])(?=\d)")
_SAID_WRONG = re.compile(r"[ \t]*(?:是|为)?(?:错误?|不正?[确对]|有误|×)")
_NAMED = re.compile(r"选?项[ \t]*$")
_WITH_TEXT = re.compile(r"(?:^|(?<=[\s;；,，、。]))([A-J])[ \t]*[:.、：．][ \t]*")
_JUDGE = re.compile(
    rf"[(\[【“\"']?[ \t]*(?P<word>{JUDGED})[ \t]*[)\]】”\"']?[ \t]*(?P<stop>$|[。.;；!?(（《【\[\s]|(?=解析|改正|理由|答案))?"
)
_CIRCLED = re.compile(
    rf"[(\[]?[ \t]*(?P<row>[{CIRCLES}](?:[ \t,、;]*[{CIRCLES}])*)[ \t]*[)\]]?[ \t]*[。.;]?"
)
_DIGITS = re.compile(
    r"[(\[]?[ \t]*(?P<row>[1-8](?:[ \t,、;]*[1-8])*|0)[ \t]*[)\]]?[ \t]*[。.;]?[ \t]*$"
)
_SIGNS = re.compile(r"[\s，。、；：？！,.;:?!“”\"'‘’（）()【】\[\]《》<>·_\-—…]+")

_REFERENCE = re.compile(r"[ \t]*《[^《》\n]{2,40}》[ \t]*\d{1,3}(?:\.\d{1,3})+[ \t]*[。;；]?\s*$")
_VERDICT = re.compile(rf"[(\[【]?[ \t]*(?:{JUDGED}|[①-⑧]+)[ \t]*[)\]】]?[。.]?")


def take_letters(scan: str, at: int = 0) -> tuple[str, int]:
    """(letters, where they end) of a row such as ABD, A、B、D or A B D; ("", at) where none begins.

    In 答案：B A.向内 B.向外 the second letter begins the options: a letter behind a blank goes on
    only upwards and only where no text follows it.
    """
    opened = _OPENED.match(scan, at)
    if opened is None:
        return "", at
    end = opened.end() + 1
    letters = scan[opened.end()]
    while match := _NEXT.match(scan, end):
        letter = match["letter"]
        if match["gap"] and (letter.isupper() != letters[-1].isupper()):
            break
        apart = _APART.match(scan, match.end())
        if match["gap"] and not match["sign"] and (letter <= letters[-1] or not apart):
            break
        if match["sign"] == "." and not _DOTTED_ON.match(scan, match.end()):
            break
        # A、B级防火门 is A with its text; A、B两项 is A and B.
        if match["sign"] in (",", "、", ";") and not apart and not _ALL_OF.match(scan, match.end()):
            break
        letters += letter
        end = match.end()
    closed = _CLOSED.match(scan, end)
    return letters.upper(), closed.end() if closed else end


def value_end(scan: str, at: int, end: int) -> int:
    """Where a letter or verdict that stands at a place ends; `at` itself where none does."""
    begin = at + len(scan[at:end]) - len(scan[at:end].lstrip(" \t\n:"))
    letters, stop = take_letters(scan, begin)
    if letters and stop <= end and not re.match(r"[A-Za-z]", scan[stop : stop + 1]):
        return stop + (scan[stop : stop + 1] in "。." and stop < end)
    verdict = _VERDICT.match(scan, begin, end)
    return verdict.end() if verdict else at


def bare(text: str) -> str:
    """A text without blanks and punctuation, half-width, for comparison."""
    return _SIGNS.sub("", text.translate(SCAN)).casefold()


def judged(text: str) -> bool | None:
    """True, False or, for what is no verdict, None."""
    word = text.translate(SCAN).strip(" \t\n。.,，;；:!、()[]【】“”\"'").upper()
    return True if word in TRUE_WORDS else False if word in FALSE_WORDS else None


def judge_options(options: Mapping[str, str]) -> dict[str, bool] | None:
    """Letter → right or wrong, where the options are just 对 and 错 in some words."""
    verdicts = {letter: judged(text) for letter, text in options.items()}
    words = {verdict for verdict in verdicts.values() if verdict is not None}
    # A third option such as 不确定 makes it a choice.
    if len(options) != 2 or words != {True, False}:
        return None
    return {letter: verdict for letter, verdict in verdicts.items() if verdict is not None}


def same_option(text: str, options: Mapping[str, str]) -> str | None:
    """The letter of the one option that says just this."""
    wanted = bare(text)
    letters = [letter for letter, option in options.items() if wanted and bare(option) == wanted]
    if len(letters) > 1:
        letters = [letter for letter in letters if options[letter].strip() == text.strip()]
    return letters[0] if len(letters) == 1 else None


def read_answer(raw: str, options: Mapping[str, str], kind: str, blanks: int = 0) -> Value:
    """Read an answer of a question whose declared type is `kind` ("" where nothing declares it)."""
    raw = plain(raw)
    scan = raw.translate(SCAN)
    whole = raw.split("\n")[0]
    worded = bool(options) and re.search("[\u4e00-\u9fff]", whole) and not judge_options(options)
    if worded and (letter := same_option(whole, options)):
        # 选择D盘 is the text of an option, not the letter D.
        return Value(letter, raw[len(whole) :], kind="single")
    lead = _LEAD.match(scan)
    at = lead.end() if lead and kind not in ("blank", "short") else 0
    raw, scan = raw[at:], scan[at:]
    if not bare(scan) and not re.search(r"[√×]", scan):
        return Value()
    if kind in ("short", "blank"):
        raw, reference = _without_reference(raw)
        value = Value(raw.strip(), kind="short") if kind == "short" else as_blanks(raw, blanks)
        value.rest = "\n".join(part for part in (value.rest, reference) if part)
        return value
    verdict = _as_verdict(raw, scan, options, kind)
    if verdict:
        return verdict
    choice = _as_letters(raw, scan, options, kind)
    if choice:
        return choice
    for line in (raw, raw.split("\n")[0]):
        letter = same_option(line, options)
        if letter:
            return Value(letter, raw[len(line) :], kind="single")
        letters = _all_options(line, options)
        if letters:
            return Value(letters, raw[len(line) :], kind="multiple")
    if kind == "" and not options and blanks:
        return as_blanks(raw, blanks)
    return Value(raw.strip(), kind="text")


def _without_reference(raw: str) -> tuple[str, str]:
    """(words, reference behind them): 100～120《急救规范》3.4; a mere title may be the answer."""
    found = _REFERENCE.search(raw)
    if not found or not bare(raw[: found.start()]) or raw[found.start() - 1] in "；;、和与按据依见":
        return raw, ""
    return raw[: found.start()], found[0].strip()


def _as_verdict(raw: str, scan: str, options: Mapping[str, str], kind: str) -> Value | None:
    match = _JUDGE.match(scan)
    if not match or (options and not judge_options(options) and kind != "judge"):
        return None
    verdict = judged(match["word"])
    rest = raw[match.end("word") :]
    if verdict is None:
        return None
    # “错误，所有的招聘都不需要交费” is the text of an option, not a verdict, unless a judgement is asked.
    ended = match["stop"] is not None or not scan[match.end() :].strip()
    if not ended and kind != "judge":
        return None
    if (
        match["word"].isalpha()
        and match["word"].isascii()
        and kind != "judge"
        and not judge_options(options)
        and len(match["word"]) == 1
        and rest.strip(" 。.")
    ):
        return None
    if options and judge_options(options) is None and kind != "judge":
        return None
    return Value(verdict, _after(rest), kind="judge")


def _after(rest: str) -> str:
    return re.sub(r"^[\s)\]】）”\"'。.,，;；:：、]+", "", rest)


def _as_letters(raw: str, scan: str, options: Mapping[str, str], kind: str) -> Value | None:
    circled = _CIRCLED.match(scan)
    if circled and (options or kind in ("single", "multiple", "choice")):
        row = [chr(ord("A") + CIRCLES.index(sign)) for sign in circled["row"] if sign in CIRCLES]
        return _rows("".join(row), raw[circled.end() :], options, kind)
    digits = _DIGITS.match(scan)
    if digits and not same_option(raw, options):
        return _by_number(digits["row"], options, kind)
    if options and len(_WITH_TEXT.findall(scan)) > 1:
        many = _letters_with_texts(raw, scan, options)
        if many:
            return many
    told = re.match(r"([A-Ja-j])[ \t]*[.、:,，：．]?[ \t]*(?=\S)", scan)
    if told and told[1].upper() in options:
        line = raw[told.end() :].split("\n")[0]
        if bare(line) and bare(line) == bare(options[told[1].upper()]):
            return _rows(told[1].upper(), raw[told.end() + len(line) :], options, kind)
    letters, end = take_letters(scan)
    if not letters:
        return None
    if _NAMED.search(scan[:end]):
        if _SAID_WRONG.match(scan, end):
            return None
        said = _SAID_RIGHT.match(scan, end)
        end = said.end() if said else end
    rest = scan[end:]
    if len(set(letters)) < len(letters) and kind not in ("single", "multiple", "choice", "judge"):
        return None
    if rest and rest[0].isascii() and rest[0].isalnum() and not rest[0].isdigit():
        return None
    words = raw[end:]
    if not options:
        return _without_options(letters, scan[:end], words, kind)
    if any(letter not in options for letter in letters) and same_option(raw, options):
        return None
    value = _rows(letters, words, options, kind)
    further = _FURTHER.match(rest)
    if further and further[1] in options and further[1] > letters[-1]:
        message = f"答案 {letters} 后面紧跟着“{rest.strip()[:8]}”，里面的 {further[1]} 可能也是答案"
        value.doubts.append(("answer_ambiguous", message))
    return value


def _without_options(letters: str, row: str, words: str, kind: str) -> Value | None:
    """A letter for a choice whose options the source does not have, perhaps with its text."""
    if kind != "judge" and (many := _several_with_texts(letters, words)):
        return many
    follows = re.match(r"[ \t]*[.、．:：,，]?[ \t]*(?P<text>\S[^\n]*)", words)
    text = follows["text"] if follows else ""
    glued = bool(words) and "\u4e00" <= words[0] <= "\u9fff"
    if kind == "" and (glued or (not row.isupper() and row != "".join(row.split()))):
        return None
    if (
        kind == ""
        and len(letters) > 1
        and text
        and not re.match(r"[(（《【\[。;；解]", words.strip())
    ):
        return None
    if glued and kind == "judge":
        return None
    value = _rows(letters, "", {}, kind)
    reference = re.match(r"[\s。.;；,，]*(?:[(（《【\[]|解析|依据|第)", words)
    if text and not reference and len(letters) == 1 and not text.startswith(("。", "；")):
        text, value.rest = _without_reference(re.sub(r"[。；;]+$", "", text).strip())
        value.text = text.strip()
    else:
        value.rest = _after_reference(words)
    return value


def _several_with_texts(first: str, words: str) -> Value | None:
    """A.停电;B.验电 where the options are missing: the letters, and the words of each."""
    scan = words.translate(SCAN)
    spots = list(re.finditer(r"[;,、|\n \t]+([B-J])[ \t]?[.、:]", scan))
    letters = first + "".join(spot[1] for spot in spots)
    if not spots or len(first) > 1 or "".join(sorted(set(letters))) != letters:
        return None
    edges = [0, *(spot.end() for spot in spots)]
    stops = [*(spot.start() for spot in spots), len(words)]
    texts = [words[a:b].strip(" \t\n.、．:：;；") for a, b in zip(edges, stops, strict=True)]
    return Value(letters, text=texts, kind="multiple") if all(texts) else None


def _after_reference(words: str) -> str:
    return re.sub(r"^[\s)\]】）。.,，;；:：、]+", "", words)


def _rows(letters: str, rest: str, options: Mapping[str, str], kind: str) -> Value:
    doubts = []
    unknown = [letter for letter in letters if options and letter not in options]
    ordered = "".join(dict.fromkeys(letters)) if kind == "order" else "".join(sorted(set(letters)))
    if unknown:
        doubts.append(
            ("answer_outside_options", f"答案 {letters} 里的 {'、'.join(unknown)} 不在选项里")
        )
    if len(ordered) < len(letters):
        doubts.append(("answer_letters_twice", f"答案 {letters} 里有字母写了两次"))
    words = _without_texts(_after_reference(rest), [options[x] for x in ordered if x in options])
    if (
        len(ordered) == 1
        and options
        and bare(words.split("\n")[0]) == bare(options.get(ordered, ""))
    ):
        words = "\n".join(words.split("\n")[1:])
    return Value(ordered, words, doubts=doubts, kind="single" if len(ordered) == 1 else "multiple")


def _without_texts(words: str, texts: Sequence[str]) -> str:
    """What follows a row of letters, without the texts of those options: ABC:帽;带;网;"""
    first = words.split("\n")[0]
    if len(texts) > 1 and bare(first) == bare("".join(texts)):
        return words[len(first) :].strip()
    return words


def _by_number(row: str, options: Mapping[str, str], kind: str) -> Value | None:
    """1, 2, 13: the source does not say what the numbers stand for, so it is asked."""
    numbers = re.findall(r"\d", row)
    doubt = [("answer_is_implicit", f"答案写作 {''.join(numbers)}，文件没有说明数字代表什么")]
    verdicts = judge_options(options)
    if kind == "judge" or verdicts:
        if len(numbers) != 1 or numbers[0] not in "012":
            return None
        implied = numbers[0] == "1"
        return Value(
            None, "", implied=implied, convention="judge_numbers", doubts=doubt, kind="judge"
        )
    if options and "0" not in numbers:
        letters = list(options)
        if all(int(number) <= len(letters) for number in numbers):
            implied_row = "".join(sorted({letters[int(number) - 1] for number in numbers}))
            return Value(
                None,
                "",
                implied=implied_row,
                convention="option_numbers",
                doubts=doubt,
                kind="single" if len(implied_row) == 1 else "multiple",
            )
    return None


def _letters_with_texts(raw: str, scan: str, options: Mapping[str, str]) -> Value | None:
    """A:安全帽; B:手套; — each letter with the text of its option."""
    spots = list(_WITH_TEXT.finditer(scan))
    letters = ""
    for place, spot in enumerate(spots):
        end = spots[place + 1].start() if place + 1 < len(spots) else len(scan)
        text, letter = bare(raw[spot.end() : end]), spot[1]
        if not text or text != bare(options.get(letter, "")):
            return None
        letters += letter
    return _rows(letters, "", options, "multiple") if letters else None


def _all_options(text: str, options: Mapping[str, str]) -> str:
    """The letters of options whose texts, in one list, are the answer."""
    for parts in (
        re.split(r"[;；|｜\n]", text),
        re.split(r"[、,，]", text),
        re.split(r"\s{1,}", text),
    ):
        names = [same_option(part, options) for part in parts if bare(part)]
        if len(names) > 1 and all(names):
            return "".join(sorted({name for name in names if name}))
    return ""
