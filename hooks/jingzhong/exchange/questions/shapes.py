"""JSON and JSON lines: exam results, question lists, 问卷星 exports; shapes known by their keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jingzhong.exchange.questions.answers import Value, bare, judged, read_answer
from jingzhong.exchange.questions.blanks import count_gaps, open_runs, tidy_gaps
from jingzhong.exchange.questions.body import cut_cell
from jingzhong.exchange.questions.found import Found, Haul, RefusedError
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.table import declared_type, split_options
from jingzhong.exchange.questions.tidy import join_lines, plain

# The keys that exports use for each part of a question, folded to lower case.
_WORDS = {
    "stem": (
        "stem title question content 题干 题目 questiontext question_text questiontitle "
        "question_title questioncontent text subject topic name 试题 问题 题目内容 试题内容 "
        "questionname desc description body tm timu q questionstem"
    ),
    "options": (
        "options optionlist option_list choices answers items 选项 option choicelist "
        "answerlist answer_list selections optionsjson select xx answeroptions 备选答案 "
        "selectlist opts questionoptions question_options alternatives"
    ),
    "answer": (
        "answer correct correctanswer correct_answer rightanswer right_answer 答案 正确答案 "
        "standardanswer standard_answer key solution da answers correctanswers rightkey "
        "stdanswer correct_option correctoption answerkey 参考答案 标准答案 trueanswer daan an ans"
    ),
    "reason": (
        "explanation analysis 解析 答案解析 explain parse remark analyze jiexi comment 试题解析 "
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
_STEM = _KEYS["stem"]
_OPTIONS = _KEYS["options"]
_ANSWER = _KEYS["answer"]
_REASON = _KEYS["reason"]
_TYPE = _KEYS["type"]
_NUMBER = _KEYS["number"]
_TEXT = _KEYS["text"]
_LETTER = _KEYS["letter"]
_RIGHT = _KEYS["right"]
MAX_ITEMS = 100_000


def read_json(text: str) -> Haul:
    """All questions of a JSON text; refuses what is not JSON, naming the line."""
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise RefusedError("JSON 嵌套太深，不像题库，没有读", code="bomb") from error
    except ValueError as error:
        rows = _json_lines(text)
        if rows is None:
            line = getattr(error, "lineno", 1)
            raise RefusedError(
                f"第 {line} 行附近不是完整的 JSON（{_why(error)}）。请让导出的程序重新导出，或补全后再导入",
                line=line,
                code="broken_json",
            ) from error
        data = rows
    haul = Haul()
    lines = _Lines(text)
    for item, declared in _questions(data):
        found = _question(item, declared, lines)
        if found is not None:
            haul.questions.append(found)
    _ask_conventions(haul)
    return haul


def _why(error: ValueError) -> str:
    message = getattr(error, "msg", "")
    return {"Expecting value": "缺少值", "Extra data": "末尾多出内容"}.get(
        message, "引号、逗号或括号不成对"
    )


def _json_lines(text: str) -> list[Any] | None:
    """The objects of a JSON-lines text; None when some line is none."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line.strip().rstrip(","))
        except (ValueError, RecursionError):
            return None
        if not isinstance(item, dict | list):
            return None
        if isinstance(item, dict):
            item.setdefault("__line__", number)
        rows.append(item)
    return rows or None


