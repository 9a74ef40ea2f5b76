"""The JSON Schemas agree with the model and with everything that is shipped."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from jingzhong.desk.schemas import FORMATS, build_schemas
from jingzhong.model.vocabulary import load_vocabularies

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / ".vscode" / "schemas"


class Loader(yaml.CSafeLoader):
    """YAML as editors read it: dates stay text."""


Loader.yaml_implicit_resolvers = {
    sign: [entry for entry in entries if entry[0] != "tag:yaml.org,2002:timestamp"]
    for sign, entries in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def validators() -> dict[str, Draft202012Validator]:
    made = {}
    for name, text in build_schemas(load_vocabularies()):
        schema = json.loads(text)
        Draft202012Validator.check_schema(schema)
        made[name.removesuffix(".schema.json")] = Draft202012Validator(schema)
    return made


def content(path: Path) -> Any:
    text = path.read_text("utf-8")
    return yaml.load(text.split("---\n", 2)[1] if path.suffix == ".md" else text, Loader=Loader)


@pytest.mark.parametrize("name", FORMATS)
def test_shipped_files_fit(name: str, validators: dict[str, Draft202012Validator]) -> None:
    files = sorted(ROOT.glob(FORMATS[name][2]))
    assert files
    for path in files:
        faults = [
            f"{list(e.path)}: {e.message}" for e in validators[name].iter_errors(content(path))
        ]
        assert faults == [], path.name


def test_committed_schemas_are_up_to_date() -> None:
    command = [sys.executable, "hooks", "schema", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    for schema, files in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file() and list(ROOT.glob(files))


def test_an_outdated_schema_is_noticed(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "hooks"), "--root", str(tmp_path), "schema"]
    (tmp_path / "mkdocs.yml").write_text("site_name: 示例\n", "utf-8")
    assert subprocess.run([*command, "--check"], capture_output=True).returncode == 1
    assert subprocess.run(command, capture_output=True).returncode == 0
    assert {path.name for path in (tmp_path / ".vscode/schemas").iterdir()} == {
        path.name for path in COMMITTED.iterdir()
    }
    assert subprocess.run([*command, "--check"], capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("name", "change", "place"),
    [
        ("case", {"sector": ["消房"]}, "sector"),
        ("case", {"date": "2015年8月"}, "date"),
        ("case", {"deaths": 3}, None),
        ("bank", {"reviewed": "昨天"}, "reviewed"),
        ("contest", {"points": -1}, "points"),
        ("plan", {"month": 13}, "month"),
        ("regulation", {"kind": "法令"}, "kind"),
        ("page", {"titel": "关于"}, None),
    ],
)
def test_a_mistake_is_marked(
    name: str,
    change: dict[str, Any],
    place: str | None,
    validators: dict[str, Draft202012Validator],
) -> None:
    good = content(sorted(ROOT.glob(FORMATS[name][2]))[0])
    errors = list(validators[name].iter_errors(good | change))
    assert errors and all((list(error.path) or [None])[0] == place for error in errors)
