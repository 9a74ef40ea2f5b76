"""Accident cases: `cases/<date>-<slug>.md`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from jingzhong.errors import Report, closest, expected, nearest, quoted
from jingzhong.model.fields import (
    Article,
    At,
    Choice,
    Date,
    Integer,
    ListOf,
    Nested,
    Number,
    Record,
    Reference,
    Term,
    Text,
    Url,
    read_record,
    spec,
)
from jingzhong.model.source import FrontMatter, Source, parse_heading, split_front_matter

GRADES = ("特别重大", "重大", "较大", "一般")
STATUSES = ("初报", "调查中", "已结案", "已评估")
BASES = ("报告认定", "编者对照")
SECTIONS = ("事故经过", "直接原因", "间接原因", "事故教训", "防范措施", "责任追究")
_ALWAYS_REQUIRED = ("事故经过", "事故教训")
_REQUIRED_WHEN_CLOSED = ("直接原因", "间接原因")


@dataclass(frozen=True, kw_only=True)
class Place(Record):
    """Where it happened."""

    province: str = spec(Text(), "省级行政区", "天津市")
    city: str = spec(Text(), "设区的市（直辖市再写一次）", "天津市")
    county: str | None = spec(Text(), "区县", "滨海新区", default=None)
    detail: str | None = spec(Text(), "具体地点", "瑞海公司危险品仓库", default=None)


@dataclass(frozen=True, kw_only=True)
class AccidentType(Record):
    """Type by the standard in force and, where useful, by the one before."""

    current: str = spec(Term("事故类型（GB 6441-2025）", "type"), "事故类型", "火灾")
    legacy: str | None = spec(
        Term("旧事故类型（GB 6441-1986）", "legacy type"), "旧分类", "其他爆炸", default=None
    )
    basis: str | None = spec(
        Choice("类型的依据", ("编者判断",)), "类型的依据", "编者判断", default=None
    )


@dataclass(frozen=True, kw_only=True)
class Casualties(Record):
    """Counts of people; a missing key is unknown, never zero. `injuries` includes the serious."""

    deaths: int | None = spec(Integer(), "死亡人数", "3", default=None)
    missing: int | None = spec(Integer(), "失踪人数", "0", default=None)
    serious_injuries: int | None = spec(Integer(), "重伤人数", "2", default=None)
    injuries: int | None = spec(Integer(), "受伤人数（含重伤）", "5", default=None)
    rescuers: int | None = spec(Integer(), "另计的救援人员伤亡", "1", default=None)


@dataclass(frozen=True, kw_only=True)
class Reported(Record):
    """What the grade was set by, where later figures differ."""

    deaths: int | None = spec(Integer(), "定级时的死亡人数", "19", default=None)
    injuries: int | None = spec(Integer(), "定级时的受伤人数", "172", default=None)
    until: datetime.date | None = spec(Date(), "统计截止日", "2020-06-20", default=None)


@dataclass(frozen=True, kw_only=True)
class Notes(Record):
    """One sentence on a figure: its basis, its date."""

    deaths: str | None = spec(Text(), "死亡人数说明", "含失踪", default=None)
    injuries: str | None = spec(Text(), "受伤人数说明", "含重伤", default=None)
    loss: str | None = spec(Text(), "损失说明", "截至2015年12月10日核定", default=None)
    type: str | None = spec(Text(), "类型说明", "先火灾后爆炸", default=None)
    grade: str | None = spec(Text(), "等级说明", "按死亡人数", default=None)


@dataclass(frozen=True, kw_only=True)
class Moment(Record):
    """One entry of the timeline; `time` is text as published."""

    time: str | None = spec(Text(), "时间", "22:51", default=None)
    event: str = spec(Text(), "发生了什么", "堆场一只集装箱起火")


@dataclass(frozen=True, kw_only=True)
class Action(Record):
    """What one kind of reader can do."""

    audience: str = spec(Term("受众", "audience"), "给谁", "居民")
    do: str = spec(Text(), "做什么", "看见管道旁施工先打燃气公司电话")


@dataclass(frozen=True, kw_only=True)
class Violation(Record):
    """An article that the accident broke.

    `article` counts in the version in force on the accident's date unless `version` (the day
    a version was adopted) says otherwise.
    """

    law: str | None = spec(Reference("regulation", "法规 id"), "法规 id", "fire-law", default=None)
    law_title: str | None = spec(
        Text(), "本站没有收录的法规全称", "港口危险货物安全管理规定", default=None
    )
    article: str | None = spec(Article(), "条号", "第二十八条", default=None)
    paragraph: int | None = spec(Integer(1), "款", "1", default=None)
    item: int | None = spec(Integer(1), "项", "2", default=None)
    clause: str | None = spec(Text(), "标准的条文号", "5.3.1", default=None)
    version: str | None = spec(
        Date(partial=True), "条号所属版本的通过日期", "2014-08-31", default=None
    )
    gist: str = spec(Text(), "要点（自己的话）", "不得堵塞安全出口")
    basis: str = spec(Choice("依据", BASES), "依据", "编者对照")


@dataclass(frozen=True, kw_only=True)
class Accountability(Record):
    """Accountability as published."""

    officials: int | None = spec(Integer(), "被问责的公职人员数", "12", default=None)
    criminal: int | None = spec(Integer(), "被采取刑事措施或判刑人数", "5", default=None)
    note: str | None = spec(Text(), "说明", "处理细节未公布", default=None)


@dataclass(frozen=True, kw_only=True)
class InvestigationReport(Record):
    """The official report."""

    title: str = spec(Text(), "报告名称", "某公司“1·1”事故调查报告")
    authority: str = spec(Text(), "发布机关", "应急管理部")
    date: str | None = spec(Date(partial=True), "公布日期", "2019-11-15", default=None)
    number: str | None = spec(Text(), "文号", "鲁政字〔2024〕52号", default=None)
    url: str | None = spec(Url(), "网址", "https://www.mem.gov.cn/", default=None)


@dataclass(frozen=True, kw_only=True)
class CaseSource(Record):
    """Where a fact was published; linked only when it is a government or named news site."""

    title: str = spec(Text(), "名称", "调查报告")
    publisher: str = spec(Text(), "发布者", "应急管理部")
    date: str | None = spec(Date(partial=True), "日期", "2019-11-15", default=None)
    url: str | None = spec(Url(), "网址", "https://www.mem.gov.cn/", default=None)


@dataclass(frozen=True, kw_only=True)
class CaseImage(Record):
    """A picture under `content/`, with what it shows and who made it."""

    file: str = spec(Text(), "文件（content/ 下的路径）", "images/tianjin.svg")
    alt: str = spec(Text(), "图上有什么，给看不见的人听", "仓库平面示意图")
    credit: str = spec(Text(), "作者或来源", "本站绘制")


@dataclass(frozen=True, kw_only=True)
class Correction(Record):
    """A public note that the page was corrected."""

    date: datetime.date = spec(Date(), "更正日期", "2026-06-01")
    what: str = spec(Text(), "更正了什么", "受伤人数由 44 改为 43")


@dataclass(frozen=True)
class Section:
    """One `##` section of a body; its Markdown begins on the line after `line`."""

    heading: str
    markdown: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Case(Record):
    """One accident."""

    title: str = spec(Text(), "标题", "某市“6·1”较大火灾事故")
    aliases: tuple[str, ...] = spec(ListOf(Text()), "俗称", "天津港爆炸", default=())
    date: datetime.date = spec(Date(), "事故日期", "2015-08-12")
    time: str | None = spec(Text(), "时间", "22:51 起火", default=None)
    place: Place = spec(Nested(Place), "地点", "")
    company: str | None = spec(Text(), "单位", "某某公司", default=None)
    sector: tuple[str, ...] = spec(
        ListOf(Term("行业领域", "sector"), least=1, most=4), "行业领域", "消防"
    )
    accident_type: AccidentType = spec(Nested(AccidentType), "事故类型", "")
    status: str = spec(Choice("状态", STATUSES), "状态", "已结案")
    grade: str | None = spec(Choice("等级", GRADES), "事故等级", "较大", default=None)
    grade_basis: str | None = spec(Text(), "等级依据", "按直接经济损失定级", default=None)
    casualties: Casualties = spec(Nested(Casualties), "伤亡", "")
    reported: Reported | None = spec(Nested(Reported), "定级时数字", "", default=None)
    economic_loss_wan: float | None = spec(Number(), "直接经济损失（万元）", "1200", default=None)
    as_of: datetime.date | None = spec(Date(), "数字截止日", "2015-12-10", default=None)
    notes: Notes | None = spec(Nested(Notes), "数字说明", "", default=None)
    cause: str = spec(Text(), "一句话原因", "工人动火引燃可燃物，出口又被锁住")
    timeline: tuple[Moment, ...] = spec(ListOf(Nested(Moment)), "时间线", "", default=())
    actions: tuple[Action, ...] = spec(
        ListOf(Nested(Action), least=1, most=5), "你能做什么", "audience: 居民"
    )
    violations: tuple[Violation, ...] = spec(ListOf(Nested(Violation)), "法律对照", "", default=())
    accountability: Accountability | None = spec(
        Nested(Accountability), "责任追究", "", default=None
    )
    report: InvestigationReport | None = spec(
        Nested(InvestigationReport), "调查报告", "", default=None
    )
    sources: tuple[CaseSource, ...] = spec(
        ListOf(Nested(CaseSource), least=1), "出处", "title: 调查报告"
    )
    images: tuple[CaseImage, ...] = spec(ListOf(Nested(CaseImage)), "图片", "", default=())
    disputed: str | None = spec(Text(), "有争议的数字", "伤者另有 44 人的说法", default=None)
    reviewed: datetime.date = spec(Date(), "最近核对日期", "2026-11-23")
    corrections: tuple[Correction, ...] = spec(ListOf(Nested(Correction)), "更正", "", default=())

    sections: tuple[Section, ...] = field(default=(), kw_only=True)

    @property
    def id(self) -> str:
        """The permanent id, which is the file's name."""
        return self.origin.path.rsplit("/", 1)[-1].removesuffix(".md")

    @property
    def is_preliminary(self) -> bool:
        """True while the investigation is open: grade and causes are then 初判."""
        return self.status in ("初报", "调查中")

    def section(self, heading: str) -> Section | None:
        """The section under one `##` heading, or None."""
        return next((s for s in self.sections if s.heading == heading), None)


