"""Wrong citations: misnumbered, repealed, not yet in force; named in fields or in prose."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jingzhong.errors import Problem
from jingzhong.law.versions import LawBook
from jingzhong.model.articles import article_name, parse_article
from jingzhong.model.library import Library
from jingzhong.rules.citations import (
    Miscitation,
    build_finder,
    find_wrong_citations,
    load_miscitations,
)
from jingzhong.rules.named_law import check_named_law
from jingzhong.rules.passages import Passage
from jingzhong.rules.wording import load_wording

from .conftest import BANK, CASE, PROJECT, Find, load

TODAY = datetime.date(2026, 11, 23)
RULES = {rule.id: rule for rule in load_miscitations()}


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped content: its regulations are what the rules are about."""
    return load(PROJECT)


Judge = Callable[..., list[Problem]]


@pytest.fixture(scope="module")
def judge(library: Library) -> Judge:
    """`judge(text, day)`: what is wrong with the citations of one text."""
    finder, common = build_finder(library), load_wording().common
    rules = load_miscitations()

    def run(text: str, day: datetime.date = TODAY) -> list[Problem]:
        passage = Passage("content/about.md", 1, "正文", text, "says", day, library.pages[0])
        return list(find_wrong_citations([(passage, finder(passage))], rules, common))

    return run


# Planted: what people still pass around. Beside it the clean twin.
MISCITED = [
    (
        "安全生产法第五十一条规定，员工有权拒绝违章指挥。",
        "安全生产法第五十四条规定，员工有权拒绝违章指挥。",
    ),
    (
        "《安全生产法》第五十二条：紧急情况下有权停止作业、撤离。",
        "《安全生产法》第五十五条：紧急情况下有权停止作业、撤离。",
    ),
    (
        "未经培训合格不得上岗（安全生产法第二十五条）。",
        "未经培训合格不得上岗（安全生产法第二十八条）。",
    ),
    (
        "单位要发劳动防护用品，见《安全生产法》第四十二条。",
        "单位要发劳动防护用品，见《安全生产法》第四十五条。",
    ),
    ("《安全生产法》第三十八条要求隐患排查治理。", "《安全生产法》第四十一条要求隐患排查治理。"),
    (
        "特种作业人员持证上岗，依据《安全生产法》第27条。",
        "特种作业人员持证上岗，依据《安全生产法》第30条。",
    ),
    (
        "《突发事件应对法》第六十五条禁止编造虚假信息。",
        "《突发事件应对法》第九十七条禁止编造虚假信息。",
    ),
    (
        "不报、谎报事故的，依照刑法第一百三十九条定罪。",
        "不报、谎报事故的，依照刑法第一百三十九条之一定罪。",
    ),
    ("校舍倒塌的，引《刑法》第一百三十七条。", "校舍倒塌的，引《刑法》第一百三十八条。"),
    ("谎报火警的，依《消防法》第六十四条处罚。", "谎报火警的，依《消防法》第六十二条处罚。"),
    (
        "《道路交通安全法》第五十一条要求骑电动自行车戴头盔。",
        "《道路交通安全法》第五十一条要求骑摩托车戴头盔。",
    ),
]


@pytest.mark.parametrize(("wrong", "right"), MISCITED)
def test_miscited(wrong: str, right: str, judge: Judge) -> None:
    (problem,) = judge(wrong)
    assert problem.severity == "error" and "为什么" in problem.message
    assert judge(right) == []


SPARED = [
    "2014年版《安全生产法》第五十一条写的是拒绝违章指挥，现行是第五十四条。",
    "《安全生产法》（2014年修正）第五十一条规定了拒绝违章指挥的权利。",
    "常有人把拒绝违章指挥写成《安全生产法》第五十一条，应为第五十四条。",
    "《安全生产法》第五十一条讲工伤保险，第五十四条讲拒绝违章指挥。",
    "《安全生产法》第四十二条讲宿舍和出口，第四十五条讲劳动防护用品。",
]


@pytest.mark.parametrize("text", SPARED)
def test_history_and_neighbours_are_spared(text: str, judge: Judge) -> None:
    assert judge(text) == []


def test_a_case_before_the_change_is_right(judge: Judge) -> None:
    text = "《安全生产法》第五十一条规定员工有权拒绝违章指挥。"
    assert judge(text, datetime.date(2018, 3, 1)) == []
    assert len(judge(text, datetime.date(2022, 3, 1))) == 1


def test_repealed(judge: Judge) -> None:
    (problem,) = judge("安全标志按 GB 2894-2008 设置。")
    assert problem.severity == "warning" and "2026年3月1日" in problem.message
    assert judge("安全标志按 GB 2894-2025 设置。") == []
    assert judge("旧版是 GB 2894-2008，已经作废。") == []
    assert judge("安全标志按 GB 2894-2008 设置。", datetime.date(2019, 3, 21)) == []


