"""Files kept from one build to the next, outside the site, named by a hash of what makes them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def cache_folder(root: Path, name: str) -> Path:
    """Where one kind of file is kept: in JINGZHONG_CACHE, else in `.cache` of the project."""
    return Path(os.environ.get("JINGZHONG_CACHE") or root / ".cache") / name


def cached(path: Path, make: Callable[[], bytes]) -> bytes:
    """What the cache holds, or what is made and put there; a cache that cannot be used is no loss."""
    try:
        return path.read_bytes()
    except OSError:
        content = make()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f"{path.name}.{os.getpid()}")
        partial.write_bytes(content)
        partial.replace(path)
    except OSError:
        pass
    return content


def prune(cache: Path, keep: int) -> None:
    """Keep the newest files only."""
    try:
        files = sorted(cache.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[keep:]:
            path.unlink(missing_ok=True)
    except OSError:
        pass
