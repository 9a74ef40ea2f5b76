"""Shapes that real investigation reports and notices showed, in texts of our own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from jingzhong.desk.canonical import canonical
from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.figures import figures
from jingzhong.exchange.reports.moment import happenings
from jingzhong.exchange.reports.personal import lines_with_people, without_numbers
from jingzhong.exchange.reports.sections import broken_whole, split_sections
from jingzhong.exchange.reports.where import place_in, read_where
from jingzhong.model.cases import Case
from jingzhong.model.source import Source
from jingzhong.rules.regions import load_regions

LONG = Path(__file__).with_name("reports_met.txt")
Import = Callable[..., int]


def told(*lines: str) -> list[Paragraph]:
    return [Paragraph(number, line) for number, line in enumerate(lines, 1)]


def days(*lines: str) -> set[str]:
    return {one.day.value for one in happenings(told(*lines))}


def drafted(house: Path, case: Import, text: str) -> tuple[str, dict[str, dict[str, str]]]:
    (house / "r.txt").write_text(text, "utf-8")
    assert case(str(house / "r.txt"), "--id", "met") == 0
    (path,) = (house / "drafts").glob("*met.md")
    draft = path.read_text("utf-8")
    return draft, yaml.load(draft.split("---\n")[1], yaml.BaseLoader)


def test_a_long_report(house: Path, case: Import, capsys: pytest.CaptureFixture[str]) -> None:
    """Contents, accidents of others, parts of the dead, headings within headings, penalties."""
    draft, head = drafted(house, case, LONG.read_text("utf-8"))
    assert canonical(Source("cases/x.md", draft), Case) == draft
    assert (head["date"], head["time"], head["grade"]) == ("2022-03-12", "14时05分许", "较大")
    assert head["place"] == {"city": "武汉市", "county": "黄陂区"}
    assert "武汉市属湖北省，请核对" in draft
    assert head["casualties"] == {"deaths": "4", "serious_injuries": "1", "injuries": "3"}
    assert head["economic_loss_wan"] == "768.5" and head["company"] == "甲乙食品有限公司"
    title = "湖北省武汉市黄陂区甲乙食品有限公司“3·12”较大中毒和窒息事故调查报告"
    group = "甲乙食品有限公司“3·12”较大中毒和窒息事故调查组"
    assert head["report"] == {"title": title, "authority": group, "date": "2022-06-28"}
    broken = [(one.get("law") or one["law_title"], one["article"]) for one in head["violations"]]
    assert broken == [
        ("work-safety-law", "第四十一条"),
        ("work-safety-law", "第四十四条"),
        ("某市有限空间管理办法", "第九条"),
        ("某市有限空间管理办法", "第十条"),
        ("work-safety-law", "第四十九条"),
    ]
    assert "第一百一十四条（没有说违反）" in draft
    assert "王大明" not in yaml.dump(head, allow_unicode=True)
    assert "11010519491231002X" not in draft and "13800138000" not in draft
    assert "有个人姓名或号码" in draft and "有个人姓名或号码" in capsys.readouterr().out


def test_the_parts_of_a_long_report() -> None:
    lines = LONG.read_text("utf-8").splitlines()
    found = {
        name: [one.text[:6] for one in part] for name, part in split_sections(told(*lines)).items()
    }
    assert found["直接原因"] == ["1.气体逸出", "清淤扰动池底", "2.盲目施救", "现场人员无防"]
    assert found["间接原因"][0] == "1.丙丁环保" and len(found["间接原因"]) == 4
    assert found["责任追究"] == ["（一）建议行", "丙丁公司未履"]
    assert found["防范措施"] == ["（一）压实责", "各单位要吸取"]


def test_the_day_is_that_of_the_happening() -> None:
    tip = "2022年3月1日10时，我局接到举报，反映甲工地发生坠落事故。"
    happened = "经核实，2021年7月23日9时30分左右，工人在甲工地作业时发生坠落。"
    assert days(tip, happened) == {"2021-07-23"}
    call = "2015年8月12日9时左右接县局报告：8月12日4时许，甲厂发生爆炸。"
    assert days(call) == set()
    assert days("2021年8月2日，区政府成立了甲工地坍塌事故调查组。") == set()
    assert days("2015年3月4日，甲厂曾发生爆炸。", "2019年1月2日，甲厂发生爆炸。") == {"2019-01-02"}
    # Spaces of a converted file, a title glued before the text, a form, a poster.
    assert days("甲厂坠落事故调查报告2019 年 3 月 21 日 8 时 30 分，甲厂发生坠落事故。") == {
        "2019-03-21"
    }
    assert days("2.事故发生时间：2018 年 5 月 1 日 3 时 53 分左右") == {"2018-05-01"}
    assert days("2025年7月1日15时10分许", "甲公司", "发生一起碰撞事故") == {"2025-07-01"}
    assert days("2025年7月1日", "甲公司", "发生一起碰撞事故") == set()
    # A bare word is enough only where nothing is said outright.
    bare = "1992年7月7日21时20分，仓库冒烟，随即起火。"
    assert days(bare) == {"1992-07-07"}
    assert days(bare, "1993年1月1日，甲厂发生火灾。") == {"1993-01-01"}
    assert days("2020年1月1日，甲厂制定了防坠落和爆炸风险预案。") == set()


def test_two_accidents_in_one_report_have_no_one_day() -> None:
    found = read_where(
        told(
            "甲矿2015年“7·13”、2019年“4·25”顶板事故调查报告",
            "甲矿分别于2015年7月13日、2019年4月25日各发生一起顶板事故。",
        )
    )
    assert found["date"].values == ("2015-07-13", "2019-04-25") and found["date"].value is None


def test_one_time_in_two_forms_is_one() -> None:
    line = "2021年6月21日15时30分许，甲厂发生坠落事故。"
    same = "事故发生时间：2021年6月21日下午3时30分左右"
    other = "事故发生时间：2021年6月21日15时40分"
    assert read_where(told(line, same))["time"].value == "15时30分许"
    assert read_where(told(line, other))["time"].value is None


def test_a_part_is_not_taken_for_the_whole() -> None:
    def deaths(*lines: str) -> str | None:
        return figures(told(*lines))["deaths"].value

    assert deaths("事故造成1人当场死亡，2人经抢救无效后死亡。") is None
    assert deaths("导致7名甲公司员工死亡，1名乙公司电工在宿舍内死亡。") is None
    assert deaths("2人当场死亡，3人经抢救无效死亡。", "事故共造成5人死亡。") == "5"
    assert deaths("事故共造成5人死亡。", "另有6人经抢救无效死亡。") is None
    first, second = "甲矿发生顶板事故，造成1人死亡。", "又发生运输事故，造成1人死亡。"
    assert deaths(first, second, "两起共造成2人死亡，直接经济损失9万元。") == "2"
    assert deaths("甲矿发生事故，造成3人死亡，直接经济损失9万元。", "共造成4人死亡。") is None
    assert deaths("共造成9人受伤，其中4人经抢救无效身亡。") == "4"
    assert deaths("共造成5人死亡，其中2名救援人员死亡。") == "5"
    assert deaths("接举报，甲矿发生3起事故，造成3人死亡。") is None
    assert deaths("一名工人被土方压住，经120人员抢救无效死亡。") == "1"
    assert deaths("造成平台上一人   死亡。") == "1"
    assert deaths("发生火灾造成1人死亡6人受伤。") == "1"
    assert deaths("过火面积460 m2,1人跳楼逃生，经抢救无效死亡。") == "1"
    assert deaths("疏散1,231人，死亡0人。") == "0"
    assert figures(told("1名伤者转院，事故共造成3人死亡,2人受伤。"))["injuries"].value == "2"


def test_accidents_of_another_day_are_passed_over() -> None:
    other = "2019年5月24日，外省发生一起中毒事故。造成7人死亡，直接经济损失900万元。"
    assert figures(told(other), "2022-03-12")["deaths"].values == ()
    assert figures(told(other), "2019-05-24")["deaths"].value == "7"


@pytest.mark.parametrize(
    ("line", "wan"),
    [
        ("直接经济损失497万余元。", "497"),
        ("直接经济损失600000余元。", "60"),
        ("直接经济损失约为人民币62251.89元。", "6.225189"),
        ("造成2人受伤，直接损失1065万元。", "1065"),
        ("直接经济损失（万元） | 36.5", "36.5"),
        ("直接经济损失XX万元。", None),
        ("直接经济损失统计标准6721", None),
    ],
)
def test_losses(line: str, wan: str | None) -> None:
    assert figures(told(line))["economic_loss_wan"].value == wan


def test_a_list_of_grades_is_no_grade() -> None:
    rule = "重大事故、较大事故、一般事故，由各级政府批复。"
    judged = "经调查认定，这是一起较大生产安全责任事故。"
    assert figures(told(rule))["grade"].values == ()
    assert figures(told("去年甲地有一般火灾事故。", judged))["grade"].value == "较大"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("，位于柳州市鱼峰区的工地", {"city": "柳州市", "county": "鱼峰区"}),
        ("，安徽省甲乙建筑有限公司承包的工地", {}),
        ("，泰州市睿某市政工程有限公司在南通市海门区", {"city": "南通市", "county": "海门区"}),
        ("，扬州市经济技术开发区的工地", {"city": "扬州市"}),
        ("，辽宁省营口市甲乙钢铁有限公司", {"province": "辽宁省", "city": "营口市"}),
        ("，福建省永安市某镇", {"province": "福建省"}),
    ],
)
def test_places_met(text: str, place: dict[str, str]) -> None:
    assert place_in(text, load_regions()) == place


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("首页 > 公开 > 生产安全事故调查报告", "甲厂“1·2”事故调查报告"), "甲厂“1·2”事故调查报告"),
        (("某某新闻网", "甲厂“1·2”事故调查报告（全文）"), "甲厂“1·2”事故调查报告"),
        (("甲市乙有限公司", "“1·2”火灾", "事故调查报告"), "甲市乙有限公司“1·2”火灾事故调查报告"),
        (("附件：甲厂“1.2”事故调查报告", "甲厂“1·2”事故调查报告"), "甲厂“1·2”事故调查报告"),
        (
            ("甲厂坠落事故调查报告2019年3月1日8时，甲厂发生坠落事故。",),
            "甲厂坠落事故调查报告",
        ),
        (("市政府关于《甲厂“1·2”事故调查报告》的批复",), "甲厂“1·2”事故调查报告"),
        (("形成了事故调查报告，现予公布。",), None),
        (("甲县公布一起事故调查报告", "公布《甲厂“1*2”事故调查报告》。"), "甲厂“1*2”事故调查报告"),
        (("发布《甲厂事故调查报告》《乙厂事故调查报告》。",), None),
    ],
)
def test_titles(lines: tuple[str, ...], title: str | None) -> None:
    assert read_where(told(*lines))["report"].value == title


@pytest.mark.parametrize(
    ("lines", "company"),
    [
        (("甲市乙丙有限公司“1·2”事故调查报告",), "甲市乙丙有限公司"),
        (
            ("江苏省盐城市丙丁有限公司“1·2”事故调查报告", "丙丁有限公司（以下简称丙丁）"),
            "丙丁有限公司",
        ),
        (("江苏省盐城市丙丁有限公司“1·2”事故调查报告", "成立了调查组。"), None),
        (("一、事故发生单位基本情况", "单位名称：乙丙有限公司"), "乙丙有限公司"),
        (("二、监理单位", "单位名称：乙丙有限公司"), None),
    ],
)
def test_companies(lines: tuple[str, ...], company: str | None) -> None:
    assert read_where(told(*lines))["company"].value == company


def test_causes_told_in_passing() -> None:
    line = "调查查明，事故的直接原因是违规电焊。间接原因包括管理混乱。"
    assert set(split_sections(told(line))) == {"直接原因", "间接原因"}
    heading = ("（一）直接原因", "电线短路。", "查明了事故的直接原因和间接原因。")
    assert set(split_sections(told(*heading))) == {"直接原因"}
    leading = split_sections(
        told("根据报告，事故直接原因为：", "电线短路。", "间接原因如下：", "无证。")
    )
    assert [[one.line for one in part] for part in leading.values()] == [[2], [4]]


def test_what_came_to_light_is_a_cause_and_not_a_lesson() -> None:
    found = split_sections(
        told("（二）暴露出的问题", "管理缺位。", "五、暴露的问题及教训", "要警醒。")
    )
    assert [one.line for one in found["间接原因"]] == [2]
    assert [one.line for one in found["事故教训"]] == [4]


def test_a_deeper_heading_stays_in_its_part() -> None:
    lines = ("（二）间接原因", "1.乙公司整改措施不力", "无人检查。", "三、事故调查经过", "开会。")
    assert {k: [one.line for one in v] for k, v in split_sections(told(*lines)).items()} == {
        "间接原因": [2, 3]
    }
    deeper = ("二、事故发生经过和原因", "甲厂起火。", "（二）直接原因", "短路。")
    assert {k: [one.line for one in v] for k, v in split_sections(told(*deeper)).items()} == {
        "事故经过": [2],
        "直接原因": [4],
    }


def test_contents_without_dots_are_no_parts() -> None:
    contents = ("目录", "一、主要教训", "（一）认识不足，措施不力", "二、改进措施建议")
    assert split_sections(told(*contents)) == {}
    text = (*contents, "一、主要教训", "（一）认识不足，措施不力", "各级要警醒。")
    assert [one.line for one in split_sections(told(*text))["事故教训"]] == [6, 7]


def test_people() -> None:
    assert without_numbers("张三，身份证号：642223********3256") == (
        "张三，身份证号：〔身份证号码略〕"
    )
    assert lines_with_people(
        told("死者张三，男，40岁。", "死者张某，男，40岁。", "张某某受伤。")
    ) == [1]
    posts = ("由副局长张小明担任组长。", "工人王五在池边。", "由于存在风险，负责人员安排停工。")
    assert lines_with_people(told(*posts)) == [1, 2]
    assert lines_with_people(told("法定代表人：李四。", "法定代表人：李某江。")) == [1]


def test_what_is_no_accident_or_names_no_article_is_told(
    house: Path, case: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "甲矿“1·2”事故调查报告\n认定这是一起因病猝死的非生产安全事故。\n违反《甲市矿山规程》的规定。\n"
    draft, head = drafted(house, case, text)
    assert "这不是生产安全事故" in draft and "violations" not in head
    assert "违反《甲市矿山规程》（第 3 段），没有写第几条" in capsys.readouterr().out
    assert broken_whole(told("违反《甲市矿山规程》第三条。")) == {}


def test_an_event_that_is_called_none_is_read(house: Path, case: Import) -> None:
    text = "“甲”号客轮翻沉事件调查报告\n2015年6月1日21时32分，客轮翻沉，造成9人死亡。\n"
    _, head = drafted(house, case, text)
    assert head["report"] == {"title": "“甲”号客轮翻沉事件调查报告"}
    assert head["date"] == "2015-06-01" and head["casualties"] == {"deaths": "9"}
