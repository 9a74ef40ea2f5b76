"""A small static server that answers at once and keeps connections open; prints its port.

`python search_server.py FOLDER`. Python's own server starts a thread for each connection, which
would be a good part of the milliseconds that `search.py` measures.
"""

from __future__ import annotations

import asyncio
import sys
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Static(asyncio.Protocol):
    """HTTP/1.1, GET only, one request after the other on each connection."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.pending += data
        while b"\r\n\r\n" in self.pending:
            head, self.pending = self.pending.split(b"\r\n\r\n", 1)
            self.answer(unquote(urlsplit(head.split(b" ", 2)[1].decode()).path))

    def answer(self, path: str) -> None:
        file = (self.root / path.lstrip("/")).resolve()
        found = file.is_file() and self.root in file.parents
        body = file.read_bytes() if found else b"none"
        kind = guess_type(file.name)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith("javascript"):
            kind += "; charset=utf-8"
        status = "200 OK" if found else "404 Not Found"
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)  # type: ignore[attr-defined]


async def main() -> None:
    """Serve until killed."""
    root = Path(sys.argv[1]).resolve()
    server = await asyncio.get_running_loop().create_server(lambda: Static(root), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
