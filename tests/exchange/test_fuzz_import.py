"""Whatever a file holds: no traceback, no hang; a few seconds here, a long run by hand."""

from __future__ import annotations

import random
import time

import containers
import mutate
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SECONDS = 8.0
BOXES = (
    ("lists.docx", containers.word_with_lists),
    ("looks.docx", containers.word_with_looks),
    ("met.xlsx", containers.excel_as_met),
)


def test_mutated_files() -> None:
    chance = random.Random(7)
    samples = [*mutate.seeds(), *((name, make()) for name, make in BOXES)]
    started, count = time.perf_counter(), 0
    while time.perf_counter() - started < SECONDS:
        name, data = chance.choice(samples)
        if data[:2] == b"PK":
            mutated = (
                mutate.repack(data, chance)
                if chance.random() < 0.5
                else mutate.mutate_bytes(data, chance)
            )
        else:
            mutated = mutate.mutate(data.decode("utf-8", "replace"), chance).encode(
                "utf-8", "replace"
            )
        seconds, fault = mutate.attempt(name, mutated)
        assert not fault, (fault, mutated[:2000])
        assert seconds < mutate.SLOW, (seconds, mutated[:2000])
        count += 1
    assert count > 100


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(
    st.one_of(
        st.text(max_size=300),
        st.lists(st.one_of(st.sampled_from(mutate.TOKENS), st.text(max_size=5)), max_size=60).map(
            "".join
        ),
    ),
    st.sampled_from(["x.txt", "x.md", "x.csv", "x.json", "x.html", "x.xml", "x.docx"]),
)
def test_any_text(text: str, name: str) -> None:
    seconds, fault = mutate.attempt(name, text.encode("utf-8", "replace"))
    assert not fault and seconds < mutate.SLOW


@pytest.mark.parametrize(
    "sign",
    [
        "(",
        "（ ",
        "答案",
        "答案：",
        "A.",
        "A、B、",
        "1.",
        "1、",
        "①",
        " ",
        "\t",
        "【",
        "_",
        "√",
        "题",
        "一、",
        "\n",
        "\n1.",
        "\nA.",
        "|",
        "{",
        "~",
        "<a>",
        ",",
        '"',
        "（A）",
        "1-5 ABCDE ",
        "正确",
        "解析：",
        "**",
        "[单选题]",
        "\u3000",
        "第1题",
        "0#a#b$",
        "\n答案：" + "ABCD" * 12 + "x",
        "\n一、单选题 1-5 ABCDA",
    ],
)
@pytest.mark.parametrize("tail", ["", "答案：A"])
def test_one_sign_over_and_over(sign: str, tail: str) -> None:
    for name in ("x.txt", "x.md"):
        seconds, fault = mutate.attempt(
            name, ("1. 门应当（ ）。\n" + sign * (30_000 // len(sign)) + tail).encode()
        )
        assert not fault and seconds < mutate.SLOW, (sign, seconds, fault)


def test_twin_a_fault_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from jingzhong.exchange.questions import open_file

    def broken(*_: object, **__: object) -> None:
        raise IndexError("planted")

    monkeypatch.setattr(open_file, "read_text", broken)
    assert "planted" in mutate.attempt("x.txt", b"abc")[1]
