"""`python hooks import quiz`: the report, the bank, the rejected file, importing again."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from jingzhong.errors import Report
from jingzhong.model.fields import At
from jingzhong.model.quizzes import Bank, parse_bank
from jingzhong.model.source import load_source
from jingzhong.model.vocabulary import load_vocabularies

Command = Callable[..., "subprocess.CompletedProcess[str]"]
AsJson = Callable[..., dict[str, Any]]

PAPER = """一、单选题
1．从业人员发现直接危及人身安全的紧急情况时，应当（ ）。
A．停止作业并撤离
B．继续作业
答案：A
解析：《安全生产法》第五十五条规定了这项权利。
2．开关应当（ ）。
A．上锁: 挂牌
B．打开
二、多选题
1．灭火时应当（ ）。
A．报警  B．疏散  C．围观
答案：AB
三、判断题
1．安全通道可以堆放杂物。（×）
四、填空题
1．火警电话是____，急救电话是____。
答案：119；120
五、简答题
1．简述断电的步骤。
答：先停负荷，再断开关。
"""


def bank_at(house: Path, name: str = "fire.yml") -> Bank:
    report = Report()
    source = load_source(house, house / "quizzes" / name, report)
    assert source, report.problems
    bank = parse_bank(source, At(source.path, "", report, load_vocabularies().spellings))
    assert bank and not report.problems, report.problems
    return bank


def test_json_shape(house: Path, as_json: AsJson) -> None:
    (house / "x.txt").write_text(PAPER, "utf-8")
    told = as_json("x.txt")
    assert set(told) == {"questions", "problems", "summary"}
    for question in told["questions"]:
        assert {"type", "stem", "options", "answer", "explanation", "line", "problems"} <= set(
            question
        )
    assert [question["answer"] for question in told["questions"]] == [
        "A",
        None,
        "AB",
        False,
        ["119", "120"],
        "先停负荷，再断开关。",
    ]
    assert told["summary"]["found"] == 6 and told["summary"]["accepted"] == 4
    assert told["summary"]["to_decide"] == 1 and told["summary"]["rejected"] == 1
    assert list((house / "quizzes").iterdir()) == []


def test_a_bank_is_written_and_read(house: Path, command: Command) -> None:
    (house / "x.txt").write_text(PAPER, "utf-8")
    done = command(
        "import", "quiz", "x.txt", "-o", "quizzes/fire.yml", "--title", "消防题库", "--no-ask"
    )
    assert done.returncode == 0, done.stderr
    bank = bank_at(house)
    assert bank.title == "消防题库" and len(bank.questions) == 4
    single, multiple, judge, blank = bank.questions
    assert (single.answer, multiple.answer, judge.answer) == ("A", "AB", False)
    assert blank.answer == (("119",), ("120",)) and blank.stem == "火警电话是____，急救电话是____。"
    assert [(item.law, item.article) for item in single.law] == [("work-safety-law", "55")]
    rejected = yaml.safe_load((house / "quizzes/fire.rejected.yml").read_text("utf-8"))["rejected"]
    assert [item["line"] for item in rejected] == [7, 20]
    assert rejected[0]["options"] == {"A": "上锁: 挂牌", "B": "打开"}
    assert "没有答案" in rejected[0]["reasons"][0] and "问答" in rejected[1]["reasons"][0]
    assert "x.txt:7:" in done.stdout and "要决定 1" in done.stdout


def test_never_overwrites_without_force(house: Path, command: Command) -> None:
    (house / "x.txt").write_text(PAPER, "utf-8")
    target = house / "quizzes/fire.yml"
    target.write_text("mine\n", "utf-8")
    done = command("import", "quiz", "x.txt", "-o", "quizzes/fire.yml")
    assert done.returncode == 2 and "--force" in done.stderr
    assert target.read_text("utf-8") == "mine\n"
    # A broken bank would lose what is in it.
    done = command("import", "quiz", "x.txt", "-o", "quizzes/fire.yml", "--force")
    assert done.returncode == 2 and "quizzes" in done.stderr
    assert target.read_text("utf-8") == "mine\n"


def test_import_again_keeps_what_was_added(house: Path, command: Command) -> None:
    source, target = house / "x.txt", house / "quizzes/fire.yml"
    source.write_text(PAPER, "utf-8")
    assert command("import", "quiz", "x.txt", "-o", "quizzes/fire.yml", "--no-ask").returncode == 0
    first = target.read_text("utf-8")
    ids = [question.id for question in bank_at(house).questions]
    assert (
        command(
            "import", "quiz", "x.txt", "-o", "quizzes/fire.yml", "--force", "--no-ask"
        ).returncode
        == 0
    )
    assert target.read_text("utf-8") == first
    # An editor adds links, topics, another spelling, a better explanation, and a question.
    edited = first.replace('      - ["119"]', '      - ["119", "一一九"]').replace(
        "    difficulty: 3\n",
        "    case: 2015-08-12-tianjin-ruihai\n    difficulty: 2\n    topics:\n      - 消防\n",
        1,
    )
    edited = edited.replace(
        "explanation: 原题没有附解析。", "explanation: 堆放杂物会堵住逃生的路。", 1
    )
    edited += "  - id: fire-mine\n    type: judge\n    stem: 逃生时不乘电梯。\n    answer: 对\n    explanation: 电梯会停电。\n    difficulty: 1\n"
    target.write_text(edited, "utf-8")
    changed = PAPER.replace("B．继续作业", "B．继续作业到下班").replace(
        "（×）", "（×）\n2．安全出口应当畅通。（√）"
    )
    source.write_text(changed, "utf-8")
    done = command("import", "quiz", "x.txt", "-o", "quizzes/fire.yml", "--force", "--no-ask")
    assert done.returncode == 0, done.stderr
    bank = bank_at(house)
    by_id = {question.id: question for question in bank.questions}
    assert set(ids) < set(by_id) and "fire-mine" in by_id and len(by_id) == 6
    first_question = by_id[ids[0]]
    assert first_question.options["B"] == "继续作业到下班"
    assert first_question.case == ("2015-08-12-tianjin-ruihai",) and first_question.topics == (
        "消防",
    )
    assert first_question.difficulty == 2 and first_question.law
    assert by_id[ids[3]].answer[0] == ("119", "一一九")
    assert "更新 options" in done.stdout and "fire-mine" in done.stdout


def test_ids_do_not_depend_on_the_order(house: Path, as_json: AsJson) -> None:
    (house / "a.txt").write_text(PAPER, "utf-8")
    parts = PAPER.split("二、多选题")
    (house / "b.txt").write_text("二、多选题" + parts[1] + parts[0], "utf-8")
    one = {
        item["stem"]: item["id"] for item in as_json("a.txt", "-o", "quizzes/one.yml")["questions"]
    }
    two = {
        item["stem"]: item["id"]
        for item in as_json("b.txt", "-o", "quizzes/one.yml", "--force")["questions"]
    }
    assert one == two


def test_duplicates_against_other_banks(house: Path, command: Command, as_json: AsJson) -> None:
    (house / "x.txt").write_text(PAPER, "utf-8")
    command("import", "quiz", "x.txt", "-o", "quizzes/fire.yml", "--no-ask")
    told = as_json("x.txt", "-o", "quizzes/other.yml")
    assert told["summary"]["accepted"] == 0
    assert any(
        "fire 的" in problem["message"]
        for item in told["questions"]
        for problem in item["problems"]
    )


def test_a_refused_file(house: Path, command: Command) -> None:
    (house / "x.doc").write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le")
    )
    (house / "y.txt").write_text(PAPER, "utf-8")
    done = command("import", "quiz", "x.doc", "y.txt")
    assert done.returncode == 1 and "x.doc:1: 没有读" in done.stdout and "找到 6 题" in done.stdout
    told = json.loads(command("import", "quiz", "x.doc", "--format", "json").stdout)
    assert told["questions"] == [] and told["problems"][0]["code"] == "legacy_doc"


def test_conventions_are_taken_only_when_told(
    house: Path, as_json: AsJson, command: Command
) -> None:
    (house / "x.txt").write_text("0#阀门应当怎样？#关闭$打开\n1#门应当怎样？#锁好$敞开\n", "utf-8")
    assert as_json("x.txt")["summary"]["accepted"] == 0
    told = as_json("x.txt", "--assume", "first_option")
    assert [item["answer"] for item in told["questions"]] == ["A", "A"] and told["summary"][
        "accepted"
    ] == 2
    done = command("import", "quiz", "x.txt", "--ask", typed="y\n")
    assert "不是终端" in done.stderr and "可用 0" in done.stdout


def test_asking(monkeypatch: Any) -> None:
    from jingzhong.exchange.questions.ask import ask_answers, ask_conventions
    from jingzhong.exchange.questions.open_file import read_bytes

    text = "0#阀门应当怎样？#关闭$打开\n1#门应当怎样？#锁好$敞开\n"
    questions = read_bytes(text.encode(), "x.txt").questions
    ask_conventions(questions, lambda _: "", lambda _: None)
    assert [found.answer for found in questions] == [None, None]
    ask_conventions(questions, lambda _: "y", lambda _: None)
    assert [found.answer for found in questions] == ["A", "A"] and not questions[0].blocked
    missing = read_bytes(
        "1. 开关应当（ ）。\nA. 上锁\nB. 打开\n2. 门应当（ ）。\nA. 锁\nB. 开\n3. 窗应当（ ）。\nA. 关\nB. 拆\n".encode(),
        "x.txt",
    ).questions
    typed = iter(["b", "E", "q"])
    ask_answers(missing, lambda _: next(typed), lambda _: None)
    assert [found.answer for found in missing] == ["B", None, None]


AWKWARD = """一、单选题
1．“三不伤害”: 不包括 # 什么（ ）。
A．yes   B．- 1: 2   C．@甲   D．［乙］
答案：C
解析：“注意”：见《消防法》第五条。
二、连线题
1．把颜色和含义连起来。
A. 红  1. 警告
B. 黄  2. 禁止
答案：A-2；B-1
三、填空题
1．报警电话是____。
答案：119
"""


def test_a_written_bank_is_canonical(house: Path, command: Command) -> None:
    (house / "x.txt").write_text(AWKWARD, "utf-8")
    done = command("import", "quiz", "x.txt", "-o", "quizzes/odd.yml", "--no-ask")
    assert done.returncode == 0, done.stdout + done.stderr
    assert command("fmt", "--check", "quizzes/odd.yml").returncode == 0
    choice, match, blank = bank_at(house, "odd.yml").questions
    assert (choice.stem[:8], choice.options["B"]) == ("“三不伤害”: ", "- 1: 2")
    assert (match.left, match.right) == ({"A": "红", "B": "黄"}, {"1": "警告", "2": "禁止"})
    assert match.answer == {"A": "2", "B": "1"} and blank.answer == (("119",),)
    again = command("import", "quiz", "x.txt", "-o", "quizzes/odd.yml", "--no-ask", "--force")
    assert again.returncode == 0 and "更新" not in again.stdout
    # The twin: another hand's quotes are seen.
    path = house / "quizzes/odd.yml"
    path.write_text(path.read_text("utf-8").replace("answer: C", 'answer: "C"'), "utf-8")
    assert command("fmt", "--check", "quizzes/odd.yml").returncode == 1


def test_bad_arguments(house: Path, command: Command) -> None:
    (house / "x.txt").write_text(PAPER, "utf-8")
    for output, word in (
        ("quizzes/消防.yml", "小写英文"),
        ("quizzes/x.yaml", ".yml"),
        ("nowhere/x.yml", "没有文件夹"),
    ):
        done = command("import", "quiz", "x.txt", "-o", output)
        assert done.returncode == 2 and word in done.stderr
    assert command("import", "quiz").returncode == 2


def test_a_file_without_questions(house: Path, command: Command) -> None:
    (house / "x.txt").write_text("安全生产月活动方案\n1. 成立小组。\n2. 开展检查。\n", "utf-8")
    done = command("import", "quiz", "x.txt", "-o", "quizzes/none.yml", "--no-ask")
    assert done.returncode == 0 and "找到 0 题" in done.stdout
    assert not (house / "quizzes/none.yml").exists()


def test_rejected_files_are_no_banks(house: Path) -> None:
    from jingzhong.model.library import load_library

    (house / "quizzes/x.rejected.yml").write_text("rejected:\n", "utf-8")
    report = Report()
    load_library(house, house / "mkdocs.yml", report)
    assert not [problem for problem in report.problems if "rejected" in problem.path]
    (house / "quizzes/x.refused.yml").write_text("rejected:\n", "utf-8")
    load_library(house, house / "mkdocs.yml", report)
    assert [problem for problem in report.problems if "refused" in problem.path]
