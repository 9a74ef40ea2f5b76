"""`python hooks new`: asks for what a new file needs and writes it in canonical form."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from jingzhong.desk.new_forms import FORMS
from jingzhong.desk.new_in_bank import InBank
from jingzhong.desk.new_maker import Maker
from jingzhong.desk.new_question import BankError
from jingzhong.desk.new_set import SettingError
from jingzhong.errors import ContentError, why
from jingzhong.model.vocabulary import load_vocabularies


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `new` to the command line."""
    parser = verbs.add_parser("new", help="一问一答，新写一个案例、题目、题库、法规、竞赛或计划")
    kinds = "、".join(f"{name} {form.label}" for name, form in FORMS.items())
    parser.add_argument("kind", choices=FORMS, metavar="种类", help=kinds)
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="字段=值",
        help="不提问，直接给出：--set title=… --set place.city=…；文件名用 id=…，题目还要 bank=…",
    )
    parser.add_argument(
        "--draft",
        action="store_true",
        help="练习，或还没有写完：写到 drafts/，那里的不检查、不发布",
    )
    parser.add_argument("--all", action="store_true", help="不常用的字段也一一问到")
    parser.set_defaults(run=run)


def on_terminal(read: Callable[[str], str]) -> bool:
    """Whether a person sits at a terminal; a script that feeds answers is not asked once more."""
    return read is input and sys.stdin.isatty()


def run(options: argparse.Namespace, read: Callable[[str], str] = input) -> int:
    """Write one file, or one question; 1 when something was wrong, 130 when the editor left."""
    try:
        vocabularies = load_vocabularies().spellings
        confirms = not options.set and on_terminal(read)
        kind = InBank if options.kind == "question" else Maker
        return kind(options, vocabularies, read, confirms=confirms).make()
    except (KeyboardInterrupt, EOFError):
        print("\n没有写任何文件。", file=sys.stderr)
        return 130
    except (SettingError, BankError, ContentError) as error:
        print(error, file=sys.stderr)
    except UnicodeError:
        print("输入的不是 UTF-8 文字，没有写任何文件。", file=sys.stderr)
    except OSError as error:
        where = f"{error.filename}：" if error.filename else ""
        print(f"{where}写不进去（{why(error)}）。没有写任何文件。", file=sys.stderr)
    return 1
