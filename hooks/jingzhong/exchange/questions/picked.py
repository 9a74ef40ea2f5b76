"""A JSON value or cell as an answer, given the options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jingzhong.exchange.questions.answers import judge_options, read_answer, same_option
from jingzhong.exchange.questions.loose_json import read_loose
from jingzhong.exchange.questions.offered import Offered, read_options, truth, words
from jingzhong.exchange.questions.tidy import SCAN
from jingzhong.exchange.questions.value import Value

_BETWEEN = re.compile(r"[\s,，、;；|/&#^@+\-.。$]+")
# 正确答案：B。 as a value: the label and the closing mark are no part of the answer.
_TOLD = re.compile(
    r"(?:正确|参考|标准)?答案[ \t]*(?:[:：]|[是为][:：]?)[ \t]*([A-Ja-jＡ-Ｊ]{1,10}|正确|错误|对|错|√|×)[ \t]*[。.;；]?"
)
_LETTER = re.compile(
    r"(?:选项|option|opt|choice|item|answer)?[\s_]*([A-Ja-j])(?:选项|项)?", re.IGNORECASE
)


def resolves(value: Any, offered: Offered) -> bool:
    """Whether an answer points at options that there are."""
    told = answer_value(value, offered, "", 0)
    if told.places:
        size = len(offered.options)
        return all(0 <= place <= size for place in told.places)
    if isinstance(told.answer, bool):
        return judge_options(offered.options) is not None
    return (
        isinstance(told.answer, str)
        and told.kind != "text"
        and all(x in offered.options for x in told.answer)
    )


def answer_value(answer: Any, offered: Offered, typed: str, gaps: int) -> Value:
    """An answer of any kind, read; numbers that may count options are left to the whole file."""
    options = offered.options
    if answer is None or answer == "" or answer == [] or answer == {}:
        return Value()
    if isinstance(answer, bool):
        if options and typed != "judge":
            return read_answer("正确" if answer else "错误", options, typed)
        return Value(answer, kind="judge")
    if isinstance(answer, Mapping):
        return _of_mapping(answer, offered, typed, gaps)
    named = _named(answer, offered)
    if named:
        return Value(named, kind="single" if len(named) == 1 else "multiple")
    if isinstance(answer, list):
        return _of_list(answer, offered, typed, gaps)
    if isinstance(answer, int | float) and options:
        return by_index([int(answer)], answer)
    text = words(answer)
    if labelled := _TOLD.fullmatch(text.strip()):
        text = labelled[1]
    if text[:1] in "[{" and isinstance(told := read_loose(text), list | dict):
        return answer_value(told, offered, typed, gaps)
    if typed not in ("blank", "short") and (letters := _plain_letters(text)):
        text = text if same_option(text, options) else letters
    if options and typed not in ("blank", "short"):
        if (
            re.fullmatch(r"[01]{3,}", text)
            and not same_option(text, options)
            and len(text) == len(options)
            and "1" in text
        ):
            rights = "".join(x for x, bit in zip(options, text, strict=True) if bit == "1")
            return Value(
                rights, kind="single" if len(rights) == 1 else "multiple", convention="bits"
            )
        if (row := _numbers(text)) and not same_option(text, options):
            return by_index(row, text)
    return read_answer(text, options, typed, gaps)


def _plain_letters(text: str) -> str:
    """A&&&B, A|B, 选项A,选项B as AB; "" for what is not only letters."""
    parts = [part for part in _BETWEEN.split(text.translate(SCAN).strip()) if part]
    found = [_LETTER.fullmatch(part) for part in parts]
    if not parts or not all(found) or (len(parts) == 1 and len(parts[0]) == 1):
        return ""
    return "".join(match[1].upper() for match in found if match)


def _numbers(text: str) -> list[int]:
    """1,3 or 2 or 13 as numbers; [] for what is none."""
    told = text.strip().strip("[]()（）").removesuffix(".0")
    if re.fullmatch(r"\d{1,2}(?:[ \t]*[,，、;；|/&#+ ][ \t]*\d{1,2})*", told):
        return [int(one) for one in re.findall(r"\d+", told)]
    return [int(told)] if re.fullmatch(r"[1-9]{3,8}", told) else []


def _of_mapping(answer: Mapping[str, Any], offered: Offered, typed: str, gaps: int) -> Value:
    """{"A": true, "B": false}, {"value": "A"}, {"id": 1, "text": "x"}."""
    keys = [str(key).strip().upper() for key in answer]
    if offered.options and all(key in offered.options for key in keys):
        marks = [truth(value) for value in answer.values()]
        if None not in marks and any(marks):
            rights = "".join(sorted(key for key, right in zip(keys, marks, strict=True) if right))
            return Value(rights, kind="single" if len(rights) == 1 else "multiple")
        if any(isinstance(value, str) and value.strip() for value in answer.values()):
            return Value("".join(sorted(keys)), kind="single" if len(keys) == 1 else "multiple")
    if keys == [str(at + 1) for at in range(len(keys))] and (typed == "blank" or gaps == len(keys)):
        texts = [words(one[0] if isinstance(one, list) and one else one) for one in answer.values()]
        return Value([text for text in texts if text], kind="blank")
    for value in answer.values():
        if isinstance(value, str | int | list | bool) and value not in ("", []):
            told = answer_value(value, offered, typed, gaps)
            if told.answer is not None and (told.kind != "text" or not offered.options):
                return told
    return Value()


def _of_list(answer: Sequence[Any], offered: Offered, typed: str, gaps: int) -> Value:
    options = offered.options
    if all(isinstance(part, bool) for part in answer) and len(answer) == len(options) > 1:
        rights = "".join(x for x, right in zip(options, answer, strict=True) if right)
        return Value(rights or None, kind="single" if len(rights) == 1 else "multiple")
    if len(answer) == 1 and isinstance(answer[0], list):
        return answer_value(answer[0], offered, typed, gaps)
    if len(answer) == 1 and not isinstance(answer[0], dict):
        if typed == "blank" or (not options and gaps == 1):
            return Value([words(answer[0])], kind="blank")
        return answer_value(answer[0], offered, typed, gaps)
    if answer and all(isinstance(part, Mapping) for part in answer):
        given = read_options(list(answer))
        if given.rights:
            texts = [given.options[letter] for letter in given.rights]
        else:
            texts = list(given.options.values()) or [words(part) for part in answer]
    else:
        texts = [words(part) for part in answer if part is not None]
    flat = [part for part in answer if not isinstance(part, dict | list | bool)]
    counted = len(flat) == len(answer) and all(re.fullmatch(r"\d{1,2}", str(x)) for x in flat)
    if options and flat and counted and not all(same_option(str(x), options) for x in flat):
        return by_index([int(part) for part in flat], answer)
    if typed == "blank" or (not options and gaps and gaps == len(texts)):
        return Value([text for text in texts if text], kind="blank")
    if texts and all(re.fullmatch(r"[A-Ja-j]", text.strip()) for text in texts):
        return read_answer("".join(text.strip() for text in texts), options, typed)
    letters = [same_option(text, options) for text in texts]
    if options and texts and all(letters):
        rights = "".join(sorted({letter for letter in letters if letter}))
        return Value(rights, kind="single" if len(rights) == 1 else "multiple")
    return read_answer("；".join(texts), options, typed, gaps)


def _named(answer: Any, offered: Offered) -> str:
    """The letters of options that an answer names by id or value."""
    told = answer if isinstance(answer, list) else [answer]
    if any(isinstance(part, bool | dict | list) or part is None for part in told):
        return ""
    texts = [str(part).strip() for part in told]
    if all(text in offered.options for text in texts):
        return ""
    if len(texts) == 1 and texts[0] not in offered.names:
        texts = [part.strip() for part in re.split(r"[,，;；|、]", texts[0]) if part.strip()]
    names = [offered.names.get(text, "") for text in texts]
    return "".join(sorted(set(names))) if names and all(names) else ""


def by_index(places: Sequence[int], told: Any) -> Value:
    """Numbers for options: from where they count is settled for the whole file."""
    shown = "、".join(map(str, told)) if isinstance(told, list) else words(told)
    doubt = [("answer_is_implicit", f"答案写作 {shown}，文件没有说明从 0 还是从 1 数")]
    return Value(None, doubts=doubt, kind="single", places=tuple(places))