def test_no_such_article(judge: Judge) -> None:
    (problem,) = judge("《消防法》第九十九条规定不得堵塞通道。")
    assert problem.severity == "error" and "74条" in problem.message
    assert judge("《消防法》第二十八条规定不得堵塞通道。") == []


def test_not_yet_in_force(judge: Judge) -> None:
    assert judge("《危险化学品安全法》第十三条要求许可。") == []
    # A page on an old accident may name later law; a page of today may not name future law.
    assert judge("《危险化学品安全法》第十三条要求许可。", datetime.date(2015, 8, 12)) == []


def named(library: Library) -> list[Problem]:
    return list(check_named_law(library, LawBook(library.regulations, ())))


def test_question_on_a_repealed_article(find: Find) -> None:
    (problem,) = find({BANK: [("      - old-fire-rules", "      - old-fire-rules 第二条")]})
    assert (problem.field, problem.severity) == ("questions[2].law", "error")
    assert "已废止" in problem.message


def test_violation_of_law_not_in_force(find: Find) -> None:
    law = '  - law: fire-law\n    article: 第二十八条\n    paragraph: 1\n    item: 2\n    version: "2021-04-29"\n'
    repealed = "  - law: old-fire-rules\n    article: 第一条\n"
    (problem,) = find({CASE: [(law, repealed)]})
    assert problem.field == "violations[1].law" and "废止" in problem.message
    late = ("status: 现行有效", "status: 现行有效")
    future = [
        ("2019-04-23\n    effective: 2019-04-23", "2025-04-23\n    effective: 2025-04-23"),
        ("2021-04-29\n    effective: 2021-04-29", "2025-05-29\n    effective: 2025-05-29"),
        late,
    ]
    older = (law, "  - law: fire-law\n    article: 第二十八条\n")
    (problem,) = find({CASE: [older], "content/regulations/fire-law.md": future})
    assert "已经施行" in problem.message


def test_violation_with_an_old_number(tmp_path: Path, library: Library) -> None:
    assert named(library) == []
    case = next(case for case in library.cases if case.date.year == 2023)
    template = next(v for c in library.cases for v in c.violations)
    wrong = replace(
        template,
        law="work-safety-law",
        law_title=None,
        article="51",
        version=None,
        gist="员工有权拒绝违章指挥。",
    )
    broken = replace(library, cases=(replace(case, violations=(wrong,)),))
    (problem,) = named(broken)
    assert "第五十四条" in problem.message
    for better in (replace(wrong, article="54"), replace(wrong, version="2014-08-31")):
        fine = replace(library, cases=(replace(case, violations=(better,)),))
        assert named(fine) == []


def statute(shared: Path, name: str) -> dict[str, str]:
    """Article → text, from a file of the corpus."""
    (path,) = sorted((shared / "corpus" / "laws").rglob(name))
    articles: dict[str, str] = {}
    number = None
    for line in path.read_text("utf-8").split("\n"):
        match = re.match(
            r"(第[一二三四五六七八九十百零]+条(?:之[一二三四五六七八九十]+)?)\s+(.*)", line
        )
        if match:
            number = parse_article(match[1])
            articles[number or ""] = match[2]
        elif number and line.strip() and not line.startswith("#"):
            articles[number] += line.strip()
    return articles


@pytest.mark.parametrize(
    ("law", "name"),
    [
        ("work-safety-law", "安全生产法(2021-06-10).md"),
        ("emergency-response-law", "突发事件应对法(2024-06-28).md"),
        ("fire-law", "消防法(2021-04-29).md"),
    ],
)
def test_rules_against_the_statutes(law: str, name: str, shared: Path) -> None:
    """What a rule looks for stands in the article it names as right, never in the wrong one."""
    articles = statute(shared, name)
    rules = [rule for rule in RULES.values() if rule.law == law and rule.articles]
    assert rules
    for rule in rules:
        for wrong in rule.articles:
            assert not rule.near.search(articles[wrong]), (rule.id, article_name(wrong))
        right = [
            parse_article(text) or ""
            for text in re.findall(r"第[一二三四五六七八九十百零]+条", rule.right)
        ]
        assert any(rule.near.search(articles[number]) for number in right), rule.id


def test_every_rule_names_a_regulation_the_site_carries(library: Library) -> None:
    for rule in RULES.values():
        assert rule.law in library.regulation_by_id, rule.id
        if rule.version:
            dates = [version.date for version in library.regulation_by_id[rule.law].versions]
            assert rule.version in dates, rule.id


def test_a_rule_fits_law_number_and_version() -> None:
    rule: Miscitation = RULES["work-safety-51"]
    assert rule.fits("work-safety-law", "51", "2021-06-10")
    assert not rule.fits("work-safety-law", "51", "2014-08-31")
    assert not rule.fits("work-safety-law", "54", "2021-06-10")
    assert not rule.fits("fire-law", "51", "2021-06-10")
