"""Numbers, dates, times and places of one case that cannot all be true."""

from __future__ import annotations

import pytest

from jingzhong.rules.regions import load_regions

from .conftest import CASE, Find

CLOCK = "  - time: 22:51\n    event: 值班员看见二楼冒烟。\n  - event: 消防车到场。\n"


def test_injured_fewer_than_serious(find: Find) -> None:
    (problem,) = find({CASE: [("serious_injuries: 1", "serious_injuries: 4")]})
    assert (problem.field, problem.severity) == ("casualties.injuries", "error")


def test_all_injured_seriously(find: Find) -> None:
    assert find({CASE: [("serious_injuries: 1", "serious_injuries: 3")]}) == []


DATES = [
    ("report.date", "  date: 2024-09\n", "  date: 2024-04\n"),
    ("sources[1].date", "    date: 2024-09-01\n", "    date: 2024-05-05\n"),
    ("as_of", "as_of: 2024-06-05", "as_of: 2024-05-01"),
    ("reported.until", "until: 2024-05-12", "until: 2024-05-05"),
    ("corrections[1].date", "  - date: 2026-11-01", "  - date: 2023-11-01"),
]


@pytest.mark.parametrize(("field", "old", "new"), DATES)
def test_accident_later_than_what_tells_of_it(field: str, old: str, new: str, find: Find) -> None:
    (problem,) = find({CASE: [(old, new)]})
    assert (problem.field, problem.severity) == (field, "error")


def test_same_day_and_same_month_are_fine(find: Find) -> None:
    same = [("  date: 2024-09\n", "  date: 2024-05\n"), ("as_of: 2024-06-05", "as_of: 2024-05-06")]
    assert find({CASE: same}) == []


def test_background_source_may_be_older(find: Find) -> None:
    older = (
        "    date: 2024-09-01\n",
        "    date: 2024-09-01\n  - title: 园区规划\n    publisher: 荆州市人民政府\n    date: 2019-01-01\n",
    )
    assert find({CASE: [older]}) == []


def test_deaths_counted_too_long(find: Find) -> None:
    """A fire counts its dead for seven days."""
    (problem,) = find({CASE: [("until: 2024-05-12", "until: 2024-05-14")]})
    assert (problem.field, problem.severity) == ("reported.until", "warning")
    assert find({CASE: [("until: 2024-05-12", "until: 2024-05-13")]}) == []


LOSS = "economic_loss_wan: 320.5"


@pytest.mark.parametrize("loss", ["3205000", "150000"])
def test_loss_in_yuan(loss: str, find: Find) -> None:
    """320.5 万元 written as 3205000; 15 亿元 with two dead."""
    problems = find({CASE: [(LOSS, f"economic_loss_wan: {loss}")]})
    assert [problem.field for problem in problems] == ["economic_loss_wan"]
    assert "以元为单位" in problems[0].message


def test_loss_that_the_prose_tells_in_wan(find: Find) -> None:
    told = ("loss: 截至2024年6月5日核定", "loss: 直接经济损失约320.5万元")
    assert find({CASE: [told]}) == []
    for wrong in ("3205000", "0.03205"):
        (problem,) = find({CASE: [told, (LOSS, f"economic_loss_wan: {wrong}")]})
        assert (problem.field, problem.severity) == ("economic_loss_wan", "error")


def test_a_dear_accident_with_many_dead(find: Find) -> None:
    dear = [
        (LOSS, "economic_loss_wan: 198635.07"),
        ("deaths: 2\n  missing", "deaths: 78\n  missing"),
        ("grade: 一般", "grade: 特别重大"),
    ]
    assert find({CASE: dear}) == []


def timeline(*times: str) -> str:
    return "".join(f"  - time: {time}\n    event: 一件事。\n" for time in times)


