"""`--set key=value`: the answers of `python hooks new` given on the command line.

`place.city=天津市` goes into a group, `actions.1.do=…` into the first item of a list; a key given
twice is a list of both; a value in brackets is read as YAML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jingzhong.desk.new_forms import mapping, scalar, sequence
from jingzhong.desk.yaml_writer import Knowing
from jingzhong.errors import Report, expected, quoted
from jingzhong.model.fields import Kind, ListOf, MapOf, Nested, Raw, specs
from jingzhong.model.source import Node, parse_yaml

Given = dict[str, Any]
MAX_STEPS = 8


class SettingError(Exception):
    """A `--set` that cannot be understood; the words are Chinese."""


def parse_settings(pairs: Iterable[str]) -> tuple[Given, list[str]]:
    """Nested answers (texts, lists of texts, and groups of these), and what cannot be read."""
    given: Given = {}
    faults: list[str] = []
    for pair in pairs:
        try:
            _put(given, pair)
        except SettingError as error:
            faults.append(str(error))
    return given, faults


def _put(given: Given, pair: str) -> None:
    path, sign, value = pair.partition("=")
    steps = path.strip().split(".")
    try:
        pair.encode()
    except UnicodeEncodeError:
        raise SettingError(expected("UTF-8 文字", "读不出来的字")) from None
    if not sign or not all(steps) or len(steps) > MAX_STEPS:
        raise SettingError(expected("字段=值", quoted(pair), "--set title=某市较大火灾事故"))
    place = given
    for step in steps[:-1]:
        place = place.setdefault(step, {})
        if not isinstance(place, dict):
            break
    last = steps[-1]
    before = place.get(last) if isinstance(place, dict) else None
    if not isinstance(place, dict) or isinstance(before, dict):
        raise SettingError(expected("一个字段只用一种写法", quoted(pair), f"只写 {steps[0]}"))
    words = value.strip()
    if before is None:
        place[last] = words
    else:
        place[last] = [*(before if isinstance(before, list) else [before]), words]


def to_node(value: Any, known: Knowing, fail: Callable[[str, str], None], key: str = "") -> Node:
    """Given answers as a node, shaped by what the model expects there.

    `fail` gets the key path and the words of what cannot be read.
    """
    if isinstance(value, str):
        kinds = Raw | ListOf | MapOf | Nested
        if isinstance(known, kinds) and value[:1] in ("[", "{"):
            report = Report()
            node = parse_yaml(value, "--set", report)
            if node is None or report.errors:
                fail(key, expected("读得通的 YAML", quoted(value), '[["119"]]'))
                return scalar("")
            return node
        return sequence([scalar(value)]) if isinstance(known, ListOf) else scalar(value)
    if isinstance(value, list):
        of: Kind | None = known.of if isinstance(known, ListOf) else None
        return sequence(to_node(one, of, fail, f"{key}[{n}]") for n, one in enumerate(value, 1))
    if isinstance(known, ListOf) and all(step.isdecimal() for step in value):
        ordered = sorted(value, key=int)
        return sequence(
            to_node(value[step], known.of, fail, f"{key}[{n}]") for n, step in enumerate(ordered, 1)
        )
    record = known.record if isinstance(known, Nested) else known
    if isinstance(record, type):
        fields = specs(record)
        # In the order of the model; what it does not know comes last and is reported.
        names = [*(n for n in fields if n in value), *(n for n in value if n not in fields)]
        kinds_of = {n: fields[n][0].kind if n in fields else None for n in names}
        return mapping(
            {n: to_node(value[n], kinds_of[n], fail, f"{key}.{n}" if key else n) for n in names}
        )
    each = known.of if isinstance(known, MapOf) else None
    return mapping({n: to_node(one, each, fail, f"{key}.{n}") for n, one in value.items()})
