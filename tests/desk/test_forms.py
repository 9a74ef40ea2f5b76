"""The form editor: its forms know what the model knows, and nobody gets it unasked."""

from __future__ import annotations

import datetime
import json
import logging
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jingzhong.desk.forms import CONFIG, LOCAL, admin_config
from jingzhong.errors import ContentError
from jingzhong.model.cases import Case
from jingzhong.model.fields import Nested, Record, specs
from jingzhong.model.pages import ContentPage
from jingzhong.model.quizzes import TYPES, Bank, Question
from jingzhong.model.regulations import Regulation
from jingzhong.model.settings import Desk, Settings
from jingzhong.model.vocabulary import load_vocabularies
from jingzhong.output import offline, urls
from jingzhong.site import Site, build

RECORDS: dict[str, type[Record]] = {
    "cases": Case,
    "quizzes": Bank,
    "regulations": Regulation,
    "pages": ContentPage,
}


def config(desk: Desk | None = None) -> dict[str, Any]:
    """What Decap reads."""
    settings = Settings(city="", unit="", as_of=datetime.date(2026, 11, 23), admin=True, desk=desk)
    made: dict[str, Any] = json.loads(admin_config(settings, load_vocabularies()).text)
    return made


def forms() -> dict[str, list[dict[str, Any]]]:
    """Collection → its fields."""
    return {one["name"]: one["fields"] for one in config()["collections"]}


def missing(record: type[Record], form: list[dict[str, Any]], at: str) -> Iterator[str]:
    """Fields of the model that a form has not, and labels that differ."""
    shown = {field["name"]: field for field in form}
    for name, (spec, _) in specs(record).items():
        if name not in shown or shown[name]["label"] != spec.label:
            yield f"{at}.{name}"
        elif isinstance(spec.kind, Nested):
            yield from missing(spec.kind.record, shown[name]["fields"], f"{at}.{name}")


def test_every_field_of_the_model_has_its_form() -> None:
    found = forms()
    assert set(found) == set(RECORDS)
    for name, record in RECORDS.items():
        assert list(missing(record, found[name], name)) == []


def test_a_missing_field_is_found() -> None:
    form = [field for field in forms()["cases"] if field["name"] != "grade"]
    place = next(field for field in form if field["name"] == "place")
    place["fields"] = place["fields"][1:]
    assert list(missing(Case, form, "cases")) == ["cases.place.province", "cases.grade"]


def test_words_are_chosen_not_typed() -> None:
    case = {field["name"]: field for field in forms()["cases"]}
    words = [option["value"] for option in case["sector"]["options"]]
    assert "危险化学品" in words and "危化品" not in words and case["sector"]["multiple"]
    assert case["date"]["widget"] == "datetime" and case["date"]["format"] == "YYYY-MM-DD"
    assert case["body"]["widget"] == "text" and "## 事故教训" in case["body"]["default"]
    # Parts of a group that may be left out cannot be required.
    assert case["place"]["fields"][0]["required"] is True
    assert not any(field["required"] for field in case["report"]["fields"])


def test_each_type_of_question_has_its_own_form() -> None:
    questions = next(field for field in forms()["quizzes"] if field["name"] == "questions")
    types = {one["name"]: one for one in questions["types"]}
    assert questions["typeKey"] == "type"
    assert {name: one["label"] for name, one in types.items()} == TYPES
    common = {*specs(Question)} - {"type"}
    names = {name: {field["name"] for field in one["fields"]} for name, one in types.items()}
    assert set.union(*names.values()) == common
    assert "options" in names["single"] and "options" not in names["judge"]
    assert names["match"] - names["judge"] == {"left", "right"}
    answer = {
        n: next(f for f in one["fields"] if f["name"] == "answer") for n, one in types.items()
    }
    assert answer["judge"]["options"] == ["对", "错"]
    assert answer["blank"]["form"] == "blanks" and answer["match"]["form"] == "pairs"


def test_it_saves_where_the_settings_say() -> None:
    assert config()["backend"] == {"name": "proxy", "proxy_url": LOCAL, "branch": "main"}
    made = config(Desk(name="gitlab", repo="a/b", host="https://git.example.com/", app_id="1"))
    assert made["backend"] == {
        "name": "gitlab",
        "repo": "a/b",
        "branch": "main",
        "app_id": "1",
        "auth_type": "pkce",
        "base_url": "https://git.example.com",
        "api_root": "https://git.example.com/api/v4",
    }
    assert made["publish_mode"] == "editorial_workflow" and made["local_backend"] == {"url": LOCAL}
    for name in ("gitea", "forgejo"):
        made = config(Desk(name=name, repo="a/b", host="https://git.example.com", app_id="1"))
        assert made["backend"]["api_root"] == "https://git.example.com/api/v1"
    assert config(Desk(name="github", repo="a/b"))["backend"] == {
        "name": "github",
        "repo": "a/b",
        "branch": "main",
    }


@pytest.fixture
def root(project: Path, tmp_path: Path) -> Path:
    """A small project that asks for the editor."""
    folder = shutil.copytree(project / "tests/fixtures/valid", tmp_path / "project")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("    admin: true\n")
    return folder


def install(root: Path) -> None:
    """What npm would put there, in small."""
    dist = root / "node_modules/decap-cms/dist"
    dist.mkdir(parents=True)
    for name in ("decap-cms.js", "1.decap-cms.js", "cms.js", "decap-cms.js.map", "index.html"):
        (dist / name).write_text("", "utf-8")


def published(site: Site) -> set[str]:
    """The addresses under `admin/`."""
    named = [asset.address for asset in site.assets] + [file.address for file in site.files()]
    return {address for address in named if address.startswith("admin/")}


def test_it_is_published_only_where_asked_for_and_installed(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert published(build(root, root / "mkdocs.yml")) == set()
    said = [record for record in caplog.records if "npm install" in record.message]
    assert [record.levelname for record in said] == ["INFO"]
    install(root)
    assert published(build(root, root / "mkdocs.yml")) == {
        CONFIG,
        "admin/index.html",
        "admin/forms.js",
        "admin/decap/decap-cms.js",
        "admin/decap/1.decap-cms.js",
    }
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("admin: true", "admin: false"), "utf-8")
    assert published(build(root, root / "mkdocs.yml")) == set()


def test_it_is_no_page_and_not_in_the_offline_package(root: Path, tmp_path: Path) -> None:
    install(root)
    site = build(root, root / "mkdocs.yml")
    assert not [page.address for page in site.pages if page.address.startswith("admin")]
    folder = tmp_path / "site"
    for name in ("index.html", "admin/index.html"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", "utf-8")
    offline._pack(folder, (), {}, datetime.date(2026, 11, 23))
    with zipfile.ZipFile(folder / urls.PACKAGE) as archive:
        assert archive.namelist() == ["site/index.html"]


def test_a_host_of_ones_own_must_be_named(root: Path) -> None:
    text = (root / "mkdocs.yml").read_text("utf-8")
    assert "      host: " in text
    (root / "mkdocs.yml").write_text(re.sub("(?m)^      host: .*$", "", text), "utf-8")
    with pytest.raises(ContentError) as caught:
        build(root, root / "mkdocs.yml")
    (problem,) = caught.value.problems
    assert problem.field == "extra.jingzhong.desk.host" and problem.line > 1
