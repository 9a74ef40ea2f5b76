"""What goes with a paper and is no question: its answer sheet and its key, as data for Typst."""

from __future__ import annotations

from jingzhong.channels.paper.composing import PART_NAMES, Paper
from jingzhong.channels.paper.marking import RIGHT, WRONG, printed_answer, spread
from jingzhong.channels.paper.payload import (
    Data,
    explained,
    facts_line,
    head,
    part_heading,
    scoring_rule,
)
from jingzhong.model.library import Library


def sheet_payload(paper: Paper, show_seed: bool = True) -> Data:
    """The answer sheet that serves all variants: each number has what any of them needs there."""
    return {
        **head(paper, show_seed),
        "variants": [sheet.variant for sheet in paper.sheets if sheet.variant],
        "facts": facts_line(paper, paper.sheets[0]),
        "parts": [
            {
                "heading": part_heading(number, part),
                "kind": part.kind,
                "items": [
                    {"number": item.number, **_room(paper, at, place)}
                    for place, item in enumerate(part.items)
                ],
            }
            for at, part in enumerate(paper.sheets[0].parts)
            for number in (at + 1,)
        ],
    }


def _room(paper: Paper, part: int, place: int) -> Data:
    """The signs to fill in, and how many lines or boxes, at one number of the answer sheet."""
    same = [sheet.parts[part].items[place] for sheet in paper.sheets]
    kind = same[0].question.type
    if kind == "judge":
        return {"signs": [RIGHT, WRONG], "count": 0}
    if kind == "blank":
        return {"signs": [], "count": max(len(item.question.answer) for item in same)}
    if kind == "match":
        return {"signs": sorted({left for item in same for left in item.question.left}), "count": 0}
    letters = sorted({option.letter for item in same for option in item.options})
    return {"signs": letters, "count": len(letters)}


def key_payload(paper: Paper, library: Library, show_seed: bool = True) -> Data:
    """Answers by variant, distribution of letters, which question is which, explanations."""
    first = paper.sheets[0]
    numbers = [{item.question.id: item.number for item in sheet.items} for sheet in paper.sheets]
    kinds = list(dict.fromkeys(part.kind for part in first.parts))
    return {
        **head(paper, show_seed),
        "facts": facts_line(paper, first),
        "rules": [] if paper.practice else _rules(paper),
        "sheets": [
            {
                "variant": sheet.variant,
                "parts": [
                    {
                        "heading": part_heading(number, part),
                        "kind": part.kind,
                        "answers": [[item.number, printed_answer(item)] for item in part.items],
                    }
                    for number, part in enumerate(sheet.parts, 1)
                ],
            }
            for sheet in paper.sheets
        ],
        "spreads": [
            {
                "name": PART_NAMES[kind],
                "rows": [
                    {
                        "variant": sheet.variant,
                        "counts": [list(c) for c in spread(sheet, kind).counts],
                    }
                    for sheet in paper.sheets
                ],
            }
            for kind in kinds
            if kind in ("single", "multiple", "judge")
        ],
        "places": [[places[item.question.id] for places in numbers] for item in first.items],
        "explained": [
            {"number": item.number, "stem": item.question.stem, **explained(item, library)}
            for item in first.items
        ],
    }


def _rules(paper: Paper) -> list[str]:
    rules = []
    kinds = {part.kind for part in paper.sheets[0].parts}
    if "multiple" in kinds:
        rules.append(f"多项选择题{scoring_rule(paper.blueprint.scoring)}。")
    if kinds & {"blank", "match"}:
        rules.append("填空题、连线题按答对的空数、对数平均得分。")
    if "order" in kinds:
        rules.append("排序题全部排对才得分。")
    return rules
