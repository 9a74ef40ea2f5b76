"""What one question's JSON object holds: its keys by many names, options, answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingzhong.exchange.questions.answers import judged, read_answer
from jingzhong.exchange.questions.option_cells import own_letter, split_options
from jingzhong.exchange.questions.tidy import join_lines, plain
from jingzhong.exchange.questions.value import Value

# The keys that exports use for each part of a question, folded to lower case.
_WORDS = {
    "stem": (
        "stem title question content 题干 题目 questiontext question_text questiontitle "
        "question_title questioncontent tigan text subject topic name 试题 问题 题目内容 试题内容 "
        "questionname desc description body tm timu q questionstem"
    ),
    "options": (
        "options optionlist option_list choices answers items 选项 option choicelist "
        "answerlist answer_list selections optionsjson select xx answeroptions 备选答案 "
        "selectlist opts questionoptions question_options alternatives xuanxiang xuantext xuan_text"
    ),
    "answer": (
        "answer correct correctanswer correct_answer rightanswer right_answer 答案 正确答案 "
        "standardanswer standard_answer key solution da answers correctanswers rightkey "
        "stdanswer correct_option correctoption answerkey 参考答案 标准答案 trueanswer daan an ans righttext right_text"
    ),
    "reason": (
        "explanation analysis jiexi 解析 答案解析 explain parse remark analyze jiexi comment 试题解析 "
        "feedback answeranalysis reason rationale 题目解析"
    ),
    "type": (
        "typelabel type_label typename type_name questiontypename 题型 类型 questiontype "
        "question_type type qtype kind category_type 题目类型 试题类型"
    ),
    "number": ("number no index 序号 题号 num sort sequence order"),
    "text": (
        "content text value label title name option desc answer 选项内容 body optioncontent "
        "option_content optiontext html"
    ),
    "letter": ("letter key label index code option mark prefix 选项 no optionlabel alias opt name"),
    "right": (
        "iscorrect is_correct correct isright is_right right isanswer is_answer answer 正确 "
        "istrue correctflag iskey checkedanswer isok"
    ),
}
_KEYS = {part: words.split() for part, words in _WORDS.items()}
STEM = _KEYS["stem"]
OPTIONS = _KEYS["options"]
ANSWER = _KEYS["answer"]
REASON = _KEYS["reason"]
TYPE = _KEYS["type"]
NUMBER = _KEYS["number"]
TEXT = _KEYS["text"]
LETTER = _KEYS["letter"]
RIGHT = _KEYS["right"]


def guessed_stem(item: Mapping[str, Any]) -> str:
    """The one text of an object that names its stem by a key of its own; "" where two could be it."""
    known = {*OPTIONS, *ANSWER, *REASON, *TYPE, *NUMBER}
    values = {
        value.strip()
        for key, value in item.items()
        if isinstance(value, str) and key not in known and re.search("[\u4e00-\u9fff]{4}", value)
    }
    return values.pop() if len(values) == 1 else ""


def guessed_options(item: Mapping[str, Any]) -> list[str]:
    """The one list of texts of an object that names its options by a key of its own."""
    known = {*ANSWER, *REASON, *TYPE, *STEM, "tags", "tag", "keywords", "images", "imgs", "pics"}
    lists = [
        value
        for key, value in item.items()
        if key not in known
        and isinstance(value, list)
        and 2 <= len(value) <= 10
        and all(isinstance(text, str) and text.strip() for text in value)
    ]
    return lists[0] if lists and all(value == lists[0] for value in lists) else []


def folded(item: Mapping[str, Any]) -> dict[str, Any]:
    """The object with its keys in lower case, with and without signs between words."""
    plainly: dict[str, Any] = {}
    for key, value in item.items():
        plainly.setdefault(re.sub(r"[\s_\-]", "", str(key)).lower(), value)
        plainly.setdefault(str(key).lower(), value)
    return plainly


def pick(item: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The first of these keys that holds something."""
    for name in names:
        value = item.get(name)
        if value not in (None, "", [], {}):
            return value
    return None


def letter_keys(item: Mapping[str, Any]) -> dict[str, str]:
    """Options kept as keys a, b, c or optionA, optionB."""
    found = {}
    for letter in "abcdefghij":
        value = next(
            (
                item[key]
                for key in (
                    letter,
                    f"option{letter}",
                    f"option_{letter}",
                    f"选项{letter}",
                    f"choice{letter}",
                    f"answer{letter}",
                    f"xx{letter}",
                )
                if item.get(key) not in (None, "")
            ),
            None,
        )
        if value is None or isinstance(value, dict | list):
            break
        found[letter.upper()] = words(value)
    return found if len(found) >= 2 else {}


def words(value: Any) -> str:
    """A value's text; HTML inside is taken off."""
    if isinstance(value, bool):
        return "正确" if value else "错误"
    text = str(value)
    if "<" in text and re.search(r"<[a-zA-Z/][^<>]{0,400}>", text):
        text = re.sub(r"(?i)<br\s*/?>|</p>|</div>", "\n", text)
        text = re.sub(r"<[a-zA-Z/!][^<>]{0,400}>", "", text)
    return join_lines(plain(text.replace("&nbsp;", " "))).strip()


