"""A draft of a case: what the report says, beside its source; what it does not say is missing.

Two things keep it from publishing: the model (required fields are absent, each part of the body
begins with a heading that no case may have) and `rules/unfinished.py`, which refuses a TODO mark
or a note of a source that is left, so `check` fails until a person has written the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jingzhong.desk.canonical import canonical
from jingzhong.desk.yaml_writer import is_plain, quote
from jingzhong.exchange.laws.page import as_markdown
from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.exchange.reports.found import Finding
from jingzhong.exchange.reports.personal import without_numbers
from jingzhong.exchange.reports.sections import Cited, Moment
from jingzhong.model.articles import article_name
from jingzhong.model.cases import SECTIONS, Case
from jingzhong.model.source import Source
from jingzhong.rules.regions import load_regions

_CASUALTIES = ("deaths", "missing", "serious_injuries", "injuries")
_NAMES = {
    "date": "事故日期",
    "time": "时间",
    "province": "省级行政区",
    "city": "设区的市",
    "county": "区县",
    "company": "单位",
    "grade": "等级",
    "deaths": "死亡人数",
    "missing": "失踪人数",
    "serious_injuries": "重伤人数",
    "injuries": "受伤人数",
    "economic_loss_wan": "直接经济损失（万元）",
    "report": "报告名称",
    "authority": "发布机关",
    "published": "公布日期",
}
_REQUIRED = ("date", "province", "city", "report", "authority")
_MOST_SOURCE = 40


@dataclass
class Draft:
    """The text, what the report contradicts itself in, and what was not found."""

    text: str = ""
    disputed: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)


class _Lines:
    """Front matter as it grows: fields with the comments that stand above them."""

    def __init__(self, draft: Draft, findings: dict[str, Finding]) -> None:
        self.draft, self.findings, self.lines = draft, findings, list[str]()

    def comment(self, text: str, indent: int = 0) -> None:
        clean = re.sub(r"\s+", " ", without_numbers(text)).strip()
        self.lines.append(f"{' ' * indent}# {clean}")

    def plain(self, key: str, value: str, indent: int = 0) -> None:
        self.lines.append(f"{' ' * indent}{key}: {value if is_plain(value) else quote(value)}")

    def found(self, name: str, key: str = "", indent: int = 0, *, bare: bool = False) -> bool:
        """One finding: its value with its source; rivals or nothing become a TODO."""
        one, label = self.findings.get(name, Finding()), _NAMES[name]
        value = one.value
        if value is None:
            if one.is_disputed:
                self.comment(
                    f"TODO {label}：报告里有不同的说法（{'、'.join(one.values)}），没有选", indent
                )
                self.draft.disputed.append(f"{label}：{'、'.join(one.values)}")
            elif name in _REQUIRED:
                self.comment(f"TODO {label}：报告里没有找到{self._hint(name)}", indent)
                self.draft.lacking.append(label)
        for line in one.comments():
            self.comment(line, indent)
        if value is None:
            return False
        if bare:
            self.lines.append(f"{' ' * indent}{key or name}: {value}")
        else:
            self.plain(key or name, value, indent)
        return True

    def _hint(self, name: str) -> str:
        """The province that has the city of the report: for the editor, not a claim."""
        city = self.findings.get("city", Finding()).value
        homes = [one.province for one in load_regions() if city in one.cities]
        return f"（{city}属{homes[0]}，请核对）" if name == "province" and len(homes) == 1 else ""

    def group(self, key: str, names: Sequence[tuple[str, str]], *, bare: bool = False) -> None:
        """A mapping; without any value only its comments stay."""
        mark = len(self.lines)
        self.lines.append(f"{key}:")
        filled = [self.found(name, field_, 2, bare=bare) for name, field_ in names]
        if not any(filled):
            self.lines[mark:] = [line.strip() for line in self.lines[mark + 1 :]]


def build_draft(
    name: str,
    findings: dict[str, Finding],
    sections: dict[str, list[Paragraph]],
    course: Sequence[Moment],
    articles: Sequence[Cited],
    reviewed: str,
    notes: Sequence[str] = (),
) -> Draft:
    """The draft in canonical form; `notes` are told at its top."""
    draft = Draft()
    out = _Lines(draft, findings)
    out.comment(
        "TODO 这是从调查报告摘出来的草稿：逐项核对，用自己的话补齐，删去全部 TODO 和原文，再移到 cases/"
    )
    for note in notes:
        out.comment(f"TODO {note}")
    title = findings["report"].value
    if title and (short := re.sub(r"(?:调查评估|技术调查|调查处理|调查)?报告$", "", title)):
        out.comment(f"报告名称：{title}（标题由它去掉“调查报告”）")
        out.plain("title", short)
    else:
        out.comment("TODO 标题")
    out.found("date", bare=True)
    out.found("time")
    out.group("place", [(one, one) for one in ("province", "city", "county")])
    out.found("company")
    for field_, words in (("sector", "行业领域"), ("accident_type", "事故类型")):
        out.comment(f"TODO {field_}　{words}：请从词表里选，报告的说法见正文")
    out.plain("status", "初报")
    out.found("grade")
    mark = len(out.lines)
    out.group("casualties", [(one, one) for one in _CASUALTIES], bare=True)
    if "casualties:" not in out.lines[mark:]:
        out.comment("TODO casualties　伤亡：没有可以直接用的数字")
        draft.lacking.append("伤亡")
    out.found("economic_loss_wan", bare=True)
    out.comment("TODO cause　一句话原因：用自己的话")
    _timeline(out, course)
    out.comment("TODO actions　给谁、做什么：最多五条")
    _violations(out, articles)
    out.group("report", [("report", "title"), ("authority", "authority"), ("published", "date")])
    out.comment("TODO sources　出处：写明在哪里看到这份报告")
    out.plain("reviewed", reviewed)
    head = "\n".join(out.lines)
    text = f"---\n{head}\n---\n\n{_body(sections)}\n"
    draft.text = canonical(Source(f"cases/{name}.md", text), Case)
    return draft


def some(lines: Sequence[int], most: int = 12) -> str:
    """3、5、9 等 20; so many that a line can be read."""
    shown = "、".join(map(str, lines[:most]))
    return f"{shown} 等 {len(lines)}" if len(lines) > most else shown


def _timeline(out: _Lines, course: Sequence[Moment]) -> None:
    if course:
        out.comment("TODO timeline　每个时间写一句 event（自己的话），不需要的删去")
        out.lines.append("timeline:")
    for one in course:
        out.comment(f"第 {one.line} 段：{one.words}", 2)
        time = one.time if is_plain(one.time) else quote(one.time)
        out.lines.append(f"  - time: {time}")


def _violations(out: _Lines, articles: Sequence[Cited]) -> None:
    broken = [one for one in articles if one.broken]
    if broken:
        out.comment("TODO violations　每条写 gist（要点，自己的话），核对是不是报告认定的违法事实")
        out.lines.append("violations:")
    for one in broken:
        out.comment(f"第 {one.line} 段：{one.words}", 2)
        key, value = ("law", one.law) if one.law else ("law_title", one.title)
        out.lines.append(f"  - {key}: {value if is_plain(value or '') else quote(value or '')}")
        if one.article:
            is_clause = "." in one.article or not re.fullmatch(r"\d+(-\d+)?", one.article)
            words = quote(one.article) if is_clause else article_name(one.article)
            out.lines.append(f"    {'clause' if is_clause else 'article'}: {words}")
        out.lines.append("    basis: 报告认定")
    for one in articles:
        if not one.broken:
            name = f"《{one.title}》"
            if one.article and re.fullmatch(r"\d+(-\d+)?", one.article):
                name += article_name(one.article)
            why = f"请核对：{one.doubt}" if one.doubt else "没有说违反"
            out.comment(f"报告还提到{name}（{why}）　第 {one.line} 段：{one.words}")


def _body(sections: dict[str, list[Paragraph]]) -> str:
    blocks: list[str] = []
    for heading in SECTIONS:
        source = sections.get(heading, [])
        blocks.append(f"## {heading}")
        blocks.append("### TODO 用自己的话写，再删去这一行和下面的报告原文")
        if not source:
            blocks.append("报告里没有找到这一部分。")
        shown = source[:_MOST_SOURCE]
        blocks += [f"> 第 {one.line} 段：{as_markdown(without_numbers(one.text))}" for one in shown]
        if len(source) > len(shown):
            blocks.append(
                f"> 还有 {len(source) - len(shown)} 段，见报告第 {source[-1].line} 段为止。"
            )
    return "\n\n".join(blocks)
