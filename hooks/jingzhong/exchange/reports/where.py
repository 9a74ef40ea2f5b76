"""Date, time and place of an accident, with what a report says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.found import Finding, Statement, finding
from jingzhong.exchange.reports.itself import read_itself
from jingzhong.exchange.reports.moment import Happening, happenings, one_clock
from jingzhong.rules.regions import Region, load_regions

_COUNTY = re.compile(
    r"(?P<name>[一-鿿]{1,8}?(?:自治县|自治旗|新区|区(?![间域块])|县|市(?![政场民容])|旗(?![舰下帜])))"
)
# 经济技术开发区, 某小区 and 城区 are no counties; nor is a phrase that only ends like one.
_NO_COUNTY = re.compile(
    r"[的在位于内处某及和与]|(?:开发|园|小|社|校|厂|库|辖|地|高新|功能|示范|实验|试验|保税|度假|集中"
    r"|工业|风景|景|作业|片|生活|主城|中心城|老城|服务|施工|办公|市)区$"
)
_COMPANY_AHEAD = re.compile(r"[^，,。；;的在位于内处]{0,25}?(?:公司|集团)")


def read_where(paragraphs: Sequence[Paragraph]) -> dict[str, Finding]:
    """date, time, province, city, county, company, title, report, authority, published."""
    itself = read_itself(paragraphs)
    told = _titled(happenings(paragraphs), itself["report"].value or "")
    regions = load_regions()
    places: dict[str, list[Statement]] = {"province": [], "city": [], "county": []}
    for one in told:
        for name, value in place_in(one.between, regions).items():
            places[name].append(Statement(value, one.day.line, one.day.words))
    times = one_clock(one.time for one in told if one.time)
    found = {"date": finding(one.day for one in told), "time": finding(times)}
    return found | {name: finding(one) for name, one in places.items()} | itself


def _titled(told: list[Happening], title: str) -> list[Happening]:
    """Where the title has its day (“4·18”火灾), only days that fit it: others tell of the past.

    A title with two days is about two accidents.
    """
    short = re.findall(r"(?<!\d)(\d{1,2})\s?[·.．•・‧]\s?(\d{1,2})(?!\d)", title)
    if not short:
        return told
    endings = tuple(f"-{int(month):02d}-{int(day):02d}" for month, day in short)
    fitting = [one for one in told if one.day.value.endswith(endings)]
    return fitting or told


def place_in(text: str, regions: Sequence[Region]) -> dict[str, str]:
    """Province, city and county as far as a text names them in this order.

    In 安徽省甲建筑公司 the province is that of the company, not of the accident.
    """
    for region in regions:
        for rest in _after(text, (region.province,)):
            found = {"province": region.province}
            city = next((one for one in region.cities if rest.startswith(one)), "")
            if region.cities == (region.province,):
                found["city"] = region.province
            elif city:
                found["city"] = city
                rest = rest[len(city) :]
            if "city" in found:
                found |= _county(rest)
            if city or "county" in found or not _COMPANY_AHEAD.match(rest):
                return found
    names = {city for region in regions for city in region.cities if city != region.province}
    for rest, city in sorted(
        ((rest, name) for name in names for rest in _after(text, (name,))),
        key=lambda one: -len(one[0]),
    ):
        county = _county(rest)
        if county or not _COMPANY_AHEAD.match(rest):
            return {"city": city} | county
    return {}


def _county(rest: str) -> dict[str, str]:
    match = _COUNTY.match(rest)
    return {"county": match["name"]} if match and not _NO_COUNTY.search(match["name"]) else {}


def _after(text: str, names: Iterable[str]) -> Iterator[str]:
    """What follows each place where one of the names stands."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            yield text[at + len(name) :]
            at = text.find(name, at + len(name))
