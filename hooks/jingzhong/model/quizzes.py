"""Quiz banks: `quizzes/<id>.yml`. Options are keyed by id, so shuffling never breaks an answer."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from typing import Any

from jingzhong.errors import quoted
from jingzhong.model.articles import parse_article
from jingzhong.model.fields import (
    INVALID,
    At,
    Boolean,
    Choice,
    Date,
    Integer,
    Kind,
    ListOf,
    MapOf,
    Nested,
    Raw,
    Record,
    Reference,
    Term,
    Text,
    read_record,
    spec,
)
from jingzhong.model.source import Node, Scalar, Sequence, Source, kind_of, parse_yaml

TYPES = {
    "single": "单选题",
    "multiple": "多选题",
    "judge": "判断题",
    "blank": "填空题",
    "order": "排序题",
    "match": "连线题",
}
BLANK = re.compile(r"_{3,}")
_LETTER, _DIGIT = r"[A-Z]", r"[1-9]\d?"


@dataclass(frozen=True)
class LawReference:
    """What a question teaches: a regulation and, mostly, one article of it."""

    law: str
    article: str | None
    line: int


class LawText(Kind):
    """`fire-law 第二十八条`: a regulation id and, after a space, the article in force."""

    what = "“法规 id”或“法规 id 空格 条号”"

    def read(self, node: Node, at: At, example: str) -> Any:
        scalar = self.scalar(node, at, example)
        if scalar is None:
            return INVALID
        law, *rest = scalar.text.split(maxsplit=1)
        article = parse_article(rest[0]) if rest else None
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", law) or (rest and article is None):
            at.fail(node.line, self.what, quoted(scalar.text), example)
            return INVALID
        return LawReference(law, article, node.line)


@dataclass(frozen=True, kw_only=True)
class QuestionImage(Record):
    """A picture under `content/` that a question shows."""

    src: str = spec(Text(), "文件（content/ 下的路径）", "images/sign-no-fire.svg")
    alt: str = spec(Text(), "图上有什么", "红色圆环内一根火柴加斜杠")


Answer = str | bool | tuple[tuple[str, ...], ...] | MappingType[str, str]


@dataclass(frozen=True, kw_only=True)
class Question(Record):
    """One question.

    `answer` by type: single "B"; multiple "ABD"; judge True or False; blank the accepted
    texts of each blank; order "BDAC"; match {"A": "2"}.
    """

    id: str = spec(Text("小写英文 id", r"[a-z0-9][a-z0-9-]*"), "题目 id", "home-001")
    type: str = spec(Choice("题型", TYPES), "题型", "single")
    stem: str = spec(Text(), "题干", "闻到燃气味先做什么？")
    passage: str | None = spec(Text(), "材料", "某小区楼道里……", default=None)
    image: QuestionImage | None = spec(Nested(QuestionImage), "图片", "", default=None)
    left: MappingType[str, str] = spec(
        MapOf(Text(), _LETTER, "“A: 文字”逐行写的左列", distinct=True),
        "左列",
        "A: 禁止标志",
        default=dict,
    )
    right: MappingType[str, str] = spec(
        MapOf(Text(), _DIGIT, "“1: 文字”逐行写的右列", distinct=True),
        "右列",
        "1: 红色圆环带斜杠",
        default=dict,
    )
    options: MappingType[str, str] = spec(
        MapOf(Text(), _LETTER, "“A: 文字”逐行写的选项", distinct=True),
        "选项",
        "A: 关阀开窗",
        default=dict,
    )
    fixed_options: tuple[str, ...] = spec(
        ListOf(Text("选项字母（大写）", _LETTER)), "不参与打乱的选项", "D", default=()
    )
    answer: Any = spec(Raw(), "答案", "B")
    any_order: bool = spec(Boolean(), "各空可以互换", "true", default=False)
    explanation: str = spec(Text(), "解析", "先断气源，再到户外打电话。")
    law: tuple[LawReference, ...] = spec(
        ListOf(LawText(), or_one=True), "条文", "fire-law 第二十八条", default=()
    )
    case: tuple[str, ...] = spec(
        ListOf(Reference("case", "案例 id"), or_one=True),
        "案例",
        "2015-08-12-tianjin-ruihai",
        default=(),
    )
    difficulty: int = spec(Integer(1, 5), "难度", "2")
    topics: tuple[str, ...] = spec(ListOf(Text()), "主题", "消防", default=())

    @property
    def type_name(self) -> str:
        """单选题, 多选题 …"""
        return TYPES[self.type]


class _Asked(Nested):
    """A question whose parts and answer fit its type."""

    def read(self, node: Node, at: At, example: str) -> Any:
        question = super().read(node, at, example)
        if question is INVALID:
            return INVALID
        before = len(at.report)
        checked = _check_question(question, at)
        return checked if len(at.report) == before else INVALID


@dataclass(frozen=True, kw_only=True)
class Bank(Record):
    """One bank of questions."""

    title: str = spec(Text(), "题库名", "社区与家庭安全")
    audience: tuple[str, ...] = spec(ListOf(Term("受众", "audience"), least=1), "给谁", "居民")
    topics: tuple[str, ...] = spec(ListOf(Text()), "主题", "消防", default=())
    description: str | None = spec(Text(), "简介", "家里、楼道、小区常见的险情", default=None)
    reviewed: datetime.date = spec(Date(), "最近核对日期", "2026-11-23")
    questions: tuple[Question, ...] = spec(
        ListOf(_Asked(Question), least=1), "题目", "id: home-001"
    )

    id: str = field(default="", kw_only=True)


def parse_bank(source: Source, at: At) -> Bank | None:
    """Read one bank; None after every fault in it was reported."""
    node = parse_yaml(source.text, source.path, at.report)
    bank = read_record(Bank, node, at) if node is not None else None
    if bank is None:
        return None
    return replace(bank, id=source.path.rsplit("/", 1)[-1].removesuffix(".yml"))


_PARTS: MappingType[str, tuple[str, ...]] = {
    "single": ("options",),
    "multiple": ("options",),
    "order": ("options",),
    "match": ("left", "right"),
}


def _check_question(question: Question, at: At) -> Question:
    """Check parts against the type and turn the answer into its model form."""
    needed = _PARTS.get(question.type, ())
    for name in ("options", "left", "right"):
        present = bool(getattr(question, name))
        if present and name not in needed:
            what, line = f"{question.type_name}不写 {name}", question.line_of(name)
            at.child(name).fail(line, what, f"写了 {name}", "删去，或改正 type")
        elif name in needed and not present:
            what = f"{question.type_name}写出 {name}"
            example = f"{name}: 下一行缩进写 {'1' if name == 'right' else 'A'}: 文字"
            at.child(name).fail(question.line_of("type"), what, "没有写", example)
    for number, letter in enumerate(question.fixed_options if question.options else (), 1):
        if letter not in question.options:
            have = "、".join(question.options)
            line = question.line_of_item("fixed_options", number)
            at.child("fixed_options").fail(
                line, f"选项中有的字母（{have}）", quoted(letter), f"- {have[-1]}"
            )
    if question.any_order and question.type != "blank":
        line = question.line_of("any_order")
        at.child("any_order").fail(
            line, "只在填空题里写 any_order", f"写在{question.type_name}里", "删去，或改正 type"
        )
    if question.type == "blank" and not BLANK.search(question.stem):
        what = "题干里用 ____（四个下划线）表示空"
        line, got = question.line_of("stem"), quoted(question.stem)
        at.child("stem").fail(line, what, got, "火警电话是____。")
    node: Node = question.answer
    answer = _READERS[question.type](question, node, at.child("answer"))
    return replace(question, answer=answer)


def _letters(question: Question, node: Node, at: At, example: str) -> str | None:
    if not isinstance(node, Scalar) or not re.fullmatch(r"[A-Z]+", node.text):
        at.fail(node.line, "选项字母（大写，连着写，不加标点）", kind_of(node), example)
        return None
    unknown = [letter for letter in node.text if letter not in question.options]
    if unknown and question.options:
        have = "、".join(question.options)
        at.fail(node.line, f"选项中有的字母（{have}）", quoted("".join(unknown)), example)
        return None
    if len(set(node.text)) < len(node.text):
        at.fail(node.line, "每个字母只写一次", quoted(node.text), example)
        return None
    return node.text


def _read_single(question: Question, node: Node, at: At) -> str:
    letters = _letters(question, node, at, "B") or ""
    if len(letters) > 1:
        at.fail(node.line, "一个字母（两个以上答案请用 type: multiple）", quoted(letters), "B")
    return letters


def _read_multiple(question: Question, node: Node, at: At) -> str:
    letters = _letters(question, node, at, "ABD") or ""
    if len(letters) == 1:
        at.fail(node.line, "至少两个字母（只有一个答案请用 type: single）", quoted(letters), "ABD")
    return "".join(sorted(letters))


def _read_order(question: Question, node: Node, at: At) -> str:
    letters = _letters(question, node, at, "BDAC") or ""
    total = len(question.options)
    if letters and total and len(letters) != total:
        at.fail(node.line, f"全部 {total} 个选项的顺序", f"{len(letters)} 个", "BDAC")
    return letters


def _read_judge(question: Question, node: Node, at: At) -> bool:
    if not isinstance(node, Scalar) or node.text not in ("对", "错"):
        at.fail(node.line, "“对”或“错”", kind_of(node), "对")
        return False
    return node.text == "对"


def _read_blank(question: Question, node: Node, at: At) -> tuple[tuple[str, ...], ...]:
    example = '[["119"], ["120", "一二零"]]'
    what = "每个空一个列表，列出可接受的写法"
    blanks = len(BLANK.findall(question.stem))
    if not isinstance(node, Sequence):
        at.fail(node.line, what, kind_of(node), example)
        return ()
    accepted = []
    for item in node.items:
        texts = item.items if isinstance(item, Sequence) else ()
        words = tuple(t.text.strip() for t in texts if isinstance(t, Scalar) and t.text.strip())
        if not words or len(words) != len(texts):
            empty = "有空值的列表" if texts else "空列表"
            got = empty if isinstance(item, Sequence) else kind_of(item)
            at.fail(item.line, what, got, example)
        accepted.append(words)
    if blanks and len(accepted) != blanks:
        at.fail(node.line, f"{blanks} 个空的答案", f"{len(accepted)} 个空的答案", example)
    return tuple(accepted)


def _read_match(question: Question, node: Node, at: At) -> dict[str, str]:
    kind = MapOf(Text("右列的编号", _DIGIT), _LETTER, "“A: 2”逐行写的配对")
    pairs = kind.read(node, at, "A: 2")
    if pairs is INVALID or not (question.left and question.right):
        return {}
    unknown = [
        f"{letter}: {number}"
        for letter, number in pairs.items()
        if letter not in question.left or number not in question.right
    ]
    missing = [letter for letter in question.left if letter not in pairs]
    if unknown:
        have = f"左列（{'、'.join(question.left)}）和右列（{'、'.join(question.right)}）中有的编号"
        at.fail(node.line, have, quoted("，".join(unknown)), "A: 2")
    elif missing:
        what = f"左列每一项都有配对（{'、'.join(question.left)}）"
        at.fail(node.line, what, f"缺 {'、'.join(missing)}", f"{missing[0]}: 2")
    elif len(set(pairs.values())) < len(pairs):
        used = list(pairs.values())
        twice = next(number for number in used if used.count(number) > 1)
        at.fail(node.line, "右列每一项最多用一次", f"{twice} 用了两次以上", "A: 2")
    return dict(pairs)


_READERS = {
    "single": _read_single,
    "multiple": _read_multiple,
    "judge": _read_judge,
    "blank": _read_blank,
    "order": _read_order,
    "match": _read_match,
}
