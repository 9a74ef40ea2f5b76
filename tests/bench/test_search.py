"""The comparison of searches still prints its numbers, and what it draws is there to be found."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.search import SHARED, TERMS, draw, plain
from tests.bench.search_sites import slices

BENCH = Path(__file__).with_name("search.py")
LAWS = SHARED / "corpus/laws"
needs_laws = pytest.mark.skipif(not LAWS.is_dir(), reason="the shared statutes are not here")


@needs_laws
def test_a_quick_run_prints_its_numbers() -> None:
    result = subprocess.run(
        [sys.executable, str(BENCH), "--quick"],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    rows = dict(line.strip("| ").split(" | ") for line in result.stdout.splitlines()[2:])
    assert rows["找到的含词网页占比"] == rows["前 20 条里含词的占比"] == "1.000"
    assert rows["第一条含词"] == "100%"
    median, high = map(float, rows["首次回答前的 KB（中位、p95）"].split("、"))
    assert 20 < median <= high < 250
    assert float(rows["索引 MB"]) > 0


@needs_laws
def test_queries_are_drawn_by_seed_and_stand_in_the_pages() -> None:
    pages = slices(LAWS, 60)
    queries = draw(pages, random.Random(1), 5)
    assert queries == draw(pages, random.Random(1), 5) != draw(pages, random.Random(2), 5)
    text = "\n".join(plain(page.title + page.text) for page in pages)
    assert [query for query in queries[:10] if plain(query) not in text] == []
    assert set(queries[10:]) <= set(TERMS)


def test_without_the_statutes_it_says_so(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, str(BENCH), "--quick"],
        env=os.environ | {"JINGZHONG_SHARED": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert "JINGZHONG_SHARED" in result.stdout
