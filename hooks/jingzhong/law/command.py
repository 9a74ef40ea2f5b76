"""`python hooks cite`: the citations of a text, resolved, as a list to read or as JSON."""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import ContentError, Report
from jingzhong.law.citations import Citation, Context, find_citations
from jingzhong.law.lexicon import Lexicon, load_lexicon
from jingzhong.law.reading import Reading
from jingzhong.model.articles import article_name
from jingzhong.model.fields import At
from jingzhong.model.regulations import parse_regulation
from jingzhong.model.settings import Settings, load_settings
from jingzhong.model.source import load_source
from jingzhong.model.vocabulary import load_vocabularies

REGULATIONS = "content/regulations"
_HEADING = re.compile(r"\s*(?:---\n.*?\n---\n\s*)?#{0,2}\s*《?([^\n《》]{2,60})》?\s*\n", re.DOTALL)
_CASE_DATE = re.compile(r"^date:\s*[\"']?(\d{4}-\d\d-\d\d)", re.MULTILINE)
# What `citations.STATUSES` mean, for people.
_SAID = {
    "ok": "无误",
    "renumbered": "条号已变",
    "repealed": "已废止",
    "not_in_force": "还没有施行",
    "unknown_law": "没有收录",
    "no_such_article": "没有这一条",
    "version_not_carried": "没有这一版的资料",
    "ambiguous": "说不准是哪一部",
}
_FIRST = 12


class UnreadableError(Exception):
    """Why a file cannot be read, in Chinese."""


@dataclass(frozen=True)
class Manuscript:
    """A text to look at; `paragraphs` has the number of each line's paragraph in a Word file."""

    text: str
    paragraphs: tuple[int, ...] = ()

    def place(self, start: int) -> str:
        """Where an offset stands: line and column, or the paragraph with its first words."""
        begin = self.text.rfind("\n", 0, start) + 1
        number = self.text.count("\n", 0, start)
        if not self.paragraphs:
            return f"{number + 1}:{start - begin + 1}"
        words = self.text[begin:].partition("\n")[0]
        return f"第 {self.paragraphs[number]} 段（{words[:_FIRST]}{'…' if words[_FIRST:] else ''}）"


# Reads a file by its name; standard input is `-`. UnreadableError where that is not possible.
Read = Callable[[str], Manuscript]


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser], read: Read) -> None:
    """Add the verb `cite` to the command line; `read` opens its file."""
    parser = verbs.add_parser("cite", help="找出文字里的法规引用，逐条核对条号和效力")
    parser.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="文件",
        help="txt、md、docx；- 或不写表示标准输入",
    )
    parser.add_argument(
        "--date", metavar="年-月-日", help="按哪一天的法律看（默认：案例按事故日期，其余按 as_of）"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.set_defaults(run=run, read=read)


def run(options: argparse.Namespace) -> int:
    """Read, find, print; 2 when the question itself cannot be read, 1 when the data is broken."""
    day = _day(options.date) if options.date else None
    if options.date and day is None:
        print(
            f"--date 应为日期（年-月-日），实际为“{options.date}”。例：2015-08-12", file=sys.stderr
        )
        return 2
    try:
        manuscript = options.read(options.file)
    except UnreadableError as error:
        shown = "标准输入" if options.file == "-" else options.file
        print(f"{shown}：{error}", file=sys.stderr)
        return 2
    text = manuscript.text
    project = open_project(options.root, options.config)
    if project is None:
        return 1
    lexicon, settings = project
    folder, name = _place(options.file)
    context = Context(
        settings.as_of,
        day or (_case_day(text) if folder == "cases" else None),
        name if folder == "regulations" and name in lexicon.book.laws else _titled(text, lexicon),
    )
    citations = find_citations(text, lexicon, context)
    if options.format == "json":
        print(json.dumps([c.as_dict() for c in citations], ensure_ascii=False, indent=2))
    else:
        _print(manuscript, citations, context)
    return 0


def open_project(root: Path, config: Path) -> tuple[Lexicon, Settings] | None:
    """The laws and the settings of a project; None when it cannot be read, and why is printed."""
    report = Report()
    settings = load_settings(root, config, report)
    try:
        lexicon = open_lexicon(root)
    except ContentError as error:
        print(error, file=sys.stderr)
        return None
    if settings is None:
        print("\n".join(map(str, report.problems)), file=sys.stderr)
        return None
    return lexicon, settings


def open_lexicon(root: Path) -> Lexicon:
    """The lexicon of a project: its regulations that can be read, and `law/data`."""
    report = Report()
    spellings = load_vocabularies().spellings
    regulations = []
    for path in sorted((root / REGULATIONS).glob("*.md")):
        source = load_source(root, path, report)
        if source is None:
            continue
        regulation = parse_regulation(source, At(source.path, "", report, spellings))
        if regulation:
            regulations.append(regulation)
    return load_lexicon(regulations)


def _day(text: str) -> datetime.date | None:
    """The day written as 2015-08-12, None for anything else."""
    try:
        return datetime.date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _place(name: str) -> tuple[str, str]:
    """(folder, stem) of the file; both empty for standard input."""
    path = Path(name).resolve()
    return ("", "") if name == "-" else (path.parent.name, path.stem)


def _case_day(text: str) -> datetime.date | None:
    """The accident's date in a case's head."""
    match = _CASE_DATE.search(text)
    return _day(match[1]) if match else None


def _titled(text: str, lexicon: Lexicon) -> str | None:
    """The regulation whose title a text begins with; 本法 in it means that one."""
    heading = _HEADING.match(text)
    name = lexicon.title(Reading(heading[1]).text) if heading else None
    return name.laws[-1] if name and name.laws else None


def _print(manuscript: Manuscript, citations: list[Citation], context: Context) -> None:
    for citation in citations:
        place = citation.law or "—"
        if citation.article and "." not in citation.article:
            place += f" {article_name(citation.article)}"
        place += f"第{citation.paragraph}款" if citation.paragraph else ""
        place += f"第{citation.item}项" if citation.item else ""
        shown = " ".join(citation.text.split())
        where, said = manuscript.place(citation.start), _SAID[citation.status]
        print(f"{where}: {shown} → {place} [{said}] {citation.message}")
    print(f"共 {len(citations)} 处引用，按 {context.day.isoformat()} 的法律看。")
