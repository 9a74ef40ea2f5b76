"""The files of the index: small scripts that register themselves, so that `file://` works.

`data/search/head.js` says what there is; everything else lies in a folder named by the content, so
that files of two builds are never mixed: `g/` posting lists by hash of the gram, `t/` texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby

from jingzhong.search.codes import TextCoder, hash_of, list_code
from jingzhong.search.fold import simplified
from jingzhong.search.index import Index
from jingzhong.search.pinyin import pinyin_rows, sounds, terms
from jingzhong.search.units import KINDS, Unit

FOLDER = "data/search"
# Part of the folder's name, which servers let browsers keep for a year: raise it when the form of
# these files changes while their content may not.
FORMAT = "1"
# Bytes of a shard that a query reads whole; small enough for a phone, large enough for a disk.
GRAM_SHARD_BYTES = 4000
TEXT_SHARD_BYTES = 2500
# The commonest characters of so many units are those of all.
SAMPLE = 1000


def build_shards(
    units: Sequence[Unit], synonyms: Sequence[Sequence[str]]
) -> Iterator[tuple[str, str]]:
    """(address, text) of every file of the index; `units` are sorted by kind, then by rank."""
    index = Index(units)
    coder = _text_coder(units, synonyms, map(chr, index.folding))
    kinds, texts = _text_shards(units, coder)
    grams = _gram_shards(index)
    facets = _json(index.facets())
    rows = pinyin_rows(terms(units, synonyms))
    alike = _json(sounds(index.chars))
    version = _digest(FORMAT, coder.table, facets, alike, *rows.values(), *grams, *texts)
    folder = f"search/{version}"
    head = {
        "version": version,
        "count": len(units),
        "shards": len(grams),
        "kinds": kinds,
        "pages": _page_runs(units),
        "common": list_code(index.common_hashes),
        "synonyms": [coder.encode("\n".join(group)) for group in synonyms],
        "table": coder.table,
        "fold": "".join(map("".join, coder.traditional)),
    }
    yield f"{FOLDER}/head.js", _script("search", "head", _json(head))
    yield f"{FOLDER}/{version}/facets.js", _script(folder, "facets", facets)
    yield f"{FOLDER}/{version}/sounds.js", _script(folder, "sounds", alike)
    for letter, text in rows.items():
        yield f"{FOLDER}/{version}/p/{letter}.js", _script(f"{folder}/p", letter, _json(text))
    for kind, files in (("g", grams), ("t", texts)):
        for number, text in enumerate(files):
            yield (
                f"{FOLDER}/{version}/{kind}/{number}.js",
                _script(f"{folder}/{kind}", str(number), text),
            )


def _digest(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode())
    return digest.hexdigest()[:8]


def _text_coder(
    units: Sequence[Unit], synonyms: Sequence[Sequence[str]], chars: Iterable[str]
) -> TextCoder:
    """The code for titles, texts and synonyms; `chars` are those of the texts."""
    found = {"\n", *chars}
    found.update(*(unit.title for unit in units), *chain.from_iterable(synonyms))
    some = units[:: 1 + len(units) // SAMPLE]
    return TextCoder((part.text for unit in some for part in unit.parts), simplified(), found)


def _gram_shards(index: Index) -> list[str]:
    """Each shard is one string: `~key|lists~key|lists~`."""
    entries = [(near, f"{key}|{code}") for near, key, code in index.entries()]
    # Traditional characters that a query may hold although no text does.
    table = sorted(simplified().items())
    entries += [(hash_of(char), f"T{char}|{simple}") for char, simple in table]
    size = sum(len(row) + 5 for _, row in entries)
    shards = max(1, -(-size // GRAM_SHARD_BYTES))
    rows: list[list[str]] = [[""] for _ in range(shards)]
    for near, row in entries:
        rows[near % shards].append(row)
    return [f'"{"~".join(row)}~"' for row in rows]


def _text_shards(
    units: Sequence[Unit], coder: TextCoder
) -> tuple[list[tuple[str, int, int]], list[str]]:
    """[(kind, units, units a shard)], and the shards; a shard never holds two kinds."""
    kinds, shards = [], []
    for kind in KINDS:
        records = [_record(unit, coder) for unit in units if unit.kind == kind]
        if not records:
            continue
        mean = sum(map(len, records)) / len(records)
        per = max(1, round(TEXT_SHARD_BYTES / mean))
        kinds.append((kind, len(records), per))
        for first in range(0, len(records), per):
            shards.append("[" + ",".join(records[first : first + per]) + "]")
    return kinds, shards


def _record(unit: Unit, coder: TextCoder) -> str:
    """`[url, title, weight, anchor, text, weight, anchor, text …]`."""
    row: list[object] = [unit.url, coder.encode(unit.title)]
    for part in unit.parts:
        # A part that repeats the title is written once.
        text = 0 if part.text == unit.title else coder.encode(part.text)
        row += (part.weight, part.anchor, text)
    return _json(row)


def _page_runs(units: Sequence[Unit]) -> list[int]:
    """Units that share a page: first id, how many, next first id, …"""
    runs: list[int] = []
    position = 0
    for _, group in groupby(units, key=lambda unit: unit.page or unit.url):
        total = len(list(group))
        if total > 1:
            runs += (position, total)
        position += total
    return runs


def _json(value: Mapping[str, object] | Sequence[object] | str) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _script(kind: str, key: str, text: str) -> str:
    return f'Jingzhong.register("{kind}","{key}",{text});\n'
