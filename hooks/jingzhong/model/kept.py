"""Results of pure work, kept from one rebuild of a preview to the next.

Each result is kept under everything that makes it (the text itself, not its name or date), so that
none is ever out of date. A build that is published keeps nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Keep(Protocol):
    """`keep(key, make)`: what was made under an equal key before, else what `make` gives now."""

    def __call__(self, key: Hashable, make: Callable[[], T], /) -> T: ...


def make_anew(key: Hashable, make: Callable[[], T], /) -> T:
    """Keep nothing."""
    return make()


class Kept:
    """Keeps what the last two good builds used, so that memory does not grow with each save."""

    def __init__(self) -> None:
        self._old: dict[Hashable, object] = {}
        self._now: dict[Hashable, object] = {}

    def turn(self) -> None:
        """A good build is done: forget what it did not use.

        A mistake ends a build half-way; what the page before it was made of is needed again.
        """
        self._old, self._now = self._now, {}

    def __call__(self, key: Hashable, make: Callable[[], T], /) -> T:
        """See `Keep`."""
        if key not in self._now:
            self._now[key] = self._old[key] if key in self._old else make()
        result: T = self._now[key]  # type: ignore[assignment]
        return result
