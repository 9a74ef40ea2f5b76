"""The files of the index: small, named by content, and safe to run as scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from jingzhong.search.codes import hash_of
from jingzhong.search.shards import FOLDER, build_shards
from jingzhong.search.units import Unit

SYNONYMS = (("危险化学品", "危化品"),)


@pytest.fixture(scope="module")
def files(units: tuple[Unit, ...]) -> dict[str, str]:
    return dict(build_shards(units, SYNONYMS))


def payload(text: str) -> object:
    """What a file registers."""
    match = re.fullmatch(r'Jingzhong\.register\("[\w/]+","[\w]+",(.*)\);\n', text, re.DOTALL)
    assert match, text[:80]
    return json.loads(match[1])


def test_every_file_registers_data_and_nothing_else(files: dict[str, str]) -> None:
    for text in files.values():
        payload(text)


def test_each_gram_stands_once_in_the_shard_of_its_hash(files: dict[str, str]) -> None:
    shards = {
        name.rsplit("/", 1)[1]: payload(text) for name, text in files.items() if "/g/" in name
    }
    seen = set()
    for name, text in shards.items():
        assert isinstance(text, str)
        for entry in text.strip("~").split("~"):
            key = entry.partition("|")[0]
            assert key not in seen
            seen.add(key)
            if key[0] not in "NW":
                gram = key.removeprefix("T")
                assert f"{hash_of(gram) % len(shards)}.js" == name
    assert {"安", "安全", "N消防法", "T產", "W12350"} <= seen


def test_files_register_under_their_own_names(files: dict[str, str]) -> None:
    for address, text in files.items():
        folder, _, name = address.removesuffix(".js").rpartition("/")
        kind = folder.removeprefix("data/")
        assert text.startswith(f'Jingzhong.register("{kind}","{name}",')


def test_a_query_reads_little(files: dict[str, str]) -> None:
    grams = [len(text.encode()) for name, text in files.items() if "/g/" in name]
    assert max(grams) < 16_000
    assert sum(grams) / len(grams) < 8_000
    assert len(files[f"{FOLDER}/head.js"].encode()) < 30_000


def test_units_of_one_page_are_told(files: dict[str, str], units: tuple[Unit, ...]) -> None:
    head = payload(files[f"{FOLDER}/head.js"])
    assert isinstance(head, dict)
    assert head["count"] == len(units)
    first, total = head["pages"][:2]
    assert len({unit.page for unit in units[first : first + total]}) == 1
    assert units[first + total].page != units[first].page


def test_other_content_means_another_folder(make_unit: Callable[..., Unit]) -> None:
    def folder(*units: Unit) -> set[str]:
        names = [name.split("/")[2] for name, _ in build_shards(units, ())]
        return set(names) - {"head.js"}

    one = make_unit("甲", "火灾")
    assert folder(one) == folder(one)
    assert folder(one) != folder(make_unit("甲", "爆炸"))
    assert folder(one) != folder(make_unit("甲", "火灾", url="b.html"))


def test_texts_that_look_like_scripts_stay_text(make_unit: Callable[..., Unit]) -> None:
    nasty = '"\\</script>\u2028\n`${x}`|"]});alert(1)//'
    files = dict(build_shards([make_unit(nasty, nasty, url="a.html")], ((nasty, "火灾"),)))
    for text in files.values():
        payload(text)
        assert "alert(" not in text.replace(" ", "")


def test_no_content_at_all_is_still_an_index() -> None:
    files = dict(build_shards((), ()))
    assert payload(files[f"{FOLDER}/head.js"])["count"] == 0  # type: ignore[index]


def test_hashes_spread() -> None:
    used = {hash_of(chr(0x4E00 + n) + chr(0x5000 + n % 7)) % 64 for n in range(2000)}
    assert used == set(range(64))
