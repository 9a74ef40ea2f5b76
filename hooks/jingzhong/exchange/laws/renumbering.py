"""Old articles → new articles by likeness of their texts: a proposal for an editor, never a fact."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from jingzhong.exchange.laws.statute import ArticleDraft
from jingzhong.model.articles import article_name

# rapidfuzz ratio, 0–100: from LIKE on two articles are one; the nearer in place wins a tie.
LIKE = 55.0
SPLIT = 85.0
_SHORTEST_PART = 25


@dataclass(frozen=True)
class Pair:
    """One line of the table: where an old article stands, how alike, and what was split off."""

    old: str
    new: str
    likeness: float
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """The table; `lost` are old articles without a likely successor, `fresh` new ones.

    `nearest` gives what a lost article resembles most: a place to look, not a proposal.
    """

    pairs: tuple[Pair, ...]
    lost: tuple[str, ...]
    nearest: MappingType[str, str]
    fresh: tuple[str, ...]

    @property
    def moved(self) -> tuple[Pair, ...]:
        """The pairs whose number changed."""
        return tuple(pair for pair in self.pairs if pair.old != pair.new)

    @property
    def by_old(self) -> MappingType[str, Pair]:
        """Old number → its line of the table."""
        return {pair.old: pair for pair in self.pairs}


def propose(old: Sequence[ArticleDraft], new: Sequence[ArticleDraft]) -> Proposal:
    """Match two texts of one law. Each article is used once; equal texts first."""
    before, after = [_bare(one.text) for one in old], [_bare(one.text) for one in new]
    scores = process.cdist(before, after, scorer=fuzz.ratio, score_cutoff=LIKE)
    spread = max(len(old), len(new), 1)
    ranked = sorted(
        (-float(scores[i][j]) + 4 * abs(i / len(old) - j / len(new)), abs(i - j) / spread, i, j)
        for i, j in zip(*scores.nonzero(), strict=True)
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in ranked:
        if i not in partner and j not in taken:
            partner[i] = int(j)
            taken.add(j)
    split = _split(before, after, partner, taken)
    pairs = [
        Pair(
            old[i].number,
            new[j].number,
            round(float(scores[i][j]), 1),
            tuple(new[part].number for part in split.get(i, ())),
        )
        for i, j in sorted(partner.items())
    ]
    used = taken | {part for parts in split.values() for part in parts}
    lost = [i for i in range(len(old)) if i not in partner]
    return Proposal(
        tuple(pairs),
        tuple(old[i].number for i in lost),
        {old[i].number: new[_nearest(before[i], after)].number for i in lost if new},
        tuple(one.number for j, one in enumerate(new) if j not in used),
    )


def _nearest(text: str, after: Sequence[str]) -> int:
    best = process.extractOne(text, after, scorer=fuzz.partial_ratio)
    return int(best[2]) if best else 0


def _split(
    before: Sequence[str], after: Sequence[str], partner: MappingType[int, int], taken: set[int]
) -> dict[int, list[int]]:
    """New articles left over whose whole text stands in an old article that found its partner."""
    found: dict[int, list[int]] = {}
    for j, text in enumerate(after):
        if j in taken or len(text) < _SHORTEST_PART:
            continue
        best = process.extractOne(
            text,
            {i: before[i] for i in partner if len(before[i]) > len(text)},
            scorer=fuzz.partial_ratio,
            score_cutoff=SPLIT,
        )
        if best:
            found.setdefault(best[2], []).append(j)
    return found


def _bare(text: str) -> str:
    return re.sub(r"[\s\u3000，。、；：（）()“”《》]", "", text)


def table(proposal: Proposal) -> list[str]:
    """The table as lines to read: what moved, what is doubtful, what has no partner."""
    same = len(proposal.pairs) - len(proposal.moved)
    lines = [f"条号对照（按文字相似度，请核对）：{same} 条没有变，{len(proposal.moved)} 条变了号"]
    for pair in proposal.pairs:
        if pair.old == pair.new and not pair.also and pair.likeness >= 75:
            continue
        new = "、".join(article_name(one) for one in (pair.new, *pair.also))
        doubt = "　← 相似度低，请细看" if pair.likeness < 75 else ""
        lines.append(f"  {article_name(pair.old)} → {new}　{pair.likeness:.0f}{doubt}")
    if proposal.lost:
        lines.append("  旧条文没有找到去处（括号里是最像的，只供查找）：")
        lines += [f"    {article_name(one)}{_look(proposal, one)}" for one in proposal.lost]
    if proposal.fresh:
        lines.append("  新增的条文：" + "、".join(map(article_name, proposal.fresh)))
    return lines


def _look(proposal: Proposal, number: str) -> str:
    near = proposal.nearest.get(number)
    return f"（{article_name(near)}）" if near else ""
