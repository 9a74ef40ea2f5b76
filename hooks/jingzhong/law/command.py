"""`python hooks cite`: the citations of a text, resolved, as a list to read or as JSON."""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from pathlib import Path

from jingzhong.errors import ContentError, Report
from jingzhong.law.citations import Citation, Context, find_citations
from jingzhong.law.lexicon import Lexicon, load_lexicon
from jingzhong.law.reading import Reading
from jingzhong.model.articles import article_name
from jingzhong.model.fields import At
from jingzhong.model.regulations import parse_regulation
from jingzhong.model.settings import load_settings
from jingzhong.model.source import load_source
from jingzhong.model.vocabulary import load_vocabularies

REGULATIONS = "content/regulations"
_HEADING = re.compile(r"\s*(?:---\n.*?\n---\n\s*)?#{0,2}\s*《?([^\n《》]{2,60})》?\s*\n", re.DOTALL)
_CASE_DATE = re.compile(r"^date:\s*[\"']?(\d{4}-\d\d-\d\d)", re.MULTILINE)


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `cite` to the command line."""
    parser = verbs.add_parser("cite", help="找出文字里的法规引用，逐条核对条号和效力")
    parser.add_argument(
        "file", nargs="?", default="-", metavar="文件", help="文本文件；- 表示标准输入"
    )
    parser.add_argument(
        "--date", metavar="年-月-日", help="按哪一天的法律看（默认：案例按事故日期，其余按 as_of）"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read, find, print; 2 when the question itself cannot be read, 1 when the data is broken."""
    day = _day(options.date) if options.date else None
    if options.date and day is None:
        print(
            f"--date 应为日期（年-月-日），实际为“{options.date}”。例：2015-08-12", file=sys.stderr
        )
        return 2
    text = _read(options.file)
    if text is None:
        return 2
    report = Report()
    settings = load_settings(options.root, options.config, report)
    try:
        lexicon = open_lexicon(options.root)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    if settings is None:
        for problem in report.problems:
            print(problem, file=sys.stderr)
        return 1
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
        _print(text, citations, context)
    return 0


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


def _read(name: str) -> str | None:
    """The text to look at, its line ends kept so that offsets are those of the file."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        print(f"{name}：读不了（{error.strerror}）", file=sys.stderr)
    except UnicodeDecodeError:
        shown = "标准输入" if name == "-" else name
        print(f"{shown}：应为 UTF-8 编码的文本，实际不是；请先转换编码", file=sys.stderr)
    return None


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


def _print(text: str, citations: list[Citation], context: Context) -> None:
    for citation in citations:
        line = text.count("\n", 0, citation.start) + 1
        column = citation.start - (text.rfind("\n", 0, citation.start) + 1) + 1
        place = citation.law or "—"
        if citation.article and "." not in citation.article:
            place += f" {article_name(citation.article)}"
        place += f"第{citation.paragraph}款" if citation.paragraph else ""
        place += f"第{citation.item}项" if citation.item else ""
        shown = " ".join(citation.text.split())
        print(f"{line}:{column}: {shown} → {place} [{citation.status}] {citation.message}")
    print(f"共 {len(citations)} 处引用，按 {context.day.isoformat()} 的法律看。")
