"""The registry of formats: what each is called, what it loses, who writes it.

The module of a format has `LOSSES` (see `find_losses`) and `make(material) -> bytes`; it is
imported when it is used, because some need large packages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec

from jingzhong.exchange.export import table
from jingzhong.exchange.export.losses import Loss, find_losses
from jingzhong.exchange.export.material import Material, unread_pictures
from jingzhong.exchange.export.pictures import as_pngs


@dataclass(frozen=True)
class Format:
    """One format: who writes it, with which package, and whether only PNG pictures will do."""

    name: str
    title: str
    suffix: str
    module: str
    package: str = ""
    wants_png: bool = False

    @property
    def missing(self) -> str:
        """The package that has to be installed first, or nothing."""
        return "" if not self.package or find_spec(self.package) else self.package


_ALL = (
    Format("xlsx", "Excel 表", ".xlsx", "sheet", "openpyxl", wants_png=True),
    Format("docx", "Word 文件", ".docx", "word", "docx", wants_png=True),
    Format("txt", "纯文本", ".txt", "text"),
    Format("wjx", "问卷星", ".wjx.txt", "wenjuanxing"),
    Format("moodle", "Moodle XML", ".moodle.xml", "moodle"),
    Format("gift", "GIFT", ".gift.txt", "gift"),
    Format("qti3", "QTI 3.0 题包", ".qti3.zip", "qti3"),
    Format("qti21", "QTI 2.1 题包", ".qti21.zip", "qti21"),
    Format("anki", "Anki 卡片", ".apkg", "anki"),
    Format("csv", "CSV 表", ".csv", "table"),
)
FORMATS: Mapping[str, Format] = {one.name: one for one in _ALL}


def export(material: Material, form: Format) -> tuple[bytes, tuple[Loss, ...]]:
    """The file, and what of the bank is not in it."""
    writer = import_module(f"{__package__}.{form.module}")
    if form.wants_png:
        material = replace(material, pictures=as_pngs(material.pictures))
    losses = find_losses(material.bank, writer.LOSSES, unread_pictures(material))
    if form.name == "csv" and (count := table.count_guarded(material)):
        losses = (*losses, Loss(f"{count} 格文字", (), table.QUOTED))
    material = replace(material, losses=losses)
    content: bytes = writer.make(material)
    return content, losses
