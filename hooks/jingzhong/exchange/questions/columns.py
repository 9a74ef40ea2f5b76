"""Which column of a table holds what: by the words of a header, else by the content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jingzhong.exchange.questions.answers import judged
from jingzhong.exchange.questions.look import look
from jingzhong.exchange.questions.loose_json import read_loose
from jingzhong.exchange.questions.names import OPTION_NAME, evidence, folded, place_of, role_of
from jingzhong.exchange.questions.parts import Roles
from jingzhong.exchange.questions.roles import assign
from jingzhong.exchange.questions.tidy import SCAN

LETTERS = re.compile(r"[A-Ja-j](?:[ ,、;，；/|]*[A-Ja-j]){0,9}[ .。;；,，:：]*")

# Without a header the contents alone must tell.
_SURE = 0.75


@dataclass
class Columns:
    """Role → column; option columns in their order, keyed by letter."""

    roles: dict[str, int] = field(default_factory=dict)
    options: dict[str, int] = field(default_factory=dict)
    open_ended: bool = False
    assigned: Roles | None = None
    answer_name: str = ""
    listed: bool = False

    @property
    def usable(self) -> bool:
        """A table of questions has stems, and answers or options."""
        return "stem" in self.roles and (
            "answer" in self.roles or bool(self.options) or "options" in self.roles
        )


def read_header(cells: Sequence[str], *, loose: bool = False) -> Columns | None:
    """The columns that a row of words names; None for a row that is no header.

    `loose`: words that may head any table will do, as the contents below are to be tried.
    """
    columns = Columns()
    best: dict[str, float] = {}
    for place, cell in enumerate(cells):
        text = cell.strip()
        if not text or len(text) > 30:
            continue
        told = evidence(text)
        role = max(told, key=lambda one: told[one], default="")
        option = OPTION_NAME.match(_shown(text))
        if option and _optional(option) and (told.get(role, 0) < 3 or len(text) <= 2):
            if 0 <= (at := place_of(option["sign"])) < 10:
                columns.options.setdefault(chr(ord("A") + at), place)
        elif role and told[role] > best.get(role, 0.0):
            columns.roles[role], best[role] = place, told[role]
    if len(columns.options) == 1 and "A" not in columns.options:
        columns.options = {}
    if list(columns.options) and "stem" not in columns.roles:
        return None
    # 名称 and 内容 may head any table: one word must be sure.
    sure = len(columns.options) > 1 or any(
        best.get(role, 0.0) >= 3 or (role == "answer" and best.get(role, 0.0) >= 2)
        for role in ("stem", "options", "answer")
    )
    return columns if columns.usable and (sure or loose) else None


def _shown(text: str) -> str:
    return re.sub(r"[（(][^（）()A-Ja-j]*[)）]|[*＊]|\s", "", text.translate(SCAN))


def _optional(match: re.Match[str]) -> bool:
    """Whether the word of a lettered or numbered header is one for options."""
    word = (match["word"] or "").strip("_- ").casefold()
    return not word or evidence(word).get("options", 0) > 0 or word in _OPTION_WORDS


_OPTION_WORDS = ("答案", "answer", "item", "opt", "备选", "备选项", "选择")


def assigned(columns: Columns, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The columns of a header, with the contents below it weighed against its words."""
    width = max([len(header), *(len(row) for row in rows)], default=0)
    names = [header[at].strip() if at < len(header) else "" for at in range(width)]
    for letter, at in columns.options.items():
        names[at] = f"选项{letter}"
    told = [[*row, *[""] * (width - len(row))] for row in rows]
    roles = assign(names, [row for row in told if any(cell.strip() for cell in row)])
    if roles is None:
        return columns
    found = Columns(dict(columns.roles), dict(columns.options), columns.open_ended, roles)
    found.roles |= roles.others | {"stem": roles.stem}
    if roles.options and found.roles.get("answer") in roles.options.places:
        del found.roles["answer"]
    found.answer_name = names[roles.answers[0]] if roles.answers else ""
    for role, places in (("answer", roles.answers), ("explanation", roles.reasons)):
        if places:
            found.roles[role] = places[0]
    return found


def is_header_again(cells: Sequence[str], columns: Columns) -> bool:
    """Whether a row below a header is a header too, and no question about 题干, 选项 or 答案."""
    told = [(place, cell.strip()) for place, cell in enumerate(cells) if cell.strip()]
    exact = [place for place, cell in told if _is_word(cell)]
    answer = columns.roles.get("answer", -1)
    under = cells[answer].strip() if 0 <= answer < len(cells) else ""
    answered = bool(LETTERS.fullmatch(under.translate(SCAN))) or judged(under) is not None
    stems = sum(role_of(cell) == "stem" for _, cell in told)
    return not answered and stems == 1 and len(exact) >= 2 and len(exact) * 10 >= len(told) * 7


def _is_word(cell: str) -> bool:
    match = OPTION_NAME.match(_shown(cell))
    return bool(role_of(cell)) or (match is not None and _optional(match))


