"""Contests as blueprints: what is drawn, and whether the banks can give it."""

from __future__ import annotations

from collections.abc import Iterator

from jingzhong.errors import Problem, expected
from jingzhong.model.contests import Contest, ContestSection
from jingzhong.model.library import Library
from jingzhong.model.quizzes import TYPES
from jingzhong.quiz.draw import Blueprint, Candidate, Section, ShortageError, draw
from jingzhong.quiz.facts import bank_candidates


def contest_blueprint(contest: Contest) -> Blueprint:
    """The blueprint of a contest, points in hundredths."""
    return Blueprint(
        tuple(_section(section) for section in contest.sections),
        contest.scoring,
        contest.time_minutes or 0,
    )


def _section(section: ContestSection) -> Section:
    return Section(
        section.count,
        section.bank,
        section.type,
        section.topics,
        section.difficulty,
        round(section.points * 100),
    )


def contest_candidates(library: Library, contest: Contest) -> list[Candidate]:
    """Every question of the banks that a contest draws from."""
    names = dict.fromkeys(name for section in contest.sections for name in section.bank)
    return [one for name in names for one in bank_candidates(library.bank_by_id[name])]


def check_contests(library: Library) -> Iterator[Problem]:
    """Yield each quota that the banks cannot meet, naming the empty cell, and points too fine."""
    for contest in library.contests:
        # A bank that is missing or broken is reported where it is written.
        if all(name in library.bank_by_id for s in contest.sections for name in s.bank):
            yield from _check_quotas(library, contest)


def _check_quotas(library: Library, contest: Contest) -> Iterator[Problem]:
    blueprint = contest_blueprint(contest)
    candidates = contest_candidates(library, contest)
    short = False
    for number, (written, section) in enumerate(
        zip(contest.sections, blueprint.sections, strict=True), 1
    ):
        key, line = f"sections[{number}].count", written.line_of("count")
        if abs(written.points * 100 - section.points) > 1e-6:
            yield Problem(
                contest.origin.path,
                written.line_of("points"),
                f"sections[{number}].points",
                expected("至多两位小数的分值", f"{written.points:g}", "points: 2.5"),
            )
        have = sum(section.takes(candidate) for candidate in candidates)
        if have < section.count:
            short = True
            what = f"至多 {have}（{_cell(section)}{_empty(section, candidates)}）"
            example = f"count: {have}" if have else "改题型、主题、难度，或往题库里加题"
            yield Problem(
                contest.origin.path, line, key, expected(what, f"{section.count}", example)
            )
    if short:
        return
    try:
        draw(blueprint.sections, candidates, contest.seed)
    except ShortageError as shortage:
        written, section = contest.sections[shortage.section], blueprint.sections[shortage.section]
        what = f"至多 {shortage.have}（{_cell(section)}；扣去别的大题要用的）"
        yield Problem(
            contest.origin.path,
            written.line_of("count"),
            f"sections[{shortage.section + 1}].count",
            expected(what, f"{section.count}", f"count: {shortage.have}"),
        )


def _cell(section: Section) -> str:
    parts = [f"题库 {'、'.join(section.banks)}"]
    if section.type:
        parts.append(TYPES[section.type])
    if section.topics:
        parts.append(f"主题 {'、'.join(section.topics)}")
    if section.difficulties:
        parts.append(f"难度 {'、'.join(map(str, section.difficulties))}")
    return "，".join(parts)


def _empty(section: Section, candidates: list[Candidate]) -> str:
    """Banks, topics and difficulties named in a quota that give not one question."""
    found = [candidate for candidate in candidates if section.takes(candidate)]
    empty = [
        *(f"题库 {name}" for name in section.banks if all(c.bank != name for c in found)),
        *(f"主题 {name}" for name in section.topics if all(name not in c.topics for c in found)),
        *(
            f"难度 {level}"
            for level in section.difficulties
            if all(c.difficulty != level for c in found)
        ),
    ]
    return f"；其中 {'、'.join(empty)} 一题也没有" if empty and found else ""