def parse_case(source: Source, at: At) -> Case | None:
    """Read one case file; None after every fault in it was reported."""
    matter = split_front_matter(source, at.report)
    if matter is None:
        return None
    case = read_record(Case, matter.head, at)
    sections = tuple(_sections(matter, at))
    status = getattr(matter.head.get("status"), "text", "")
    complete = _check_sections(sections, status, matter, at)
    if case is None:
        return None
    named = _check_name(case, at.report)
    graded = _check_grade(case, at)
    if not (complete and named and graded):
        return None
    return replace(case, sections=sections)


def _sections(matter: FrontMatter, at: At) -> Iterator[Section]:
    """Cut the body at its `## ` headings; fenced code keeps its hashes."""
    heading, heading_line, lines = "", matter.body_line - 1, list[str]()
    fenced = False
    for number, line in enumerate(matter.body.split("\n"), matter.body_line):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        found = None if fenced else parse_heading(line)
        if found is None:
            lines.append(line)
            continue
        level, text = found
        if not text:
            _fail(at, number, "## 开头的小标题", "没有文字的标题")
            continue
        if level != 2:
            known = text in SECTIONS
            example = f"## {text}" if known else f"改成加粗的一行 **{text}**"
            _fail(at, number, "## 开头的小标题", f"{level} 个 # 的标题{quoted(text)}", example)
            if not known:
                continue
        yield Section(heading, "\n".join(lines).rstrip(), heading_line)
        heading, heading_line, lines = text, number, []
    yield Section(heading, "\n".join(lines).rstrip(), heading_line)


