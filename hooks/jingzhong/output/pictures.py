"""How large a picture is, so that the page keeps its room before it is loaded."""

from __future__ import annotations

import re
from pathlib import Path

_VIEW_BOX = re.compile(
    rb"<svg[^>]*\bviewBox=[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)"
)
_HEAD = 4096


def picture_size(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels of an SVG (by its viewBox) or a PNG; None for what is unknown."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    found = _VIEW_BOX.search(head)
    return (round(float(found[1])), round(float(found[2]))) if found else None