def blocks(cells: Sequence[str]) -> list[tuple[int, int]]:
    """(first, last + 1) of each block of a header that stands twice or more side by side."""
    words = [folded(cell) if cell.strip() else "" for cell in cells]
    if sum(role_of(word) == "stem" for word in words) < 2:
        return []
    first = next(place for place, word in enumerate(words) if word)
    edges = [place for place, word in enumerate(words) if word == words[first]]
    parts = list(zip(edges, [*edges[1:], len(words)], strict=True))
    told = [[word for word in words[left:right] if word] for left, right in parts]
    return parts if len(parts) > 1 and all(part == told[0] for part in told) else []


def spread_options(
    columns: Columns, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[Columns, bool]:
    """(columns, whether the first row is a second header) of a 选项 that heads several columns.

    The heading is merged over them: the cells beside it are empty, those below it are not.
    """
    start = columns.roles.get("options")
    if start is None or columns.options or not rows:
        return columns, False
    widest = max(len(row) for row in rows)
    end = next((p for p in range(start + 1, len(header)) if header[p].strip()), widest)
    below = [[row[p].strip() for p in range(start, min(end, len(row)))] for row in rows]
    if end - start < 2 or not any(any(cells[1:]) for cells in below):
        return columns, False
    first = [cell for cell in rows[0] if cell.strip()]
    letters = [OPTION_NAME.match(cell) for cell in below[0]]
    second = all(letters) and len(first) == len(letters)
    roles = {role: place for role, place in columns.roles.items() if role != "options"}
    options = {chr(ord("A") + p - start): p for p in range(start, min(end, start + 10))}
    return Columns(roles, options, columns.open_ended), second


def with_type(columns: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """The columns, and as type one that nothing else names but that holds only words for types."""
    taken = {*columns.roles.values(), *columns.options.values()}
    if "type" not in columns.roles and len(rows) > 1:
        for at in range(max(map(len, rows))):
            seen = look([row[at] if at < len(row) else "" for row in rows])
            if at not in taken and seen.filled > 0.9 and seen.typed > 0.9:
                columns.roles["type"] = at
                break
    return columns


def by_content(rows: Sequence[Sequence[str]], header: Sequence[str] = ()) -> Columns | None:
    """The columns of a table whose header is missing or says nothing, by what its cells look like."""
    told = [row for row in rows if sum(bool(cell.strip()) for cell in row) >= 2][:400]
    if len(told) < 2:
        return None
    widest = max(len(row) for row in (*told, header))
    full = [[*row, *[""] * (widest - len(row))] for row in told]
    names = [header[at].strip() if at < len(header) else "" for at in range(widest)]
    roles = assign(names, full)
    if roles is not None and roles.fits >= _SURE:
        columns = Columns(dict(roles.others) | {"stem": roles.stem}, assigned=roles)
        if roles.options is not None and roles.options.kind == "family":
            columns.options = {chr(65 + at): place for at, place in enumerate(roles.options.places)}
        elif roles.options is not None and roles.options.kind == "field":
            columns.roles["options"] = roles.options.places[0]
        if roles.answers:
            columns.roles["answer"] = roles.answers[0]
            columns.answer_name = names[roles.answers[0]]
        if roles.reasons:
            columns.roles["explanation"] = roles.reasons[0]
        return columns
    return None if header else _open_ended(full)


def listed_answers(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table of stems and, beside each, the list of its answers in words."""
    told = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    if len(told) < 3 or any(len(row) != 2 or _LIST.fullmatch(row[1]) is None for row in told):
        return None
    lists = [read_loose(row[1]) for row in told]
    texts = [one for part in lists if isinstance(part, list) for one in part]
    if any(not isinstance(part, list) for part in lists) or any(
        not isinstance(one, str) for one in texts
    ):
        return None
    if all(LETTERS.fullmatch(one.strip()) or judged(one) is not None for one in texts):
        return None
    full = [[at for at, cell in enumerate(row) if cell.strip()] for row in rows]
    if len({tuple(places) for places in full}) > 1:
        return None
    return Columns({"stem": full[0][0], "answer": full[0][1]}, listed=True)


_LIST = re.compile(r"\[.*\]", re.DOTALL)


def is_foreign(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a first row is short words over columns of other things: a header nobody knows."""
    if read_header(first, loose=True) is not None:
        return True
    told = [cell.strip() for cell in first if cell.strip()]
    if len(told) < 2 or len(set(told)) < len(told) or max(map(len, told)) > 24:
        return False
    for at, cell in enumerate(first):
        seen = look([row[at] if at < len(row) else "" for row in rows])
        fits = bool(LETTERS.fullmatch(cell.translate(SCAN))) or judged(cell) is not None
        if cell.strip() and seen.answerish > 0.9 and not fits and not cell.strip().isdigit():
            return True
    return False


def _open_ended(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Number, stem, and as many answers in words as a question has."""
    looks = [look([row[at] for row in rows]) for at in range(len(rows[0]))]
    counted = next((at for at in (0, 1) if at < len(looks) and looks[at].counting), None)
    rest = [at for at in range(len(looks)) if at != counted and looks[at].filled > 0.8]
    if counted is None or not rest:
        return None
    stem = max(rest, key=lambda at: (looks[at].length, -at))
    if stem + 1 >= len(looks) or looks[stem + 1].filled <= 0.9:
        return None
    columns = Columns({"number": counted, "stem": stem, "answer": stem + 1})
    columns.open_ended = any(seen.filled > 0 for seen in looks[stem + 2 :])
    return columns
