"""Numbers for options and for right and wrong: what a file's values settle, and what must be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jingzhong.exchange.questions.answers import bare
from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.look import empty
from jingzhong.exchange.questions.markup import pictured
from jingzhong.exchange.questions.offered import Offered, words
from jingzhong.exchange.questions.parts import Roles
from jingzhong.exchange.questions.settling import check
from jingzhong.exchange.questions.undeclared import judge_by_letters
from jingzhong.exchange.questions.value import Value


def settle_numbers(haul: Haul) -> None:
    """Settle from where the numbers of all answers count, where some answer tells it; else ask."""
    judge_by_letters(haul.questions)
    counted = [found for found in haul.questions if found.extra.get("places")]
    judged = [found for found in counted if not found.options]
    # Where the choices count from 0, so do the judgements that offer 正确 and 错误 as options.
    zero = [found for found in counted if found.options and 0 in found.extra["places"]]
    settled = len(zero) >= 2 and _base(counted) == 0
    if (
        judged
        and not settled
        and (len(judged) == len(counted) or any(0 in found.extra["places"] for found in judged))
    ):
        _zero_and_one(judged)
        counted = [found for found in counted if found.options]
    if any(found.options for found in counted):
        counted += _figures(haul.questions)
    glued = _part_glued(counted)
    base = _base(counted)
    for found in counted:
        _take(found, None if found.extra.get("glued") and not glued else base)
    if base is not None:
        haul.note(
            1,
            "index_settled",
            f"答案里的数字从 {base} 数起（{base} 表示第一个选项）：只有这样，文件里的数字才都落在选项里。请抽几题核对",
        )
    _forget_direction([found for found in haul.questions if found.convention == "judge_numbers"])
    _tell_open(haul)
    if any(found.extra.get("bits") for found in haul.questions):
        haul.note(
            1,
            "bits_read",
            "答案写作 0 和 1 的一串（如 0100），按每一位对应一个选项、1 表示选它读，请抽几题核对",
        )
    if any(found.extra.get("twos") for found in haul.questions):
        haul.note(1, "one_is_right", "选项的正确标记里，1 读作正确，2 读作不正确，请抽几题核对")


def _forget_direction(judged: Sequence[Found]) -> None:
    """Where 0 and 1 judge, nobody can say which is right: offer neither."""
    if not any(found.extra.get("code") == "0" for found in judged):
        return
    for found in judged:
        told = found.extra.get("code")
        found.implied, found.convention = None, "judge_zero_one"
        found.drop("answer_is_implicit")
        found.doubt("answer_is_implicit", f"答案写作 {told}，文件没有说明 0 和 1 哪个表示对")
        check(found)


def _tell_open(haul: Haul) -> None:
    """Note how many answers wait for an editor's word, and for what."""
    waiting = [found for found in haul.questions if found.has("answer_is_implicit")]
    unnamed = sum(found.convention == "unnamed_answer" for found in waiting)
    letters = sum(found.convention == "judge_letters" for found in waiting)
    if letters:
        haul.note(
            1,
            "answer_is_implicit",
            f"有 {letters} 题判断题的答案用字母表示，文件没有说明 A、B 哪个是对；A 表示对时，请加 --assume judge_letters",
        )
    if (numbers := len(waiting) - unnamed - letters) > 0:
        haul.note(
            1,
            "answer_is_implicit",
            f"有 {numbers} 题的答案用数字表示，文件没有说明数字的意思",
        )
    if unnamed:
        haul.note(
            1,
            "answer_is_implicit",
            f"有 {unnamed} 题的答案只可能在一栏没有写明是答案的内容里；要采用，请加 --assume unnamed_answer",
        )


