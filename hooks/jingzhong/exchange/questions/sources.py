"""Where the options of a set of records may stand: one field, a family of fields, the stem."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jingzhong.exchange.questions.answers import bare
from jingzhong.exchange.questions.look import Look
from jingzhong.exchange.questions.markup import plain_markup
from jingzhong.exchange.questions.names import evidence, families
from jingzhong.exchange.questions.offered import MOST, words
from jingzhong.exchange.questions.option_cells import parts, sign_of


@dataclass(frozen=True)
class Source:
    """Where something stands: one field, a family of parallel fields, or parts of the stem."""

    kind: str
    places: tuple[int, ...] = ()
    sign: str = ""
    names: tuple[str, ...] = ()


def option_sources(
    names: Sequence[str],
    prefix: str,
    told: Sequence[Mapping[str, float]],
    looks: Sequence[Look],
    sample: Sequence[Sequence[Any]],
) -> list[Source | None]:
    """Where options may stand, the likeliest first; None (no options) is always one."""
    found: list[tuple[float, Source]] = []
    for word, places in families(names, prefix).items():
        flagged = all(looks[at].flag > 0.9 for at in places)
        several = sum(looks[at].filled > 0 for at in places)
        if (flagged and word != "") or (several < 1 and len(sample) > 0):
            continue
        if (
            any(looks[at].coded > 0.5 for at in places if looks[at].filled)
            and evidence(word).get("options", 0) <= 0
            and word
        ):
            continue
        rank = 2.0 + (1.0 if word == "" or evidence(word).get("options", 0) > 0 else 0.0)
        rank += sum(looks[at].filled for at in places) / len(places)
        if re.search(r"img|pic|图|解析|explain|analy|url|知识点|score|id$", word):
            continue
        found.append(
            (
                rank,
                Source(
                    "family", tuple(places[:MOST]), names=tuple(names[at] for at in places[:MOST])
                ),
            )
        )
    if (apart := _apart(told, looks)) is not None:
        found.append((6.0, apart))
    for at, seen in enumerate(looks):
        name = told[at].get("options", 0.0)
        against = name < 0 or told[at].get("own", 0) > 0 or told[at].get("other", 0) > 0
        likely = (
            name > 0 or max(seen.listed, seen.lettered, seen.parted if not any(names) else 0) > 0.5
        )
        if seen.filled and seen.several > 0.4 and likely and not against:
            found.append(
                (
                    name + seen.several + seen.lettered,
                    Source("field", (at,), _shared_sign(at, sample)),
                )
            )
    if not any(source.kind != "field" for _, source in found) and len(sample) > 1:
        found += _bare_runs(
            looks,
            [at for at in range(len(names)) if not told[at] and (names[at] or not any(names))],
        )
    for at, seen in enumerate(looks):
        if seen.prose > 0.2 and (sign := _stem_sign(at, looks, sample)):
            found.append((2.0, Source("stem", (at,), sign)))
    found.sort(key=lambda pair: -pair[0])
    return [*(source for _, source in found[:7]), None]


def _apart(told: Sequence[Mapping[str, float]], looks: Sequence[Look]) -> Source | None:
    """Right answers and wrong ones in fields of their own; the right ones first."""
    wrong = [at for at, one in enumerate(told) if one.get("wrong", 0) > 0 and looks[at].filled]
    right = [at for at, one in enumerate(told) if one.get("answer", 0) > 0 and looks[at].filled]
    if not wrong or not right:
        return None
    right.sort(key=lambda at: -told[at]["answer"])
    if looks[right[0]].letters > 0.5 or looks[right[0]].index > 0.5:
        return None
    return Source("apart", (right[0], *wrong[: MOST - 1]))


def _bare_runs(looks: Sequence[Look], unknown: Sequence[int]) -> list[tuple[float, Source]]:
    """Neighbouring columns without known names that may be options: what follows a stem."""
    free = [at for at in unknown if _optional(looks[at])]
    texts = sorted(unknown, key=lambda at: -looks[at].prose * looks[at].filled)
    found = []
    for stem in texts[:3]:
        run: list[int] = []
        for at in unknown:
            if at > stem and at in free and (not run or run[-1] == at - 1):
                run.append(at)
        for end in (len(run), len(run) - 1):
            if 2 <= end <= MOST and not all(looks[at].flag > 0.9 for at in run):
                found.append((1.0, Source("family", tuple(run[:end]))))
    return list(dict.fromkeys(found))


def _optional(seen: Look) -> bool:
    """Whether a column may hold one option of each question."""
    return (
        seen.filled >= 0.15
        and seen.answerish < 0.85
        and seen.typed < 0.7
        and seen.coded < 0.5
        and not seen.constant
        and not seen.counting
    )


def _shared_sign(at: int, sample: Sequence[Sequence[Any]]) -> str:
    """The sign that parts the options of (nearly) all records; "" where none does."""
    texts = [
        plain_markup(row[at], lines=True)
        for row in sample
        if isinstance(row[at], str) and row[at].strip()
    ]
    signs = Counter(sign_of(text) for text in texts)
    parted = [
        (sum(len(parts(text, sign)) >= 2 for text in texts), count, sign)
        for sign, count in signs.items()
        if sign
    ]
    most, _, sign = max(parted, default=(0, 0, ""))
    return sign if most >= 3 and most * 10 >= len(texts) * 9 else ""


def _stem_sign(stem: int, looks: Sequence[Look], sample: Sequence[Sequence[Any]]) -> str:
    """The sign that parts stem&option&option, where some other field's pieces are among them."""
    texts = [words(row[stem]) for row in sample]
    for sign in ("&", "|", "｜", "#", "^", "$", "；", ";", "@"):
        with_sign = [
            (text.split(sign), row)
            for text, row in zip(texts, sample, strict=True)
            if text.count(sign) >= 2
        ]
        if len(with_sign) < 2:
            continue
        for at in range(len(looks)):
            if at == stem or not looks[at].filled:
                continue
            hits = 0
            for split, row in with_sign:
                pieces = {bare(part) for part in split[1:]}
                told = [bare(part) for part in words(row[at]).split(sign) if bare(part)]
                hits += bool(told) and all(part in pieces for part in told)
            if hits * 10 >= len(with_sign) * 8:
                return sign
    return ""


def flag_source(
    names: Sequence[str], prefix: str, looks: Sequence[Look], options: Sequence[Source | None]
) -> Source | None:
    """A numbered family of only true and false beside one of options: which options are right."""
    sizes = [len(source.places) for source in options if source and source.kind == "family"]
    for word, places in families(names, prefix).items():
        filled = [at for at in places if looks[at].filled]
        flagged = filled and len(places) >= 2 and all(looks[at].flag > 0.99 for at in filled)
        beside = any(len(places) <= size for size in sizes)
        if word and flagged and beside and evidence(word).get("own", 0) <= 0:
            return Source("flags", tuple(places[:MOST]))
    return None
