"""Images of a page that decorate it and belong to no question."""

from __future__ import annotations

import re
from collections import Counter

_SOURCE = re.compile(r"(?i)<img\b[^<>]{0,2000}?\bsrc\s*=\s*([\"']?)([^\"'<>\s]{1,400})\1")
_ICON = re.compile(
    r"(?i)^(?:(?:icon|ico|arrow|logo|btn|button|spacer|bullet)[\w-]*|(?:right|wrong|correct|error|tick|cross|dui|cuo)\d{0,2})\.\w{2,4}"
)
# No picture belongs to so many questions.
_AGAIN = 4


def icons_of(text: str) -> frozenset[str]:
    """The addresses of images that decorate: those that stand again and again, and signs by name."""
    counts = Counter(match[2] for match in _SOURCE.finditer(text))
    return frozenset(
        address
        for address, count in counts.items()
        if count >= _AGAIN or _ICON.search(address.rpartition("/")[2])
    )
