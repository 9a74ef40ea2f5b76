"""`sw.js` and the web manifest: what a browser keeps of the site, and how it asks for it.

The worker's list names each file with its hash, so it is made from the finished site; what the
worker does with it stands in `templates/service_worker.js`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from jingzhong.model.library import Library
from jingzhong.output import urls
from jingzhong.output.page import Page
from jingzhong.output.render import TEMPLATES, Renderer

WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
# The most that a visitor's device is asked to keep, without what is only seen (bytes).
MOST_BYTES = 3_000_000
ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any maskable"))


def build_worker(library: Library, renderer: Renderer, folder: Path, name: str) -> str:
    """The text of `sw.js` for the finished site in `folder`; with an empty list it removes itself."""
    wanted = list(dict.fromkeys(_wanted(library, folder))) if library.settings.offline else []
    files, is_whole = _within(wanted, folder)
    hashes = {address: _hash((folder / address).read_bytes()) for address in files}
    build = {
        # To be raised when a worker of before could not read what follows.
        "format": 1,
        "version": hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:12],
        "files": hashes,
        "shell": _shell(folder),
        "isWhole": is_whole,
        "unreachable": _unreachable(renderer, name),
    }
    text = json.dumps(build, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return (TEMPLATES / "service_worker.js").read_text("utf-8").replace("__BUILD__", text)


def build_manifest(name: str) -> str:
    """The web manifest: what the site is called and looks like once installed."""
    manifest = {
        "name": name,
        "short_name": name.split(" ")[0].split("·")[0][:12],
        "lang": "zh-CN",
        "start_url": urls.BANKS,
        "scope": "./",
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#fbfaf6",
        "icons": [
            {
                "src": f"assets/jingzhong/icons/{file}",
                "sizes": sizes,
                "type": "image/png",
                "purpose": purpose,
            }
            for file, sizes, purpose in ICONS
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _wanted(library: Library, folder: Path) -> Iterator[str]:
    """Addresses to keep, the most needed first."""
    assets = (path for path in sorted((folder / "assets/jingzhong").rglob("*")) if path.is_file())
    yield from (path.relative_to(folder).as_posix() for path in assets)
    if library.settings.logo:
        yield library.settings.logo
    yield MANIFEST
    yield from (urls.BANKS, urls.EXAM, urls.BOOK)
    yield from (urls.bank_address(bank.id) for bank in library.banks)
    # With a bank's first page and its data, scripts can show every question of it.
    for bank in library.banks:
        data = sorted((folder / "data/quiz" / bank.id).glob("*.js"))
        yield from (path.relative_to(folder).as_posix() for path in data)
        yield from (question.image.src for question in bank.questions if question.image)
    cited = {law.law for bank in library.banks for q in bank.questions for law in q.law}
    articles = (folder / f"data/articles/{law}.js" for law in sorted(cited))
    yield from (path.relative_to(folder).as_posix() for path in articles if path.is_file())
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.glob("quizzes/*.html"))
    yield from (page for page in pages if not page.endswith(".single.html"))


def _within(addresses: Sequence[str], folder: Path) -> tuple[list[str], bool]:
    """As many of the files as may be kept, and whether that is all of them."""
    taken, size = [], 0
    for address in addresses:
        bytes_more = (folder / address).stat().st_size
        if size + bytes_more <= MOST_BYTES:
            taken.append(address)
            size += bytes_more
    return taken, len(taken) == len(addresses)


def _hash(content: bytes) -> str:
    """In the form of an `integrity` attribute, without its `sha256-`."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode("ascii")


def _shell(folder: Path) -> str:
    """One name for all styles and scripts together."""
    digest = hashlib.sha256()
    for path in sorted((folder / "assets/jingzhong").rglob("*")):
        if path.suffix in (".css", ".js"):
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def _unreachable(renderer: Renderer, name: str) -> str:
    """The page for what is not on the device; it carries its own styles."""
    data = {"site_name": name}
    return renderer.render(
        Page(address=urls.HOME, title="", template="unreachable.html", data=data)
    )
