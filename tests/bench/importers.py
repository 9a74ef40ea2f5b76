"""Precision and recall of the question importers on a folder of texts with gold answers.

    python tests/bench/importers.py                  the samples of the shared data
    python tests/bench/importers.py FOLDER           any folder: files beside `gold/NAME.json`
    python tests/bench/importers.py FOLDER --wrong   also every question that differs

A gold file holds a list of questions (`type`, `stem`, `options`, `answer`, perhaps `explanation`);
texts are compared without blanks and punctuation. A question is found where its stem stands in its
place in the order of the file. `survey_field` entries of the gold must not be found.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

_SIGNS = re.compile(r"[\s_\W]+")


@dataclass
class Score:
    """What one file gave against its gold."""

    name: str
    gold: int = 0
    found: int = 0
    matched: int = 0
    types: int = 0
    options: int = 0
    answers: int = 0
    explanations: int = 0
    with_explanation: int = 0
    wrong_answers: int = 0
    unreported: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of found questions that the gold has."""
        return self.matched / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of the gold's questions that were found."""
        return self.matched / self.gold if self.gold else float(not self.found)

    @property
    def perfect(self) -> bool:
        """Whether everything that is judged is right."""
        return self.gold == self.found == self.matched == self.types == self.options == self.answers


def folded(text: Any) -> str:
    """A text without blanks and punctuation; × and √ are letters here."""
    return _SIGNS.sub("", str(text).replace("×", "x叉").replace("√", "v勾")).casefold()


def same_answer(gold: Any, found: Any) -> bool:
    """Whether two answers say the same."""
    if isinstance(gold, bool) or gold is None or isinstance(found, bool) or found is None:
        return gold is found
    if isinstance(gold, list) or isinstance(found, list):
        rows = [one if isinstance(one, list) else [one] for one in (gold, found)]
        return [folded(text) for text in rows[0]] == [folded(text) for text in rows[1]]
    return folded(gold) == folded(found)


def judge(name: str, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> Score:
    """Compare what was found with the gold, in order."""
    wanted = [item for item in gold if item["type"] != "survey_field"]
    score = Score(name, len(wanted), len(found))
    stems = [folded(item["stem"]) for item in wanted]
    theirs = [folded(item["stem"]) for item in found]
    pairs: list[tuple[int, int]] = []
    matcher = difflib.SequenceMatcher(a=stems, b=theirs, autojunk=False)
    for left, right, size in matcher.get_matching_blocks():
        pairs += [(left + step, right + step) for step in range(size)]
    for left, right in pairs:
        _compare(score, wanted[left], found[right])
    score.matched = len(pairs)
    matched_left, matched_right = {left for left, _ in pairs}, {right for _, right in pairs}
    score.wrong += [
        f"not found: {wanted[at]['stem'][:60]}"
        for at in range(len(wanted))
        if at not in matched_left
    ]
    score.wrong += [
        f"not in the gold (line {found[at].get('line')}): {found[at]['stem'][:60]}"
        for at in range(len(found))
        if at not in matched_right
    ]
    return score


def _compare(score: Score, gold: dict[str, Any], found: dict[str, Any]) -> None:
    where = f"line {found.get('line')}: {gold['stem'][:40]}"
    right_type = gold["type"] == found["type"]
    score.types += right_type
    if not right_type:
        score.wrong.append(f"type {found['type']} for {gold['type']}: {where}")
    options = {key: folded(text) for key, text in gold.get("options", {}).items()}
    theirs = {key: folded(text) for key, text in found.get("options", {}).items()}
    score.options += options == theirs
    if options != theirs:
        score.wrong.append(f"options {found.get('options')} for {gold.get('options')}: {where}")
    right = same_answer(gold.get("answer"), found.get("answer"))
    score.answers += right
    if not right:
        score.wrong_answers += found.get("answer") is not None
        score.wrong.append(f"answer {found.get('answer')!r} for {gold.get('answer')!r}: {where}")
    codes = json.dumps(found.get("problems", []), ensure_ascii=False)
    for flag in ("missing_options", "answer_missing"):
        if gold.get(flag) and flag not in codes:
            score.unreported += 1
            score.wrong.append(f"{flag} not reported: {where}")
    if gold.get("explanation"):
        score.with_explanation += 1
        score.explanations += folded(gold["explanation"]) in folded(found.get("explanation", ""))


def find_files(folder: Path) -> list[tuple[Path, Path]]:
    """(file, gold) for every file with a gold beside it or in `gold/`."""
    pairs = []
    for path in sorted(folder.iterdir()):
        if not path.is_file() or (
            path.suffix == ".json" and not (folder / "gold" / f"{path.stem}.json").is_file()
        ):
            continue
        for gold in (folder / "gold" / f"{path.stem}.json", folder / f"{path.stem}.json"):
            if gold.is_file() and gold != path:
                pairs.append((path, gold))
                break
    return pairs


def run(folder: Path) -> list[Score]:
    """Read and judge every file of a folder."""
    from jingzhong.exchange.questions.found import RefusedError
    from jingzhong.exchange.questions.open_file import read_file

    scores = []
    for path, gold in find_files(folder):
        started = time.perf_counter()
        try:
            found = [item.as_dict() for item in read_file(path).questions]
            refusal = ""
        except RefusedError as error:
            found, refusal = [], error.message
        score = judge(path.name, json.loads(gold.read_text("utf-8")), found)
        score.seconds = time.perf_counter() - started
        if refusal:
            score.wrong.insert(0, f"refused: {refusal}")
        scores.append(score)
    return scores


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 where some file is not perfect."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shared = Path(os.environ.get("JINGZHONG_SHARED", ROOT.parent / "shared"))
    parser.add_argument("folder", nargs="?", type=Path, default=shared / "quizbanks")
    parser.add_argument("--wrong", action="store_true", help="print every difference")
    parser.add_argument("--quick", action="store_true", help="the first three files only")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print(f"{options.folder} is no folder")
        return 2
    scores = run(options.folder)[: 3 if options.quick else None]
    head = f"{'file':40} {'gold':>5} {'found':>5} {'prec':>6} {'recall':>6} {'type':>6} {'opts':>6} {'answer':>6} {'wrong':>5} {'expl':>9} {'s':>6}"
    print(head)
    for score in scores:
        size = max(score.matched, 1)
        print(
            f"{score.name[:40]:40} {score.gold:5} {score.found:5} {score.precision:6.1%} {score.recall:6.1%} "
            f"{score.types / size:6.1%} {score.options / size:6.1%} {score.answers / size:6.1%} {score.wrong_answers:5} "
            f"{score.explanations:4}/{score.with_explanation:<4} {score.seconds:6.2f}"
        )
        if options.wrong:
            for line in score.wrong:
                print(f"    {line}")
    total = [
        sum(getattr(score, name) for score in scores)
        for name in ("gold", "found", "matched", "wrong_answers")
    ]
    perfect = sum(score.perfect for score in scores)
    if scores:
        print(
            f"{len(scores)} files, {perfect} perfect; {total[0]} questions, {total[1]} found, {total[2]} matched, {total[3]} wrong answers"
        )
    return int(perfect < len(scores))


if __name__ == "__main__":
    sys.exit(main())
