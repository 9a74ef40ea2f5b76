"""`python hooks schema`: writes the JSON Schemas that editors such as VS Code complete from."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from jingzhong.desk.schemas import build_schemas
from jingzhong.errors import ContentError, why
from jingzhong.model.vocabulary import load_vocabularies

FOLDER = Path(".vscode/schemas")


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `schema` to the command line."""
    parser = verbs.add_parser(
        "schema", help="按模型生成各种文件的 JSON Schema，编辑器据此补全和提示"
    )
    parser.add_argument("--check", action="store_true", help="只看是不是最新，不写文件")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write, or with `--check` compare; 1 when a schema is out of date."""
    folder = options.root / FOLDER
    try:
        made = dict(build_schemas(load_vocabularies()))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    old = {name: _read(folder / name) for name in made}
    changed = [name for name, text in made.items() if old[name] != text]
    if options.check:
        for name in changed:
            print(f"{FOLDER / name} 已经过时，请运行 python hooks schema。", file=sys.stderr)
        return bool(changed)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in changed:
            (folder / name).write_text(made[name], "utf-8")
    except OSError as error:
        print(f"{FOLDER}：写不进去（{why(error)}）", file=sys.stderr)
        return 1
    print(f"{FOLDER}：写了 {len(changed)} 个，没有变的 {len(made) - len(changed)} 个。")
    return 0


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None
