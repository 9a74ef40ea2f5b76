"""The last look: what a wrong cut leaves behind is never taken silently, what is right passes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Read

from jingzhong.exchange.questions.ask import ask_doubts
from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.guard import CODE, look_over


def found(
    stem: str, answer: Any = "A", *, kind: str = "single", number: str = "", **more: Any
) -> Found:
    options = more.pop("options", ["上锁", "挂牌"] if kind in ("single", "multiple") else [])
    lettered = {chr(ord("A") + place): text for place, text in enumerate(options)}
    return Found(kind, stem, 1, options=lettered, answer=answer, number=number, **more)


WRONG = {
    "next letter glued to Latin": found("权限是（）。", options=["rw-r--", "r--r-- Crw-rw-"]),
    "label as an option": found("应当（）。", options=["上锁", "挂牌", "正确"]),
    "label as the second": found("应当（）。", options=["上锁", "正确"]),
    "word of the mark": found("应当（）。", options=["上锁", "挂牌", "参考答案"]),
    "empty option": found("应当（）。", options=["上锁", "挂牌", ""]),
    "answer in an option": found("应当（）。", options=["上锁", "挂牌 答案：B"]),
    "mark glued to the last": found("应当（）。", options=["上锁", "挂牌答案"]),
    "next question in an option": found(
        "应当（）。", number="2", options=["上锁", "看住开关3、绝缘棒"]
    ),
    "a long option with a stem": found(
        "应当（）。",
        options=[
            "上锁",
            "挂牌",
            "看住开关，不许别人靠近配电箱，也不许合上别的闸刀，再往下看17、检修以前应当先（ B ）。停电",
        ],
    ),
    "a bracket over two options": found("不包括（）。", options=["帽", "牌（黄、红", "绿）"]),
    "an answer in the stem": found("应当先验电。答案：对", True, kind="judge"),
    "two judgements": found("门要锁。（×）窗要关。", False, kind="judge"),
    "a verdict not read": found("门要锁。(X)3、窗要关。(M)4、灯要开。", False, kind="judge"),
    "a verdict in the reason": found("门要锁。", True, kind="judge", explanation="3窗要关。（√）"),
    "a number before the stem": found(r"\1. 应当先（）。"),
    "a colon behind the number": found("3：应当先（）。"),
    "next question in the stem": found(
        "电压有____伏。8、电流有____安。", ["36", "5"], kind="blank", number="7"
    ),
    "several numbers in the stem": found(
        "____伏以下。8、电流有____安。9、电阻有____欧。", ["36", "5", "2"], kind="blank", number="2"
    ),
    "a heading at the end": found("火警是____。二、单项挑选题。", ["119"], kind="blank"),
    "options in a judgement": found("门要锁。A.正确 B.错误", True, kind="judge"),
    "next question in the reason": found(
        "应当（）。", number="4", explanation="先看规程。5、灭火用（ A ）。A.水 B.沙"
    ),
    "next question in a blank": found(
        "火警是____。", ["119 3、急救电话是"], kind="blank", number="2"
    ),
    "the next option glued": found("应当（）。", options=["上锁", "随意挂C. 不挂"]),
    "the next option in brackets": found("应当（）。", options=["帽", "口罩（C）牌子"]),
    "the next circle glued": found("应当（）。", options=["先看", "再听③后说"]),
    "a box inside": found("应当（）。", options=["上锁☆挂牌", "看住"]),
    "a dash inside": found("应当（）。", options=["拔插头- 断开总闸", "看住"]),
    "only a letter": found("应当（）。", options=["上锁", "B", "看住"]),
    "another option's letter": found("应当（）。", options=["B. 定期校验", "C. 随意调节"]),
    "cut behind a comma": found("应当（）。", options=["上锁和", "挂牌"]),
    "a heading in an option": found("应当（）。", options=["上锁", "挂牌第二部分 判断题"]),
    "options in a choice's stem": found("级别为（）。A.大 B.小 应当找（）。"),
    "a filled bracket beside a blank": found("急救是（）。A 119（B）3 火警是"),
    "a verdict above options": found("培训要有记录。（√）应急物资有（）。"),
    "points at the end": found("企业负责人应（）。2分"),
    "a rule above": found("-----下列说法错误的是（）。"),
    "a glued number": found("1有限空间作业（）。"),
    "a label": found("【选项】正确；错误", True, kind="judge"),
    "a mark at the end": found("门要锁。（）答案与", True, kind="judge"),
    "only letters in blanks": found("下列属于____的有", ["ABC"], kind="blank"),
}

RIGHT = {
    "a word with the next letter": found("用的是（）。", options=["Ant tools", "Bee C compiler"]),
    "plain": found("应当（）。"),
    "a verdict among three": found("下列说法（）。", options=["正确", "错误", "不确定"]),
    "wrong is a word": found("下列说法（）。", options=["错误", "以上都不对", "看情况"]),
    "objects with letters": found("属于A、B两类的是（）。", options=["A、B两类", "C类"]),
    "a list in an option": found(
        "说法正确的是（）。", number="1", options=["“1.停产；2.罚款。”", "“1.警告；2.罚款。”"]
    ),
    "numbers in an option": found(
        "温度应当为（）。", number="1", options=["2.5度", "2、3度之间", "约2.0度"]
    ),
    "brackets inside": found("应当（）。", options=["上锁（红）", "挂牌（黄）", "（一）看"]),
    "an open bracket only": found("应当（）。", options=["上锁（红", "挂牌"]),
    "two times": found("比例为1：500的图（）。"),
    "a number of things": found("1、2号泵应当（）。"),
    "a decimal": found("3.5米高处（）。"),
    "the word answer": found("公布答案的时间是（）。", options=["当天的标准答案说明", "次日"]),
    "steps in a stem": found("先看：1、门；2、窗。应当（）。", number="1"),
    "a remark": found("额定电压（V）高。电流（A）低。", True, kind="judge"),
    "reason with numbers": found("门要锁。", True, kind="judge", explanation="见规程2、3条。"),
    "a long option": found(
        "应当（）。",
        options=[
            "上锁",
            "看住开关，不许别人靠近配电箱，也不许合上别的闸刀，直到检修的人都下来为止",
        ],
    ),
    "classes in options": found("属于（）。", options=["A、B两类和C、D两类", "只有C、D两类"]),
    "all letters": found("标志是（）。", options=["A", "B"]),
    "minus": found("温度为（）。", options=["-5℃", "5-10℃"]),
    "an emergency number": found("119报警时（）。"),
    "a bracket with a unit": found("电压（V）为（）。"),
    "letters among words": found("等级为____和____。", ["A", "甲"], kind="blank"),
    "short with a list": found("简述步骤。", "1、看；2、听", kind="short", number="1"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_wrong_cut_leaves_is_kept_out(name: str) -> None:
    question = WRONG[name]
    look_over([question])
    assert question.has(CODE) and question.blocked
    (problem,) = [one for one in question.problems if one.code == CODE]
    assert problem.message.startswith("请核对：") and len(problem.message) > 10


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(name: str) -> None:
    look_over([RIGHT[name]])
    assert not RIGHT[name].problems, RIGHT[name].problems


def test_a_key_that_is_not_understood_is_not_the_last_question_s(read: Read) -> None:
    paper = "".join(f"{n}. 第{n}件事是（ ）。\nA. 看\nB. 听\n" for n in (1, 2, 3))
    *_, last = read(paper + "\n参考答案\n\n甲、答案：B\n")[:3]
    assert CODE in {problem["code"] for problem in last["problems"]}
    *_, last = read(paper + "答案：B\n")
    assert CODE not in {problem["code"] for problem in last["problems"]}


def test_an_editor_may_take_it(capsys: pytest.CaptureFixture[str]) -> None:
    for told, kept in (("y", False), ("", True)):
        question = found("3：应当先（）。")
        look_over([question])
        said: list[str] = []
        ask_doubts([question], lambda _, told=told: told, said.append)  # type: ignore[misc]
        assert question.has(CODE) is kept
        assert "请核对" in said[0] and "  A. 上锁" in said and "  答案：A" in said


def test_it_is_told_with_the_question() -> None:
    question = found("3：应当先（）。")
    look_over([question])
    assert json.dumps(question.as_dict(), ensure_ascii=False).count("请核对") == 1