class _Lines:
    """Where a stem stands in the source: searched onwards from the last one."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def of(self, stem: str) -> int:
        for shown in (json.dumps(stem, ensure_ascii=False), json.dumps(stem)):
            place = self.text.find(shown[1:-1][:200], self.at)
            if place >= 0:
                self.at = place + 1
                return self.text.count("\n", 0, place) + 1
        return 1


def _folded(item: Mapping[str, Any]) -> dict[str, Any]:
    folded: dict[str, Any] = {}
    for key, value in item.items():
        folded.setdefault(re.sub(r"[\s_\-]", "", str(key)).lower(), value)
        folded.setdefault(str(key).lower(), value)
    return folded


def _pick(item: Mapping[str, Any], names: Sequence[str]) -> Any:
    for name in names:
        value = item.get(name)
        if value not in (None, "", [], {}):
            return value
    return None


def _questions(data: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """(object, type of the list it stands in) of every question, in the order of the file."""
    stack: list[tuple[Any, str]] = [(data, "")]
    count = 0
    while stack:
        item, declared = stack.pop()
        count += 1
        if count > MAX_ITEMS * 20:
            raise RefusedError("JSON 太大，请拆成几个文件", code="bomb")
        if isinstance(item, dict):
            folded = _folded(item)
            if _is_question(folded):
                yield folded, declared
                continue
            own = _section(folded) or declared
            for key, value in reversed(list(item.items())):
                stack.append((value, declared_type(str(key)) or own))
        elif isinstance(item, list):
            stack += [(value, declared) for value in reversed(item)]


def _section(item: Mapping[str, Any]) -> str:
    """The type that a group of questions names in its title."""
    title = _pick(item, ("typelabel", "typename", "type", "title", "name"))
    return declared_type(title) if isinstance(title, str) and len(title) <= 20 else ""


def _is_question(item: Mapping[str, Any]) -> bool:
    stem = _pick(item, _STEM)
    if not isinstance(stem, str) or not bare(stem):
        return False
    if _pick(item, _OPTIONS) is not None or _letter_keys(item):
        return True
    answer = _pick(item, _ANSWER)
    nested = any(
        isinstance(value, list) and value and isinstance(value[0], dict) for value in item.values()
    )
    return answer is not None and not isinstance(answer, dict) and not nested


def _letter_keys(item: Mapping[str, Any]) -> dict[str, str]:
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
        found[letter.upper()] = _words(value)
    return found if len(found) >= 2 else {}


def _words(value: Any) -> str:
    """A value's text; HTML inside is taken off."""
    if isinstance(value, bool):
        return "正确" if value else "错误"
    text = str(value)
    if "<" in text and re.search(r"<[a-zA-Z/][^<>]{0,400}>", text):
        text = re.sub(r"(?i)<br\s*/?>|</p>|</div>", "\n", text)
        text = re.sub(r"<[a-zA-Z/!][^<>]{0,400}>", "", text)
    return join_lines(plain(text.replace("&nbsp;", " "))).strip()


def _question(item: Mapping[str, Any], declared: str, lines: _Lines) -> Found | None:
    raw_stem = str(_pick(item, _STEM))
    stem = _words(raw_stem)
    typed = _type(item) or declared
    line = item.get("__line__")
    found = Found(typed, "", line if isinstance(line, int) else lines.of(raw_stem), declared=typed)
    number = _pick(item, _NUMBER)
    found.number = str(number) if isinstance(number, int | str) and str(number).isdigit() else ""
    options, rights, doubtful = _options(item)
    answer = _pick(
        item,
        [
            name
            for name in _ANSWER
            if not isinstance(item.get(name), dict) and item.get(name) is not _pick(item, _OPTIONS)
        ],
    )
    if isinstance(item.get("answer"), bool):
        answer = item["answer"]
    if not options and typed not in ("blank", "short", "judge"):
        stem, options, marked = cut_cell(stem, typed)
        rights = rights or marked
    found.options = options
    gaps = count_gaps(tidy_gaps(open_runs(stem)))
    value = (
        Value(rights, kind="single" if len(rights) == 1 else "multiple")
        if rights
        else _answer(answer, options, typed, gaps)
    )
    if doubtful and not rights and value.answer is None:
        value.doubts.append(("answer_is_implicit", "选项上的标记没有说明哪个数字表示正确"))
    settle(found, stem, [value], typed)
    reason = _pick(item, _REASON)
    if isinstance(reason, str) and bare(reason) not in ("", "略", "无", "暂无", "暂无解析"):
        found.explanation = _words(reason)
    elif value.rest:
        found.explanation = value.rest
    return found


def _type(item: Mapping[str, Any]) -> str:
    for name in _TYPE:
        value = item.get(name)
        if isinstance(value, str) and (kind := declared_type(value)):
            return kind
    return ""


