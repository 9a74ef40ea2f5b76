"""QR codes of paper links: another program reads from them what was put in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

zxingcpp = pytest.importorskip("zxingcpp")
SCRIPT = "hooks/jingzhong/static/js/qr.js"
# One length for each change in how a code is made: versions 1, 2, 6 to 7 (version bits), 9 to 10
# (longer count), blocks of two lengths, and the largest of all.
LENGTHS = (1, 17, 18, 134, 135, 230, 231, 321, 586, 625, 858, 1465, 2953)
MODULE, QUIET = 4, 4


@pytest.fixture
def code(browser: Any, project: Path) -> Any:
    page = browser.new_page()
    page.evaluate("window.Jingzhong = {}")
    page.add_script_tag(content=(project / SCRIPT).read_text("utf-8"))
    yield lambda text: page.evaluate("text => Jingzhong.qr(text)", text)
    page.close()


def read(rows: list[list[bool]]) -> list[str]:
    dark = np.pad(np.array(rows, dtype=np.uint8), QUIET)
    picture = (1 - np.kron(dark, np.ones((MODULE, MODULE), dtype=np.uint8))) * 255
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("length", LENGTHS)
def test_what_was_put_in_is_read(code: Any, length: int) -> None:
    text = ("https://example.org/a/quizzes/exam.html#paper=" + "aZ0-_9" * 500)[:length]
    assert read(code(text)) == [text]


def test_chinese_is_read(code: Any) -> None:
    assert read(code("安全生产月 🔥")) == ["安全生产月 🔥"]


def test_what_does_not_fit_gives_no_code(code: Any) -> None:
    assert code("x" * 2954) is None


def test_a_spoilt_code_is_not_read(code: Any) -> None:
    rows = code("x" * 100)
    for row in rows[9:20]:
        row[9:20] = [not dark for dark in row[9:20]]
    assert read(rows) == []
