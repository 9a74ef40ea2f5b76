"""`sw.js` and the web manifest: what a browser keeps of the site, and how it asks for it.

The worker's list names each file with its hash, so it is made from the finished site; what the
worker does with it stands in `templates/service_worker.js`.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from jingzhong.model.library import Library
from jingzhong.output import urls
from jingzhong.output.page import Page
from jingzhong.output.render import TEMPLATES, Renderer

WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
# The most that a visitor's device is asked to keep, without what is only seen (bytes).
MOST_BYTES = 3_000_000
# What no quiz page asks for.
_ELSEWHERE = ("icon-512.png", "/facets.js", "/today.js", "/search-page.js", "/offline-single.js")
ICONS = (("icon-192.png", "192x192", "any"), ("icon-512.png", "512x512", "any maskable"))


def build_worker(library: Library, renderer: Renderer, folder: Path, name: str) -> str:
    """The text of `sw.js` for the finished site in `folder`; with an empty list it removes itself."""
    is_on = library.settings.offline
    wanted = list(dict.fromkeys(_wanted(library, folder))) if is_on else []
    files = _within([*wanted, *(_previews(library, folder) if is_on else ())], folder)
    hashes = {address: _hash((folder / address).read_bytes()) for address in files}
    build = {
        # To be raised when a worker of before could not read what follows.
        "format": 1,
        "version": hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:12],
        "files": hashes,
        "shell": _shell(folder),
        "isWhole": set(wanted) <= set(files),
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
    """Addresses to keep, the most needed first.

    With a bank's data the exam can ask every question of it, with its page it can be practised.
    """
    names = sorted(
        path.relative_to(folder).as_posix()
        for part in ("assets/jingzhong", "data/quiz", "quizzes")
        for path in (folder / part).rglob("*")
        if path.is_file()
    )
    for name in names:
        if name.startswith("assets/") and not name.endswith(_ELSEWHERE):
            yield name
    if library.settings.logo:
        yield library.settings.logo
    yield MANIFEST
    yield from (urls.BANKS, urls.EXAM, urls.BOOK)
    yield from (name for name in names if name.startswith("data/quiz/"))
    for bank in library.banks:
        yield from (question.image.src for question in bank.questions if question.image)
        yield urls.bank_address(bank.id)
    for name in names:
        if name.startswith("quizzes/") and name.endswith(".html") and ".single." not in name:
            yield name


def _previews(library: Library, folder: Path) -> Iterator[str]:
    """What cited articles say, where there is room for it."""
    cited = {law.law for bank in library.banks for q in bank.questions for law in q.law}
    for law in sorted(cited):
        address = f"data/articles/{law}.js"
        if (folder / address).is_file():
            yield address


def _within(addresses: Iterable[str], folder: Path) -> list[str]:
    """As many of the files as may be kept."""
    taken, size = [], 0
    for address in addresses:
        more = (folder / address).stat().st_size
        if size + more <= MOST_BYTES:
            taken.append(address)
            size += more
    return taken


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
