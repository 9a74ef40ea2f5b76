"""Which column of a table holds what: by the words of a header, else by the content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from jingzhong.exchange.questions.answers import judged
from jingzhong.exchange.questions.marks import TYPES
from jingzhong.exchange.questions.tidy import SCAN

# The roles a column can have, and the words that headers use for them (blanks and signs left out).
_HEADERS = {
    "number": (
        "序号 编号 题号 题目编号 试题编号 题目序号 试题序号 no id 序 题目id 试题id index num"
    ),
    "type": (
        "题型 类型 题目类型 试题类型 题类 试题题型 题目题型 type questiontype 题型名称 qtype 题目分类 试题类别"
    ),
    "stem": (
        "题目 题干 试题 题目内容 试题内容 题目描述 试题题干 题干内容 题目题干 问题 题目名称 试题名称 考题 question stem title "
        "content 内容 题面 题目标题 问题内容 试题正文 题目正文 题干题目 考题内容 试题标题 questiontext 名称 标题 试题题目"
    ),
    "options": (
        "选项 备选答案 备选项 选项内容 候选项 答案选项 试题选项 题目选项 选择项 options choices 可选项 备选 选项列表 所有选项 候选答案 "
        "option answers"
    ),
    "answer": (
        "答案 正确答案 标准答案 参考答案 正确选项 试题答案 题目答案 answer correct 正解 key correctanswer "
        "rightanswer 答案内容 标准答 本题答案 答案正确答案 右答案 标答"
    ),
    "explanation": (
        "解析 答案解析 试题解析 题目解析 解释 说明 详解 analysis explanation 答题解析 解题思路 习题解析 试题分析 分析 答案说明 题解 "
        "理由 remark"
    ),
    "basis": (
        "依据 出题依据 法规依据 参考依据 来源 出处 命题依据 依据出处 法律依据 制度依据 标准依据 依据条款 答案依据"
    ),
    "difficulty": ("难度 难易度 难度系数 难易程度 difficulty 题目难度 试题难度 难度等级"),
    "right": ("是否正确 是否正确答案 是否答案 是否为正确答案 是否为答案 iscorrect isright"),
    "picture": ("图片 题图 图 附图 image picture 题目图片 试题图片"),
    "own": ("我的答案 考生答案 你的答案 用户答案 作答 学员答案 所选答案 选择 selected"),
}
_LOOKUP = {word: role for role, words in _HEADERS.items() for word in words.split()}
_OPTION_HEADER = re.compile(
    r"^(?:选项|答案|备选项?|备选答案|选择项|选择|option|opt|choice|answer|item)?[\s_\-.:：（(【\[]*([A-J]|[1-9]|[一二三四五六七八九]|[①-⑨])[\s)）\]】]*(?:选项|项|答案)?$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[A-Ja-j](?:[ ,、;，；/|]*[A-Ja-j]){0,9}[ .。;；,，:：]*")


@dataclass
class Columns:
    """Role → column; option columns in their order, keyed by letter."""

    roles: dict[str, int] = field(default_factory=dict)
    options: dict[str, int] = field(default_factory=dict)
    open_ended: bool = False

    @property
    def usable(self) -> bool:
        """A table of questions has stems, and answers or options."""
        return "stem" in self.roles and (
            "answer" in self.roles or bool(self.options) or "options" in self.roles
        )


def _folded(cell: str) -> str:
    words = re.sub(r"[（(][^（）()]*[)）]|[*＊]", "", cell.translate(SCAN)) or cell
    return re.sub(r"[\s:：、.。*（）()\[\]【】_\-/]+", "", words).casefold()


def read_header(cells: Sequence[str]) -> Columns | None:
    """The columns that a row of words names; None for a row that is no header."""
    columns = Columns()
    for place, cell in enumerate(cells):
        text = cell.strip()
        if not text or len(text) > 30:
            continue
        role = _LOOKUP.get(_folded(text))
        shown = re.sub(r"[（(][^（）()A-Ja-j]*[)）]|[*＊]|\s", "", text.translate(SCAN))
        option = _OPTION_HEADER.match(shown)
        if option and (role is None or len(text) <= 2):
            letter = _letter(option[1])
            if letter:
                columns.options.setdefault(letter, place)
        elif role and (role not in columns.roles):
            columns.roles[role] = place
        elif role is None:
            guess = _guess(_folded(text))
            if guess:
                columns.roles.setdefault(guess, place)
    if len(columns.options) == 1 and "A" not in columns.options:
        columns.options = {}
    if list(columns.options) and "stem" not in columns.roles:
        return None
    return columns if columns.usable else None


def is_header_again(cells: Sequence[str], columns: Columns) -> bool:
    """Whether a row below a header is a header too, and no question about 题干, 选项 or 答案."""
    told = [(place, cell.strip()) for place, cell in enumerate(cells) if cell.strip()]
    exact = [place for place, cell in told if _is_word(cell)]
    answer = columns.roles.get("answer", -1)
    under = cells[answer].strip() if 0 <= answer < len(cells) else ""
    answered = bool(_LETTERS.fullmatch(under.translate(SCAN))) or judged(under) is not None
    stems = sum(_LOOKUP.get(_folded(cell)) == "stem" for _, cell in told)
    return not answered and stems == 1 and len(exact) >= 2 and len(exact) * 10 >= len(told) * 7


def _is_word(cell: str) -> bool:
    return _folded(cell) in _LOOKUP or _OPTION_HEADER.match(cell) is not None


def blocks(cells: Sequence[str]) -> list[tuple[int, int]]:
    """(first, last + 1) of each block of a header that stands twice or more side by side."""
    words = [_folded(cell) if cell.strip() else "" for cell in cells]
    if sum(_LOOKUP.get(word) == "stem" for word in words) < 2:
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
    letters = [_OPTION_HEADER.match(cell) for cell in below[0]]
    second = all(letters) and len(first) == len(letters)
    roles = {role: place for role, place in columns.roles.items() if role != "options"}
    options = {chr(ord("A") + p - start): p for p in range(start, min(end, start + 10))}
    return Columns(roles, options, columns.open_ended), second


def _guess(word: str) -> str:
    """A role for a header that is no listed word but contains one."""
    for sign, role in (
        ("解析", "explanation"),
        ("依据", "basis"),
        ("题干", "stem"),
        ("题目", "stem"),
        ("试题", "stem"),
        ("正确答案", "answer"),
        ("答案", "answer"),
        ("题型", "type"),
    ):
        if sign in word and len(word) <= 12:
            return role
    return ""


def _letter(sign: str) -> str:
    if sign.isalpha() and sign.isascii():
        return sign.upper()
    for row in ("123456789", "一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨"):
        if sign in row:
            return chr(ord("A") + row.index(sign))
    return ""


def by_content(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table without a header, by what its cells look like."""
    rows = [row for row in rows if sum(bool(cell.strip()) for cell in row) >= 2][:400]
    if len(rows) < 2:
        return None
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    widest = max(len(row) for row in rows)
    columns = Columns()
    shares = [
        _shares([row[place].strip() for row in rows if place < len(row)]) for place in range(widest)
    ]
    filled = [
        sum(1 for row in rows if place < len(row) and row[place].strip()) for place in range(widest)
    ]
    counts = range(widest)
    numbers = [
        place
        for place in counts
        if shares[place]["number"] > 0.9 and filled[place] > len(rows) * 0.8
    ]
    if numbers and numbers[0] <= 1:
        columns.roles["number"] = numbers[0]
    rest = [place for place in counts if place not in columns.roles.values() and filled[place] > 0]
    for role, least in (("type", 0.7), ("answer", 0.85)):
        fitting = [
            place
            for place in rest
            if shares[place][role] > least and filled[place] > len(rows) * 0.6
        ]
        if fitting and role not in columns.roles:
            columns.roles[role] = fitting[-1] if role == "answer" else fitting[0]
            rest = [place for place in rest if place != columns.roles[role]]
    long = [place for place in rest if filled[place] > len(rows) * 0.8]
    if not long:
        return None
    stem = max(long, key=lambda place: (shares[place]["length"], -place))
    columns.roles["stem"] = stem
    rest = [place for place in rest if place != stem]
    optioned = [place for place in rest if shares[place]["options"] > 0.5]
    if optioned:
        columns.roles["options"] = optioned[0]
        rest = [place for place in rest if place != optioned[0]]
    if "answer" in columns.roles:
        after = [place for place in rest if place > stem and filled[place] >= len(rows) * 0.2]
        if len(after) >= 2 and "options" not in columns.roles:
            columns.options = {chr(ord("A") + at): place for at, place in enumerate(after[:8])}
        return columns
    after = [place for place in rest if place > stem]
    if (
        after
        and after[0] == stem + 1
        and filled[after[0]] > len(rows) * 0.9
        and width >= 2
        and ("number" in columns.roles or len(after) == 1)
    ):
        columns.roles["answer"] = after[0]
        columns.open_ended = len(after) > 1
        return columns if "number" in columns.roles else None
    return None


def _shares(cells: Sequence[str]) -> dict[str, float]:
    told = [cell for cell in cells if cell]
    if not told:
        return {"number": 0, "type": 0, "answer": 0, "length": 0, "options": 0}
    scans = [cell.translate(SCAN) for cell in told]
    total = len(told)
    return {
        "number": sum(bool(re.fullmatch(r"\d{1,6}(?:\.0)?[.、)]?", scan)) for scan in scans)
        / total,
        "type": sum(bool(re.fullmatch(rf"(?:{TYPES})", scan)) for scan in scans) / total,
        "answer": sum(
            bool(re.fullmatch("[0-2]", scan))
            or bool(_LETTERS.fullmatch(scan))
            or judged(scan) is not None
            for scan in scans
        )
        / total,
        "length": sum(len(scan) for scan in scans) / total,
        "options": sum(
            bool(re.search(r"(?:^|\W)A[.、:)].+\WB[.、:)]|^\[.*\]$", scan, re.DOTALL))
            for scan in scans
        )
        / total,
    }
