"""What makes the site work without a network, made from the finished site.

Three ways: a service worker keeps the quizzes on a visitor's device, a package carries the whole
site on a stick, and each bank is also one file. This module decides the order: sizes are written
into pages before these are packed or hashed.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from jingzhong.model.library import Library
from jingzhong.output import urls
from jingzhong.output.page import Page
from jingzhong.output.render import Renderer
from jingzhong.output.service_worker import MANIFEST, WORKER, build_manifest, build_worker
from jingzhong.output.single_file import single_files

START = "开始.html"
README = "使用说明.txt"
# Inside the package: what is only of use where there is a network, between these two comments.
_ONLINE = re.compile(r"<!--online-->.*?<!--/online-->", re.DOTALL)
_SIZE = re.compile(r'(<span data-size-of="([^"]+)">)[^<]*(</span>)')
# Files that gain nothing from being packed again.
_PACKED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf", ".zip", ".gz", ".docx", ".xlsx")
# A third less time than the usual 6 for a package that is 4 % larger.
_LEVEL = 3


def build_offline(
    library: Library,
    pages: Iterable[Page],
    renderer: Renderer,
    folder: Path,
    name: str,
    url: str,
) -> None:
    """Write it all into the folder of the finished site; `url` is empty where unknown."""
    if library.settings.offline:
        sized = sorted({page.address for page in pages if page.template in _SIZED})
        _write(folder / MANIFEST, build_manifest(name))
        for address, text in single_files(library, renderer, folder, name, url):
            _write(folder / address, text)
        _write_sizes(folder, sized)
        start = _text("offline_start.html", renderer, name, url)
        readme = _text("offline_readme.txt", renderer, name, url)
        _pack(
            folder,
            sized,
            {START: start, README: "\ufeff" + readme.replace("\n", "\r\n")},
            library.settings.as_of,
        )
        _write_sizes(folder, sized)
    _write(folder / WORKER, build_worker(library, renderer, folder, name))


# Templates of pages that name files made here.
_SIZED = ("bank.html", "banks.html", "offline.html")


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def _text(template: str, renderer: Renderer, name: str, url: str) -> str:
    data = {"site_name": name, "site_url": url, "start": START}
    return renderer.render(Page(address=urls.HOME, title="", template=template, data=data))


def _write_sizes(folder: Path, addresses: Iterable[str]) -> None:
    """Say beside each link how large its file is, where there is such a file."""

    def sized(match: re.Match[str]) -> str:
        path = folder / match[2]
        said = f"（{size_text(path.stat().st_size)}）" if path.is_file() else ""
        return match[1] + said + match[3]

    for address in addresses:
        path = folder / address
        old = path.read_text("utf-8")
        new = _SIZE.sub(sized, old)
        if new != old:
            _write(path, new)


def size_text(size: int) -> str:
    """`312 KB`, `4.1 MB`: as file managers say it."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB"


def _pack(folder: Path, changed: Iterable[str], extra: dict[str, str], date: datetime.date) -> None:
    """The whole site in an archive whose bytes depend on its content alone."""
    package = folder / urls.PACKAGE
    package.parent.mkdir(exist_ok=True)
    paths = {
        name: path
        for path in folder.rglob("*")
        # The form editor saves over a network; readers have no use for it.
        if path.is_file() and not (name := path.relative_to(folder).as_posix()).startswith("admin/")
    }
    paths.pop(urls.PACKAGE, None)
    changed = set(changed)
    with zipfile.ZipFile(package, "w") as archive:

        def add(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(name, (date.year, date.month, date.day, 0, 0, 0))
            is_packed = name.lower().endswith(_PACKED)
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, compresslevel=_LEVEL)

        for name, text in sorted(extra.items()):
            add(name, text.encode())
        for name in sorted(paths):
            content = paths[name].read_bytes()
            if name in changed:
                content = _ONLINE.sub("", content.decode()).encode()
            add(f"site/{name}", content)
