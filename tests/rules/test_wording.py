"""The data-driven rules on wording: each finds its own wrong examples and spares its fine ones."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from jingzhong.errors import ContentError
from jingzhong.rules.passages import Passage, sentence_around
from jingzhong.rules.wording import FILE, Wording, find_wording, load_wording

from .conftest import ABOUT, BANK, CASE, LAW, VALID, Find, load

TODAY = datetime.date(2026, 11, 23)
RULES = load_wording().rules
ABOUT_LINE = "本站写给每一位居民。"


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording()


@pytest.fixture(scope="module")
def page() -> Passage:
    source = load(VALID).pages[0]
    return Passage(source.origin.path, 1, "正文", "", "says", TODAY, source)


def ids(text: str, page: Passage, wording: Wording) -> set[str]:
    passage = Passage(page.path, 1, "正文", text, "says", TODAY, page.source)
    found = find_wording((passage,), wording)
    return {problem.message.rpartition("规则 ")[2].rstrip("）") for problem in found}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule(rule: object, page: Passage, wording: Wording) -> None:
    for text in rule.wrong:  # type: ignore[attr-defined]
        assert ids(text, page, wording) == {rule.id}, text  # type: ignore[attr-defined]
    for text in rule.fine:  # type: ignore[attr-defined]
        assert ids(text, page, wording) == set(), text


def test_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


HISTORY = [
    "1990年代的旧版写作“安全生产方针是安全第一、预防为主”。",
    "电动自行车限速25公里是误传。",
    "有人写成先检测后通风，顺序反了。",
    "国家煤矿安全监察局已更名为国家矿山安全监察局。",
    "2014年版《化学品生产单位特殊作业安全规范》已经换成新版。",
]


@pytest.mark.parametrize("text", HISTORY)
def test_history_and_corrections_are_spared(text: str, page: Passage, wording: Wording) -> None:
    assert ids(text, page, wording) == set()


def test_denial_must_stand_near(page: Passage, wording: Wording) -> None:
    far = "作业人员不得带病下井，也不能一个人作业，下井之前由班长带队，先检测后通风。"
    assert ids(far, page, wording) == {"ventilate-first"}


REVERSED = "下井要先检测后通风。"


def test_found_in_a_page_a_regulation_and_an_explanation(find: Find) -> None:
    planted = {
        ABOUT: [("\n", "\n")],
        LAW: [("这部法律管防火、灭火和应急救援。", f"这部法律管防火。{REVERSED}")],
        BANK: [("explanation: 楼道是逃生的路，堆了东西人就跑不快。", f"explanation: {REVERSED}")],
        CASE: [("    do: 下班前绕一圈，把用电设备都关掉。", f"    do: {REVERSED}")],
    }
    problems = find(planted)
    assert {problem.path for problem in problems} == {LAW, BANK, CASE}
    assert all(problem.severity == "error" for problem in problems)


def test_wrong_option_may_say_it(find: Find) -> None:
    wrong_option = ("      C: 跟着下去", "      C: 先检测后通风")
    assert find({BANK: [wrong_option]}) == []
    right_option = ("      B: 往井里送风", "      B: 先检测后通风")
    (problem,) = find({BANK: [right_option]})
    assert problem.field == "questions[2].options.B"


def test_judge_stem_counts_only_where_it_is_true(find: Find) -> None:
    stem = "stem: 安全出口平时可以上锁。"
    assert find({BANK: [(stem, "stem: 先检测后通风。")]}) == []
    true = [(stem, "stem: 先检测后通风。"), ("answer: 错", "answer: 对")]
    (problem,) = find({BANK: true})
    assert problem.field == "questions[3].stem"


def test_what_happened_is_no_advice(find: Find) -> None:
    """A case tells what people did wrong; only advice is held to the rule."""
    told = ("晚上十点多，值班员看见二楼冒烟，赶紧打了119。", "工人先检测后通风，随后倒下。")
    assert find({CASE: [told]}) == []
    advised = ("- **关了再走。** 电炉不关，人不能走。", f"- **记住。** {REVERSED}")
    (problem,) = find({CASE: [advised]})
    assert problem.field == "事故教训"


def test_old_agency_before_and_after_it_was_renamed(find: Find) -> None:
    told = ("两名公职人员被问责。", "县安监局两名公职人员被问责。")
    (problem,) = find({CASE: [told]})
    assert problem.severity == "warning" and "应急管理" in problem.message
    earlier = "cases/2014-05-06-jingzhou-workshop.md"
    text = (VALID / CASE).read_text("utf-8").replace(*told)
    for year, old in (("date: 2014-05-06", "date: 2024-05-06"), ("2014-05-12", "2024-05-12")):
        text = text.replace(old, year)
    text = text.replace("  - law: fire-law\n", "  - law_title: 消防法\n")
    text = text.replace('    version: "2021-04-29"\n', "").replace(
        "as_of: 2024-06-05", "as_of: 2014-06-05"
    )
    assert find({earlier: text}) == []


def test_a_rule_must_fit_its_examples(tmp_path: Path) -> None:
    rule = (
        "common:\n  corrections: 误传\n  denials: 不\n  history: 旧称\nrules:\n"
        "  - id: x\n    word: 通风\n    pattern: 先检测后通风\n    right: 先通风\n    why: 会中毒\n"
        "    wrong:\n      - {wrong}\n    fine:\n      - {fine}\n"
    )
    (tmp_path / FILE).write_text(rule.format(wrong="先检测后通风", fine="先通风"), "utf-8")
    assert len(load_wording(tmp_path).rules) == 1
    for wrong, fine in (("先通风", "先通风"), ("先检测后通风", "先检测后通风")):
        (tmp_path / FILE).write_text(rule.format(wrong=wrong, fine=fine), "utf-8")
        with pytest.raises(ContentError, match="例句"):
            load_wording(tmp_path)
    (tmp_path / FILE).write_text(rule.replace("先检测后通风\n    right", "(\n    right"), "utf-8")
    with pytest.raises(ContentError, match="正则表达式"):
        load_wording(tmp_path)


def test_sentences() -> None:
    text = "第一句。第二句有词！第三句"
    start = text.index("词")
    assert sentence_around(text, start, start + 1) == "第二句有词"


def corpus_lines(shared: Path) -> list[str]:
    files = sorted((shared / "corpus" / "laws").rglob("*.md"))
    return [line for path in files for line in path.read_text("utf-8").split("\n") if line]


def test_statutes_bring_only_old_names(shared: Path, page: Passage, wording: Wording) -> None:
    """950 statutes: what is found there is old agencies and old fines, which they do contain."""
    allowed = {"agency-fire", "agency-quality", "agency-work-safety-full", "fine-old-amount"}
    texts = [
        Passage("x", number, "", line, "says", TODAY, page.source)
        for number, line in enumerate(corpus_lines(shared), 1)
    ]
    problems = list(find_wording(texts, wording))
    rules = {problem.message.rpartition("规则 ")[2].rstrip("）") for problem in problems}
    assert rules <= allowed
    assert len(problems) < 40


def test_real_banks_bring_only_real_faults(shared: Path, page: Passage, wording: Wording) -> None:
    """The one thing wrong in them is the safety policy in its old eight characters."""
    found: set[str] = set()
    for path in sorted((shared / "quizbanks").glob("[0-9]*.txt")):
        for line in path.read_text("utf-8").split("\n"):
            found |= ids(line, page, wording)
    assert found <= {"policy-twelve-characters"}
