"""Every shape that the modules beside add to `CASES` is read rightly; what is left open stays open."""

from __future__ import annotations

import re

import pytest
import shapes_answers  # noqa: F401
import shapes_apps  # noqa: F401
import shapes_beside  # noqa: F401
import shapes_dumps  # noqa: F401
import shapes_odd  # noqa: F401
import shapes_options  # noqa: F401
import shapes_papers  # noqa: F401
import shapes_sites  # noqa: F401
import shapes_tables  # noqa: F401
from conftest import Read
from shapes_met import CASES


def bare(text: str) -> str:
    return re.sub(r"[\s_\W]+", "", text)


@pytest.mark.parametrize("name", CASES)
def test_shape(read: Read, name: str) -> None:
    file, text, gold = CASES[name]()
    found = read(text, file)
    told = [
        (item["type"], bare(item["stem"]), list(item["options"].values()), item["answer"])
        for item in found
    ]
    wanted = [(kind, bare(stem), options, answer) for kind, stem, options, answer in gold]
    if any(answer is None for *_, answer in wanted):
        # Without an answer nothing tells one choice from several.
        assert [one[1:] for one in told] == [one[1:] for one in wanted]
        assert all(item["problems"] for item in found)
    else:
        assert told == wanted
