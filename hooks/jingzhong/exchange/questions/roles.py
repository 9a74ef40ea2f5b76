"""Which field of a set of records holds what: names and contents weighed together.

A field is a column of a table or a key of JSON objects. Every sensible assignment of stem, options
and answer is tried on the records; the one under which most of them make sense is taken: stems
are words, options are several and differ, answers point at them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from jingzhong.exchange.questions.answers import bare
from jingzhong.exchange.questions.fit import fit
from jingzhong.exchange.questions.look import Look, empty, look
from jingzhong.exchange.questions.names import common_prefix, evidence
from jingzhong.exchange.questions.offered import (
    words,
)
from jingzhong.exchange.questions.parts import Roles, answer_of, options_of
from jingzhong.exchange.questions.picked import resolves
from jingzhong.exchange.questions.sources import Source, flag_source, option_sources

_SAMPLE = 120
_LEAST = 0.55
_LEFT_OUT = 2.0
# Answers of which nearly all lie among the options need no name that says so.
_SINGLE = ("type", "number", "basis", "difficulty", "right", "passage")


def assign(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Roles | None:
    """The roles of fields; None where the records are no questions.

    `names` may be empty texts (a table without a header); `rows` hold one value per name.
    """
    step = max(1, len(rows) // _SAMPLE)
    sample = list(rows)[::step][: _SAMPLE + 20]
    if not sample or not names:
        return None
    prefix = common_prefix(names)
    told = [evidence(name, prefix) if name else {} for name in names]
    if {"q", "a"} <= {name.casefold() for name in names} and "b" not in map(str.casefold, names):
        told = [
            {"answer": 3.0} if name.casefold() == "a" else one
            for name, one in zip(names, told, strict=True)
        ]
    looks = [look([row[at] for row in sample]) for at in range(len(names))]
    places = option_sources(names, prefix, told, looks, sample)
    # Families without names are tried; those with names hold nothing else.
    in_family = {at for source in places if source and source.names for at in source.places}
    flags = flag_source(names, prefix, looks, places)
    busy = in_family | set(flags.places if flags else ())
    stems = sorted(
        (at for at in range(len(names)) if at not in busy),
        key=lambda at: -_stem_worth(told[at], looks[at]),
    )
    stems = [at for at in stems if _stem_worth(told[at], looks[at]) > 0.8][:3]
    answers = [
        at
        for at in range(len(names))
        if at not in busy and _answer_worth(told[at], looks[at], named=bool(names[at])) > 0
    ]
    if places[0] is not None:
        # right: 0 beside several options tells how somebody did, not which one is right.
        answers = [
            at
            for at in answers
            if not names[at] or told[at].get("answer", 0) >= 3 or looks[at].flag < 0.99
        ]
    # Without names an answer mostly stands at one of the ends.
    answers.sort(
        key=lambda at: (
            -_answer_worth(told[at], looks[at], named=bool(names[at])),
            min(at, len(names) - 1 - at),
        )
    )
    best: Roles | None = None
    runner: Roles | None = None
    for stem, options, answer in product(stems, places, [*answers[:5], None]):
        if stem == answer or (
            options and options.kind in ("field", "family") and {stem, answer} & set(options.places)
        ):
            continue
        tried = _try(stem, options, answer, flags, told, looks, names, sample)
        if tried is None:
            continue
        if options is None and places[0] is not None:
            # What has options is not read without them for an answer's sake.
            tried.worth -= _LEFT_OUT
        if best is None or tried.worth > best.worth:
            runner = best if best and best.answers != tried.answers else runner
            best = tried
        elif (runner is None or tried.worth > runner.worth) and tried.answers != best.answers:
            runner = tried
    if best is None:
        return None
    _complete(best, told, looks, names, sample, answers, busy)
    if (
        runner is not None
        and runner.answers
        and best.answers
        and best.worth - runner.worth < 0.6
        and _differ(best.answers[0], runner.answers[0], sample)
    ):
        best.rivals = (best.answers[0], runner.answers[0])
    return best


def _differ(one: int, other: int, sample: Sequence[Sequence[Any]]) -> bool:
    return any(
        words(row[one]) and words(row[other]) and bare(words(row[one])) != bare(words(row[other]))
        for row in sample
    )


def _stem_worth(told: Mapping[str, float], seen: Look) -> float:
    if seen.filled < 0.3 or (seen.prose < 0.2 and told.get("stem", 0) <= 0):
        return -1.0
    against = max(
        (told[role] for role in told if role not in ("stem", "number", "explanation")), default=0.0
    )
    worth = (
        told.get("stem", 0.0)
        - (2.0 if against >= 3 else 0.0)
        - (2.0 if told.get("explanation", 0) >= 3 else 0.0)
    )
    worth += 2.0 * seen.prose + 1.5 * min(seen.length / 40, 1.0) + seen.distinct - 4.0 * seen.coded
    return (
        worth
        + seen.asks
        - (3.0 if told.get("passage") else 0.0)
        - 3.0 * (seen.verdict + seen.letters)
    )


def _answer_worth(told: Mapping[str, float], seen: Look, *, named: bool) -> float:
    if not seen.filled or seen.nested or told.get("answer", 0.0) < 0:
        return -1.0
    name = told.get("answer", 0.0)
    if name > 0:
        return name + seen.letters + seen.verdict + 0.5 * seen.index
    if told and max(told.values()) >= 1.0:
        return -1.0
    if named:
        # A key that nobody knows counts only by letters or words of right and wrong that vary.
        content = 0.0 if seen.constant else seen.letters + seen.verdict - seen.boolean
    else:
        content = 0.0 if seen.counting else seen.answerish
    if not named and (seen.counting or seen.typed > 0.7):
        return -1.0
    # A column without a name may hold the text of an option.
    return content - 0.6 if content > 0.8 else 0.05 if not named and seen.filled > 0.5 else -1.0


def _try(
    stem: int,
    options: Source | None,
    answer: int | None,
    flags: Source | None,
    told: Sequence[Mapping[str, float]],
    looks: Sequence[Look],
    names: Sequence[str],
    sample: Sequence[Sequence[Any]],
) -> Roles | None:
    """An assignment with its worth, or None where too few records make sense."""
    roles = Roles(
        stem,
        options,
        [] if answer is None else [answer],
        flags if options and options.kind == "family" else None,
    )
    if options and options.kind == "stem" and options.places[0] != stem:
        return None
    fits = used = 0.0
    for row in sample:
        text, offered = options_of(roles, row)
        if not bare(words(text)):
            continue
        used += 1
        value = answer_of(roles, row, answer) if answer is not None else None
        fits += fit(
            text,
            offered,
            value,
            named=told[answer].get("answer", 0) if answer is not None else 0,
            kind=words(row[stem]),
        )
    if not used:
        return None
    roles.fits = fits / used
    if roles.fits < (_LEAST if any(names) else 0.75) or (answer is None and options is None):
        return None
    roles.worth = 5 * roles.fits + _stem_worth(told[stem], looks[stem])
    if answer is not None:
        roles.worth += (
            _answer_worth(told[answer], looks[answer], named=bool(names[answer]))
            * looks[answer].filled
        )
    if options and options.kind == "field":
        roles.worth += 0.5 * told[options.places[0]].get("options", 0.0)
    if options and options.kind == "family":
        roles.worth += 0.5
    return roles


def _speaks(roles: Roles, sample: Sequence[Sequence[Any]]) -> bool:
    """Whether contents alone prove an answer: several different ones, all among the options."""
    values = [(row, row[roles.answers[0]]) for row in sample if not empty(row[roles.answers[0]])]
    different = {bare(words(value)) for _, value in values}
    return (
        len(values) >= 5
        and len(different) >= 3
        and all(resolves(value, options_of(roles, row)[1]) for row, value in values)
    )


def _complete(
    roles: Roles,
    told: Sequence[Mapping[str, float]],
    looks: Sequence[Look],
    names: Sequence[str],
    sample: Sequence[Sequence[Any]],
    answers: Sequence[int],
    busy: set[int],
) -> None:
    """Add what else a record has: further answers where the first is empty, reasons, type."""
    taken = {roles.stem, *busy, *roles.answers}
    if roles.options and roles.options.kind in ("field", "family"):
        taken |= set(roles.options.places)
    for at in answers:
        if at in taken:
            continue
        name = told[at].get("answer", 0.0)
        if name > 0 or (not roles.answers and roles.options is not None):
            roles.answers.append(at)
            taken.add(at)
    if roles.answers and names[roles.answers[0]] and told[roles.answers[0]].get("answer", 0.0) <= 0:
        roles.guessed = True
        roles.unnamed_answer = not _speaks(roles, sample)
    reasons = [
        at
        for at in range(len(names))
        if at not in taken and told[at].get("explanation", 0) > 0 and looks[at].filled
    ]
    reasons.sort(key=lambda at: -told[at]["explanation"])
    if reasons:
        best = told[reasons[0]]["explanation"]
        roles.reasons = [at for at in reasons if told[at]["explanation"] >= min(best, 3.0)]
        taken |= set(roles.reasons)
    # One picture for all records is an empty place's.
    roles.pictures = [
        at
        for at in range(len(names))
        if at not in taken
        and told[at].get("picture", 0) >= 3
        and looks[at].filled
        and not (looks[at].constant and len(sample) > 3 and looks[at].filled > 0.5)
    ]
    for role in _SINGLE:
        fitting = [
            at for at in range(len(names)) if at not in taken and told[at].get(role, 0.0) > 0
        ]
        if role == "type":
            fitting = [at for at in fitting if looks[at].typed > 0] or (
                []
                if any(names)
                else [at for at in range(len(names)) if at not in taken and looks[at].typed > 0.7]
            )
        if role == "number" and not any(names):
            fitting = [at for at in range(len(names)) if at not in taken and looks[at].counting]
        if fitting:
            roles.others[role] = max(
                fitting,
                key=lambda at: (
                    told[at].get(role, 0.0),
                    looks[at].typed if role == "type" else 0,
                    -at,
                ),
            )
            taken.add(roles.others[role])
