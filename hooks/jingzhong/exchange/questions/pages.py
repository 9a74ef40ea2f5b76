"""What the pages of a document leave inside its lines: running counters and repeated feet.

Sites that show a document page by page give each page as one long line with a counter in front
(1、 2、 3、), cut wherever the page ended; others leave the foot of each page inside the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from jingzhong.exchange.questions.tidy import SCAN, Line

_COUNTER = re.compile(r"[ \t]*(?P<number>\d{1,3})[ \t]*(?:、|\.(?!\d))")
_INNER = re.compile(r"(?<![\d.])(\d{1,4})[ \t]*(?:、|\.(?!\d))")
_CLOSED = re.compile(r"[。.;!?:)】”》…]$|[A-H√×]$|(?:正确|错误|对|错)$")
# 见手册第 3 页 is a reference: only a page that is counted against all pages is a foot.
_PAGE = re.compile(r"第[ \t]*(\d{1,4})[ \t]*页[ \t]*[,/]?[ \t]*共[ \t]*\d{1,4}[ \t]*页")
_ENDED = re.compile(
    r".*[。.;!?)】”》√×]|.*答[ \t]*案[ \t]*[】\])]*[:]?[ \t]*[A-H正确错误对√×]{1,8}(?=\s)",
    re.DOTALL,
)
# A page is longer than any one question with its options.
LONG = 120


def without_page_counters(lines: Sequence[Line]) -> list[Line]:
    """Lines whose counters count pages, joined again; all others as they are."""
    pages = _pages([line.text.translate(SCAN) for line in lines])
    if not pages:
        return list(lines)
    text, breaks = "", list[tuple[int, int]]()
    for place in pages:
        words = lines[place].text
        counter = _COUNTER.match(words.translate(SCAN))
        words = words[counter.end() :] if counter else words
        breaks.append((len(text), lines[place].number))
        text += words.strip() if text else words.rstrip()
    whole = Line(lines[pages[0]].number, text, tuple(breaks))
    return [*lines[: pages[0]], whole, *lines[pages[-1] + 1 :]]


def _pages(scans: Sequence[str]) -> list[int]:
    """The lines that are pages: 1、 2、 3、 in front, cut in mid-sentence, numbered anew inside."""
    row: list[int] = []
    for place, scan in enumerate(scans):
        if not scan.strip():
            continue
        counter = _COUNTER.match(scan)
        number = int(counter["number"]) if counter else 0
        if row and number == len(row) + 1:
            row.append(place)
        elif len(row) < 2:
            row = [place] if number == 1 else []
        else:
            break
    # The last page may be short.
    if len(row) < 2 or any(len(scans[place]) < LONG for place in row[:-1]):
        return []
    inner = [[int(match[1]) for match in _INNER.finditer(scans[place])][1:] for place in row]
    if sum(map(len, inner)) < 2 * len(row):
        return []
    open_ended = foreign = known = 0
    for place, (here, following) in enumerate(pairwise(row), 1):
        open_ended += _CLOSED.search(scans[here].rstrip()) is None
        # …5、安全帽的系带应当 / 2、系在颌下。6、…: the row inside goes on past the counter.
        last, first = inner[place - 1][-1:], inner[place][:1]
        known += bool(last and first)
        foreign += bool(last and first) and first[0] == last[0] + 1
        if following != here + 1 and any(scans[at].strip() for at in range(here + 1, following)):
            return []
    cuts = len(row) - 1
    return row if open_ended * 2 >= cuts and foreign * 5 >= known * 3 > 0 else []


def without_feet(lines: Sequence[Line]) -> list[Line]:
    """Lines without what stands around 第 3 页 共 9 页 each time, where that is inside a line."""
    found = [
        (place, match)
        for place, line in enumerate(lines)
        for match in _PAGE.finditer(line.text.translate(SCAN))
        if len(line.text) > len(match[0]) + 60
    ]
    numbers = [int(match[1]) for _, match in found]
    if len(found) < 2 or any(two <= one for one, two in pairwise(numbers)):
        return list(lines)
    before = _shared(
        [
            lines[place].text[max(match.start() - 60, 0) : match.start()][::-1]
            for place, match in found
        ]
    )[::-1]
    behind = _shared([lines[place].text[match.end() : match.end() + 60] for place, match in found])
    # What ends a sentence or answers belongs to the paper, however often it stands there.
    ended = _ENDED.match(before.translate(SCAN))
    before = before[ended.end() :] if ended else before
    before = before.lstrip() if len(before.strip()) >= 4 else ""
    stop = re.match(r"[^\d。.;!?(【]*", behind.translate(SCAN))
    behind = behind[: stop.end()] if stop else ""
    behind = behind if len(behind.strip()) >= 4 else ""
    done = list(lines)
    for place, match in reversed(found):
        text = done[place].text
        left, right = match.start() - len(before), match.end() + len(behind)
        kept = text[:left].rstrip() + (" " if re.match(r"[ \t]*\d", text[right:]) else "")
        done[place] = Line(lines[place].number, kept + text[right:].lstrip())
    return done


def _shared(texts: Sequence[str]) -> str:
    """What all texts begin with, at most 60 signs."""
    first = texts[0][:60]
    for text in texts[1:]:
        while not text.startswith(first):
            first = first[:-1]
    return first
