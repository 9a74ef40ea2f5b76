"""What a question is: its type from options and answer, its problems, nothing added."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions import blanks
from jingzhong.exchange.questions.answers import bare, judge_options, judged
from jingzhong.exchange.questions.blank_answers import split_blanks
from jingzhong.exchange.questions.found import TYPE_NAMES, Found
from jingzhong.exchange.questions.furniture import unfurnished
from jingzhong.exchange.questions.marks import PICTURE
from jingzhong.exchange.questions.tidy import join_lines, plain
from jingzhong.exchange.questions.value import Value

CHOICES = ("single", "multiple", "choice", "order")
_ENDS = re.compile(r"[。？?！!](?=[ \t]|$)")
# …？（写出三点即可）
_ASKED = re.compile(r"[。？?！!：:](?:[（(][^（）()]{1,20}[）)])?[ \t]*$")
_ASKS = re.compile(
    r"[?？]|简述|试述|论述|阐述|说明|什么|哪些|如何|怎样|为什么|请|列出|写出|叙述|简要|解释|分析|试|谈谈|指出|计算"
)

_ASKS_WORDS = re.compile(
    r"简述|试述|论述|阐述|简答|什么是|什么叫|名词解释|如何|怎样|为什么|谈谈|说说|列举"
)


def settle(found: Found, stem: str, values: Sequence[Value], typed: str) -> None:
    """Fill in type, stem and answer of a question whose options are known."""
    value, stem = values[0] if values else Value(), unfurnished(stem)
    for other in values[1:]:
        if (
            other.answer is not None
            and value.answer is not None
            and other.answer != value.answer
            and other.kind == value.kind
        ):
            found.doubt(
                "answer_conflict",
                f"文件里有两个不同的答案：{_shown(value.answer)}、{_shown(other.answer)}",
            )
        elif value.answer is None and value.implied is None and other.answer is not None:
            value = other
    for code, message in value.doubts:
        found.doubt(code, message)
    if len(found.options) >= 2:
        _with_options(found, stem, value, typed)
    elif typed == "blank" or isinstance(value.answer, list):
        _as_blank(found, stem, value)
    elif typed == "short" and _is_case_verdict(found, stem, value):
        _without_options(found, stem, Value(_verdict(value), kind="judge"), "judge")
    elif typed == "short":
        _as_short(found, stem, value)
    else:
        _without_options(found, stem, value, typed)
    found.stem = join_lines(plain(found.stem))
    check(found)


def _shown(answer: object) -> str:
    return (
        {True: "对", False: "错"}.get(answer, str(answer))
        if isinstance(answer, bool)
        else str(answer)
    )


def _with_options(found: Found, stem: str, value: Value, typed: str) -> None:
    verdicts = judge_options(found.options)
    answer, implied = value.answer, value.implied
    if answer is None and implied is None:
        picked = blanks.pick_letters(stem, found.options, textual=False)
        stem, answer = picked.stem, picked.letters or None
        for code, message in picked.doubts:
            found.doubt(code, message)
    elif isinstance(answer, str):
        picked = blanks.pick_letters(stem, found.options, textual=False)
        if picked.letters == answer:
            stem = picked.stem
        elif picked.letters and "".join(sorted(picked.letters)) != answer:
            found.doubt("answer_conflict", f"题干括号里是 {picked.letters}，答案写的是 {answer}")
    if verdicts:
        found.type = "judge"
        if answer is None and implied is None:
            stem, answer, found.explanation = blanks.pick_verdict(stem)
        else:
            stem, _, found.explanation = blanks.pick_verdict(stem)
        if isinstance(answer, str):
            told = {verdicts[letter] for letter in answer if letter in verdicts}
            answer = told.pop() if len(told) == 1 else None
        if isinstance(implied, str):
            implied = verdicts.get(implied)
        if typed in ("single", "multiple"):
            found.doubt(
                "type_conflict", f"选项是对和错，按判断题读；文件把它列在{TYPE_NAMES[typed]}"
            )
        found.options, found.extra["verdicts"] = {}, verdicts
        found.answer = answer if isinstance(answer, bool) else None
        _imply(found, implied, value)
        found.stem = blanks.tidy_gaps(stem)
        return
    if isinstance(answer, bool):
        found.doubt("type_conflict", "答案是对或错，选项却不是")
        answer = None
    letters = answer if isinstance(answer, str) else implied if isinstance(implied, str) else ""
    found.answer = answer if isinstance(answer, str) and value.kind != "text" else None
    if isinstance(answer, str) and value.kind == "text":
        found.answer_text = join_lines(answer)
        found.doubt("answer_not_in_options", f"答案“{join_lines(answer)[:40]}”和哪个选项都不同")
        letters = ""
    _imply(found, implied, value)
    if typed == "order":
        found.type = "order"
        found.answer = value.answer if isinstance(value.answer, str) else None
    elif letters:
        found.type = "single" if len(letters) == 1 else "multiple"
        if typed in ("single", "multiple") and typed != found.type:
            found.doubt(
                "type_conflict",
                f"答案是 {letters}，按{TYPE_NAMES[found.type]}读；文件把它列在{TYPE_NAMES[typed]}",
            )
        elif typed in ("judge", "blank", "short"):
            found.doubt(
                "type_conflict",
                f"有选项，按{TYPE_NAMES[found.type]}读；文件把它列在{TYPE_NAMES[typed]}",
            )
    else:
        found.type = typed if typed in ("single", "multiple") else "single"
    found.stem = blanks.tidy_gaps(blanks.open_runs(plain(stem)))


def _imply(found: Found, implied: object, value: Value) -> None:
    if implied is not None:
        found.implied, found.convention = implied, value.convention  # type: ignore[assignment]


def _as_blank(found: Found, stem: str, value: Value) -> None:
    found.type = "blank"
    texts = value.answer if isinstance(value.answer, list) else None
    filled = blanks.fill_in(
        stem, answered=texts is not None or isinstance(value.answer, str | bool)
    )
    if isinstance(value.answer, bool):
        texts = ["对" if value.answer else "错"]
    elif isinstance(value.answer, str):
        texts = split_blanks(value.answer, filled.blanks)
    found.stem, answers = filled.stem, texts or filled.answers
    for code, message in filled.doubts:
        found.doubt(code, message)
    if texts and filled.blanks and len(texts) != filled.blanks and not found.has("blank_count"):
        again = split_blanks("；".join(texts), filled.blanks)
        answers = again if len(again) == filled.blanks else texts
        if len(answers) != filled.blanks:
            found.doubt("blank_count", f"题干有 {filled.blanks} 个空，答案分出 {len(answers)} 个")
    if not filled.blanks:
        found.doubt("no_blank", "列在填空题里，题干没有标出空")
    found.answer = answers or None


def _verdict(value: Value) -> bool | None:
    if isinstance(value.answer, str):
        return judged(value.answer.strip().rstrip("。."))
    return value.answer if isinstance(value.answer, bool) else None


def _is_case_verdict(found: Found, stem: str, value: Value) -> bool:
    """Whether a statement below a case is answered by 正确 or 错误 alone: a judgement."""
    case = re.search("案例|情景|情境|综合", found.section) is not None
    return case and _verdict(value) is not None and not _ASKS.search(stem)


def _as_short(found: Found, stem: str, value: Value) -> None:
    found.type = "short"
    if isinstance(value.answer, str):
        found.stem, found.answer = stem, value.answer.strip()
        return
    if isinstance(value.answer, bool):
        found.stem, found.answer = stem, "对" if value.answer else "错"
        return
    term = (
        re.match(r"\s*([^，。：:,;；？?\n]{1,24})[：:][ \t]*(?=\S)", stem)
        if "名词解释" in found.section
        else None
    )
    question, answer = (term[1], stem[term.end() :].strip()) if term else split_short(stem)
    found.stem, found.answer = question, answer or None
    if answer:
        found.doubt("answer_without_mark", "答案紧跟在问题后面，没有“答：”，请核对断开的地方")


def split_short(stem: str) -> tuple[str, str]:
    """(question, answer) where the answer follows with no mark; the answer may be empty."""
    lines = stem.strip().split("\n")
    first = lines[0]
    match = _ENDS.search(first)
    if match:
        rest = first[match.end() :]
        if rest.strip() and rest[:1] in " \t" and _ASKS.search(first[: match.end()]):
            return first[: match.end()], "\n".join([rest.strip(), *lines[1:]])
    if len(lines) > 1 and _ASKED.search(first) and _ASKS.search(first):
        return first, "\n".join(lines[1:]).strip()
    return stem, ""


def _without_options(found: Found, stem: str, value: Value, typed: str) -> None:
    answer, text = value.answer, value.text
    if answer is None and value.implied is None:
        if typed == "judge" or (typed == "" and _is_statement(stem)):
            _judge_by_line(found, stem)
            return
        if (
            typed in CHOICES
            and _is_statement(stem)
            and blanks.pick_verdict(plain(stem))[1] is not None
        ):
            found.doubt("type_conflict", "答案是对或错，按判断题读；文件把它列在选择题")
            _judge_by_line(found, stem)
            return
        if typed in CHOICES or typed == "":
            picked = blanks.pick_letters(stem, {}, textual=typed in CHOICES)
            stem, answer = picked.stem, picked.letters or None
            text = picked.text or None
            for code, message in picked.doubts:
                found.doubt(code, message)
    numbered = value.implied is not None and (typed == "judge" or value.kind == "judge")
    if isinstance(answer, bool) or numbered:
        found.type, found.answer = "judge", answer if isinstance(answer, bool) else None
        _imply(found, value.implied, value)
        rest, _, found.explanation = blanks.pick_verdict(stem)
        found.stem = blanks.tidy_gaps(rest)
        if typed in ("single", "multiple"):
            found.doubt(
                "type_conflict", f"答案是对或错，按判断题读；文件把它列在{TYPE_NAMES[typed]}"
            )
        return
    found.stem = blanks.tidy_gaps(blanks.open_runs(plain(stem)))
    if value.kind == "short" and isinstance(answer, str):
        _by_words(found, stem, answer)
        return
    if isinstance(answer, str) and value.kind != "text":
        if typed == "judge":
            # A and B with no options: which of them means right, nobody says.
            found.type = "judge"
            found.doubt(
                "answer_is_implicit", f"判断题的答案写作 {answer}，文件没有说明字母代表对还是错"
            )
            if answer in ("A", "B"):
                found.implied, found.convention = answer == "A", "judge_letters"
            return
        found.type = "single" if len(answer) == 1 else "multiple"
        if typed in ("single", "multiple") and typed != found.type:
            found.doubt(
                "type_conflict",
                f"答案是 {answer}，按{TYPE_NAMES[found.type]}读；文件把它列在{TYPE_NAMES[typed]}",
            )
        found.answer, found.answer_text = answer, text
        return
    if isinstance(answer, str):
        text = answer
    if typed in CHOICES:
        found.type = "multiple" if typed == "multiple" else "single"
        found.answer_text = join_lines(text) if isinstance(text, str) else text
    elif typed == "judge":
        found.type = "judge"
        verdict = judged(text.split("，")[0].split(",")[0]) if isinstance(text, str) else None
        found.answer = verdict
        found.stem = blanks.pick_verdict(found.stem)[0]
        if isinstance(text, str) and verdict is not None:
            found.explanation = text
    elif isinstance(text, str):
        _by_words(found, stem, text)
    elif _ASKS_WORDS.search(stem) and not blanks.count_gaps(found.stem):
        found.type = "short"
    else:
        found.type = "blank" if re.search(r"_{2,}", found.stem) else "single"
        found.doubt("type_unknown", "文件没有说明题型，也没有选项和答案")


def _by_words(found: Found, stem: str, text: str) -> None:
    """No options, nothing declared, an answer in words: a fill-in where a blank is left, else short."""
    if blanks.count_gaps(found.stem):
        _as_blank(found, stem, Value(text))
        return
    found.type, found.answer = "short", text.strip()
    found.stem = plain(stem)


def _is_statement(stem: str) -> bool:
    """Whether a stem is a statement with a verdict's bracket or sign behind its last stop."""
    rest, verdict, _ = blanks.pick_verdict(plain(stem))
    if verdict is not None:
        return True
    return len(rest) < len(plain(stem).strip()) and bool(re.search(r"[。！!][ \t]*$", rest))


