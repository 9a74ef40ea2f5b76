"""Runs the test vectors that the Python and the JavaScript of the quiz share.

`vectors.json` is a list of `{name, call, input, expected}`. Those of scoring, SHA-256 and
xoshiro128** are written by hand (from the rules, from hashlib, from the authors' reference code).
`PYTHONPATH=hooks python tests/quiz/twins.py` fills in `expected` where a new vector has none.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

from jingzhong.quiz import draw, scoring

VECTORS = Path(__file__).with_name("vectors.json")
RUNNER = Path(__file__).with_name("twins.js")
SCRIPTS = ("draw.js", "scoring.js")


def load_vectors() -> list[dict[str, Any]]:
    vectors: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8"))
    return vectors


def candidates(given: Any) -> list[draw.Candidate]:
    """The list itself, or `{bank, count, …}`: a bank of so many invented questions."""
    if isinstance(given, list):
        return [
            draw.Candidate(
                c["id"], c["bank"], c["type"], c["difficulty"], tuple(c["topics"]), c["group"]
            )
            for c in given
        ]
    kinds = ("single", "multiple", "judge", "blank", "order", "match")
    return [
        draw.Candidate(
            f"{given['bank']}-{number * 7919 % 10007:05}",
            given["bank"],
            kinds[number % 6],
            number % 5 + 1,
            (f"主题{number % 7}", f"主题{number % 11}"),
            f"材料{number // given['grouped']}" if given["grouped"] else "",
        )
        for number in range(given["count"])
    ]


def sections(given: list[dict[str, Any]]) -> list[draw.Section]:
    return [
        draw.Section(
            s["count"],
            tuple(s["banks"]),
            s["type"],
            tuple(s["topics"]),
            tuple(s["difficulties"]),
            s["points"],
        )
        for s in given
    ]


def run(vector: dict[str, Any]) -> Any:
    """What this side answers to one vector."""
    call, given = vector["call"], vector["input"]
    if call == "sha256":
        return hashlib.sha256(draw._utf8(given)).hexdigest()
    if call == "numbers":
        generator = draw.Generator("")
        generator.state = list(given["state"])
        return [generator.next() for _ in range(given["count"])]
    if call == "below":
        generator = draw.Generator(given["purpose"], *given["parts"])
        return [generator.below(limit) for limit in given["limits"]]
    if call == "shuffled":
        return draw.Generator(given["purpose"], *given["parts"]).shuffled(given["items"])
    if call == "seed":
        return draw.plain_seed(given)
    if call == "draw":
        pool = candidates(given["candidates"])
        try:
            return draw.draw(sections(given["sections"]), pool, given["seed"], given["variant"])
        except draw.ShortageError as shortage:
            return {"section": shortage.section, "have": shortage.have}
    if call == "options":
        return draw.option_order(
            given["letters"], given["fixed"], given["seed"], given["variant"], given["question"]
        )
    if call == "paper":
        blueprint = draw.Blueprint(
            tuple(sections(given["sections"])), given["scoring"], given["minutes"]
        )
        return draw.paper_id(blueprint, given["seed"], [(b, h) for b, h in given["banks"]])
    if call == "daily":
        day = datetime.date.fromisoformat(given["day"])
        return draw.daily(given["ids"], given["bank"], day)
    if call == "fold":
        return scoring.fold(given)
    if call == "hundredths":
        return scoring.hundredths(given)
    result = scoring.score(
        given["type"],
        given["answer"],
        given["response"],
        any_order=given.get("anyOrder", False),
        points=given.get("points", 100),
        rule=given.get("rule", "全对才得分"),
    )
    return {"state": result.state, "points": result.points, "parts": list(result.parts)}


def _line(vector: dict[str, Any]) -> str:
    text = json.dumps(vector, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(vector)


def main() -> None:
    vectors = load_vectors()
    for vector in vectors:
        vector.setdefault("expected", run(vector))
    lines = ",\n".join(_line(vector) for vector in vectors)
    VECTORS.write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    main()
