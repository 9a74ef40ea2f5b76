"""The fonts that papers are set in, all from packages, so that every machine prints the same.

Song (宋体) for text, Hei (黑体) for what is bold; emoji, Arabic and Hebrew for what a question may
quote. Fonts of the machine are never used.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# The bold face is of the Japanese package because that is the one that exists. It holds the glyphs of
# all regions: the language of the text (`lang: "zh", region: "cn"`) picks the Chinese ones.
PACKAGES = ("pylopdf_fonts_zh_cn", "noto_cjk_sans_jp_bold", "manimgx_fonts")
DISTRIBUTIONS = ("typst", "python-docx", *(name.replace("_", "-") for name in PACKAGES))
OTHERS = ("Noto Emoji", "Noto Sans Symbols", "Noto Sans Arabic", "Noto Sans Hebrew")
SONG = ("Noto Serif SC", "Noto Sans SC", *OTHERS)
HEI = ("Noto Sans CJK JP", *OTHERS)


def missing_packages() -> list[str]:
    """Names, as pip knows them, of the packages that are needed and not installed."""
    modules = ("typst", "docx", *PACKAGES)
    return [
        name
        for name, module in zip(DISTRIBUTIONS, modules, strict=True)
        if find_spec(module) is None
    ]


@cache
def font_folders() -> tuple[Path, ...]:
    """Where the font packages keep their files."""
    specs = [find_spec(name) for name in PACKAGES]
    return tuple(Path(spec.origin).parent for spec in specs if spec and spec.origin)


def uncovered(characters: set[str]) -> set[str]:
    """Of these characters, those that no font has a glyph for."""
    return {char for char in characters if not any(_has(font, ord(char)) for font in _coverage())}


def _has(ranges: tuple[tuple[int, ...], tuple[int, ...]], code: int) -> bool:
    starts, ends = ranges
    at = bisect_right(starts, code) - 1
    return at >= 0 and code <= ends[at]


@cache
def _coverage() -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """For each font, the starts and the ends of the ranges of characters it has."""
    found = []
    for folder in font_folders():
        for path in sorted((*folder.glob("*.otf"), *folder.glob("*.ttf"))):
            ranges = sorted(_ranges(path.read_bytes()))
            found.append((tuple(r[0] for r in ranges), tuple(r[1] for r in ranges)))
    return tuple(found)


def _ranges(font: bytes) -> Iterator[tuple[int, int]]:
    """(first, last) of each run in a font's `cmap` (OpenType 1.9, formats 4 and 12)."""
    tables = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    cmap = tables[b"cmap"]
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    places = {
        cmap + struct.unpack_from(">I", font, record + 4)[0]
        for record in range(cmap + 4, cmap + 4 + 8 * count, 8)
    }
    full = [at for at in sorted(places) if struct.unpack_from(">H", font, at)[0] == 12]
    for at in full:
        for group in range(struct.unpack_from(">I", font, at + 12)[0]):
            first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * group)
            yield first, last
    for at in () if full else sorted(places):
        if struct.unpack_from(">H", font, at)[0] == 4:
            doubled = struct.unpack_from(">H", font, at + 6)[0]
            ends = struct.unpack_from(f">{doubled // 2}H", font, at + 14)
            starts = struct.unpack_from(f">{doubled // 2}H", font, at + 16 + doubled)
            yield from (
                (first, last) for first, last in zip(starts, ends, strict=True) if last < 0xFFFF
            )
