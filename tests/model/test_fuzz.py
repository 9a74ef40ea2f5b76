"""Whatever is in a file, it is read or refused: no traceback, and each problem has a real line."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from jingzhong.errors import Report
from jingzhong.model.cases import parse_case
from jingzhong.model.contests import parse_contest
from jingzhong.model.fields import At
from jingzhong.model.pages import parse_page
from jingzhong.model.quizzes import parse_bank
from jingzhong.model.regulations import parse_regulation
from jingzhong.model.source import Source, parse_yaml
from jingzhong.model.vocabulary import load_vocabularies
from jingzhong.site import check

VALID = Path(__file__).resolve().parent.parent / "fixtures" / "valid"
PARSERS: dict[str, Callable[[Source, At], Any]] = {
    "cases/2024-05-06-jingzhou-workshop.md": parse_case,
    "content/regulations/old-fire-rules.md": parse_regulation,
    "content/about.md": parse_page,
    "quizzes/home.yml": parse_bank,
    "quizzes/contests/spring.yml": parse_contest,
}
TEXTS = {name: (VALID / name).read_text("utf-8") for name in PARSERS}
SPELLINGS = load_vocabularies().spellings

# What editors type and YAML stumbles over.
TOKENS = (
    *("---", "...", "- ", ": ", "：", "#", "## ", "### ", "\t", "\n", "\n\n", "  ", "\r", "\x00"),
    *("[", "]", "{", "}", '"', "'", "|", ">", "&a", "*a", "!x", "!!int ", "%", "@", "`", "?", ","),
    *("null", "~", "true", "1e9", "-1", "0x10", "14:30", "2026-02-30", "２０２６", "第零条"),
    *("\u2028", "\x85", "\ufeff", "\u200b", "\ud800", "\U0001f525", "\x07", "<<: *a", "____"),
    *(
        "![](x.svg)",
        "[x](y.md)",
        "[" * 20,
        "{a: " * 20,
        "- " * 20,
        "[" * 501,
        "```",
        "a" * 2000,
        "9" * 5000,
    ),
)
edits = st.lists(
    st.tuples(
        st.sampled_from(["put", "cut", "swap", "twice", "indent"]),
        st.integers(0, 10_000),
        st.integers(0, 60),
        st.one_of(st.sampled_from(TOKENS), st.text(max_size=8)),
    ),
    min_size=1,
    max_size=6,
)


def edited(text: str, changes: list[tuple[str, int, int, str]]) -> str:
    """A valid text after an editor's accidents."""
    for kind, where, length, token in changes:
        if kind in ("put", "cut"):
            at = where % (len(text) + 1)
            text = (
                text[:at] + (token if kind == "put" else "") + text[at + length * (kind == "cut") :]
            )
            continue
        lines = text.split("\n")
        at = where % len(lines)
        other = (at + length) % len(lines)
        if kind == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == "twice":
            lines.insert(other, lines[at])
        else:
            lines[at] = " " * (length % 7) + lines[at].lstrip()
        text = "\n".join(lines)
    return text


def real(report: Report, text: str) -> None:
    """Each problem stands on a line that the text has, in one line of message."""
    for problem in report.problems:
        assert 1 <= problem.line <= text.count("\n") + 1, problem
        assert problem.message.startswith("应为") and "\n" not in problem.message


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(name=st.sampled_from(sorted(PARSERS)), changes=edits)
@example(name="quizzes/home.yml", changes=[("put", 0, 0, "\x07")])
def test_edited_files(name: str, changes: list[tuple[str, int, int, str]]) -> None:
    text = edited(TEXTS[name], changes)
    report = Report()
    item = PARSERS[name](Source(name, text), At(name, "", report, SPELLINGS))
    real(report, text)
    assert item is not None or report.problems, "a file vanished without a word"


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.one_of(st.sampled_from(TOKENS), st.text(max_size=4)), max_size=30).map("".join),
    )
)
@example("\ufeff")
@example("a: x\u2028b: 1\nc: [\n")
@example("中文: 1\nd: \x07\n")
@example("? [a]\n: b\n")
def test_any_text_as_yaml(text: str) -> None:
    for lenient in (False, True):
        report = Report()
        node = parse_yaml(text, "x.yml", report, lenient=lenient)
        real(report, text)
        assert node is not None or report.problems


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.characters())
def test_any_character_in_a_value(character: str) -> None:
    """What the reader lets through, libyaml takes; what it refuses, it names."""
    text = f"a: x{character}y\nb: 1\n"
    report = Report()
    node = parse_yaml(text, "x.yml", report)
    real(report, text)
    assert (node is None) == bool(report.problems)


def test_every_character_of_the_first_plane_is_read_or_named() -> None:
    for code in range(0x10000):
        report = Report()
        node = parse_yaml(f'a: "x{chr(code)}y"\n', "x.yml", report)
        assert (node is None) == bool(report.problems), hex(code)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from(sorted(TEXTS)), changes=edits)
def test_edited_project(
    name: str,
    changes: list[tuple[str, int, int, str]],
    overlay: Callable[[dict[str, bytes]], Path],
) -> None:
    """The checks over the whole library hold what the readers hold."""
    text = edited(TEXTS[name], changes)
    assume("\ud800" not in text)
    root = overlay({name: text.encode("utf-8", "replace")})
    for problem in check(root, root / "mkdocs.yml"):
        path = root / problem.path
        content = path.read_text("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        assert 1 <= problem.line <= content.count("\n") + 1, problem


LONG = ("[a](", "[a](b ", "![", "[](", "[[", "<img ", "`", "]: ", "* ", "# ", "#", " ", "- ", "> ")


@pytest.mark.parametrize("line", [*LONG, "# a|#", "# a| ", "# a|[a]("])
def test_long_lines_take_no_time(line: str, overlay: Callable[[dict[str, bytes]], Path]) -> None:
    """A body of one sign is refused, or read in time that grows with its length alone."""
    begin, _, sign = line.rpartition("|")

    def seconds(size: int) -> float:
        long = begin + sign * (size // len(sign)) + "b"
        root = overlay({n: f"{TEXTS[n]}\n{long}\n".encode() for n in TEXTS if n.endswith(".md")})
        started = time.process_time()
        check(root, root / "mkdocs.yml")
        return time.process_time() - started

    taken = seconds(400_000)
    assert taken < 2 or taken < 8 * seconds(100_000)
