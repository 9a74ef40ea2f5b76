"""The command line: `python hooks <verb>`."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))


def _use_own_environment() -> None:
    """Run this command again with the packages of `.venv` when this Python lacks them.

    An editor who forgot to activate the environment notices nothing; one who has none is told how
    to get it.
    """
    if all(map(importlib.util.find_spec, ("yaml", "jinja2", "openpyxl", "docx", "typst"))):
        return
    own = HERE.parent / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if own.is_file() and not Path(sys.prefix).samefile(own.parents[1]):
        sys.exit(subprocess.call([str(own), *sys.orig_argv[1:]]))
    sys.exit(
        "缺少要用的包。在项目文件夹里运行一次 python3 start.py serve，它会装好，再运行这条命令。"
    )


_use_own_environment()

from jingzhong.channels.paper import command as paper
from jingzhong.desk import doctor_command as doctor
from jingzhong.desk import fmt_command as fmt
from jingzhong.desk import new_command as new
from jingzhong.desk import schema_command as schema
from jingzhong.errors import ContentError, Report, nearest, quoted, why
from jingzhong.exchange import command as exchange
from jingzhong.exchange.manuscript import read_manuscript
from jingzhong.law import command as cite
from jingzhong.law.versions import LawBook, load_numberings
from jingzhong.model.library import load_library
from jingzhong.output.withdrawn import record_addresses
from jingzhong.rules.coverage import build_coverage, coverage_lines
from jingzhong.site import build, check

# What argparse says by itself, in the words of its editors.
_SAID = {
    "usage: ": "用法：",
    "positional arguments": "要写的",
    "options": "可以加的",
    "show this help message and exit": "显示这份说明",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s。怎么用，见 %(prog)s -h\n",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s：%(message)s",
    "the following arguments are required: %s": "还缺：%s",
    "one of the arguments %s is required": "要写其中一个：%s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 可能是：%(matches)s",
    "not allowed with argument %s": "不能和 %s 一起写",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "invalid %(type)s value: %(value)r": "应为 %(type)s，实际为 %(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可以写：%(choices)s",
}


def _check(options: argparse.Namespace) -> int:
    if options.coverage:
        return _coverage(options)
    problems = check(options.root, options.config)
    errors = sum(problem.severity == "error" for problem in problems)
    if options.format == "json":
        print(json.dumps([p.as_dict() for p in problems], ensure_ascii=False, indent=2))
        return bool(errors)
    for problem in problems:
        print(problem)
    print(f"检查完毕：{errors} 处错误，{len(problems) - errors} 处提醒。")
    return bool(errors)


def _coverage(options: argparse.Namespace) -> int:
    """Print what is not joined yet; files that cannot be read are left out and named."""
    report = Report()
    library = load_library(options.root, options.config, report)
    for problem in report.errors:
        print(problem, file=sys.stderr)
    if library is None:
        return 1
    coverage = build_coverage(library, LawBook(library.regulations, load_numberings()))
    if options.format == "json":
        print(json.dumps(coverage.as_dict(), ensure_ascii=False, indent=2))
    else:
        print("\n".join(coverage_lines(coverage)))
    return bool(report.errors)


def _addresses(options: argparse.Namespace) -> int:
    try:
        site = build(options.root, options.config)
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    assert site.library is not None
    try:
        added = record_addresses(options.root, site.pages, site.library)
    except OSError as error:
        print(f"addresses.txt 写不进去（{why(error)}），没有登记。", file=sys.stderr)
        return 1
    print(f"addresses.txt 新登记 {added} 个网址。")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; returns the exit status (1 when the content has errors)."""
    argparse._ = lambda text: _SAID.get(text, text)  # type: ignore[attr-defined]
    parser = argparse.ArgumentParser(prog="python hooks", description="警钟：检查内容、登记网址")
    parser.add_argument(
        "--root", type=Path, default=Path(), metavar="文件夹", help="项目文件夹（默认当前文件夹）"
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="动作")
    checker = verbs.add_parser("check", help="不建站，只检查全部内容")
    checker.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
    checker.add_argument(
        "--coverage", action="store_true", help="改看覆盖情况：哪些条文、案例、行业还没有题目或案例"
    )
    checker.set_defaults(run=_check)
    registrar = verbs.add_parser("addresses", help="把新网址登记到 addresses.txt")
    registrar.set_defaults(run=_addresses)
    cite.add_parser(verbs, read_manuscript)
    paper.add_parser(verbs)
    doctor.add_parser(verbs)
    schema.add_parser(verbs)
    fmt.add_parser(verbs)
    new.add_parser(verbs)
    exchange.add_parser(verbs)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        _refuse(_parser_of(parser, options), unknown)
    try:
        options.root = options.root.resolve()
        options.config = options.root / "mkdocs.yml"
        if not options.config.is_file():
            print(f"{options.root} 里没有 mkdocs.yml，请在项目文件夹里运行。", file=sys.stderr)
            return 2
        return int(options.run(options))
    except BrokenPipeError:
        raise
    except OSError as error:
        # Each verb words what it expects; this is the last net.
        which = f"{quoted(str(error.filename))}：" if error.filename else ""
        print(f"{which}{why(error)}。", file=sys.stderr)
        return 2


def _parser_of(
    parser: argparse.ArgumentParser, options: argparse.Namespace
) -> argparse.ArgumentParser:
    """The parser of the verb that was asked for, or of its kind (`import quiz`)."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return _parser_of(action.choices[getattr(options, action.dest)], options)
    return parser


def _refuse(parser: argparse.ArgumentParser, unknown: list[str]) -> NoReturn:
    """Say which words the verb does not know, and what a mistyped option may have meant."""
    known = [name for action in parser._actions for name in action.option_strings]
    hints = (nearest(word, known) for word in unknown if word.startswith("-"))
    parser.error(f"不认识：{' '.join(unknown)}{''.join(hints)[:-1]}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        # `| head` has read enough; what is still buffered must not complain on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
