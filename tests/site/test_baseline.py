"""Old browsers get whole pages: Chromium 80, Firefox 78, iOS 13.4, as the design says.

One selector that a browser does not know makes it drop the whole rule, and one operator that it
does not know makes it drop the whole script; so neither may appear.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

# `:is` and `:where` came with Chromium 88; the rest of the list after them is lost with them.
TOO_NEW_IN_STYLES = re.compile(r":(?:is|where)\(|light-dark\(|@layer|@container|color-mix\(")
# Each came after one of the three.
TOO_NEW_IN_SCRIPTS = re.compile(
    r"\?\.[a-zA-Z_\[(]|\?\?|\|\|=|&&=|\.replaceAll\(|\.at\(-|structuredClone|Object\.hasOwn\("
    r"|^\s*(?:import|export)\s",
    re.MULTILINE,
)


def faults(text: str, pattern: re.Pattern[str]) -> list[str]:
    """What is too new in a text, comments and quoted strings aside."""
    bare = re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\\\.|[^\"\\\\\n])*\"", " ", text, flags=re.DOTALL)
    return pattern.findall(bare)


def test_styles_are_old_enough(project: Path) -> None:
    for path in sorted((project / "hooks/jingzhong/static/css").glob("*.css")):
        assert faults(path.read_text("utf-8"), TOO_NEW_IN_STYLES) == [], path.name


def test_scripts_are_old_enough(project: Path) -> None:
    for path in sorted((project / "hooks/jingzhong/static/js").glob("*.js")):
        assert faults(path.read_text("utf-8"), TOO_NEW_IN_SCRIPTS) == [], path.name


@pytest.mark.parametrize("planted", [".a :is(p, li) {}", ":where(a) {}", "@layer x {}"])
def test_a_new_selector_is_seen(planted: str) -> None:
    assert faults(planted, TOO_NEW_IN_STYLES)


@pytest.mark.parametrize(
    "planted", ["a?.b", "a ?? b", "t.replaceAll('a', 'b')", "x ||= 1", "list.at(-1)"]
)
def test_a_new_operator_is_seen(planted: str) -> None:
    assert faults(planted, TOO_NEW_IN_SCRIPTS)


def test_old_code_passes() -> None:
    assert faults("var a = b ? .5 : c; // a?.b\n", TOO_NEW_IN_SCRIPTS) == []
    assert faults("/* :is( */ .a > p { color: red }", TOO_NEW_IN_STYLES) == []
