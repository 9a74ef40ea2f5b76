"""`python hooks import case`: only what the report says, with its paragraph; rivals are not chosen."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
import yaml

from jingzhong.desk.canonical import canonical
from jingzhong.errors import Report
from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.figures import figures, in_wan
from jingzhong.exchange.reports.sections import split_sections
from jingzhong.exchange.reports.where import place_in, read_where
from jingzhong.model.cases import Case, parse_case
from jingzhong.model.fields import At
from jingzhong.model.source import Source
from jingzhong.model.vocabulary import load_vocabularies
from jingzhong.rules.regions import load_regions

LINES = [
    "北京市丰台区“4·1”较大火灾事故调查报告",
    "2020年4月1日12时50分许，北京市丰台区甲乙医院发生火灾事故，造成3人死亡、5人受伤（其中重伤2人），"
    "直接经济损失1,231.82万元。",
    "依据《生产安全事故报告和调查处理条例》第三条规定，造成3人以上10人以下死亡的为较大事故。",
    "一、基本情况",
    "事故发生单位：北京甲乙医院有限公司，成立于2001年。2011年5月6日该院曾发生火灾。",
    "二、事故经过和应急处置情况",
    "12时50分，改造工地的易燃挥发物被火花引燃。12时57分许，消防救援站接到报警。",
    "三、事故原因",
    "（一）直接原因",
    "打磨地面时产生的火花引燃溶剂。",
    "（二）间接原因",
    "施工单位违反《中华人民共和国消防法》第二十一条，未办理动火审批。",
    "违反《某某市楼宇管理办法》第六条，疏散通道被锁。",
    "四、防范措施建议",
    "加强动火管理。",
    "北京市丰台区“4·1”较大火灾事故调查组",
    "2020年6月2日",
]
Import = Callable[..., int]


def word(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def paragraphs(*lines: str) -> list[Paragraph]:
    return [Paragraph(number, line) for number, line in enumerate(lines, 1)]


def problems(text: str, name: str) -> list[str]:
    report = Report()
    path = f"cases/{name}.md"
    parse_case(Source(path, text), At(path, "", report, load_vocabularies().spellings))
    return [str(one) for one in report.problems]


def test_a_report_becomes_a_draft(house: Path, case: Import) -> None:
    (house / "r.docx").write_bytes(word(LINES))
    assert case(str(house / "r.docx"), "--id", "fengtai-clinic") == 0
    text = (house / "drafts/2020-04-01-fengtai-clinic.md").read_text("utf-8")
    head = yaml.load(text.split("---\n")[1], yaml.BaseLoader)
    assert head["title"] == "北京市丰台区“4·1”较大火灾事故"
    assert (head["date"], head["time"]) == ("2020-04-01", "12时50分许")
    assert head["place"] == {"province": "北京市", "city": "北京市", "county": "丰台区"}
    assert head["company"] == "北京甲乙医院有限公司"
    assert (head["status"], head["grade"]) == ("初报", "较大")
    assert head["casualties"] == {"deaths": "3", "serious_injuries": "2", "injuries": "5"}
    assert head["economic_loss_wan"] == "1231.82"
    assert [one["time"] for one in head["timeline"]] == ["12时50分", "12时57分许"]
    assert head["violations"] == [
        {"law": "fire-law", "article": "第二十一条", "basis": "报告认定"},
        {"law_title": "某某市楼宇管理办法", "article": "第六条", "basis": "报告认定"},
    ]
    assert head["report"]["authority"] == LINES[-2] and head["report"]["date"] == "2020-06-02"
    # The source stands beside, as a comment above the field.
    assert re.search(r"# 第 2 段：.*3人死亡.*\n +deaths: 3", text)
    assert re.search(r"# 第 12 段：.*消防法.*\n +- law: fire-law", text)
    assert "没有说违反） 第 3 段" in text
    assert "> 第 10 段：打磨地面" in text
    # It is canonical, and would not pass as a case: by its head and by every part of its body.
    assert canonical(Source("cases/x.md", text), Case) == text
    found = problems(text, "2020-04-01-fengtai-clinic")
    for field in ("cause", "actions", "sector", "accident_type", "sources"):
        assert any(f"必填字段 {field}" in one for one in found), field
    assert sum("TODO 用自己的话写" in one for one in found) == 6


def test_nothing_is_claimed_that_the_text_does_not_say(house: Path, case: Import) -> None:
    (house / "r.txt").write_text("某厂事故调查报告\n\n某厂发生了事故，原因在查。\n", "utf-8")
    assert case(str(house / "r.txt")) == 0
    (draft,) = (house / "drafts").glob("*.md")
    assert draft.name.startswith("undated-")
    head = yaml.safe_load(draft.read_text("utf-8").split("---\n")[1])
    assert set(head) == {"title", "status", "report", "reviewed"} and set(head["report"]) == {
        "title"
    }


def test_rivals_are_shown_and_not_chosen(
    house: Path, case: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [*LINES[:3], "截至5月，事故共造成4人死亡，直接经济损失0.13亿元。", *LINES[3:]]
    (house / "r.docx").write_bytes(word(lines))
    assert case(str(house / "r.docx"), "--id", "x") == 0
    text = (house / "drafts/2020-04-01-x.md").read_text("utf-8")
    head = yaml.safe_load(text.split("---\n")[1])
    assert "deaths" not in head["casualties"] and "economic_loss_wan" not in head
    assert "［3］第 2 段" in text and "［4］第 4 段" in text
    told = capsys.readouterr().out
    assert "死亡人数：3、4" in told and "1231.82、1300" in told


def test_figures_of_rules_and_of_the_past_are_none_of_the_accident() -> None:
    found = figures(
        paragraphs(
            "造成3人以上10人以下死亡，或者1000万元以上5000万元以下直接经济损失的，是较大事故。",
            "共有重伤2人、轻伤7人，死伤20人。",
            "火灾致三人遇难。",
        )
    )
    assert found["deaths"].values == ("3",) and found["deaths"].statements[0].line == 3
    assert found["serious_injuries"].value == "2"
    assert found["injuries"].values == () and found["economic_loss_wan"].values == ()


def test_the_day_in_the_title_tells_the_accident_from_the_past() -> None:
    told = "2019年1月2日，浙江省杭州市甲厂发生火灾。"
    past = "2015年3月4日，甲厂发生爆炸事故。"
    plain = read_where(paragraphs("甲厂火灾事故调查报告", told, past))
    assert plain["date"].values == ("2019-01-02", "2015-03-04") and plain["date"].value is None
    dated = read_where(paragraphs("甲厂“1·2”火灾事故调查报告", told, past))
    assert dated["date"].value == "2019-01-02" and dated["city"].value == "杭州市"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("，四川省成都市双流区甲厂", {"province": "四川省", "city": "成都市", "county": "双流区"}),
        (
            "，位于天津市滨海新区的甲厂",
            {"province": "天津市", "city": "天津市", "county": "滨海新区"},
        ),
        ("，杭州市甲厂", {"city": "杭州市"}),
        ("，甲厂", {}),
    ],
)
def test_places(text: str, place: dict[str, str]) -> None:
    assert place_in(text, load_regions()) == place


def test_money_is_never_rounded() -> None:
    assert in_wan("6.866", "亿") == "68660"
    assert in_wan("38,318,201", "") == "3831.8201"
    assert in_wan("1231.80", "万") == "1231.8"
    assert in_wan("1.2.3", "万") is None


def test_sections_end_where_the_report_is_signed() -> None:
    found = split_sections(paragraphs(*LINES))
    assert [one.line for one in found["防范措施"]] == [15]
    assert [one.line for one in found["直接原因"]] == [10]


def test_a_draft_is_never_overwritten(house: Path, case: Import) -> None:
    (house / "r.docx").write_bytes(word(LINES))
    path = str(house / "r.docx")
    assert case(path, "--id", "x") == 0
    draft = house / "drafts/2020-04-01-x.md"
    draft.write_text("mine", "utf-8")
    assert case(path, "--id", "x") == 1 and draft.read_text("utf-8") == "mine"
    assert case(path, "--id", "x", "--force") == 0 and draft.read_text("utf-8") != "mine"
    assert case(path, "--id", "../x") == 2


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", word(LINES)[:700], "损坏"),
        ("b.pdf", b"%PDF-1.4", "PDF"),
        ("c.txt", "天气很好。".encode(), "不像调查报告"),
        ("d.docx", b"", "空的"),
    ],
)
def test_refusals(
    house: Path,
    case: Import,
    capsys: pytest.CaptureFixture[str],
    name: str,
    data: bytes,
    message: str,
) -> None:
    (house / name).write_bytes(data)
    assert case(str(house / name)) == 1
    assert message in capsys.readouterr().err and not (house / "drafts").exists()


def test_torn_reports_give_a_draft_or_a_refusal(house: Path, case: Import) -> None:
    """Lines lost, doubled, cut and mixed with signs: never a traceback, always canonical."""
    chance = random.Random(7)
    signs = "“”〔〕()《》：:#*-|>&!%@`\\\"'—…·0123年月日时分人亿元条第\t\u3000"
    for number in range(40):
        lines = [line for line in LINES if chance.random() > 0.2]
        for _ in range(6):
            place = chance.randrange(len(lines))
            cut = chance.randrange(len(lines[place]) + 1)
            noise = "".join(chance.choices(signs, k=3))
            lines[place] = lines[place][:cut] + noise + lines[place][cut:]
        path = house / f"r{number}.{'md' if number % 2 else 'txt'}"
        path.write_text("\n\n".join(lines), "utf-8")
        assert case(str(path), "--id", f"r{number}") in (0, 1)
    for draft in (house / "drafts").glob("*.md"):
        text = draft.read_text("utf-8")
        assert canonical(Source("cases/x.md", text), Case) == text
        assert problems(text, draft.stem)