def _judge_by_line(found: Found, stem: str) -> None:
    """A judgement whose verdict stands in its bracket, at the end of one of its lines."""
    found.type = "judge"
    lines = [line for line in stem.strip().split("\n") if line.strip()] or [""]
    for place in range(len(lines)):
        rest, verdict, reason = blanks.pick_verdict("\n".join(lines[: place + 1]))
        if verdict is not None:
            found.stem, found.answer = rest, verdict
            words = "\n".join(lines[place + 1 :])
            if place == 0 and not bare(rest) and words:
                # （√） alone on the first line, the statement behind it.
                found.stem, words = words, ""
            found.explanation = join_lines("\n".join(part for part in (reason, words) if part))
            return
    found.stem = blanks.pick_verdict("\n".join(lines))[0]
    found.stem, sign = blanks.unread_verdict(found.stem)
    if sign:
        found.doubt("answer_unread", f"括号里的“{sign}”看不出是对是错，请对照原题")


def check(found: Found) -> None:
    """Note what is missing or does not fit; call it again after an answer was filled in."""
    found.drop("answer_missing", "missing_options", "same_options", "stem_missing")
    told = found.answer_text is not None or found.implied is not None
    if found.answer is None and not told and not found.has("answer_is_implicit"):
        found.doubt("answer_missing", found.extra.get("unread", "文件里没有答案"))
    if found.type in ("single", "multiple", "order") and len(found.options) < 2:
        found.doubt("missing_options", "文件里没有选项")
    if found.options:
        # 1.19 and 11.9 are not the same.
        hollow = [letter for letter, text in found.options.items() if not text.strip()]
        if hollow:
            found.doubt("missing_options", f"选项 {'、'.join(hollow)} 是空的")
        texts = [shown for text in found.options.values() if (shown := re.sub(r"\s", "", text))]
        if len(set(texts)) < len(texts):
            found.doubt("same_options", "有两个选项文字相同")
        letters = "".join(found.options)
        if letters != "ABCDEFGHIJ"[: len(letters)]:
            found.doubt("option_letters", f"选项字母是 {'、'.join(found.options)}，不连续")
        if (
            isinstance(found.answer, str)
            and found.type != "short"
            and any(x not in found.options for x in found.answer)
        ):
            found.doubt("answer_outside_options", f"答案 {found.answer} 不在选项里")
    if found.type == "short":
        found.doubt("short_not_kept", "题库不收问答、名词解释、改错一类的题")
    if found.type == "order":
        found.doubt("order_not_kept", "排序题请手工录入")
    if not bare(found.stem):
        found.doubt("stem_missing", "没有题干")
    if PICTURE.search(found.stem) and not found.extra.get("picture"):
        found.doubt("picture_missing", "题干说到图，文件里没有图")
