"""Wrong rules, wrong names and old names in running text, found by `data/wording.yml`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import ContentError, Problem, Report, Severity, expected, quoted
from jingzhong.model.fields import Choice, Date, ListOf, Nested, Record, Text, spec
from jingzhong.rules.data_files import DATA, Pattern, load_rules
from jingzhong.rules.passages import SPOKEN, Passage, sentence_around

FILE = "wording.yml"
NEAR = 12  # How many characters before a hit may deny it.


@dataclass(frozen=True, kw_only=True)
class WordingRule(Record):
    """One thing that is often written wrong. `word` is part of every hit and speeds things up.

    With `since`, only texts that speak of that day or a later one are looked at; with
    `scope: 建议`, only what the site itself advises, not what happened in an accident.
    """

    id: str = spec(Text("小写英文 id", r"[a-z0-9][a-z0-9-]*"), "规则 id", "vent-first")
    word: str = spec(Text(), "每处都有的字词", "通风")
    pattern: re.Pattern[str] = spec(Pattern(), "怎样认出来（正则表达式）", "先检测.{0,3}后通风")
    right: str = spec(Text(), "正确的写法", "先通风、再检测、后作业")
    why: str = spec(Text(), "为什么", "没有通风就下去检测的人也会中毒")
    severity: Severity = spec(
        Choice("程度", ("error", "warning")), "程度", "warning", default="error"
    )
    since: datetime.date | None = spec(Date(), "从哪天起算错", "2018-11-09", default=None)
    scope: str = spec(Choice("范围", ("全部", "建议")), "范围", "建议", default="全部")
    history: str = spec(
        Choice("是否放过讲历史的句子", ("放过", "不放过")), "历史", "放过", default="放过"
    )
    exceptions: tuple[re.Pattern[str], ...] = spec(
        ListOf(Pattern()), "句子里有这些就不算", "设计", default=()
    )
    wrong: tuple[str, ...] = spec(ListOf(Text(), least=1), "会报的例句", "先检测，后通风")
    fine: tuple[str, ...] = spec(ListOf(Text(), least=1), "不报的例句", "先通风，再检测")

    def looks_at(self, passage: Passage) -> bool:
        """Whether the rule is about this kind of text, and about its day."""
        if passage.voice not in SPOKEN or (self.scope == "建议" and passage.voice != "says"):
            return False
        return self.since is None or passage.day >= self.since

    def message(self, got: str) -> str:
        """What to write instead, and why."""
        message = expected(self.right, quoted(got), self.fine[0].rstrip("。"))
        return f"{message}（为什么：{self.why}；规则 {self.id}）"

    def find(self, text: str, common: Common) -> Iterator[re.Match[str]]:
        """Each place in a text where the rule is broken."""
        if self.word not in text:
            return
        for match in self.pattern.finditer(text):
            sentence = sentence_around(text, match.start(), match.end())
            if any(spared.search(sentence) for spared in self.exceptions):
                continue
            before = text[max(match.start() - NEAR, 0) : match.start()]
            if not common.spares(sentence, before, self.history == "放过"):
                yield match


@dataclass(frozen=True, kw_only=True)
class Common(Record):
    """What spares a sentence from every rule: it denies the wrong thing, or tells history."""

    corrections: re.Pattern[str] = spec(Pattern(), "句子里指出写错了的说法", "误传|写成")
    denials: re.Pattern[str] = spec(Pattern(), "紧挨在前面的否定说法", "不得|不是")
    history: re.Pattern[str] = spec(Pattern(), "句子里讲历史的说法", "旧称|改名")

    def spares(self, sentence: str, before: str, history: bool) -> bool:
        """Whether a hit in this sentence, with these characters before it, is left alone."""
        return bool(
            self.corrections.search(sentence)
            or self.denials.search(before)
            or (history and self.history.search(sentence))
        )


@dataclass(frozen=True, kw_only=True)
class Wording(Record):
    """The whole rule file."""

    common: Common = spec(Nested(Common), "对全部规则有效的例外", "")
    rules: tuple[WordingRule, ...] = spec(ListOf(Nested(WordingRule), least=1), "规则", "id: …")


def load_wording(folder: Path = DATA) -> Wording:
    """Read the rules and try each on its own examples; ContentError says what does not fit."""
    wording = load_rules(Wording, FILE, folder)
    report = Report()
    path = f"hooks/jingzhong/rules/data/{FILE}"
    for rule in wording.rules:
        for name, texts, wanted in (("wrong", rule.wrong, True), ("fine", rule.fine, False)):
            for text in texts:
                if any(rule.find(text, wording.common)) != wanted:
                    what = f"规则 {rule.id} {'会报' if wanted else '不报'}的例句"
                    report.error(
                        path,
                        rule.line_of(name),
                        name,
                        expected(what, quoted(text), "改 pattern，或改例句"),
                    )
    if report.errors:
        raise ContentError(report.problems)
    return wording


def find_wording(texts: Sequence[Passage], wording: Wording) -> Iterator[Problem]:
    """What the rules find in the texts of one file that the site says or tells."""
    whole = "\n".join(passage.text for passage in texts)
    for rule in wording.rules:
        if rule.word not in whole:
            continue
        for passage in texts:
            if rule.looks_at(passage):
                for match in rule.find(passage.text, wording.common):
                    message = rule.message(match[0])
                    yield Problem(passage.path, passage.line, passage.field, message, rule.severity)
