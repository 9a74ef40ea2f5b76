"""Answers by a look alone: taken where the paper says what it means, else offered and asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import word_files as w

from jingzhong.exchange.questions.found import Haul
from jingzhong.exchange.questions.open_file import read_bytes
from jingzhong.exchange.questions.word_looks import stated

Command = Callable[..., "CompletedProcess[str]"]
RED, BOLD = '<w:color w:val="FF0000"/>', "<w:b/>"
LINE, YELLOW = '<w:u w:val="single"/>', '<w:highlight w:val="yellow"/>'
BLUE, SHADE = '<w:color w:val="0070C0"/>', '<w:shd w:val="clear" w:fill="FFFF00"/>'
STEMS = ("进入泵房前应当先（ ）。", "配电柜前的地面应当铺（ ）。", "安全出口应当（ ）。")
OPTIONS = (("通风检测", "关灯", "锁门"), ("地毯", "绝缘垫", "钢板"), ("上锁", "堆货", "畅通"))


def paper(look: str, *first: str, marked: tuple[str, ...] = ("A", "B", "C")) -> Haul:
    """Three questions; the letters of `marked` have the look."""
    return read_bytes(written(look, *first, marked=marked), "x.docx")


def written(look: str, *first: str, marked: tuple[str, ...] = ("A", "B", "C")) -> bytes:
    """The Word file of `paper`."""
    blocks = list(first)
    for number, (stem, options) in enumerate(zip(STEMS, OPTIONS, strict=True)):
        blocks.append(f"{number + 1}．{stem}")
        for letter, text in zip("ABC", options, strict=True):
            shown = f"{letter}．{text}"
            run = w.run(shown, look) if letter in marked[number] else shown
            blocks.append(w.paragraph(run))
    return w.word(*blocks)


def said(haul: Haul) -> list[str]:
    return [one.message for one in haul.notices if one.code == "answers_by_looks"]


@pytest.mark.parametrize(
    ("line", "look", "name"),
    [
        ("单选题（红色的为正确答案）", RED, "红字"),
        ("说明：加粗的选项为正确答案。", BOLD, "粗体"),
        ("正确答案用下划线标出", LINE, "下划线"),
        ("注：标黄的为答案", YELLOW, "底色"),
        ("高亮部分是正确选项", SHADE, "底色"),
        ("正确答案已标红", RED, "红字"),
        ("正确选项用蓝色字体表示", BLUE, "蓝字"),
    ],
)
def test_a_stated_look_answers(line: str, look: str, name: str) -> None:
    haul = paper(look, "班组题库", line)
    assert [found.answer for found in haul.questions] == ["A", "B", "C"]
    assert not any(found.blocked for found in haul.questions)
    (message,) = said(haul)
    assert message.endswith(f"3 题的答案按{name}读出")


@pytest.mark.parametrize("look", [RED, BOLD, RED + BOLD])
def test_two_looks_of_which_one_is_used(look: str) -> None:
    haul = paper(look, "单选题（红色加粗的为正确答案）")
    assert [found.answer for found in haul.questions] == ["A", "B", "C"]


def test_both_looks_beat_one() -> None:
    """Red alone is a remark where red and bold together are the answer."""
    blocks = ["红色加粗的为正确答案"]
    for number, stem in enumerate(STEMS, 1):
        blocks += [
            f"{number}．{stem}",
            w.paragraph(w.run("A．先", RED)),
            w.paragraph(w.run("B．后", RED + BOLD)),
            "C．都不",
        ]
    haul = read_bytes(w.word(*blocks), "x.docx")
    assert [found.answer for found in haul.questions] == ["B"] * 3


def test_stated_several_right() -> None:
    haul = paper(RED, "多选题（红色的为正确答案）", marked=("AB", "BC", "AC"))
    assert [(found.type, found.answer) for found in haul.questions] == [
        ("multiple", "AB"),
        ("multiple", "BC"),
        ("multiple", "AC"),
    ]


def test_two_marked_in_a_single_choice_are_asked() -> None:
    haul = paper(RED, "一、单选题（红色的为正确答案）", marked=("A", "BC", "C"))
    first, second, third = haul.questions
    assert (first.answer, second.answer, third.answer) == ("A", None, "C")
    assert second.blocked
    assert any("却标了 BC" in problem.message for problem in second.problems)


def test_what_was_answered_stays() -> None:
    """The twin: a stated look fills gaps and overrules nothing that is written."""
    blocks = [
        "红色的为正确答案",
        "1．" + STEMS[0],
        w.paragraph(w.run("A．通风", RED)),
        "B．关灯",
        "答案：B",
    ]
    assert read_bytes(w.word(*blocks), "x.docx").questions[0].answer == "B"


@pytest.mark.parametrize(
    "line",
    [
        "红色的为重点内容",
        "加粗的为易错题",
        "红色的不是正确答案",
        "红色为正确答案吗？",
        "红色的选项为错误答案",
        "请把正确答案填在横线上",
        "答案写在答题纸上，用黑色签字笔",
        "停止类标志的选项是红色",
        "",
    ],
)
def test_nothing_said_is_asked(line: str) -> None:
    haul = paper(RED, *filter(None, ("班组题库", line)))
    assert [found.answer for found in haul.questions] == [None] * 3
    assert [found.implied for found in haul.questions] == ["A", "B", "C"]
    assert all(found.blocked for found in haul.questions) and not said(haul)


@pytest.mark.parametrize(("look", "name"), [(BOLD, "粗体"), (LINE, "下划线"), (BLUE, "蓝字")])
def test_a_look_of_every_question_is_offered(look: str, name: str) -> None:
    haul = paper(look, "班组题库")
    assert [found.implied for found in haul.questions] == ["A", "B", "C"]
    assert [found.answer for found in haul.questions] == [None] * 3
    first = haul.questions[0].problems[0]
    assert first.message == f"选项 A 是{name}，文件没有说明这表示正确"


def test_a_look_of_some_questions_is_not() -> None:
    haul = paper(BOLD, "班组题库", marked=("A", "", "C"))
    assert not any(found.implied for found in haul.questions)
    assert all(found.has("answer_missing") for found in haul.questions)


def test_a_stated_look_that_nothing_has() -> None:
    haul = paper(BLUE, "红色的为正确答案")
    assert said(haul) == ["文件写明“红色的为正确答案”，但没有一题的选项是这样标的，请核对"]
    assert all(found.blocked for found in haul.questions)


def test_the_style_of_a_run_counts() -> None:
    import containers
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    document = docx.Document()
    document.styles.add_style("Right", WD_STYLE_TYPE.CHARACTER).font.bold = True
    document.add_paragraph("加粗的为正确答案")
    for stem in STEMS:
        document.add_paragraph(f"1．{stem}")
        document.add_paragraph("A．先")
        document.add_paragraph().add_run("B．后", style="Right")
    haul = read_bytes(containers.saved(document), "x.docx")
    assert [found.answer for found in haul.questions] == ["B"] * 3


def test_the_words_are_told_as_they_stand() -> None:
    told = stated("单选题（红色加粗的为正确答案）")
    assert told is not None and told[0] == "红色加粗的为正确答案"
    assert told[1] == (frozenset({"red", "bold"}),)
    either = stated("红色或加粗的为正确答案")
    assert either is not None and either[1] == (frozenset({"red"}), frozenset({"bold"}))


def test_the_command_takes_what_is_stated_and_says_so(command: Command, house: Path) -> None:
    (house / "a.docx").write_bytes(written(RED, "单选题（红色的为正确答案）"))
    done = command("import", "quiz", "a.docx", "-o", "quizzes/red.yml", "--no-ask")
    assert done.returncode == 0, done.stderr
    assert "3 题的答案按红字读出" in done.stdout and "可用 3，要决定 0" in done.stdout
    (house / "quizzes/red.yml").unlink()  # Its questions would be duplicates of the next.
    (house / "b.docx").write_bytes(written(BOLD, "班组题库"))
    done = command("import", "quiz", "b.docx", "--no-ask")
    assert "选项 A 是粗体" in done.stdout and "可用 0，要决定 3" in done.stdout
    done = command("import", "quiz", "b.docx", "--assume", "tinted")
    assert "可用 3" in done.stdout


def test_a_link_is_no_marked_option() -> None:
    link = w.field('HYPERLINK "https://example.org"', "通风").replace(
        "<w:rPr></w:rPr>", f"<w:rPr>{LINE}{RED}</w:rPr>"
    )
    blocks = ["1．" + STEMS[0], w.paragraph("A．", link), "B．关灯", "C．锁门"]
    found = read_bytes(w.word(*blocks), "x.docx").questions[0]
    assert found.options["A"] == "通风" and found.implied is None
