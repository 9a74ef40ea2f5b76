"""The places of a text where a law may be named; a text without any is passed over at once."""

from __future__ import annotations

import re

from jingzhong.law.carried import CARRIED
from jingzhong.law.numbers import PREFIXES
from jingzhong.law.titles import KINDS

# Every place where a law may be named. Alternatives begin with literals, so that the regular
# expression engine skips from one candidate to the next.
SIGNS = re.compile(
    r"《|法|条例|规[定则程]|办法|细则|标准|准则|解释|新国标|号(?<=[\d零一二三四五六七八九十百]号)"
    rf"|本(?:{KINDS})|该(?:{KINDS})|同(?:法|条例)|新法|旧法|老法|原法|现行法|上述(?:{KINDS})|前述(?:{KINDS})|{CARRIED}"
    + "".join(f"|{prefix}" for prefix in (*PREFIXES, "DB", "gb", "aq"))
)
# The same before spaces and line ends are taken out: 条 / 例, 第 708 号.
_TORN = re.compile(r"[条规办细标准解]\s+[例定则程法准释]|[\d零一二三四五六七八九十百]\s+号")


def may_cite(text: str) -> bool:
    """False when a text (not yet uniform) can hold no citation; far quicker than looking."""
    if SIGNS.search(text) or "Ｇ" in text or "Ａ" in text:
        return True
    return _TORN.search(text) is not None
