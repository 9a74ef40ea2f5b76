"""Folds, fences and pictures of Markdown and of pages: what they hold, and what they are not."""

from __future__ import annotations

import pytest
from conftest import Read

OPTIONS = "1. 火警电话是哪个？\n\nA. 119\n\nB. 120\n\n"


@pytest.mark.parametrize(
    "fold",
    [
        "<details>\n<summary>答案</summary>\n\nA\n\n</details>\n",
        "<details><summary><b>参考答案</b></summary>A</details>\n",
        "<details>\n<summary>点击查看答案</summary>\n<ul>\n<li>选择A</li>\n</ul>\n</details>\n",
        "<details>\n<summary>查看答案与解析</summary>\n\n**答案：A**\n\n</details>\n",
        "::: details 答案\nA\n:::\n",
        "::: details 查看答案\n**答案：A**\n:::\n",
        '??? success "答案"\n    A\n',
        '??? note "查看答案与解析"\n    答案：A\n',
    ],
)
def test_a_fold_named_answer_answers(read: Read, fold: str) -> None:
    (question,) = read(f"## 练习\n\n{OPTIONS}{fold}", "x.md")
    assert question["answer"] == "A" and not question["problems"]
    assert question["options"] == {"A": "119", "B": "120"} and not question["explanation"]


@pytest.mark.parametrize(
    "fold",
    [
        "<details>\n<summary>提示</summary>\n\nA\n\n</details>\n",
        "::: tip\n看看电话簿\n:::\n",
        "```text\n看看电话簿\n```\n",
        "<details>\n<summary>答案</summary>\n\nB选项错误\n\n</details>\n",
    ],
)
def test_any_other_fold_does_not(read: Read, fold: str) -> None:
    (question,) = read(f"## 练习\n\n{OPTIONS}{fold}", "x.md")
    assert question["answer"] is None and question["problems"]


def test_the_folds_of_a_page(read: Read) -> None:
    page = "<html><body><p>{}</p><p>A. 119</p><p>B. 120</p><details><summary>{}</summary><p>{}</p></details></body></html>"
    (one,) = read(page.format("1. 火警是？", "答案", "A"), "x.html")
    (two,) = read(page.format("1. 火警是？", "提示", "A类"), "x.html")
    assert one["answer"] == "A" and one["options"] == {"A": "119", "B": "120"}
    assert two["answer"] is None


def test_a_heading_ends_an_explanation_and_a_mark_below_one_does_not(read: Read) -> None:
    (one,) = read(f"# 题\n\n{OPTIONS}答案：A\n\n解析：先报警。\n\n## 下一课\n\n讲义。\n", "x.md")
    (two,) = read(f"# 题\n\n{OPTIONS}#### 答案\n\nA\n\n#### 解析\n\n先报警。\n", "x.md")
    assert one["explanation"] == "先报警。" and one["answer"] == "A"
    assert two["explanation"] == "先报警。" and two["answer"] == "A"


def test_a_picture_is_told_and_no_blank(read: Read) -> None:
    (question,) = read(
        "1. 图里的标志是什么意思？（A）\n\n![](a/b.png)\n\nA. 禁止\n\nB. 提示\n", "x.md"
    )
    assert question["stem"] == "图里的标志是什么意思？（）" and question["answer"] == "A"
    assert [problem["code"] for problem in question["problems"]] == ["picture"]


def test_one_letter_behind_a_stop_is_asked_two_are_taken(read: Read) -> None:
    text = "{}、火警是（）。{}\nA、119\nB、120\n"
    one, two = read(text.format(1, "A") + text.format(2, ""))
    assert one["answer"] is None and two["answer"] is None
    one, two = read(text.format(1, "A") + text.format(2, "B"))
    assert (one["answer"], two["answer"]) == ("A", "B") and one["stem"] == "火警是（）。"


def test_a_reference_to_a_page_stays(read: Read) -> None:
    line = "{}.按说明书第 {} 页的做法，应当先停机再检修，检修以后由专人验收，验收合格才能合闸送电，送电以前通知所有在场的人都离开。 答案:正确 "
    one, two = read("".join(line.format(n, n + 2) for n in (1, 2)))
    assert "第 3 页" in one["stem"] and "第 4 页" in two["stem"]


def test_a_check_mark_between_two_options_is_asked(read: Read) -> None:
    (one,) = read("1. 氨气泄漏时应当（ ）。\nA. 逆风走 √B. 顺风走\nC. 等着\n")
    (two,) = read("1. 氨气泄漏时应当（ ）。\nA. 逆风走 √\nB. 顺风走\nC. 等着\n")
    (three,) = read("1. 氨气泄漏时应当（ ）。\n√A. 逆风走 □B. 顺风走 □C. 等着\n")
    assert one["answer"] is None and two["answer"] == "A" and three["answer"] == "A"


def test_letters_glued_to_a_number_are_not_lost(read: Read) -> None:
    text = "1. 应当（ ）。\nA. 帽\nB. 带\nC. 牌\n正确答案：{}"
    assert read(text.format("A,B,C2. 灯要关。答案：对\n"))[0]["answer"] == "ABC"
    (question,) = read(text.format("A B31474\n"))
    assert "answer_ambiguous" in {problem["code"] for problem in question["problems"]}
