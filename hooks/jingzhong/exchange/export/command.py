"""`python hooks export quiz`: banks as files for other programs, and what those cannot carry."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from jingzhong.errors import Report, nearest, quoted, why
from jingzhong.exchange.export.formats import FORMATS, Format, export
from jingzhong.exchange.export.losses import HEADING, NOTHING, Loss
from jingzhong.exchange.export.material import load_material
from jingzhong.model.library import Library, load_library
from jingzhong.model.quizzes import Bank

DEFAULT_FOLDER = "exports"


class _UserError(Exception):
    """What the user has to mend, in a sentence."""


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `quiz` to the verb `export`."""
    names = "、".join(f"{one.name}（{one.title}）" for one in FORMATS.values())
    parser = kinds.add_parser(
        "quiz",
        help="导出题库",
        description="把题库写成别的程序能用的文件，并说明带不走什么。",
        epilog="例：python hooks export quiz community-home --to xlsx,docx",
    )
    parser.add_argument("bank", nargs="*", metavar="题库", help="quizzes/ 里的文件名，不带 .yml")
    parser.add_argument("--to", metavar="格式", help=f"{names}；几种用逗号隔开")
    parser.add_argument(
        "--out",
        metavar="文件夹",
        default=DEFAULT_FOLDER,
        help=f"写到哪里（默认 {DEFAULT_FOLDER}）",
    )
    parser.add_argument("--force", action="store_true", help="文件已经有了也覆盖")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the files; 2 for a wrong request, 1 where a bank has errors."""
    try:
        return _run(options)
    except _UserError as error:
        print(error, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    formats = _formats(options.to)
    report = Report()
    library = load_library(options.root, options.config, report)
    if library is None:
        print("\n".join(map(str, report.errors)), file=sys.stderr)
        print("内容读不出来，改好再导出。", file=sys.stderr)
        return 1
    banks = _banks(library, options.bank)
    broken = [name for name in banks if name not in library.bank_by_id]
    if broken:
        paths = tuple(f"quizzes/{name}.yml" for name in broken)
        faults = [problem for problem in report.errors if problem.path in paths]
        print("\n".join(map(str, faults)), file=sys.stderr)
        print(f"题库 {'、'.join(broken)} 有错，改好再导出。", file=sys.stderr)
        return 1
    folder = _folder(options.out)
    targets = [
        (library.bank_by_id[name], form, folder / f"{name}{form.suffix}")
        for name in banks
        for form in formats
    ]
    _refuse_overwriting([path for _, _, path in targets], options.force)
    _write_all(library, targets)
    return 0


def _formats(asked: str | None) -> list[Format]:
    have = "、".join(FORMATS)
    names = [name for name in re.split(r"[\s,，、]+", (asked or "").lower()) if name]
    if not names:
        raise _UserError(f"--to 后面要写格式：{have}。例：--to xlsx")
    for name in names:
        if name not in FORMATS:
            raise _UserError(
                f"--to 应为 {have} 里的几个，实际有{quoted(name)}{nearest(name, FORMATS)}"
            )
    formats = [FORMATS[name] for name in dict.fromkeys(names)]
    missing = sorted({form.missing for form in formats if form.missing})
    if missing:
        raise _UserError(f"还没有装 {'、'.join(missing)}。请先运行 pip install -r requirements.txt")
    return formats


def _banks(library: Library, asked: Sequence[str]) -> list[str]:
    known = sorted(library.known.banks)
    have = f"可以是：{'、'.join(known) or '（还没有题库）'}"
    if not asked:
        raise _UserError(f"要导出哪个题库？{have}")
    names = [re.sub(r"^(\./)?quizzes/|\.yml$", "", name.replace("\\", "/")) for name in asked]
    for name in names:
        if name not in known:
            hint = nearest(name, known) or "。"
            raise _UserError(f"没有叫{quoted(name)}的题库{hint}{have}")
    return list(dict.fromkeys(names))


def _folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise _UserError(f"--out 应为文件夹，实际 {name} 是一个文件。换一个名字") from None
    except NotADirectoryError:
        raise _UserError(f"--out 建不了文件夹 {name}：它的上级是一个文件。换一个名字") from None
    except OSError as error:
        raise _UserError(
            f"--out 建不了文件夹 {quoted(name)}（{why(error)}）。换一个写得进去的地方"
        ) from None
    return folder


def _refuse_overwriting(paths: Sequence[Path], force: bool) -> None:
    """Nothing is written where one file would be lost."""
    folders = [path for path in paths if path.is_dir()]
    if folders:
        raise _UserError(f"{folders[0]} 是一个文件夹，写不成文件。换一个 --out")
    present = [str(path) for path in paths if path.exists()]
    if present and not force:
        raise _UserError(f"已经有了：{'、'.join(present)}。要覆盖请加 --force，或换一个 --out")


def _write_all(library: Library, targets: Sequence[tuple[Bank, Format, Path]]) -> None:
    materials = {bank.id: load_material(library, bank) for bank, _, _ in targets}
    for bank, form, path in targets:
        content, losses = export(materials[bank.id], form)
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            partial.write_bytes(content)
            partial.replace(path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise _UserError(f"{path} 写不了（{why(error)}）。它是不是正开着？") from None
        print(f"{path}：{form.title}，{bank.title}，{len(bank.questions)} 题。")
        _print_losses(losses)


def _print_losses(losses: Sequence[Loss]) -> None:
    if not losses:
        print(f"  {NOTHING}")
        return
    print(f"  {HEADING}：")
    for loss in losses:
        print(f"  · {loss}")
