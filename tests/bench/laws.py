"""`python tests/bench/laws.py [folder] [--quick] [--list]`: how many statutes import completely.

For each .md, .docx or .txt of a folder (default: the corpus of statutes in `JINGZHONG_SHARED`): do
its articles run 第一条 … 第N条 without a gap or a repeat, and does the model read the page that
comes out? What a file does not state is counted apart. `--quick` takes every fiftieth file.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

from jingzhong.errors import Report  # noqa: E402
from jingzhong.exchange.laws.note import Edition, read_note  # noqa: E402
from jingzhong.exchange.laws.opening import read  # noqa: E402
from jingzhong.exchange.laws.page import build_page  # noqa: E402
from jingzhong.exchange.laws.statute import sequence_faults  # noqa: E402
from jingzhong.exchange.questions.found import RefusedError  # noqa: E402
from jingzhong.model.fields import At  # noqa: E402
from jingzhong.model.regulations import parse_regulation  # noqa: E402
from jingzhong.model.source import Source  # noqa: E402
from jingzhong.model.vocabulary import load_vocabularies  # noqa: E402

SHARED = Path(os.environ.get("JINGZHONG_SHARED", ROOT.parent / "shared"))
# Stands in for what a file does not state, so that the rest of the page is tried too.
GIVEN = {"kind": "法律", "number": "测试令第1号", "issuer": "测试", "status": "现行有效"}


def main(arguments: list[str] | None = None) -> int:
    """Import each file in memory and print the figures; 1 when a page cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "corpus" / "laws")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--list", action="store_true", help="name each file that is not complete")
    options = parser.parse_args(arguments)
    paths = sorted(
        path
        for path in options.folder.rglob("*")
        if path.is_file() and path.suffix.lower() in (".md", ".docx", ".txt")
    )
    paths = paths[::50] if options.quick else paths
    if not paths:
        print(f"no statutes in {options.folder}")
        return 0
    spellings = load_vocabularies().spellings
    reasons, unstated = Counter[str](), Counter[str]()
    complete = broken = articles = 0
    begun = time.perf_counter()
    for path in paths:
        try:
            statute = read(path)
        except RefusedError as refusal:
            reasons[f"refused: {refusal.message}"] += 1
            continue
        facts = read_note(statute, path.name)
        articles += len(statute.articles)
        faults = [message for _, message in sequence_faults(statute)]
        complete += not faults
        if faults:
            reasons[faults[0] if not statute.articles else "gap, repeat or empty article"] += 1
            if options.list:
                print(f"{path.name}: {faults[0]}")
        plain = build_page("x", statute, facts, "2026-11-23")
        unstated.update(one.split("\u3000")[0] for one in plain.todo)
        facts.editions = facts.editions or [Edition("2000-01-01", "公布")]
        page = build_page("x", statute, facts, "2026-11-23", given=GIVEN)
        report = Report()
        source = Source("content/regulations/x.md", page.text)
        if parse_regulation(source, At(source.path, "", report, spellings)) is None:
            broken += 1
            print(f"{path.name}: {report.problems[0]}")
    seconds = time.perf_counter() - begun
    print(f"statutes {len(paths)}: complete sequence {complete}, articles {articles}")
    for reason, count in reasons.most_common():
        print(f"  not complete, {reason}: {count}")
    print(
        "left out because not stated: " + ", ".join(f"{k} {v}" for k, v in sorted(unstated.items()))
    )
    print(f"pages the model cannot read: {broken}")
    print(f"{seconds:.1f} s, {1000 * seconds / len(paths):.1f} ms a statute")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
