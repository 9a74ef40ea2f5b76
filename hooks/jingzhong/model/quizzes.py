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
from jingzhong.model.source import Mapping, Node, Scalar, Sequence, Source, kind_of, parse_yaml

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
        law, _, article_text = scalar.text.strip().partition(" ")
        article = parse_article(article_text) if article_text.strip() else None
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", law) or (article_text and article is None):
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
        MapOf(Text(), _LETTER, "“A: 文字”逐行写的左列"), "左列", "A: 禁止标志", default=dict
    )
    right: MappingType[str, str] = spec(
        MapOf(Text(), _DIGIT, "“1: 文字”逐行写的右列"), "右列", "1: 红色圆环带斜杠", default=dict
    )
    options: MappingType[str, str] = spec(
        MapOf(Text(), _LETTER, "“A: 文字”逐行写的选项"), "选项", "A: 关阀开窗", default=dict
    )
    fixed_options: tuple[str, ...] = spec(
        ListOf(Text("选项字母", _LETTER)), "不参与打乱的选项", "D", default=()
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


@dataclass(frozen=True, kw_only=True)
class Bank(Record):
    """One bank of questions."""

    title: str = spec(Text(), "题库名", "社区与家庭安全")
    audience: tuple[str, ...] = spec(ListOf(Term("受众", "audience"), least=1), "给谁", "居民")
    topics: tuple[str, ...] = spec(ListOf(Text()), "主题", "消防", default=())
    description: str | None = spec(Text(), "简介", "家里、楼道、小区常见的险情", default=None)
    reviewed: datetime.date = spec(Date(), "最近核对日期", "2026-11-23")
    questions: tuple[Question, ...] = spec(
        ListOf(Nested(Question), least=1), "题目", "id: home-001"
    )

    id: str = field(default="", kw_only=True)


def parse_bank(source: Source, at: At) -> Bank | None:
    """Read one bank; None after every fault in it was reported."""
    node = parse_yaml(source.text, source.path, at.report)
    if node is None:
        if not source.text.strip():
            at.fail(
                1, "题库（title、audience、questions 等字段）", "空文件", "title: 社区与家庭安全"
            )
        return None
    bank = read_record(Bank, node, at)
    questions = node.get("questions") if isinstance(node, Mapping) else None
    if bank is None or not isinstance(questions, Sequence):
        return None
    before = len(at.report)
    checked = [
        _check_question(question, at.child("questions").child(number))
        for number, question in enumerate(bank.questions, 1)
    ]
    if len(at.report) > before:
        return None
    name = source.path.rsplit("/", 1)[-1].removesuffix(".yml")
    return replace(bank, questions=tuple(checked), id=name)


def _check_question(question: Question, at: At) -> Question:
    """Check parts against the type and turn the answer into its model form."""
    needs = {"single": ("options",), "multiple": ("options",), "order": ("options",)}
    needed = needs.get(question.type, ("left", "right") if question.type == "match" else ())
    for name in ("options", "left", "right"):
        present = bool(getattr(question, name))
        if present != (name in needed):
            what = f"{question.type_name}{'写' if name in needed else '不写'} {name}"
            got = "有" if present else "没有"
            at.child(name).fail(question.line_of(name), what, got)
    for name in ("options", "left", "right"):
        _check_texts(question, name, at.child(name))
    for letter in question.fixed_options:
        if letter not in question.options:
            got = quoted(letter)
            at.child("fixed_options").fail(question.line_of("fixed_options"), "已有的选项字母", got)
    if question.any_order and question.type != "blank":
        got = question.type_name
        at.child("any_order").fail(question.line_of("any_order"), "只用于填空题", got)
    node: Node = question.answer
    answer = _READERS[question.type](question, node, at.child("answer"))
    return replace(question, answer=answer)


def _check_texts(question: Question, name: str, at: At) -> None:
    texts: dict[str, str] = {}
    values = getattr(question, name)
    for key, text in values.items():
        folded = re.sub(r"[\s。，、；.!！?？]+", "", text).casefold()
        if folded in texts:
            got = f"{texts[folded]} 和 {key} 同为{quoted(text)}"
            at.fail(question.line_of(name), "各项文字互不相同", got)
        texts.setdefault(folded, key)
    if values and len(values) < 2:
        at.fail(question.line_of(name), "至少 2 项", f"{len(values)} 项")


def _letters(question: Question, node: Node, at: At, example: str) -> str | None:
    what = "选项字母（连着写，不加标点）"
    if not isinstance(node, Scalar) or not re.fullmatch(r"[A-Z]+", node.text):
        at.fail(node.line, what, kind_of(node), example)
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
    if letters and len(letters) != len(question.options):
        got = f"{len(letters)} 个"
        at.fail(node.line, f"全部 {len(question.options)} 个选项的顺序", got, "BDAC")
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
    if not blanks:
        what_stem = "题干里用 ____（四个下划线）表示空"
        at.fail(question.line_of("stem"), what_stem, quoted(question.stem), "火警电话是____。")
    if not isinstance(node, Sequence):
        at.fail(node.line, what, kind_of(node), example)
        return ()
    accepted = []
    for item in node.items:
        texts = item.items if isinstance(item, Sequence) else ()
        words = tuple(t.text.strip() for t in texts if isinstance(t, Scalar) and t.text.strip())
        if not words or len(words) != len(texts):
            at.fail(item.line, what, kind_of(item), example)
        accepted.append(words)
    if blanks and len(accepted) != blanks:
        at.fail(node.line, f"{blanks} 个空的答案", f"{len(accepted)} 个", example)
    return tuple(accepted)


def _read_match(question: Question, node: Node, at: At) -> dict[str, str]:
    kind = MapOf(Text("右列的编号", _DIGIT), _LETTER, "“A: 2”逐行写的配对")
    pairs = kind.read(node, at, "A: 2")
    if pairs is INVALID:
        return {}
    for letter in question.left:
        if letter not in pairs:
            at.fail(node.line, f"左列每一项都有配对（{'、'.join(question.left)}）", f"缺 {letter}")
    for letter, number in pairs.items():
        if letter not in question.left or number not in question.right:
            at.fail(node.line, "左列和右列中有的编号", quoted(f"{letter}: {number}"), "A: 2")
    if len(set(pairs.values())) < len(pairs):
        at.fail(node.line, "右列每一项最多用一次", "重复的编号", "A: 2")
    return dict(pairs)


_READERS = {
    "single": _read_single,
    "multiple": _read_multiple,
    "judge": _read_judge,
    "blank": _read_blank,
    "order": _read_order,
    "match": _read_match,
}