def _zero_and_one(judged: Sequence[Found]) -> None:
    """0, 1 or 1, 2 beside 正确 and 错误: taken only where place and truth say the same everywhere."""
    figures = {place for found in judged for place in found.extra["places"]}
    base = 0 if 0 in figures else 1 if 2 in figures else 9
    read = {}
    for found in judged:
        verdicts = list(found.extra.get("verdicts", {}).values())
        place = found.extra["places"][0] - base
        alone = len(found.extra["places"]) == 1 and 0 <= place < len(verdicts)
        if alone and verdicts[place] is (place + base == 1):
            read[id(found)] = verdicts[place]
    for found in judged:
        told = "、".join(map(str, found.extra["places"]))
        found.drop("answer_is_implicit")
        if len(read) == len(judged):
            found.answer = read[id(found)]
        else:
            # As a place among 正确 and 错误 the number says one thing, as a truth the other.
            found.extra["code"], found.convention, found.implied = told, "judge_zero_one", None
            found.doubt(
                "answer_is_implicit", f"答案写作 {told}，是选项的序号还是 1 对 0 错，文件没有说明"
            )
        check(found)


def _part_glued(counted: Sequence[Found]) -> bool:
    """Read 13 as 1 and 3 where every such number of the file can be; True where 123 tells it too."""
    codes = [
        found
        for found in counted
        if len(found.extra["places"]) == 1 and found.extra["places"][0] > max(_size(found), 9)
    ]
    parted = {id(found): [int(sign) for sign in str(found.extra["places"][0])] for found in codes}
    if not codes or any(
        sorted(set(row)) != row or row[0] < 1 or row[-1] > _size(found)
        for found in codes
        for row in (parted[id(found)],)
    ):
        return False
    for found in codes:
        found.extra |= {"places": tuple(parted[id(found)]), "glued": True}
    return any(len(row) > 2 for row in parted.values())


def _size(found: Found) -> int:
    return len(found.options) or len(found.extra.get("verdicts", ()))


def _figures(questions: Sequence[Found]) -> list[Found]:
    """Answers such as 2 that equal an option's text: numbers of options, where others are such."""
    told = [found for found in questions if "figure" in found.extra]
    for found in told:
        found.extra["places"] = (found.extra["figure"],)
        found.answer = None
        found.doubt(
            "answer_is_implicit",
            f"答案写作 {found.extra['figure']}，是选项的文字还是序号，文件没有说明",
        )
    return told


def _base(counted: Sequence[Found]) -> int | None:
    """0 or 1 where the numbers tell it: a 0 occurs, or the number of the last option; else None."""
    choices = [found for found in counted if found.options] or [
        found for found in counted if 0 not in found.extra["places"]
    ]
    zero = any(0 in found.extra["places"] for found in choices)
    last = any(_size(found) in found.extra["places"] for found in choices)
    return 0 if zero and not last else 1 if last and not zero else None


def _take(found: Found, base: int | None) -> None:
    """Turn an answer's numbers into letters, or say why they cannot be."""
    places: tuple[int, ...] = found.extra["places"]
    verdicts: dict[str, bool] = found.extra.get("verdicts", {})
    letters = list(found.options) or list(verdicts)
    shift = (0 if 0 in places else 1) if base is None else base
    chosen = [letters[place - shift] for place in places if 0 <= place - shift < len(letters)]
    told = "、".join(map(str, places))
    if len(chosen) < len(places) or (verdicts and len(chosen) != 1):
        found.drop("answer_is_implicit")
        if found.options and base is not None:
            # One option would have its own number: such a code names several.
            found.type = "multiple"
        found.extra["unread"] = (
            f"答案写作 {told}，选项只有 {len(letters)} 个，文件没有说明这个代码指哪几个"
        )
        check(found)
        return
    row = "".join(sorted(set(chosen)))
    answer: str | bool = verdicts.get(row, row)
    if base is None or "figure" in found.extra:
        found.implied, found.convention = answer, "option_numbers" if shift else "index_from_0"
        check(found)
        return
    found.drop("answer_is_implicit")
    found.answer, found.implied = answer, None
    if isinstance(answer, str):
        found.type = "single" if len(answer) == 1 else "multiple"
    check(found)