def _options(item: Mapping[str, Any]) -> tuple[dict[str, str], str, bool]:
    """(options, letters marked right, whether a mark was not understood)."""
    given = _pick(item, _OPTIONS)
    if isinstance(given, str):
        return split_options(given), "", False
    if isinstance(given, dict):
        texts = {
            str(key).strip().upper(): _words(value)
            for key, value in given.items()
            if not isinstance(value, dict | list) and value not in (None, "")
        }
        if texts and all(re.fullmatch(r"[A-J]", key) for key in texts):
            return dict(sorted(texts.items())), "", False
        return (
            {chr(65 + place): text for place, text in enumerate(list(texts.values())[:10])},
            "",
            False,
        )
    if not isinstance(given, list):
        return _letter_keys(item), "", False
    options: dict[str, str] = {}
    marks: list[Any] = []
    for place, part in enumerate(given[:10]):
        letter = chr(65 + place)
        if isinstance(part, dict):
            folded = _folded(part)
            text = _pick(folded, _TEXT)
            own = _pick(folded, _LETTER)
            if isinstance(own, str) and re.fullmatch(r"[A-Ja-j]", own.strip()):
                letter = own.strip().upper()
                text = _pick({key: value for key, value in folded.items() if value != own}, _TEXT)
            options[letter] = _words(text if text is not None else "")
            marks.append(
                next(
                    (
                        folded[name]
                        for name in _RIGHT
                        if name in folded and not isinstance(folded[name], dict | list)
                    ),
                    None,
                )
            )
        else:
            options.update(_lettered_text(letter, _words(part)))
            marks.append(None)
    return options, *_rights(list(options), marks)


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


def _answer(answer: Any, options: Mapping[str, str], typed: str, gaps: int) -> Value:
    if answer is None:
        return Value()
    if isinstance(answer, bool):
        if options and typed != "judge":
            return read_answer("正确" if answer else "错误", options, typed)
        return Value(answer, kind="judge")
    if isinstance(answer, list):
        flat = [part for part in answer if not isinstance(part, dict | list)]
        texts = [
            _words(_pick(_folded(part), _TEXT)) if isinstance(part, dict) else _words(part)
            for part in answer
            if not isinstance(part, list)
        ]
        if flat and all(isinstance(part, int) and not isinstance(part, bool) for part in flat):
            return _by_index(flat, options, typed)
        if typed in ("blank",) or (not options and gaps and gaps == len(texts)):
            return Value([text for text in texts if text], kind="blank")
        if all(re.fullmatch(r"[A-Ja-j]", text) for text in texts):
            return read_answer("".join(texts), options, typed)
        return read_answer("；".join(texts), options, typed, gaps)
    if isinstance(answer, int) and options:
        return _by_index([answer], options, typed)
    return read_answer(_words(answer), options, typed, gaps)


def _by_index(places: Sequence[int], options: Mapping[str, str], typed: str) -> Value:
    """Numbers for options: the file does not say whether it counts from 0 or 1."""
    doubt = [
        (
            "answer_is_implicit",
            f"答案写作 {'、'.join(map(str, places))}，文件没有说明从 0 还是从 1 数",
        )
    ]
    letters = list(options)
    start = 0 if 0 in places else 1
    chosen = [letters[place - start] for place in places if 0 <= place - start < len(letters)]
    if len(chosen) != len(places):
        return Value(None, doubts=doubt, kind="single")
    row = "".join(sorted(set(chosen)))
    convention = "index_from_0" if start == 0 else "option_numbers"
    return Value(
        None,
        implied=row,
        convention=convention,
        doubts=doubt,
        kind="single" if len(row) == 1 else "multiple",
    )


def _ask_conventions(haul: Haul) -> None:
    implicit = sum(found.has("answer_is_implicit") for found in haul.questions)
    if implicit:
        haul.note(
            1, "answer_is_implicit", f"有 {implicit} 题的答案用数字表示，文件没有说明数字的意思"
        )
