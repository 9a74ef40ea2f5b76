"""Pictures as PNG, for programs that know no other format that all of ours can become."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from jingzhong.channels.paper.fonts import missing_packages


def as_pngs(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those pictures that are PNG or can be turned into it; by `src`."""
    found = {src: _as_png(src, raw) for src, raw in pictures.items()}
    return {src: raw for src, raw in found.items() if raw}


def _as_png(src: str, raw: bytes) -> bytes | None:
    """The picture as PNG; None where Typst, which makes it one, is missing or cannot."""
    if PurePosixPath(src).suffix.lower() == ".png":
        return raw
    if missing_packages():
        return None
    from jingzhong.channels.paper.printing import picture_png

    return picture_png(src, raw)
