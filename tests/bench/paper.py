"""Makes a bank of a hundred questions of every type, and prints what printing it costs.

    python tests/bench/paper.py            four variants of 100 questions
    python tests/bench/paper.py --quick    two variants of 20

Each row is one process's work after the libraries are loaded; the first PDF also reads the fonts.
Questions are those of `quizzes/`, taken in turn under new ids. The numbers are for reading:
nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

from jingzhong.channels.paper import printing  # noqa: E402
from jingzhong.channels.paper.composing import compose_contest  # noqa: E402
from jingzhong.channels.paper.marking_payload import key_payload, sheet_payload  # noqa: E402
from jingzhong.channels.paper.payload import FORMS, paper_payload  # noqa: E402
from jingzhong.channels.paper.word import make_word  # noqa: E402
from jingzhong.errors import Report  # noqa: E402
from jingzhong.model.contests import Contest, ContestSection  # noqa: E402
from jingzhong.model.library import Library, load_library  # noqa: E402

# Of a hundred: so many of each type.
SHARES = {"single": 45, "multiple": 20, "judge": 20, "blank": 7, "order": 4, "match": 4}


def make_library(count: int) -> tuple[Library, Contest]:
    """This repository's library with one bank `bench`, and a contest that takes all of it."""
    library = load_library(ROOT, ROOT / "mkdocs.yml", Report())
    assert library is not None
    questions, sections = [], []
    for kind, share in SHARES.items():
        known = [q for bank in library.banks for q in bank.questions if q.type == kind]
        wanted = max(1, share * count // 100)
        taken = islice(cycle(known), wanted)
        questions += [dataclasses.replace(q, id=f"{kind}-{n}") for n, q in enumerate(taken)]
        sections.append(ContestSection(type=kind, count=wanted, bank=("bench",), points=1))
    bank = dataclasses.replace(library.banks[0], id="bench", questions=tuple(questions))
    contest = Contest(
        title="测试",
        seed="bench",
        points=count,
        scoring="全对才得分",
        sections=tuple(sections),
        id="bench",
    )
    return dataclasses.replace(library, banks=(bank,), contests=(contest,)), contest


def timed(work: Callable[[], object]) -> float:
    """Seconds that some work took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print one row for each step, and their sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    variants = ("A", "B") if quick else ("A", "B", "C", "D")
    count = 20 if quick else 100
    library, contest = make_library(count)
    rows: dict[str, float] = {}
    start = time.perf_counter()
    paper = compose_contest(library, contest, variants)
    rows["抽题、排序"] = time.perf_counter() - start
    for form in FORMS.values():
        rows[form.title] = timed(
            lambda form=form: [
                printing.make_pdf("paper", paper_payload(paper, sheet, form), {})
                for sheet in paper.sheets
            ]
        )
    rows["Word"] = timed(
        lambda: [
            make_word(paper_payload(paper, sheet, FORMS["a4"]), {}, library.settings.as_of)
            for sheet in paper.sheets
        ]
    )
    rows["答题卡"] = timed(lambda: printing.make_pdf("sheet", sheet_payload(paper), {}))
    rows["参考答案"] = timed(lambda: printing.make_pdf("key", key_payload(paper, library), {}))
    rows["全部"] = sum(rows.values())
    total = len(paper.sheets[0].items)
    print(f"| {len(variants)} 卷，每卷 {total} 题 | 秒 |\n| --- | --- |")
    for name, seconds in rows.items():
        print(f"| {name} | {seconds:.2f} |")


if __name__ == "__main__":
    main()