@dataclass
class Offered:
    """The options of one JSON question: texts, letters marked right, what else names an option."""

    options: dict[str, str] = field(default_factory=dict)
    rights: str = ""
    unclear: bool = False
    twos: bool = False
    names: dict[str, str] = field(default_factory=dict)


def offered(item: Mapping[str, Any]) -> Offered:
    """The options of a question, in whatever shape its object holds them."""
    given = pick(item, OPTIONS) or ([] if letter_keys(item) else guessed_options(item)) or None
    if isinstance(given, str):
        return Offered(split_options(given))
    if isinstance(given, dict):
        texts = {
            str(key).strip().upper(): words(value)
            for key, value in given.items()
            if not isinstance(value, dict | list) and value not in (None, "")
        }
        if texts and all(re.fullmatch(r"[A-J]", key) for key in texts):
            return Offered({key: own_letter(key, text) for key, text in sorted(texts.items())})
        return Offered(
            {chr(65 + place): text for place, text in enumerate(list(texts.values())[:10])}
        )
    if not isinstance(given, list):
        return Offered(letter_keys(item))
    found = Offered()
    marks: list[Any] = []
    for place, part in enumerate(given[:10]):
        letter = chr(65 + place)
        if not isinstance(part, dict):
            found.options.update(_lettered_text(letter, words(part)))
            marks.append(None)
            continue
        fields = folded(part)
        own = pick(fields, LETTER)
        if isinstance(own, str) and re.fullmatch(r"[A-Ja-j]", own.strip()):
            letter = own.strip().upper()
            fields = {key: value for key, value in fields.items() if value != own}
        text = pick(fields, TEXT)
        found.options[letter] = own_letter(letter, words(text if text is not None else ""))
        for name in ("id", "value", "key", "code", "optionid", "index", "no"):
            told = fields.get(name)
            if isinstance(told, str | int) and not isinstance(told, bool) and told != text:
                found.names.setdefault(str(told), letter)
        flags = (fields[name] for name in RIGHT if name in fields)
        marks.append(next((flag for flag in flags if not isinstance(flag, dict | list)), None))
    found.rights, found.unclear = _rights(list(found.options), marks)
    found.twos = bool(found.rights) and any(str(mark) == "2" for mark in marks)
    return found


def _lettered_text(letter: str, text: str) -> dict[str, str]:
    match = re.match(r"([A-J])[.、．:：)）]\s*(?=\S)", text)
    return {match[1]: text[match.end() :]} if match else {letter: text}


def _rights(letters: Sequence[str], marks: Sequence[Any]) -> tuple[str, bool]:
    """Letters marked right: true/false, 1/0, or 1/2 where some are 1 and some 2 (1 is right there)."""
    known = [mark for mark in marks if mark is not None]
    if not known or len(known) != len(letters):
        return "", False
    truth = [_truth(mark) for mark in marks]
    if None in truth:
        return "", True
    return "".join(letter for letter, right in zip(letters, truth, strict=True) if right), False


def _truth(mark: Any) -> bool | None:
    """isCorrect is true, 1 or "1" for right; false, 0 or 2 for wrong."""
    if isinstance(mark, bool):
        return mark
    if isinstance(mark, int | float):
        return True if mark == 1 else False if mark in (0, 2) else None
    text = str(mark).strip().lower()
    return {
        "1": True,
        "true": True,
        "y": True,
        "yes": True,
        "0": False,
        "2": False,
        "false": False,
        "n": False,
        "no": False,
        "": False,
    }.get(text, judged(text))


def answer_value(answer: Any, options: Mapping[str, str], typed: str, gaps: int) -> Value:
    """An answer of any JSON kind, read."""
    if answer is None:
        return Value()
    if isinstance(answer, bool):
        if options and typed != "judge":
            return read_answer("正确" if answer else "错误", options, typed)
        return Value(answer, kind="judge")
    if isinstance(answer, list):
        flat = [part for part in answer if not isinstance(part, dict | list)]
        texts = [
            words(pick(folded(part), TEXT)) if isinstance(part, dict) else words(part)
            for part in answer
            if not isinstance(part, list)
        ]
        if flat and all(isinstance(part, int) and not isinstance(part, bool) for part in flat):
            return by_index(flat, options)
        if typed in ("blank",) or (not options and gaps and gaps == len(texts)):
            return Value([text for text in texts if text], kind="blank")
        if all(re.fullmatch(r"[A-Ja-j]", text) for text in texts):
            return read_answer("".join(texts), options, typed)
        return read_answer("；".join(texts), options, typed, gaps)
    if isinstance(answer, int) and options:
        return by_index([answer], options)
    return read_answer(words(answer), options, typed, gaps)


def by_index(places: Sequence[int], options: Mapping[str, str], base: int = 1) -> Value:
    """Numbers for options: the file does not say whether it counts from 0 or 1."""
    shown = "、".join(map(str, places))
    doubt = [("answer_is_implicit", f"答案写作 {shown}，文件没有说明从 0 还是从 1 数")]
    letters = list(options)
    base = 0 if 0 in places else base
    chosen = [letters[place - base] for place in places if 0 <= place - base < len(letters)]
    value = Value(None, doubts=doubt, kind="single", places=tuple(places))
    if len(chosen) == len(places):
        value.implied = "".join(sorted(set(chosen)))
        value.convention = "option_numbers" if base else "index_from_0"
        value.kind = "single" if len(value.implied) == 1 else "multiple"
    return value
