"""`python hooks import case FILE`: a report in, a draft in `drafts/` and a summary out."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from pypinyin import Style, lazy_pinyin

from jingzhong.desk.yaml_tree import UnsafeError
from jingzhong.exchange.each_file import Take, import_each
from jingzhong.exchange.paragraphs import Paragraph, read_paragraphs
from jingzhong.exchange.questions.found import RefusedError
from jingzhong.exchange.reports.draft import build_draft, some
from jingzhong.exchange.reports.figures import figures
from jingzhong.exchange.reports.found import Finding
from jingzhong.exchange.reports.personal import lines_with_people
from jingzhong.exchange.reports.sections import (
    broken_whole,
    cited,
    moments,
    split_sections,
)
from jingzhong.exchange.reports.where import read_where
from jingzhong.exchange.writing import replace_file
from jingzhong.law.lexicon import Lexicon

DRAFTS = "drafts"
_NO_ACCIDENT = re.compile(
    r"(?:是|为|属于?)(?:一起)?[^。，,]{0,30}非生产安全(?:责任)?事故|(?:不是|不属于|不构成)(?:一起)?(?:一般)?生产安全(?:责任)?事故"
)
_ABOUT = re.compile("事故|事件调查")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import case` to the command line."""
    parser = kinds.add_parser("case", help="从调查报告（docx、md、txt）摘出案例草稿，写进 drafts/")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件")
    parser.add_argument(
        "--id", metavar="短名", help="英文短名，如 tianjin-ruihai；日期自动加在前面"
    )
    parser.add_argument("--force", action="store_true", help="草稿已经有了也重写")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Draft each file; 1 when one was refused, 2 when the call makes no sense."""
    if options.id and (not _ID.fullmatch(options.id) or len(options.files) > 1):
        print(
            f"--id 应为小写英文字母、数字和连字符，而且只给一个文件，实际为“{options.id}”。"
            "例：tianjin-ruihai",
            file=sys.stderr,
        )
        return 2

    def begin(lexicon: Lexicon, as_of: datetime.date) -> Take:
        def take(path: Path) -> None:
            try:
                _take(path, options, lexicon, as_of)
            except UnsafeError as error:
                raise RefusedError(f"草稿写不成规范形式（{error}）") from None

        return take

    return import_each(options, begin)


def _take(path: Path, options: argparse.Namespace, lexicon: Lexicon, as_of: datetime.date) -> None:
    paragraphs = [one for one in read_paragraphs(path) if one.text]
    findings = read_where(paragraphs)
    findings |= figures(paragraphs, findings["date"].value)
    if not any(_ABOUT.search(one.text) for one in paragraphs):
        raise RefusedError("全文没有“事故”二字，不像调查报告。请确认文件")
    date = findings["date"].value
    day = datetime.date.fromisoformat(date) if date else None
    sections = split_sections(paragraphs)
    articles = cited(paragraphs, lexicon, as_of, day)
    name = _name(options.id, findings)
    target = options.root / DRAFTS / f"{name}.md"
    if target.exists() and not options.force:
        raise RefusedError(
            f"{DRAFTS}/{name}.md 已经有了，没有改动；要重写请加 --force，或换一个 --id"
        )
    course = moments(sections.get("事故经过", []))
    people = lines_with_people(paragraphs)
    notes = _notes(paragraphs, people)
    draft = build_draft(name, findings, sections, course, articles, as_of.isoformat(), notes)
    target.parent.mkdir(exist_ok=True)
    replace_file(target, draft.text)
    print(f"{path}: 草稿写在 {DRAFTS}/{name}.md（不会发布）")
    for one in draft.disputed:
        print(f"  报告里有不同的说法，没有选：{one}")
    for one in draft.lacking:
        print(f"  没有找到：{one}")
    found = "、".join(sections) or "没有"
    broken = sum(one.broken for one in articles)
    print(
        f"  认出的部分：{found}；时间 {len(course)} 处；引用条文 {len(articles)} 条，其中说到违反的 {broken} 条"
    )
    for note in notes:
        print(f"  {note}")
    print("  逐项核对、用自己的话补齐后移到 cases/，再运行 python hooks check")


def _notes(paragraphs: Sequence[Paragraph], people: Sequence[int]) -> list[str]:
    """What an editor has to know of the report as a whole."""
    notes = [
        f"报告第 {one.line} 段说这不是生产安全事故，请看清再写"
        for one in paragraphs
        if _NO_ACCIDENT.search(one.text)
    ][:1]
    if people:
        notes.append(
            f"报告第 {some(people)} 段有个人姓名或号码：案例里不写姓名；号码在草稿里已经略去"
        )
    whole = broken_whole(paragraphs)
    if whole:
        laws = "、".join(f"《{title}》（第 {line} 段）" for title, line in whole.items())
        notes.append(f"报告说违反{laws}，没有写第几条：需要时自己补进 violations")
    return notes


def _name(slug: str | None, findings: dict[str, Finding]) -> str:
    """`<date>-<slug>`; without a slug the initials of the title, without a date `undated`."""
    title = findings["report"].value or ""
    words = "".join(re.findall(r"[\u4e00-\u9fff]", title.partition("事故")[0]))[:12]
    initials = "".join(lazy_pinyin(words, style=Style.FIRST_LETTER))
    slug = slug or re.sub(r"[^a-z0-9]", "", initials) or "report"
    date = findings["date"].value or "undated"
    return slug if slug.startswith(date) else f"{date}-{slug}"
