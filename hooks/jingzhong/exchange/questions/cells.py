"""What a spreadsheet shows for a stored number: percent, dates, fixed places, plain numbers."""

from __future__ import annotations

import datetime
import re

# Built-in formats that show a date (with the Chinese ones, 27–36 and 50–58) or a percentage.
_DATES = {
    14: "y/m/d",
    15: "d-m",
    16: "d-m",
    17: "m-y",
    22: "y/m/d h:i",
    27: "y年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-y",
    31: "y年m月d日",
    32: "h时i分",
    33: "h时i分s秒",
    36: "y年m月",
    50: "y年m月",
    51: "m月d日",
    52: "y年m月",
    53: "m月d日",
    54: "m月d日",
    57: "y年m月",
    58: "m月d日",
    18: "h:i",
    19: "h:i:s",
    20: "h:i",
    21: "h:i:s",
    45: "i:s",
    46: "h:i:s",
    47: "i:s",
}
_PERCENTS = {9: 0, 10: 2}
_FIXED = {1: 0, 2: 2, 3: 0, 4: 2}


def shown(number: float, format_id: int, code: str, *, early: bool = True) -> str:
    """The text of a number cell; `early` counts days from 1900, else from 1904."""
    if number != number or abs(number) == float("inf"):
        return ""
    places, percent = _percent(format_id, code)
    if percent:
        return f"{number * 100:.{places}f}%"
    pattern = _DATES.get(format_id) or _date_pattern(code)
    if pattern and 0 <= number < 2_958_466:
        return _date(number, pattern, early=early)
    if format_id in _FIXED and number == number:
        return f"{number:.{_FIXED[format_id]}f}"
    fixed = re.fullmatch(r"#?,?#*0\.(0{1,8})(?:_?\)?)?", code)
    if fixed:
        return f"{number:.{len(fixed[1])}f}"
    return plain_number(number)


def plain_number(number: float) -> str:
    """3.0 as 3, 0.30000000000000004 as 0.3."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def _percent(format_id: int, code: str) -> tuple[int, bool]:
    if format_id in _PERCENTS:
        return _PERCENTS[format_id], True
    match = re.search(r"0(?:\.(0+))?%", code)
    return (len(match[1] or "") if match else 0), match is not None


def _date_pattern(code: str) -> str:
    """A short pattern (y m d h i s and the signs between) of a custom date format, or ""."""
    if not code or code.lower() == "general":
        return ""
    section = (
        re.sub(r"\[[^\]]*\]|\\|_.|\*.", "", code.split(";")[0]).replace('"', "").replace("@", "")
    )
    if not re.search(r"[yd]|h", section, re.IGNORECASE) or re.search(r"[0#?]", section):
        return ""
    short = re.sub(r"([ymdhs])\1+", r"\1", section.lower())
    # An m beside hours or seconds means minutes.
    short = re.sub(r"(h[^a-z]*)m", r"\1i", short)
    return re.sub(r"m([^a-z]*s)", r"i\1", short).replace("am/pm", "").strip()[:40]


def _date(number: float, pattern: str, *, early: bool) -> str:
    days = int(number)
    base = datetime.datetime(1899, 12, 30) if early else datetime.datetime(1904, 1, 1)
    try:
        moment = base + datetime.timedelta(days=days, seconds=round((number - days) * 86_400))
    except OverflowError:
        return plain_number(number)
    parts = {
        "y": moment.year,
        "m": moment.month,
        "d": moment.day,
        "h": moment.hour,
        "i": f"{moment.minute:02d}",
        "s": f"{moment.second:02d}",
    }
    return re.sub("[ymdhis]", lambda match: str(parts[match[0]]), pattern)
