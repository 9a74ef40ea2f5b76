"""`python hooks import quiz FILE… [-o quizzes/x.yml]`: questions in, a bank and a report out."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from jingzhong.errors import ContentError, Report, expected, nearest, quoted, why
from jingzhong.exchange.questions.ask import (
    CONVENTIONS,
    accept,
    ask_answers,
    ask_conventions,
    ask_doubts,
)
from jingzhong.exchange.questions.bank_file import (
    Draft,
    bank_text,
    entry,
    give_ids,
    rejected_text,
    update,
)
from jingzhong.exchange.questions.found import (
    Found,
    Haul,
    Notice,
    RefusedError,
)
from jingzhong.exchange.questions.laws import Laws
from jingzhong.exchange.questions.open_file import read_file
from jingzhong.exchange.questions.similar import entries_of, mark_duplicates
from jingzhong.exchange.questions.summary import REJECTED, as_json, print_summary
from jingzhong.exchange.writing import replace_file
from jingzhong.model.fields import At
from jingzhong.model.quizzes import Bank, parse_bank
from jingzhong.model.settings import Settings, load_settings
from jingzhong.model.source import load_source
from jingzhong.model.vocabulary import load_vocabularies

QUIZZES = "quizzes"
# With `.rejected.yml` it still fits into what file systems take.
MAX_NAME = 120


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import quiz` to the command line."""
    parser = kinds.add_parser(
        "quiz",
        help="导入题目：txt、md、docx、xlsx、xls、ods、csv、json、html、Moodle、GIFT、Aiken、QTI、问卷星",
    )
    parser.add_argument("files", nargs="+", metavar="文件")
    parser.add_argument(
        "-o", "--output", metavar="题库", help="写成题库，如 quizzes/fire.yml；不写就只看结果"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    parser.add_argument(
        "--ask",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="在终端上逐一询问文件没有说明的事（默认：写题库且在终端上运行时才问）",
    )
    parser.add_argument(
        "--assume",
        action="append",
        default=[],
        choices=sorted(CONVENTIONS),
        metavar="约定",
        help="认定文件没有写明的约定："
        + "；".join(f"{name} {meaning}" for name, meaning in CONVENTIONS.items()),
    )
    parser.add_argument(
        "--force", action="store_true", help="题库已经有了也写：按 id 更新，手工加的内容保留"
    )
    parser.add_argument("--title", metavar="题库名", help="题库名（默认用第一个文件的名字）")
    parser.add_argument(
        "--audience", action="append", metavar="受众", help="给谁用（默认：从业人员）"
    )
    parser.add_argument(
        "--difficulty",
        type=int,
        choices=range(1, 6),
        default=3,
        help="文件没有写难度时记几（默认 3）",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read, compare, ask, print, write; 1 when a file or the output was refused."""
    report = Report()
    settings, banks = _project(options, report)
    target = Path(options.output) if options.output else None
    problem = _target_problem(target, options) if target else ""
    problem = problem or _audience_problem(options.audience or ())
    if target and settings is None and not problem:
        faults = (str(one) for one in report.errors if one.path == options.config.name)
        problem = "\n".join(("没有写题库：先改好 mkdocs.yml。", *faults))
    if problem:
        print(problem, file=sys.stderr)
        return 2
    haul, refused = _read(options.files)
    for convention in options.assume:
        accept(haul.questions, convention)
    if _may_ask(options):
        ask_conventions(haul.questions, input, lambda text: print(text, file=sys.stderr))
        ask_answers(haul.questions, input, lambda text: print(text, file=sys.stderr))
        ask_doubts(haul.questions, input, lambda text: print(text, file=sys.stderr))
    elif options.ask:
        print("这里不是终端，没有询问；文件没有说明的题目列在结果里。", file=sys.stderr)
    name = (
        target.stem
        if target
        else re.sub(r"[^a-z0-9-]+", "-", Path(options.files[0]).stem.lower()).strip("-") or "import"
    )
    give_ids(name, haul.questions)
    old = next((bank for bank in banks if bank.id == name), None) if target else None
    own = frozenset(item.name for item in entries_of([old])) if old else frozenset()
    mark_duplicates(haul.questions, banks, keep=own)
    taken = [found for found in haul.questions if not found.blocked]
    left = [found for found in haul.questions if found.blocked]
    written: list[str] = []
    changes: list[str] = []
    if target is not None and settings is not None:
        draft = _draft(name, options, settings, old, taken)
        changes = draft.changes
        try:
            written = _write(target, draft, left, name)
        except OSError as error:
            print(f"{target}：写不进去（{why(error)}），没有写题库。", file=sys.stderr)
            return 1
    if options.format == "json":
        print(
            json.dumps(
                as_json(haul, taken, left, refused, written, changes), ensure_ascii=False, indent=1
            )
        )
    else:
        print_summary(haul, taken, left, refused, written, changes, target)
    return 1 if refused else 0


def _read(files: Sequence[str]) -> tuple[Haul, list[Notice]]:
    haul, refused = Haul(), list[Notice]()
    for name in files:
        try:
            haul.take(read_file(Path(name)))
        except RefusedError as refusal:
            refused.append(Notice(name, refusal.line, refusal.code, refusal.message))
    return haul, refused


def _audience_problem(words: Sequence[str]) -> str:
    """What is wrong with `--audience`, or ""; a bank with an unknown one could not be read."""
    if not words:
        return ""
    try:
        known = load_vocabularies().spellings["audience"]
    except ContentError as error:
        return str(error)
    names = dict.fromkeys(known.values())
    for word in words:
        if word not in known:
            return "--audience " + expected("、".join(names), quoted(word) + nearest(word, names))
    return ""


def _project(options: argparse.Namespace, report: Report) -> tuple[Settings | None, list[Bank]]:
    """The settings and every bank of the project that can be read."""
    settings = load_settings(options.root, options.config, report)
    banks = []
    try:
        spellings = load_vocabularies().spellings
    except ContentError:
        return settings, []
    for path in sorted((options.root / QUIZZES).glob("*.yml")):
        if path.name.endswith(REJECTED):
            continue
        source = load_source(options.root, path, report)
        bank = parse_bank(source, At(source.path, "", report, spellings)) if source else None
        if bank is not None:
            banks.append(bank)
    return settings, banks


def _target_problem(target: Path, options: argparse.Namespace) -> str:
    """Why the output cannot be written, or ""."""
    if target.suffix != ".yml" or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", target.stem):
        return f"-o 应为以 .yml 结尾、只有小写英文字母、数字和连字符的文件名，实际为“{target.name}”。例：quizzes/fire-safety.yml"
    if not target.parent.is_dir():
        return f"没有文件夹 {target.parent}。请先建好，或写成 quizzes/{target.name}"
    if len(target.name) > MAX_NAME:
        return f"-o 的文件名太长（{len(target.name)} 个字母），最多 {MAX_NAME} 个"
    if target.exists() and not options.force:
        return f"{target} 已经有了，没有改动。要按 id 更新它（手工加的条文、案例、解析保留），请加 --force"
    if not target.exists():
        return ""
    report = Report()
    root = target.resolve().parent
    source = load_source(root, target.resolve(), report)
    bank = (
        parse_bank(source, At(source.path, "", report, load_vocabularies().spellings))
        if source
        else None
    )
    if bank is None or report.errors:
        faults = "\n".join(str(problem) for problem in report.errors[:10])
        return f"{target} 里有错，更新会丢内容，没有改动。请先改正：\n{faults}"
    return ""


def _may_ask(options: argparse.Namespace) -> bool:
    terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    return bool(
        terminal
        and (options.ask or (options.ask is None and options.output and options.format == "text"))
    )


def _draft(
    name: str,
    options: argparse.Namespace,
    settings: Settings,
    old: Bank | None,
    taken: Sequence[Found],
) -> Draft:
    laws = Laws(options.root, settings)
    fresh = [entry(found, options.difficulty, laws.of(found.explanation)) for found in taken]
    draft = Draft(
        name,
        options.title or (old.title if old else Path(options.files[0]).stem),
        options.audience or (old.audience if old else ["从业人员"]),
        settings.as_of.isoformat(),
        options.difficulty,
        (old.description or "") if old else "",
        old.topics if old else (),
    )
    if old:
        update(draft, old, fresh)
    else:
        draft.questions = fresh
    return draft


def _write(target: Path, draft: Draft, left: Sequence[Found], name: str) -> list[str]:
    """Write the bank and the rejected file; a bank without questions is not written."""
    written = []
    if draft.questions:
        replace_file(target, bank_text(draft))
        written.append(target.as_posix())
    rejected = target.with_name(f"{target.stem}{REJECTED}")
    if left:
        replace_file(rejected, rejected_text(left, name))
        written.append(rejected.as_posix())
    elif rejected.exists():
        rejected.unlink()
    return written
