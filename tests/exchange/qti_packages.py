"""QTI packages opened for tests, upgraded by a program of others, and answers to their items."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from lxml import etree
from qti_grammar import Node, node_of

from jingzhong.model.quizzes import Question

PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
Responses = dict[str, list[str]]


@dataclass
class Package:
    """`faults` are names that are not of the package's version."""

    files: dict[str, bytes]
    items: dict[str, Node]
    test: Node
    manifest: Node
    faults: list[str]


def opened(content: bytes, version: str) -> Package:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    faults: list[str] = []

    def root(name: str) -> Node:
        return node_of(etree.fromstring(files[name], PARSER), version, faults)

    items = {
        name.removeprefix("items/q-").removesuffix(".xml"): root(name)
        for name in files
        if name.startswith("items/")
    }
    return Package(files, items, root("test.xml"), root("imsmanifest.xml"), faults)


def upgraded(content: bytes, folder: Path) -> bytes:
    """A package of 2.1 as citolab-qti-convert makes 3.0 of it: their command, in its own process."""
    old, new = folder / "qti21.zip", folder / "qti3.zip"
    old.write_bytes(content)
    command = [sys.executable, "-m", "qti_convert.cli", "upgrade", str(old), str(new)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return new.read_bytes()


def rights(question: Question) -> Iterator[Responses]:
    """Some right responses."""
    if question.type == "blank":
        count = len(question.answer)
        names = ["RESPONSE"] if count == 1 else [f"RESPONSE_{n}" for n in range(1, count + 1)]
        orders = permutations(question.answer) if question.any_order else [question.answer]
        for order in orders:
            for at in (0, -1):
                yield {name: [words[at]] for name, words in zip(names, order, strict=True)}
    elif question.type == "match":
        yield {"RESPONSE": [f"L_{a} R_{b}" for a, b in question.answer.items()]}
    elif question.type == "judge":
        yield {"RESPONSE": [str(question.answer).upper()]}
    else:
        yield {"RESPONSE": list(question.answer)}


def wrongs(question: Question) -> Iterator[Responses]:
    """Some wrong responses: nothing, one part less, another order, the other choice."""
    (right, *_) = rights(question)
    yield {name: [] for name in right}
    if question.type == "blank":
        yield {name: ["不对"] for name in right}
        if len(right) > 1 and not question.any_order:
            yield dict(zip(right, reversed(right.values()), strict=True))
    elif question.type == "judge":
        yield {"RESPONSE": [str(not question.answer).upper()]}
    elif question.type == "order":
        yield {"RESPONSE": right["RESPONSE"][::-1]}
    else:
        yield {"RESPONSE": right["RESPONSE"][1:] or ["B" if question.answer != "B" else "A"]}
        yield {"RESPONSE": [*right["RESPONSE"], "E"]}
