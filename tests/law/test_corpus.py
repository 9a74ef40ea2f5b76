"""Real statutes: none crashes the parser, and it is quick."""

from __future__ import annotations

import re
import time

import pytest

# Phrases that cite another law by article, however they are written.
_NAMED = re.compile(
    r"(?:》|法|条例|规定|办法|细则|规则)(?:[（(][^）)\n]{0,40}[）)])?第[一二三四五六七八九十百零\d]+条"
)
_SELF = re.compile(r"本(?:实施|暂行|试行)?(?:法|条例|规定|办法|细则|规则|规程|解释)第")


@pytest.fixture(scope="module")
def statutes(corpus):
    return {
        path.relative_to(corpus).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(corpus.glob("*/*.md"))
    }


def test_all_statutes_run_through(statutes, cite, capsys):
    """950 files; every finding lies in its text. The figures go into the note."""
    assert len(statutes) == 950
    found = {}
    started = time.perf_counter()
    for name, text in statutes.items():
        found[name] = cite(text)
    seconds = time.perf_counter() - started
    size = sum(len(text.encode()) for text in statutes.values()) / 1e6
    total = sum(map(len, found.values()))
    with capsys.disabled():
        print(
            f"\n{len(statutes)} statutes, {size:.1f} MB: {size / seconds:.1f} MB/s, "
            f"{total} cross-law citations"
        )
    for name, citations in found.items():
        places = [citation.start for citation in citations]
        assert places == sorted(places), name
        for citation in citations:
            assert citation.text == statutes[name][citation.start : citation.end]
    assert total > 1000


def test_no_named_article_is_missed(statutes, cite):
    """Wherever a name stands right before 第…条, there is a citation (本法 apart)."""
    missed = []
    for name, text in statutes.items():
        covered = [(citation.start, citation.end) for citation in cite(text)]
        for match in _NAMED.finditer(text):
            before = text[max(0, match.start() - 8) : match.end()]
            if _SELF.search(before):
                continue
            if not any(start <= match.end() - 1 < end for start, end in covered):
                missed.append((name, before))
    assert len(missed) <= 2, missed


def test_own_law_is_meant_inside_a_statute(statutes, cite):
    """本法 in the text of a law the site carries is that law; without knowing it, nothing is."""
    text = statutes["行政法/消防法(2021-04-29).md"]
    own = [c for c in cite(text, law="fire-law") if c.text.startswith("本法")]
    assert len(own) == 3
    assert {c.law for c in own} == {"fire-law"} and {c.status for c in own} == {"ok"}
    assert not [c for c in cite(text) if c.text.startswith("本法")]
