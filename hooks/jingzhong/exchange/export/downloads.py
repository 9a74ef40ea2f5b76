"""What the site offers of each bank as a file: Excel, Word, CSV; made once, then out of a cache."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from jingzhong.exchange.export.formats import FORMATS, Format, export
from jingzhong.exchange.export.material import Material, load_material
from jingzhong.exchange.export.table import header, rows
from jingzhong.model.library import Library
from jingzhong.model.quizzes import Bank
from jingzhong.output import urls
from jingzhong.output.cache import cache_folder, cached, prune

_OFFERED = ("xlsx", "docx", "csv")
_PACKAGES = ("openpyxl", "python-docx", "lxml", "typst")
_KEPT = 400


@dataclass(frozen=True)
class BankFile:
    """A file on the site and the words of the link to it."""

    form: str
    address: str
    text: str


def bank_downloads(bank: Bank) -> tuple[BankFile, ...]:
    """What is offered of one bank."""
    return tuple(
        BankFile(name, urls.bank_file_address(bank.id, FORMATS[name].suffix), FORMATS[name].title)
        for name in _OFFERED
        if not FORMATS[name].missing
    )


def build_bank_files(library: Library, folder: Path) -> None:
    """Write every bank's files into the folder of the finished site."""
    cache = cache_folder(library.root, "banks")
    code = _code()
    for bank in library.banks:
        material = load_material(library, bank)
        for one in bank_downloads(bank):
            path = folder / one.address
            path.parent.mkdir(parents=True, exist_ok=True)
            key = cache / _key(material, one.form, code)
            path.write_bytes(cached(key, partial(_made, material, FORMATS[one.form])))
    prune(cache, _KEPT)


def _made(material: Material, form: Format) -> bytes:
    return export(material, form)[0]


def _key(material: Material, form: str, code: bytes) -> str:
    """The name of a file in the cache: a hash over all that decides its bytes."""
    bank = material.bank
    facts = [bank.id, bank.title, bank.audience, bank.topics, bank.description, str(bank.reviewed)]
    said = [form, str(material.date), material.unit, facts, header(material), rows(material)]
    digest = hashlib.sha256(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
    for src, raw in sorted(material.pictures.items()):
        digest.update(f"{src} {len(raw)} ".encode() + raw)
    digest.update(code)
    return digest.hexdigest()[:32]


def _code() -> bytes:
    """A hash over the code and the packages that write the files."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    for name in _PACKAGES:
        try:
            digest.update(f"{name} {version(name)} ".encode())
        except PackageNotFoundError:
            digest.update(f"{name} - ".encode())
    return digest.digest()
