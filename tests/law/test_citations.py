"""The hand-checked citations: precision and recall, and what each construct must give."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from jingzhong.law.citations import STATUSES, Citation

NEGATIVES = "nothing to find"

FOLDER = Path(__file__).parent
SETS, STRANGERS = (
    yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    for name in ("citations.yml", "strangers.yml")
)
SETS |= STRANGERS
STRINGS = [(construct, line) for construct, lines in SETS.items() for line in lines]


def _read(line):
    """(text, expected keys, options) of one line of the set."""
    text, *rest = line
    options = rest.pop() if rest and isinstance(rest[-1], dict) else {}
    return text, [_key(item) for item in rest], options


def _key(item):
    """(law, article, paragraph, item, status, current, version); None where unchecked."""
    words = item.split()
    law, place = words[:2]
    article, _, below = place.partition("/")
    paragraph, _, point = below.partition("/")
    status = next((word for word in words[2:] if word[0] not in ">@"), "ok")
    current = next((word[1:] for word in words[2:] if word.startswith(">")), None)
    version = next((word[1:] for word in words[2:] if word.startswith("@")), None)
    return (
        None if law == "?" else law,
        None if article == "-" else article,
        paragraph or None,
        point or None,
        status,
        current,
        version,
    )


def _matches(citation: Citation, key) -> bool:
    law, article, paragraph, point, status, current, version = key
    found = (citation.law, citation.article, citation.paragraph, citation.item, citation.status)
    return (
        found == (law, article, paragraph, point, status)
        and current in (None, citation.current_article)
        and version in (None, citation.version)
    )


def _score(citations, keys):
    """(right, wrong, missed); each expected citation is matched once."""
    left = list(citations)
    right = 0
    for key in keys:
        match = next((c for c in left if _matches(c, key)), None)
        if match:
            left.remove(match)
            right += 1
    return right, len(left), len(keys) - right


def test_precision_and_recall(cite, capsys):
    """At least 0.99 each; the figures are printed with every failing string."""
    totals, failures = Counter(), []
    for construct, line in STRINGS:
        text, keys, options = _read(line)
        found = cite(text, options.get("day"), options.get("law"))
        right, wrong, missed = _score(found, keys)
        totals += Counter(right=right, wrong=wrong, missed=missed)
        if wrong or missed:
            got = [
                (c.law, c.article, c.paragraph, c.item, c.status, c.current_article) for c in found
            ]
            failures.append(f"[{construct}] {text!r} {options or ''}\n    got {got}")
    precision = totals["right"] / (totals["right"] + totals["wrong"])
    recall = totals["right"] / (totals["right"] + totals["missed"])
    with capsys.disabled():
        print(
            f"\n{len(STRINGS)} strings, {totals['right'] + totals['missed']} citations: "
            f"precision {precision:.4f}, recall {recall:.4f}"
        )
    assert precision >= 0.99 and recall >= 0.99, "\n".join(failures)
    assert not failures, "\n".join(failures)


def test_the_set_is_large_enough():
    assert len(STRINGS) >= 350
    assert len(SETS[NEGATIVES]) >= 100
    assert min(len(SETS["statutes"]), len(SETS["statutes, second reading"])) >= 60
    assert sum(map(len, STRANGERS.values())) >= 600
    assert all(len(lines) >= 30 for lines in SETS.values())
    texts = [(line[0], str(line[-1])) for _, line in STRINGS]
    assert len(set(texts)) == len(texts)


def test_score_sees_planted_faults(cite):
    """The measure itself: a missing and an invented citation both count."""
    found = cite("《消防法》第二十八条")
    assert _score(found, [_key("fire-law 28")]) == (1, 0, 0)
    assert _score(found, [_key("fire-law 29")]) == (0, 1, 1)
    assert _score(found, [_key("fire-law 28 >29")]) == (0, 1, 1)
    assert _score(found, [_key("fire-law 28 @2008-10-28")]) == (0, 1, 1)
    assert _score([], [_key("fire-law 28")]) == (0, 0, 1)
    assert _score(found, []) == (0, 1, 0)


@pytest.mark.parametrize(("construct", "line"), STRINGS, ids=[line[0][:30] for _, line in STRINGS])
def test_places(construct, line, cite):
    """Every finding points inside its text and quotes it exactly."""
    text, _, options = _read(line)
    for citation in cite(text, options.get("day"), options.get("law")):
        assert 0 <= citation.start < citation.end <= len(text)
        assert citation.text == text[citation.start : citation.end]
        assert citation.status in STATUSES
        assert citation.message
        assert citation.text == citation.text.strip()


def test_statute_phrases_are_real(corpus):
    """The strings marked as taken from statutes do stand in them."""
    for line in SETS["statutes"] + SETS["statutes, second reading"]:
        text, _, options = _read(line)
        statute = (corpus / options["file"]).read_text(encoding="utf-8")
        assert text in statute, (text, options["file"])
