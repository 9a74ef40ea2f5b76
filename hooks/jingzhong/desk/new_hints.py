"""What an editor is told beside a question: what to type, an example, how to leave it out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jingzhong.desk.new_names import CITED_EXAMPLE
from jingzhong.model.fields import Boolean, Choice, Kind, Reference, Term
from jingzhong.model.quizzes import LawText


def words_of(kind: Kind, vocabularies: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Word → how it is shown, of what is chosen from a list; else nothing."""
    if isinstance(kind, Term):
        return {word: word for word in vocabularies[kind.vocabulary].values()}
    if not isinstance(kind, Choice):
        return {}
    if isinstance(kind.words, Mapping):
        return {word: f"{named}（{word}）" for word, named in kind.words.items()}
    return {word: word for word in kind.words}


def asks_for(kind: Kind, example: str, listed: bool) -> str:
    """What to type, and an example."""
    if listed:
        return "写编号或词"
    if isinstance(kind, LawText):
        return f"法规的名称或几个字，空一格写条号；例：{CITED_EXAMPLE}"
    if isinstance(kind, Reference):
        return {
            "regulation": "写全称、简称或其中几个字；例：消防法",
            "case": "写标题、俗称或其中几个字，也可以写日期；例：天津港爆炸",
            "question": "写题目 id，或题干里的几个字；例：home-001",
        }.get(kind.target, f"例：{example}")
    if isinstance(kind, Boolean):
        return "写 是 或 否"
    return f"例：{example}" if example else ""


def leave(kind: Kind, label: str) -> str:
    """How to leave a question out."""
    if isinstance(kind, Reference) and kind.target == "regulation" and label == "法规":
        return "本站没有收录的，直接回车，下一问再写"
    return "可不填，直接回车"


def numbered(typed: str, words: Mapping[str, str]) -> str:
    """The word that a number stands for, else what was typed."""
    if re.fullmatch("[0-9]{1,3}", typed) and 1 <= int(typed) <= len(words):
        return list(words)[int(typed) - 1]
    return typed
