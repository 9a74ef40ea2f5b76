"""Provinces and the places under them, for checking where an accident is said to have happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import ContentError, Problem, Report, expected, nearest, quoted
from jingzhong.model import vocabulary
from jingzhong.model.fields import At, Integer, ListOf, Nested, Record, Text, spec
from jingzhong.model.library import Library
from jingzhong.model.source import load_source, parse_yaml

_FILE = "regions.yml"


@dataclass(frozen=True, kw_only=True)
class FormerName(Record):
    """A name that a prefecture bore until a year."""

    name: str = spec(Text(), "旧名", "襄樊市")
    until: int = spec(Integer(1949, 2100), "用到哪一年", "2010")
    now: str = spec(Text(), "现名", "襄阳市")


@dataclass(frozen=True, kw_only=True)
class Region(Record):
    """A province-level place with its prefectures; without any, nothing below it is checked."""

    province: str = spec(Text(), "省级行政区", "湖北省")
    cities: tuple[str, ...] = spec(ListOf(Text()), "地级行政区", "武汉市", default=())
    counties: tuple[str, ...] = spec(ListOf(Text()), "直管的县级行政区", "仙桃市", default=())
    former: tuple[FormerName, ...] = spec(
        ListOf(Nested(FormerName)), "旧名", "name: 襄樊市", default=()
    )


def load_regions(folder: Path = vocabulary.DATA) -> tuple[Region, ...]:
    """Read the list of regions; a fault in it raises ContentError."""
    report = Report()
    path = f"hooks/jingzhong/model/data/{_FILE}"
    source = load_source(folder, folder / _FILE, report)
    node = parse_yaml(source.text, path, report) if source else None
    regions = (
        ListOf(Nested(Region), least=1).read(node, At(path, "", report), "province: 湖北省")
        if node
        else ()
    )
    if report.errors:
        raise ContentError(report.problems)
    return tuple(regions)


def check_places(library: Library) -> Iterator[Problem]:
    """A province that is none, a city that lies elsewhere, a name given up before the accident."""
    regions = {region.province: region for region in load_regions()}
    homes = {
        city: region.province
        for region in regions.values()
        for city in (*region.cities, *region.counties)
    }
    for case in library.cases:
        place, path = case.place, case.origin.path
        region = regions.get(place.province)
        if region is None:
            got = quoted(place.province) + nearest(place.province, regions)
            message = expected("省级行政区的全称", got, "湖北省、天津市、宁夏回族自治区")
            yield Problem(path, place.line_of("province"), "place.province", message)
            continue
        allowed = (*region.cities, *region.counties)
        if not allowed or place.city in allowed:
            continue
        line = place.line_of("city")
        former = next((old for old in region.former if old.name == place.city), None)
        if former:
            if case.date.year > former.until:
                got = f"{former.until}年起不再用的旧名{quoted(place.city)}"
                message = expected("事故当时的名称", got, former.now)
                yield Problem(path, line, "place.city", message, "warning")
            continue
        got = quoted(place.city)
        home = homes.get(place.city)
        got += f"（属于{home}）" if home else nearest(place.city, allowed)
        what = f"{place.province}的地级行政区（市、地区、州、盟）"
        if region.cities == (region.province,):
            what = f"再写一次“{region.province}”（直辖市不设地级市，区县写在 county）"
        yield Problem(path, line, "place.city", expected(what, got, allowed[0]))
