"""`python hooks fmt`: writes content files in canonical form, or with `--check` only compares."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from jingzhong.desk.canonical import FOLDERS, canonical, record_of
from jingzhong.desk.yaml_tree import UnsafeError
from jingzhong.errors import Report, why
from jingzhong.model.source import load_source


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `fmt` to the command line."""
    parser = verbs.add_parser("fmt", help="把案例、法规、题库写成规范形式；不改意思，不丢注释")
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="文件", help="文件或文件夹，默认全部内容文件"
    )
    parser.add_argument("--check", action="store_true", help="只看是不是规范形式，不写文件")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """1 when a file is not canonical (`--check`) or had to be left alone."""
    changed = alone = total = 0
    for path in _named(options) if options.files else _all(options.root):
        total += 1
        try:
            changed += _format(path, options)
        except UnsafeError as error:
            alone += 1
            print(f"{_shown(path, options.root)}：没有改动：{error}", file=sys.stderr)
    if not total and options.files:
        print("这里面没有 cases/、content/、quizzes/ 的内容文件，请检查路径。", file=sys.stderr)
        return 1
    rest = f"，没有改动也不能改写的 {alone} 个" if alone else ""
    verb = "要改写的" if options.check else "改写了"
    print(f"共 {total} 个文件，{verb} {changed} 个{rest}。")
    return bool(alone or (options.check and changed))


def _all(root: Path) -> Iterator[Path]:
    for path in sorted({p for folder in FOLDERS for p in (root / folder).rglob("*")}):
        if path.is_file() and record_of(path.relative_to(root).as_posix()):
            yield path


def _named(options: argparse.Namespace) -> Iterator[Path]:
    """The files as given: from where the command runs, else from the project folder."""
    for path in options.files:
        here = path.absolute()
        place = here if _exists(here) or path.is_absolute() else options.root / path
        is_folder = _exists(place) and place.is_dir()
        yield from _inside(place, options.root) if is_folder else (place,)


def _exists(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is none."""
    try:
        return path.exists()
    except OSError:
        return False


def _inside(folder: Path, root: Path) -> Iterator[Path]:
    folder = folder.resolve()
    for path in _all(root):
        if path.is_relative_to(folder):
            yield path


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _format(path: Path, options: argparse.Namespace) -> bool:
    """Format one file; True when it was not canonical."""
    root = options.root
    path = path.resolve()
    record = record_of(_shown(path, root)) if path.is_relative_to(root) else None
    if not _exists(path):
        raise UnsafeError("没有这个文件，请检查文件名和路径")
    if record is None:
        raise UnsafeError("不是 cases/、content/、quizzes/ 里的内容文件")
    report = Report()
    source = load_source(root, path, report)
    if source is None:
        raise UnsafeError(report.problems[0].message)
    new = canonical(source, record)
    raw = path.read_bytes()
    if new.encode() == raw:
        return False
    if options.check:
        # Line ends and a byte-order mark differ too, though no line then does.
        old, lines = source.text.split("\n"), new.split("\n")
        pairs = enumerate(zip(old, lines, strict=False), 1)
        line = next((number for number, (a, b) in pairs if a != b), 1)
        name = source.path
        print(f"{name}:{line}: 不是规范形式，请运行 python hooks fmt {name}", file=sys.stderr)
        return True
    _replace(path, new)
    return True


def _replace(path: Path, text: str) -> None:
    """Write beside the file and rename, so that a broken write leaves the old file whole."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.write_bytes(text.encode())
        fresh.chmod(path.stat().st_mode & 0o777)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise UnsafeError(f"写不进去（{why(error)}）") from None
