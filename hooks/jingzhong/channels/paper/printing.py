"""Typst at work: data and templates in, PDF bytes out, the same ones for the same input.

Import this only where `fonts.missing_packages()` is empty.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from jingzhong.channels.paper.fonts import font_folders, uncovered
from jingzhong.channels.paper.payload import Data
from jingzhong.model.library import CONTENT
from jingzhong.model.quizzes import Question

TEMPLATES = Path(__file__).parent / "typst"
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp")
_PIXELS_PER_INCH = 200
# What turns text around or hides it without being seen, and what is no character at all.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n?|\n|[\x85\u2028\u2029]")
# Marks that a shaper takes in without drawing them: joiners and choosers of a glyph's form.
_JOINING = re.compile("[\u200c\u200d\ufe00-\ufe0f\U000e0000-\U000e01ef]")
# A word that no line could hold gets places to break.
_LONG = re.compile(r"[!-~]{20}(?=[!-~]{12})")


def plain_text(text: str) -> str:
    """A text with nothing in it that cannot be seen, its line ends all alike."""
    return _UNSEEN.sub("", _LINE_END.sub("\n", text).replace("\t", " "))


def load_pictures(root: Path, questions: Iterable[Question]) -> dict[str, bytes]:
    """The images of these questions that Typst can show, by their `src`."""
    sources = sorted({question.image.src for question in questions if question.image})
    found = {}
    for src in sources:
        path = root / CONTENT / src
        if path.suffix.lower() in PICTURES and path.is_file():
            raw = path.read_bytes()
            if picture_png(src, raw):
                found[src] = raw
    return found


def picture_png(src: str, raw: bytes) -> bytes | None:
    """An image as PNG, for programs that know fewer formats; None where it cannot be read."""
    name = "picture" + Path(src).suffix.lower()
    source = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{name}", width: 8cm)'
    try:
        return _compiled({"main.typ": source.encode(), name: raw}, "png")
    except RuntimeError:  # What typst raises is not always its own TypstError.
        return None


def lost_characters(data: Data) -> list[str]:
    """The characters of a payload that no font has; they are printed as ［U+1200］."""
    return sorted(_lost(data))


def make_pdf(template: str, data: Data, pictures: Mapping[str, bytes]) -> bytes:
    """Set a payload with `typst/<template>.typ`."""
    names = {src: f"picture-{at}{Path(src).suffix.lower()}" for at, src in enumerate(pictures)}
    lost = _lost(data)
    settable = _settable(
        data, names, re.compile("[" + re.escape("".join(lost)) + "]") if lost else None
    )
    files: dict[str, bytes] = {
        **{path.name: path.read_bytes() for path in sorted(TEMPLATES.glob("*.typ"))},
        **{names[src]: raw for src, raw in pictures.items()},
        "main.typ": f'#include "{template}.typ"'.encode(),
        "data.json": json.dumps(settable, ensure_ascii=False).encode("utf-8", "replace"),
    }
    return _compiled(files, "pdf")


def _compiled(files: Mapping[str, bytes], kind: Literal["pdf", "png"]) -> bytes:
    """What `main.typ` makes; on disk, because in memory Typst takes no binary files."""
    with tempfile.TemporaryDirectory(prefix="jingzhong-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        made = typst.compile(
            str(folder / "main.typ"),
            root=name,
            format=kind,
            ppi=_PIXELS_PER_INCH,
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in font_folders()],
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _lost(data: Data) -> set[str]:
    seen = set(_JOINING.sub("", plain_text("".join(_texts(data))).replace("\n", "")))
    return uncovered(seen)


def _settable(value: object, names: Mapping[str, str], lost: re.Pattern[str] | None) -> object:
    """The same data with texts that the fonts can show, and pictures under their names here."""
    if isinstance(value, str):
        text = _LONG.sub(lambda match: match[0] + "\u200b", plain_text(value))
        return lost.sub(lambda match: f"［U+{ord(match[0]):04X}］", text) if lost else text
    if isinstance(value, list):
        return [_settable(part, names, lost) for part in value]
    if isinstance(value, dict):
        made = {key: _settable(part, names, lost) for key, part in value.items()}
        if "src" in made:
            made["file"] = names.get(value["src"])
        return made
    return value