BACKWARD = [
    ("23:34", "22:51"),
    ("23:34", "06:10"),
    ("08:00", "随后", "07:00"),
    ("2024-05-06 22:51", "2024-05-05 23:00"),
    ("22:51", "2024-05-07", "2024年5月6日"),
    ("2024-09", "2024-06-01"),
    ("下午3时许", "上午9时"),
    ("2024-05-06 14:00", "约 13:30"),
    ("22:51:31", "22:51:06"),
]
FORWARD = [
    ("22:51", "23:34"),
    ("22:51", "随后", "23:34:06", "23:34:37", "2024-05-08 16:40", "2024-09"),
    ("22:51", "02:00", "23:00"),
    ("事发前三天", "2024-05-06 上午9点多", "当场", "此后"),
    ("2013年起", "2017—2018年", "2020年春节前", "约 19:00", "2024-05-12"),
    ("2024-05-06", "18:07 之前", "18:07", "当天", "2025-04"),
    ("前一天晚上 23:00", "10:00"),
    ("22:51", "次日 07:00", "08:00"),
    ("22:51", "几天后", "08:00"),
    ("约 14:00", "约 8 小时后", "2024-05-07"),
    ("2015-07-29 至 30日", "2024-05-06 05:20 至 05:50", "06:10 前后"),
    ("2024-05-06 早7时许", "约 07:40（早期通报）", "事故后30日"),
    ("爆炸前约 1 小时", "06:42", "抢修约 8 分钟后"),
]


@pytest.mark.parametrize("times", BACKWARD)
def test_time_steps_back(times: tuple[str, ...], find: Find) -> None:
    (problem,) = find({CASE: [(CLOCK, timeline(*times))]})
    assert problem.field.startswith("timeline[") and problem.severity == "error"
    assert times[-1] in problem.message


@pytest.mark.parametrize("times", FORWARD)
def test_time_goes_on(times: tuple[str, ...], find: Find) -> None:
    assert find({CASE: [(CLOCK, timeline(*times))]}) == []


PLACE = "  province: 湖北省\n  city: 荆州市\n  county: 沙市区\n"


def place(province: str, city: str) -> tuple[str, str]:
    return PLACE, f"  province: {province}\n  city: {city}\n"


@pytest.mark.parametrize(
    ("province", "city", "field", "hint"),
    [
        ("湖南省", "荆州市", "place.city", "属于湖北省"),
        ("湖北", "荆州市", "place.province", "湖北省"),
        ("湖北省", "荆洲市", "place.city", "是不是"),
        ("天津市", "滨海新区", "place.city", "直辖市"),
    ],
)
def test_places_that_do_not_belong_together(
    province: str, city: str, field: str, hint: str, find: Find
) -> None:
    (problem,) = find({CASE: [place(province, city)]})
    assert (problem.field, problem.severity) == (field, "error")
    assert hint in problem.message


@pytest.mark.parametrize(
    ("province", "city"),
    [
        ("天津市", "天津市"),
        ("湖北省", "仙桃市"),
        ("内蒙古自治区", "阿拉善盟"),
        ("新疆维吾尔自治区", "喀什地区"),
        ("香港特别行政区", "九龙"),
    ],
)
def test_places_that_do(province: str, city: str, find: Find) -> None:
    assert find({CASE: [place(province, city)]}) == []


def test_a_name_given_up_before_the_accident(find: Find) -> None:
    (problem,) = find({CASE: [place("湖北省", "襄樊市")]})
    assert problem.severity == "warning" and "襄阳市" in problem.message


def test_the_regions_are_complete() -> None:
    regions = load_regions()
    assert len(regions) == 34
    direct = {"北京市", "天津市", "上海市", "重庆市"}
    cities = [city for region in regions for city in region.cities if region.province not in direct]
    assert len(cities) == len(set(cities)) == 333
    kinds = {"市": 293, "州": 30, "地区": 7, "盟": 3}
    for ending, count in kinds.items():
        assert sum(city.endswith(ending) for city in cities) == count
