"""What a file does not state, asked on a terminal: conventions once, answers one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jingzhong.exchange.questions.answers import read_answer
from jingzhong.exchange.questions.blanks import count_gaps
from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.guard import CODE
from jingzhong.exchange.questions.settling import check

CONVENTIONS = {
    "first_option": "第一个选项总是正确答案",
    "judge_numbers": "判断题的 1 表示对，2 或 0 表示错",
    "judge_zero_right": "判断题的 0 表示对，1 表示错",
    "judge_letters": "判断题没有选项时，A 表示对，B 表示错",
    "option_numbers": "答案里的数字从 1 数起，1 表示第一个选项",
    "index_from_0": "答案里的数字从 0 数起，0 表示第一个选项",
    "unnamed_answer": "没有写明是答案、内容却像答案的那一栏就是答案",
    "tinted": "用红字、底色、粗体、下划线或星号等标出的选项是正确答案",
}

_YES = ("y", "yes", "是", "对")
# Where 0 and 1 judge, the figure that means right.
_DIRECTIONS = {"judge_numbers": "1", "judge_zero_right": "0"}


def accept(questions: Sequence[Found], convention: str) -> int:
    """Take a convention as given; returns how many answers it fills in."""
    count = 0
    for found in questions:
        if found.convention == "judge_zero_one" and convention in _DIRECTIONS:
            found.implied, found.convention = (
                found.extra.get("code") == _DIRECTIONS[convention],
                convention,
            )
        if found.convention == convention and found.implied is not None:
            found.answer, found.implied = found.implied, None
            if isinstance(found.answer, str) and found.type in ("single", "multiple"):
                found.type = "single" if len(found.answer) == 1 else "multiple"
            found.drop("answer_is_implicit")
            check(found)
            count += 1
    return count


def ask_conventions(
    questions: Sequence[Found], read: Callable[[str], str], say: Callable[[str], None]
) -> None:
    """Ask for each convention that the questions would need; only 是 takes it."""
    open_ended = [found for found in questions if found.convention == "judge_zero_one"]
    if open_ended:
        first = open_ended[0]
        say(f"\n{_where(first)}有 {len(open_ended)} 题用 0 和 1 表示对错，文件没有说明哪个是对。")
        say(f"例：{first.stem[:60]} → {first.extra.get('code')}")
        told = read("哪个数字表示对？（输入 0 或 1，直接回车表示不知道）").strip()
        for convention, figure in _DIRECTIONS.items():
            if told == figure:
                accept(questions, convention)
    for convention, meaning in CONVENTIONS.items():
        waiting = [
            found
            for found in questions
            if found.convention == convention and found.implied is not None
        ]
        if not waiting:
            continue
        first = waiting[0]
        say(f"\n{_where(first)}有 {len(waiting)} 题的答案要靠一个约定才读得出来：{meaning}。")
        say(f"例：{first.stem[:60]} → {_shown(first.implied)}")
        if read("这份文件是这样约定的吗？（输入 y 表示是，直接回车表示不是）").strip().lower() in (
            "y",
            "yes",
            "是",
        ):
            accept(questions, convention)


def ask_answers(
    questions: Sequence[Found], read: Callable[[str], str], say: Callable[[str], None]
) -> None:
    """Ask for missing answers; an empty line skips one, q skips all that are left."""
    for found in questions:
        if not found.has("answer_missing") or found.type == "short" or found.implied is not None:
            continue
        if found.type in ("single", "multiple") and len(found.options) < 2:
            continue
        say(f"\n{_where(found)}没有答案：{found.stem}")
        for letter, text in found.options.items():
            say(f"  {letter}. {text}")
        told = read("答案（直接回车跳过，q 不再问）：").strip()
        if told.lower() == "q":
            return
        value = (
            read_answer(told, found.options, found.type, count_gaps(found.stem)) if told else None
        )
        if value is None or value.answer is None or value.kind == "text" or value.doubts:
            say("没有采用。" if told else "跳过。")
            continue
        found.answer = value.answer
        if isinstance(value.answer, str):
            found.type = "single" if len(value.answer) == 1 else "multiple"
        check(found)


def ask_doubts(
    questions: Sequence[Found], read: Callable[[str], str], say: Callable[[str], None]
) -> None:
    """Ask whether answers that only spacing or bold type told were read rightly."""
    for found in questions:
        if found.has(CODE):
            _ask_again(found, read, say)
        codes = [code for code in ("blank_by_spaces", "blank_by_bold") if found.has(code)]
        if not codes or not isinstance(found.answer, list):
            continue
        say(f"\n{_where(found)}{found.stem} → {'；'.join(found.answer)}")
        if read("答案这样读对吗？（输入 y 表示对，直接回车先不收）").strip().lower() in _YES:
            found.drop(*codes)


def _ask_again(found: Found, read: Callable[[str], str], say: Callable[[str], None]) -> None:
    """Show a question that the last look doubted, whole; only 是 takes it as it is."""
    reason = next(problem.message for problem in found.problems if problem.code == CODE)
    say(f"\n{_where(found)}{reason}\n  {found.stem}")
    for letter, text in found.options.items():
        say(f"  {letter}. {text}")
    say(f"  答案：{_shown(found.answer)}")
    if read("这道题这样读对吗？（输入 y 表示对，直接回车先不收）").strip().lower() in _YES:
        found.drop(CODE)


def _where(found: Found) -> str:
    place = found.place()
    return f"{found.file}:{found.line}: {place}{'：' if place else ''}"


def _shown(answer: object) -> str:
    return {True: "对", False: "错"}[answer] if isinstance(answer, bool) else str(answer)
