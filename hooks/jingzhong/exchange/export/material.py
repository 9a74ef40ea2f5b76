"""A bank with everything its questions refer to, ready for any writer."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jingzhong.exchange.export.losses import Loss
from jingzhong.model.articles import article_name
from jingzhong.model.library import CONTENT, Library
from jingzhong.model.quizzes import Bank, Question

# Pictures that other programs show, by the end of their names.
PICTURE_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
# Characters that XML forbids and no reader shows; signs that turn a line around.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True)
class References:
    """The laws and cases of one question in words."""

    laws: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True)
class Material:
    """What a writer gets. `date` is the day that files are dated by."""

    bank: Bank
    references: Mapping[str, References]
    pictures: Mapping[str, bytes]
    unit: str
    date: datetime.date
    losses: tuple[Loss, ...] = field(default=())

    def picture(self, question: Question) -> bytes | None:
        """The bytes of a question's picture; None where it has none that can be read."""
        return self.pictures.get(question.image.src) if question.image else None


def safe(text: str) -> str:
    """A text without characters that XML and sheets refuse, its line ends all alike."""
    return _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def load_material(library: Library, bank: Bank) -> Material:
    """Read the pictures of a bank and name its laws and cases."""
    return Material(
        bank=bank,
        references={question.id: _references(library, question) for question in bank.questions},
        pictures=_load_pictures(library.root, bank),
        unit=library.settings.unit,
        date=library.settings.as_of,
    )


def unread_pictures(material: Material) -> frozenset[str]:
    """The `src` of every picture of the bank that could not be read."""
    asked = {question.image.src for question in material.bank.questions if question.image}
    return frozenset(asked - set(material.pictures))


def _references(library: Library, question: Question) -> References:
    laws = []
    for reference in question.law:
        regulation = library.regulation_by_id.get(reference.law)
        name = regulation.short_title if regulation else reference.law
        laws.append(f"《{name}》{article_name(reference.article) if reference.article else ''}")
    cases = [
        library.case_by_id[name].title if name in library.case_by_id else name
        for name in question.case
    ]
    return References(tuple(laws), tuple(cases))


def _load_pictures(root: Path, bank: Bank) -> dict[str, bytes]:
    found = {}
    for src in sorted({question.image.src for question in bank.questions if question.image}):
        path = root / CONTENT / src
        try:
            raw = path.read_bytes()
        except OSError:
            continue
        if _is_picture(path.suffix.lower(), raw):
            found[src] = raw
    return found


def _is_picture(suffix: str, raw: bytes) -> bool:
    """Whether the first bytes are those of the kind that the name says."""
    if suffix == ".svg":
        return b"<svg" in raw[:4096]
    if suffix == ".webp":
        return raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"
    if suffix == ".png":
        return raw.startswith(b"\x89PNG\r\n\x1a\n") and raw[12:16] == b"IHDR" and b"IEND" in raw
    signs = {".gif": b"GIF8"}
    return suffix in PICTURE_TYPES and raw.startswith(signs.get(suffix, b"\xff\xd8\xff"))
