"""Similar cases, found through what cases share and not by comparing each with each.

A case is a set of features: its sectors, its type, and the character pairs of its one-sentence
cause. Rare features say more (inverse document frequency, Spärck Jones 1972). For each case only
its rarest features are looked up, and of each only the nearest neighbours in the list, so the
cost grows with the number of cases and not with its square.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from jingzhong.model.cases import Case

SHOWN = 4
_FEATURES_LOOKED_UP = 16
_NEIGHBOURS = 24
_WORDS = re.compile(r"[\u4e00-\u9fff]+")


def similar_cases(cases: Sequence[Case]) -> Mapping[str, tuple[Case, ...]]:
    """Case id → up to four similar cases, the most similar first; newer cases win ties."""
    features = [_features(case) for case in cases]
    frequency = Counter(feature for found in features for feature in found)
    weight = {feature: math.log((len(cases) + 1) / count) for feature, count in frequency.items()}
    postings: defaultdict[str, list[int]] = defaultdict(list)
    rank: list[dict[str, int]] = []
    for index, found in enumerate(features):
        places = {}
        for feature in sorted(found):
            places[feature] = len(postings[feature])
            postings[feature].append(index)
        rank.append(places)
    totals = [_total(weight, found) for found in features]
    result = {}
    for index, case in enumerate(cases):
        shared = _candidates(features[index], rank[index], postings, weight)
        shared.pop(index, None)
        scored = []
        for other in shared:
            common = _total(weight, features[index] & features[other])
            score = common / (totals[index] + totals[other] - common or 1)
            scored.append((-round(score, 9), other))
        result[case.id] = tuple(cases[other] for _, other in sorted(scored)[:SHOWN])
    return result


def _total(weight: Mapping[str, float], features: frozenset[str]) -> float:
    # Rounded once at the end: the sum is the same in whatever order a set gives its elements.
    return math.fsum(map(weight.__getitem__, features))


def _features(case: Case) -> frozenset[str]:
    pairs = {run[at : at + 2] for run in _WORDS.findall(case.cause) for at in range(len(run) - 1)}
    labels = {f"sector:{name}" for name in case.sector} | {f"type:{case.accident_type.current}"}
    return frozenset(pairs | labels)


def _candidates(
    features: frozenset[str],
    places: Mapping[str, int],
    postings: Mapping[str, Sequence[int]],
    weight: Mapping[str, float],
) -> dict[int, None]:
    useful = sorted((f for f in features if len(postings[f]) > 1), key=lambda f: (-weight[f], f))
    labels = [feature for feature in useful if ":" in feature]
    found: dict[int, None] = {}
    for feature in (*useful[:_FEATURES_LOOKED_UP], *labels):
        around = places[feature]
        first = max(0, around - _NEIGHBOURS // 2)
        for other in postings[feature][first : first + _NEIGHBOURS]:
            found[other] = None
    return found