def note_doubts(found: Found, offered: Offered, value: Value, stem: str, answer: str) -> None:
    """Say what was marked unclearly, and what is empty."""
    if offered.marks == "unclear" and value.answer is None:
        found.doubt("answer_is_implicit", "选项上的标记没有说明哪个数字表示正确")
    if offered.unsorted and re.fullmatch(r"[A-Ja-j\d\s,，、;；\[\]]+", answer):
        found.answer = found.implied = None
        found.doubt(
            "answer_ambiguous",
            f"选项另有排序号，和列出的顺序不同；答案 {answer} 按哪个顺序数，文件没有说明",
        )
        value.places = ()
    if value.convention == "judge_numbers":
        found.extra["code"] = "".join(re.findall(r"\d", answer))[:1]
    if isinstance(found.answer, str) and found.options and re.fullmatch(r"\d{1,2}", answer.strip()):
        found.extra["figure"] = int(answer)
    if value.convention == "bits":
        found.extra["bits"] = True
    if value.places:
        found.extra["places"] = value.places
    if offered.marks == "twos":
        found.extra["twos"] = True
    if offered.hollow and found.type in ("single", "multiple"):
        found.drop("missing_options", "same_options")
        found.doubt("missing_options", "选项全是空的")
    if pictured(stem) and not found.has("picture_missing"):
        found.doubt("picture_missing", "题干里有图，文件里没有图")


def note_picture(found: Found, roles: Roles, row: Sequence[Any]) -> None:
    """Say that a record names a picture, which the file does not hold."""
    for at in roles.pictures:
        told = words(row[at]).strip() if at < len(row) else ""
        if re.search(
            r"(?i)\.(?:png|jpe?g|gif|bmp|webp|svg|mp4)\b|^https?://|^data:|^[\w./\\-]*\d{2,}", told
        ):
            found.doubt("picture_missing", f"题里有图（{told[:40]}），文件里没有图")
            return


def unnamed_answer(roles: Roles, value: Value, name: str) -> Value:
    """An answer from a field whose name says nothing of it: offered, not taken."""
    if not roles.unnamed_answer or value.answer is None:
        return value
    doubt = ("answer_is_implicit", f"“{name}”一栏像是答案，文件没有说明")
    return Value(
        None, implied=value.answer, convention="unnamed_answer", doubts=[doubt], kind=value.kind
    )


def tell_sources(haul: Haul, roles: Roles, name: str) -> None:
    """Note where answers were taken from, where no name says that they are answers."""
    if roles.guessed and not roles.unnamed_answer:
        haul.note(
            1,
            "answer_guessed",
            f"答案取自“{name}”：名字没有说是答案，内容都对得上选项，请抽几题核对",
        )
    if roles.flags is not None and roles.options is not None:
        haul.note(1, "answer_flags", "答案取自每个选项旁的对错标记，请抽几题核对")
    if roles.options is not None and roles.options.kind == "stem":
        haul.note(
            1, "options_in_stem", f"选项取自题干里“{roles.options.sign}”之后的文字，请抽几题核对"
        )


def nothing_found(haul: Haul, line: int, count: int, names: Sequence[str], example: str) -> None:
    """Note what a file with data but no questions holds, and what would make questions of it."""
    told = "、".join(name.strip().replace("\n", " ")[:20] for name in names[:12])
    haul.note(
        line,
        "no_roles",
        f"读到 {count} 组数据，栏目有 {told}{'…' if len(names) > 12 else ''}"
        f"{f'（例：{example}）' if example else ''}，认不出哪一栏是题干，哪一栏是选项或答案。"
        "请把栏目名改成“题干、选项A、选项B、答案”再导入",
    )


def rival_answers(roles: Roles, row: Sequence[Any]) -> Value | None:
    """What to say where two fields look like the answer and differ; None where they agree."""
    told = [words(row[at]) for at in roles.rivals if not empty(row[at])]
    if len({bare(one) for one in told}) < 2:
        return None
    both = "、".join(one[:20] for one in told)
    return Value(doubts=[("answer_ambiguous", f"有两处都像答案，内容不同：{both}")])