def _fail(at: At, line: int, what: str, got: str, example: str = "## 事故经过") -> None:
    at.report.error(at.path, line, "正文", expected(what, got, example))


def _check_sections(
    sections: tuple[Section, ...], status: str, matter: FrontMatter, at: At
) -> bool:
    before = len(at.report)
    seen: dict[str, int] = {}
    meant: set[str | None] = set()  # A mistyped heading is one fault, not also a missing one.
    for section in sections:
        heading, line = section.heading, section.line
        if not heading:
            if section.markdown.strip():
                blank = len(re.match(r"\s*", section.markdown)[0].split("\n"))  # type: ignore[index]
                got = f"标题前的文字{quoted(section.markdown)}"
                _fail(at, line + blank, "## 小标题之下的正文", got)
            continue
        if heading not in SECTIONS:
            close = closest(heading, SECTIONS)
            got = quoted(heading) + nearest(heading, SECTIONS)
            what = f"这几个小标题（{'、'.join(SECTIONS)}）"
            _fail(at, line, what, got, f"## {close or SECTIONS[0]}")
            meant.add(close)
        elif heading in seen:
            got = f"又一个“{heading}”（前一个在第 {seen[heading]} 行）"
            _fail(at, line, "每个小标题只出现一次", got, "两处合成一处")
        elif not section.markdown.strip():
            example = f"在 ## {heading} 下面空一行写正文，或删去这个小标题"
            _fail(at, line, "小标题下有正文", f"空的“{heading}”", example)
        seen.setdefault(heading, line)
    closed = status in ("已结案", "已评估")
    required = _ALWAYS_REQUIRED + (_REQUIRED_WHEN_CLOSED if closed else ())
    missing = [one for one in SECTIONS if one in required and one not in {*seen, *meant}]
    if missing:
        named = "".join(f"“{heading}”" for heading in missing)
        _fail(at, matter.body_line, f"必填小标题{named}", "没有写", f"## {missing[0]}")
    return len(at.report) == before


def _check_grade(case: Case, at: At) -> bool:
    """Once an investigation is closed, its grade is known."""
    if case.grade or case.is_preliminary:
        return True
    what = f"{case.status}的案例写明等级（{'、'.join(GRADES)}）"
    at.child("grade").fail(case.line_of("status"), what, "没有写", "grade: 较大")
    return False


def _check_name(case: Case, report: Report) -> bool:
    """The file name is the id, and the id starts with the date."""
    what = f"“事故日期-英文短名”作文件名（{case.date}-…，小写字母、数字和连字符）"
    if re.fullmatch(rf"{case.date}-[a-z0-9]+(-[a-z0-9]+)*", case.id):
        return True
    slug = re.sub(r"^[0-9-]+", "", case.id).strip("-") or "tianjin-ruihai"
    report.error(
        case.origin.path,
        case.line_of("date"),
        "date",
        expected(what, quoted(case.id + ".md"), f"{case.date}-{slug}.md"),
    )
    return False
