"""Date, time, place, company of an accident, and what a report says of itself."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.found import Finding, Statement, finding, sentences, statement
from jingzhong.rules.regions import Region, load_regions

_WHEN = re.compile(
    r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
    r"(?P<time>\s?(?:凌晨|上午|中午|下午|晚上?|夜间)?\s?\d{1,2}(?:时|点|[:：]\d\d)(?:\d{1,2}分)?(?:\d{1,2}秒)?(?:左右|许|前后)?)?"
)
_HAPPENED = re.compile(r"发生[^。]{0,50}(?:事故|火灾|爆炸|坍塌|中毒|泄漏)|(?:起火|爆炸|坍塌|坠落)")
_COMPANY = re.compile(
    r"(?:事故(?:发生)?单位|涉事(?:企业|单位)|发生单位|责任单位)(?:概况|名称|基本情况)?\s?(?:为|是|[:：|])\s?"
    r"(?P<name>[一-鿿（）()A-Za-z0-9]{4,40}?(?:公司|厂|矿|医院|学校|中心|店|集团|合作社))"
    r"(?=[，。、；（(：:|\s]|$|位于|成立|系|是|为)"
)
_REPORT = re.compile(r"事故(?:调查|调查评估|技术调查)?(?:处理)?报告[）)]?$")
_AUTHORITY = re.compile(
    r"(?P<name>(?:[一-鿿]{0,16}(?:国务院|人民政府|应急管理局|省|市|区|县))?[一-鿿“”\"·．.\d]{0,60}?事故调查组)"
)
_SIGNED = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?")
_COUNTY = re.compile(r"(?P<name>[一-鿿]{1,8}?(?:自治县|自治旗|新区|区|县|市|旗))")


def read_where(paragraphs: Sequence[Paragraph]) -> dict[str, Finding]:
    """date, time, province, city, county, company, title, report, authority, published."""
    days, times = list[Statement](), list[Statement]()
    places: dict[str, list[Statement]] = {"province": [], "city": [], "county": []}
    companies = list[Statement]()
    regions = load_regions()
    for paragraph, start, sentence in sentences(paragraphs):
        companies += [
            statement(match["name"], paragraph, start + match.start(), start + match.end())
            for match in _COMPANY.finditer(sentence)
        ]
        happened = _HAPPENED.search(sentence)
        when = _WHEN.search(sentence)
        if not (happened and when and when.start() < happened.start()):
            continue
        day = _day(when)
        if day:
            span = (start + when.start(), start + happened.end())
            days.append(statement(day, paragraph, *span))
            if when["time"]:
                times.append(statement(when["time"].strip(), paragraph, *span))
            between = sentence[when.end() : happened.end()]
            for name, value in place_in(between, regions).items():
                places[name].append(statement(value, paragraph, *span))
    itself = _itself(paragraphs)
    days = _titled(days, itself["report"].value or "")
    found = {"date": finding(days), "time": finding(_of_day(times, days))}
    found |= {name: finding(_of_day(one, days)) for name, one in places.items()}
    return found | {"company": finding(companies)} | itself


def _titled(days: list[Statement], title: str) -> list[Statement]:
    """Where the title has its day (“4·18”火灾), only days that fit it: others tell of the past."""
    short = re.search(r"(?<!\d)(\d{1,2})\s?[·.．•・‧]\s?(\d{1,2})(?!\d)", title)
    ending = f"-{int(short[1]):02d}-{int(short[2]):02d}" if short else ""
    fitting = [one for one in days if one.value.endswith(ending)]
    return fitting or days


def _of_day(statements: Iterable[Statement], days: Sequence[Statement]) -> list[Statement]:
    """Statements from paragraphs that speak of a day of the accident."""
    lines = {one.line for one in days}
    return [one for one in statements if one.line in lines]


def _day(match: re.Match[str]) -> str | None:
    try:
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
    except ValueError:
        return None


def place_in(text: str, regions: Sequence[Region]) -> dict[str, str]:
    """Province, city and county as far as a text names them in this order."""
    for region in regions:
        at = text.find(region.province)
        if at < 0:
            continue
        rest, found = text[at + len(region.province) :], {"province": region.province}
        city = next((one for one in region.cities if rest.startswith(one)), "")
        if region.cities == (region.province,):
            found["city"] = region.province
        elif city:
            found["city"] = city
            rest = rest[len(city) :]
        county = _COUNTY.match(rest)
        if county and "city" in found:
            found["county"] = county["name"]
        return found
    for region in regions:
        for city in region.cities:
            if city in text and city != region.province:
                return {"city": city}
    return {}


def _itself(paragraphs: Sequence[Paragraph]) -> dict[str, Finding]:
    head = list(paragraphs[:12])
    titles = list[Statement]()
    for place, one in enumerate(head):
        for count in (1, 2, 3):
            lines = head[place : place + count]
            words = "".join(re.sub(r"[\s\u3000]", "", line.text) for line in lines)
            if _REPORT.search(words) and "。" not in words and len(words) <= 90:
                if not titles:
                    titles.append(Statement(words, one.line, words))
                break
    authorities = [
        statement(match["name"], one, match.start(), match.end())
        for one in (*head[:6], *paragraphs[-4:])
        if (match := re.fullmatch(_AUTHORITY, re.sub(r"\s", "", one.text)))
    ]
    signed = [
        Statement(value, one.line, one.text)
        for one in (*head, *paragraphs[-4:])
        if (match := _SIGNED.fullmatch(re.sub(r"[\s（）()]", "", one.text)))
        and (value := _signed(match))
    ]
    found = {"report": finding(titles), "authority": finding(authorities)}
    found["published"] = finding(signed)
    return found


def _signed(match: re.Match[str]) -> str | None:
    if match["d"]:
        return _day(match)
    return f"{match['y']}-{int(match['m']):02d}" if 1 <= int(match["m"]) <= 12 else None
