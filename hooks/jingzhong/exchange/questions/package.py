"""Zip containers and XML from outside, under limits: nothing is unpacked to disk, no entity read."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from jingzhong.exchange.questions.found import RefusedError

MAX_FILE = 40_000_000
MAX_PART = 80_000_000
MAX_TOTAL = 200_000_000
MAX_PARTS = 5_000
MAX_RATIO = 300
MAX_DEPTH = 200
MAX_NODES = 4_000_000
_CHUNK = 1 << 16


class Package:
    """A .docx, .xlsx, .ods or zip in memory; every part is read under limits."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            NotImplementedError,
            IndexError,
            KeyError,
            OverflowError,
            UnicodeError,
        ) as error:
            raise RefusedError(
                "压缩包已损坏，打不开。请在 Word 或 Excel 里打开原文件，另存一份再导入",
                code="broken_zip",
            ) from error
        if len(infos) > MAX_PARTS:
            raise RefusedError(
                f"文件里有 {len(infos)} 个部件，超过 {MAX_PARTS} 个，不像正常的文档", code="bomb"
            )
        if any(info.flag_bits & 1 for info in infos):
            raise RefusedError(
                "文件加了密码。请先在 Word 或 Excel 里去掉密码，另存一份再导入", code="password"
            )
        self._left = MAX_TOTAL
        self.names = frozenset(info.filename for info in infos)

    def read(self, name: str) -> bytes:
        """One part; refuses what unpacks to far more than a document has."""
        try:
            info = self._zip.getinfo(name)
            if info.file_size > MAX_PART or (
                info.file_size > 1_000_000
                and info.file_size > MAX_RATIO * max(info.compress_size, 1)
            ):
                raise RefusedError(
                    f"部件 {name} 解压后有 {info.file_size // 1_000_000} MB，不像正常的文档，没有打开",
                    code="bomb",
                )
            blocks, size = [], 0
            with self._zip.open(info) as stream:
                while block := stream.read(_CHUNK):
                    size += len(block)
                    self._left -= len(block)
                    if size > MAX_PART or self._left < 0:
                        raise RefusedError(
                            f"部件 {name} 解压后超过限度，不像正常的文档，没有打开", code="bomb"
                        )
                    blocks.append(block)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            KeyError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise RefusedError(
                "压缩包已损坏，读不完整。请在 Word 或 Excel 里打开原文件，另存一份再导入",
                code="broken_zip",
            ) from error
        return b"".join(blocks)

    def xml(self, name: str) -> Element:
        """One part as a tree, names without their namespaces."""
        return parse_xml(self.read(name), name)


class _Reader:
    """Builds a tree from expat's events and refuses what no document needs."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.builder = TreeBuilder()
        self.depth = self.nodes = 0
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.ExternalEntityRefHandler = self._refuse

    def _refuse(self, *_: object) -> int:
        raise RefusedError(
            f"{self.name} 里有 DOCTYPE 或实体定义，正常的文档没有，为安全没有打开", code="entity"
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise RefusedError(
                f"{self.name} 的结构太深或太大，不像正常的文档，没有打开", code="bomb"
            )
        plain = {key.rpartition("}")[2]: text for key, text in attributes.items()}
        self.builder.start(name.rpartition("}")[2], plain)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(name.rpartition("}")[2])


def parse_xml(data: bytes, name: str) -> Element:
    """A tree from XML bytes; DOCTYPE, entities, great depth and size are refused."""
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)
        return reader.builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError) as error:
        line = getattr(error, "lineno", 1) or 1
        raise RefusedError(
            f"{name} 不是完整的 XML（第 {line} 行附近出错）。请在原来的程序里重新导出",
            line=line,
            code="broken_xml",
        ) from error


def within(element: Element, *names: str) -> Iterator[Element]:
    """The descendants with one of these names, in order."""
    wanted = set(names)
    return (item for item in element.iter() if item.tag in wanted)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child along a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if item.tag == name), None)
    return element


def value(element: Element | None, *path: str, attribute: str = "val") -> str:
    """An attribute of the element at a path, or ""."""
    found = child(element, *path)
    return found.get(attribute, "") if found is not None else ""
