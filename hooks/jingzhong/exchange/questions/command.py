"""`python hooks import quiz FILE… [-o quizzes/x.yml]`: questions in, a bank and a report out."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jingzhong.errors import ContentError, Report
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
    BLOCKING,
    TYPE_NAMES,
    Found,
    Haul,
    Notice,
    RefusedError,
    counted,
)
from jingzhong.exchange.questions.laws import Laws
from jingzhong.exchange.questions.open_file import read_file
from jingzhong.exchange.questions.similar import entries_of, mark_duplicates
from jingzhong.exchange.writing import replace_file
from jingzhong.model.fields import At
from jingzhong.model.quizzes import Bank, parse_bank
from jingzhong.model.settings import Settings, load_settings
from jingzhong.model.source import load_source
from jingzhong.model.vocabulary import load_vocabularies

QUIZZES = "quizzes"
REJECTED = ".rejected.yml"


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
    parser.add_argument("--title", help="题库名（默认用第一个文件的名字）")
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
    haul, refused = _read(options.files)
    settings, banks = _project(options)
    target = Path(options.output) if options.output else None
    problem = _target_problem(target, options) if target else ""
    if problem:
        print(problem, file=sys.stderr)
        return 2
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
        written = _write(target, draft, left, name)
    if options.format == "json":
        print(
            json.dumps(
                _as_json(haul, taken, left, refused, written, changes), ensure_ascii=False, indent=1
            )
        )
    else:
        _print(haul, taken, left, refused, written, changes, target)
    return 1 if refused else 0


def _read(files: Sequence[str]) -> tuple[Haul, list[Notice]]:
    haul, refused = Haul(), list[Notice]()
    for name in files:
        try:
            haul.take(read_file(Path(name)))
        except RefusedError as refusal:
            refused.append(Notice(name, refusal.line, refusal.code, refusal.message))
    return haul, refused


def _project(options: argparse.Namespace) -> tuple[Settings | None, list[Bank]]:
    """The settings and every bank of the project that can be read."""
    report = Report()
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


def _as_json(
    haul: Haul,
    taken: Sequence[Found],
    left: Sequence[Found],
    refused: Sequence[Notice],
    written: Sequence[str],
    changes: Sequence[str],
) -> dict[str, Any]:
    return {
        "questions": [found.as_dict() for found in haul.questions],
        "problems": [notice.as_dict() for notice in [*refused, *haul.notices]],
        "summary": {
            "found": len(haul.questions),
            "accepted": len(taken),
            "duplicates": sum(found.has("duplicate") for found in haul.questions),
            "to_decide": sum(_undecided(found) for found in left),
            "rejected": sum(not _undecided(found) for found in left),
            "types": counted(haul.questions),
            "refused_files": len(refused),
            "written": list(written),
            "changes": list(changes),
        },
    }


def _undecided(found: Found) -> bool:
    """Whether an editor's word would settle all that keeps a question out."""
    codes = {problem.code for problem in found.problems if problem.code in BLOCKING}
    return bool(codes) and codes <= {
        "answer_missing",
        "answer_is_implicit",
        "answer_conflict",
        "answer_ambiguous",
        "answer_not_in_options",
        "blank_count",
        "blank_by_spaces",
        "blank_by_bold",
        "type_unknown",
        "duplicate_conflict",
    }


def _print(
    haul: Haul,
    taken: Sequence[Found],
    left: Sequence[Found],
    refused: Sequence[Notice],
    written: Sequence[str],
    changes: Sequence[str],
    target: Path | None,
) -> None:
    for notice in refused:
        print(f"{notice.file}:{notice.line}: 没有读：{notice.message}")
    for notice in haul.notices:
        print(notice)
    for found in haul.questions:
        for problem in sorted(found.problems):
            sign = "" if problem.code in BLOCKING else "（提醒）"
            print(f"{found.file}:{problem.line}: {sign}{problem.message}　[{found.stem[:24]}]")
    undecided = sum(_undecided(found) for found in left)
    twice = sum(found.has("duplicate") for found in left)
    types = "、".join(
        f"{TYPE_NAMES[kind]} {count}" for kind, count in counted(haul.questions).items() if count
    )
    print(
        f"\n找到 {len(haul.questions)} 题{f'（{types}）' if types else ''}：可用 {len(taken)}，"
        f"要决定 {undecided}，不能用 {len(left) - undecided}{f'（其中重复 {twice}）' if twice else ''}。"
    )
    if target is None:
        if taken:
            print("这次只看结果，没有写题库；要写，请加 -o quizzes/名字.yml")
        return
    for name in written:
        print(f"写好 {name}")
    if not any(not name.endswith(REJECTED) for name in written):
        print("没有可用的题目，没有写题库。")
        return
    print(
        "源文件没有写的：难度记默认值（可用 --difficulty 改），给谁用见题库开头的 audience，请核对。"
    )
    bare = sum(not found.explanation for found in taken)
    if bare:
        print(f"有 {bare} 题没有解析，先写作“原题没有附解析。”，请补。")
    for change in changes:
        print(f"  {change}")
