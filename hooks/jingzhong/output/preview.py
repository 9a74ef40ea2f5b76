"""What a preview (`mkdocs serve`) does otherwise than a build: it is quick, for one editor.

Pure work is kept between rebuilds, and the search index, thousands of small files that an editor
rarely looks at, is made when a page first asks for it, from the content then shown. Files to
download are not made; whoever asks for one is told so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from types import CodeType
from typing import Any

import jinja2
from jinja2.bccache import Bucket

from jingzhong.model.kept import Kept
from jingzhong.model.library import Library
from jingzhong.output.search_page import search_files
from jingzhong.output.withdrawn import ADDRESSES, REMOVED
from jingzhong.rules.accepted import ACCEPTED

# A WSGI application; the standard library has no types for it at run time.
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


# What a build reads in the project folder itself. MkDocs watches folders whole and single files
# only while they are there; these come and go, and the folder also holds what no build reads.
WATCHED = frozenset({ADDRESSES, REMOVED, ACCEPTED, "mkdocs.yml"})

NO_DOWNLOADS = (
    "预览里不做可下载的文件（试卷、Word、Excel、离线包、单文件）。要看它们，请运行 mkdocs build。"
)


class Preview:
    """One run of `mkdocs serve`."""

    def __init__(self) -> None:
        # Loads numpy, which checking does not need; and before files are watched, as Python writes
        # its byte code beside the modules.
        from jingzhong.search.shards import FOLDER

        self._folder = f"{FOLDER}/"
        self.keep = Kept()
        self.templates = KeptTemplates()
        self._lock = threading.Lock()
        self._library: Library | None = None
        self._searched: Library | None = None
        self._files: dict[str, str] = {}

    def show(self, library: Library) -> None:
        """From now on, search this library: its pages are made."""
        self._library = library
        self.keep.turn()

    def search_file(self, address: str) -> str | None:
        """A file of the index, by its address in the site; the index is made if it is out of date."""
        with self._lock:
            library = self._library
            if library is not None and library is not self._searched:
                self._files = {file.address: file.text for file in search_files(library)}
                self._searched = library
            return self._files.get(address)

    def join(self, server: Any, root: Path) -> None:
        """Add to a server of MkDocs what a preview of the project in `root` needs."""
        server.set_app(self.wrap(server.get_app()))
        OwnFiles(server, root)

    def wrap(self, app: App) -> App:
        """The preview's server with the search index added to it."""

        def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            _, found, rest = environ["PATH_INFO"].partition(f"/{self._folder}")
            text = self.search_file(self._folder + rest) if found else None
            status, kind = "200 OK", "text/javascript"
            if "/downloads/" in environ["PATH_INFO"]:
                status, kind, text = "404 Not Found", "text/plain", NO_DOWNLOADS
            if text is None:
                return app(environ, start_response)
            body = text.encode()
            headers = [("Content-Type", f"{kind}; charset=utf-8"), ("Cache-Control", "no-cache")]
            start_response(status, [*headers, ("Content-Length", str(len(body)))])
            return [body]

        return answer


class OwnFiles:
    """Has a server of MkDocs build again when one of the project's own files changes.

    What is given to `server.watch` cannot be narrowed to some files of a folder, and a log that is
    written there would then build for ever; so the server is told by the flag that it waits for.
    """

    def __init__(self, server: Any, root: Path) -> None:
        self._server = server
        server.observer.schedule(self, str(root), recursive=False)

    def dispatch(self, event: Any) -> None:
        """Take one change, as the library watchdog gives it."""
        paths = (event.src_path, getattr(event, "dest_path", ""))
        if event.is_directory or WATCHED.isdisjoint(PurePath(str(path)).name for path in paths):
            return
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()


class KeptTemplates(jinja2.BytecodeCache):
    """Compiled templates, by name and by the hash of their text."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the bucket its code, if the text is still the same."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take a template that was compiled just now."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code
