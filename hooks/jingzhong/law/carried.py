"""Articles that a sentence goes on to cite without naming their law again.

违反《消防法》第十六条，依据第六十条处罚 · 《消防法》施行后，其第二十八条 · 不得占用通道（第二十八条）
"""

from __future__ import annotations

import re

from jingzhong.law.articles import parse_articles
from jingzhong.law.mention import Mention

# What such a citation begins with; for the pattern that finds every sign of a law, whose branches
# all begin with a literal.
CARRIED = "|".join(
    f"{sign}(?=第)"
    for sign in (r"\((?:[参详]?见)?", "其", ",", ";", "依", "按", "依据", "依照", "根据", "按照")
)
# So much may stand between a law and the article that counts for it.
FARTHEST = 80
# Behind these the law named last is no longer meant: another sentence, another paper.
_OTHER = re.compile(
    r"[。!?\n《》〈〉]|条例|办法|细则|规程|规则|标准|准则|规范|合同|协议|章程|手册|制度|公约|预案|方案"
    r"|通知|(?:本|该|同)法|(?<![依违合非守执立司方办做])法(?![律院定人规治])|规定(?=[第(])"
)
# Only what reads on like a citation is one; 第三条通道堵塞 is not.
_READS_ON = re.compile(
    r":|(?:的|之)?(?:规定|情形)|(?:则|还|又|也|都|中|就|明确|进一步)*"
    r"(?:规定|明确|要求|指出|写明|禁止|赋予|列[明举出]|授权|设定)"
)
_PUNISHED = re.compile(
    r"(?:的|之)?规定|[,.。;、:)]|$|[拟应可]?(?:对其?|给予|处|责令|予以|追究|罚|作出)"
)


def carry_on(text: str, at: int, sign: str, latest: Mention | None) -> Mention | None:
    """The articles at `at`, behind one of the signs, as articles of the law named last."""
    if latest is None or latest.ambiguous or latest.code:
        return None
    start = at - len(sign)
    since = max(latest.stop, latest.end)
    if start - since > FARTHEST or _OTHER.search(text, since, start):
        return None
    parts, end = parse_articles(text, at)
    if not parts:
        return None
    if sign[0] == "(":
        wanted = text.startswith(")", end)
    elif sign[0] in ",;":
        wanted = bool(latest.parts) and _READS_ON.match(text, end) is not None
    elif sign[0] == "其":
        wanted = (_READS_ON.match(text, end) or _PUNISHED.match(text, end)) is not None
    else:
        wanted = bool(latest.parts) and _PUNISHED.match(text, end) is not None
    if not wanted:
        return None
    mention = latest.again(parts[0].start, parts[0].end)
    mention.parts, mention.stop, mention.indirect = parts, end, True
    return mention
