"""Zip archives whose bytes depend on their content alone: no clock, no machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(entries: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of (name, content), in the order given."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return packed.getvalue()


def repack(raw: bytes, change: Callable[[str, bytes], bytes] = lambda _, content: content) -> bytes:
    """An archive that another library wrote, without its times; `change` may mend entries."""
    with zipfile.ZipFile(io.BytesIO(raw)) as old:
        return pack(
            (entry.filename, change(entry.filename, old.read(entry))) for entry in old.infolist()
        )
