"""One import command over several files: what was refused is told, the rest is taken."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable
from pathlib import Path

from jingzhong.errors import why
from jingzhong.exchange.questions.found import RefusedError
from jingzhong.law.command import open_project
from jingzhong.law.lexicon import Lexicon

# Imports one file; RefusedError where that is not possible.
Take = Callable[[Path], None]


def import_each(
    options: argparse.Namespace, begin: Callable[[Lexicon, datetime.date], Take]
) -> int:
    """Take each of `options.files` with what `begin` makes of the known laws and the site's date.

    Returns the exit status: 1 when the project cannot be read, or a file was refused or not written.
    """
    project = open_project(options.root, options.config)
    if project is None:
        return 1
    lexicon, settings = project
    take = begin(lexicon, settings.as_of)
    failed = 0
    for path in options.files:
        try:
            take(path)
        except RefusedError as refusal:
            print(f"{path}:{refusal.line}: 没有导入：{refusal.message}", file=sys.stderr)
            failed += 1
        except OSError as error:
            print(f"{path}:1: 写不进去（{why(error)}）", file=sys.stderr)
            failed += 1
    return bool(failed)
