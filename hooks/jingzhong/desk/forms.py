"""A form editor for people who never open an editor: Decap CMS under `admin/`, if asked for.

Its configuration is made from the model, so that a form knows the fields and words that the checks
know. A form is looser than the checks: what must fit together is said by `python hooks check`.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from jingzhong.model.cases import Case
from jingzhong.model.fields import (
    Boolean,
    Choice,
    Date,
    Integer,
    Kind,
    ListOf,
    MapOf,
    Nested,
    Number,
    Record,
    Term,
    specs,
)
from jingzhong.model.pages import ContentPage
from jingzhong.model.quizzes import TYPES, Bank, Question
from jingzhong.model.regulations import Regulation
from jingzhong.model.settings import Desk, Settings
from jingzhong.model.vocabulary import Vocabularies
from jingzhong.output.page import Asset, TextFile

FOLDER = "admin"
CONFIG = f"{FOLDER}/config.yml"
LOCAL = "http://127.0.0.1:8081/api/v1"
OWN = Path(__file__).parent / "admin"
# Texts that are longer than one line.
_LONG = ("stem", "passage", "explanation", "cause", "event", "do", "gist", "note", "description")
_SECTIONS = ("事故经过", "直接原因", "间接原因", "事故教训", "防范措施", "责任追究")
# Question type → the fields that only some types have.
_PARTS = {
    "single": ("options", "fixed_options"),
    "multiple": ("options", "fixed_options"),
    "order": ("options",),
    "blank": ("any_order",),
    "match": ("left", "right"),
    "judge": (),
}
_OF_A_TYPE = {name for names in _PARTS.values() for name in names}
_log = logging.getLogger("mkdocs.hooks.jingzhong")
Made = dict[str, Any]


def admin_assets(root: Path, settings: Settings) -> tuple[Asset, ...]:
    """The files of the editor; none where it is not asked for or Decap is not installed.

    What is missing is said in the log.
    """
    if not settings.admin:
        return ()
    dist = root / "node_modules/decap-cms/dist"
    if not (dist / "decap-cms.js").is_file():
        _log.info("没有装 Decap CMS：这次建站没有表单编辑器；要用就先运行 npm install")
        return ()
    decap = (
        path
        for path in sorted(dist.iterdir())
        if path.name.endswith(("decap-cms.js", "decap-cms.js.LICENSE.txt"))
    )
    return (
        *(Asset(f"{FOLDER}/{path.name}", path) for path in sorted(OWN.iterdir())),
        *(Asset(f"{FOLDER}/decap/{path.name}", path) for path in decap),
    )


def admin_config(settings: Settings, vocabularies: Vocabularies) -> TextFile:
    """Decap's configuration; JSON is valid YAML."""
    made = {
        "locale": "zh_Hans",
        **_back_end(settings.desk),
        "media_folder": "content/images",
        "public_folder": "images",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "show_preview_links": False,
        "editor": {"preview": False},
        "collections": list(_Forms(vocabularies).collections()),
    }
    return TextFile(CONFIG, json.dumps(made, ensure_ascii=False, indent=1) + "\n")


def _back_end(desk: Desk | None) -> Made:
    """Where a save goes: to this machine alone, or to a host, and on this machine to it still."""
    if desk is None:
        return {"backend": {"name": "proxy", "proxy_url": LOCAL, "branch": "main"}}
    made: Made = {"name": desk.name, "repo": desk.repo, "branch": desk.branch}
    if desk.app_id:
        made["app_id"] = desk.app_id
    host = (desk.host or "").rstrip("/")
    if desk.name == "gitlab":
        made["auth_type"] = "pkce"
        made |= {"base_url": host, "api_root": f"{host}/api/v4"} if host else {}
    elif desk.name in ("gitea", "forgejo"):
        made |= {"base_url": host, "api_root": f"{host}/api/v1"}
    elif host:
        # GitHub gives its keys to a server only: `host` is the one that does so (OAuth).
        made["base_url"] = host
    # Where the host has merge requests that Decap knows, somebody else looks first.
    mode = "editorial_workflow" if desk.name in ("gitlab", "github") else "simple"
    return {"backend": made, "publish_mode": mode, "local_backend": {"url": LOCAL}}


class _Forms:
    """Forms of every format."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._spellings = vocabularies.spellings
        self._makers: dict[type[Kind], Callable[[Any], Made]] = {
            Number: lambda kind: {"widget": "number", "value_type": "float", "min": kind.minimum},
            Integer: self._integer,
            Boolean: lambda _: {"widget": "boolean"},
            Date: self._date,
            Term: self._term,
            Choice: lambda kind: {"widget": "select", "options": _choices(kind.words)},
            ListOf: self._list,
            MapOf: lambda _: {"widget": "lines", "form": "pairs", "hint": "每行一项，如 A: 文字"},
            Nested: lambda kind: {
                "widget": "object",
                "fields": self._fields(kind.record),
            },
        }

    def collections(self) -> Iterator[Made]:
        """What the editor lists, one entry a format."""
        body = "\n\n".join(f"## {heading}\n" for heading in _SECTIONS)
        yield self._folder("cases", "事故案例", "cases", Case, body) | {
            "create": True,
            "slug": "{{fields.date}}-case",
            "summary": "{{date}} {{title}}",
            "sortable_fields": ["date", "title"],
        }
        bank = self._folder("quizzes", "题库", "quizzes", Bank, None)
        yield bank | {"create": True, "slug": "bank-{{year}}{{month}}{{day}}"}
        yield self._folder("regulations", "法规", "content/regulations", Regulation, "")
        yield self._folder("pages", "普通页面", "content", ContentPage, "")

    def _folder(
        self, name: str, label: str, folder: str, record: type[Record], body: str | None
    ) -> Made:
        """`body` is what a new file begins with; None for a format that has no body."""
        form = self._fields(record)
        if body is not None:
            # As text: Decap's own Markdown editor rewrites what it does not know.
            form.append({"name": "body", "label": "正文", "widget": "text", "default": body})
        return {
            "name": name,
            "label": label,
            "label_singular": label,
            "folder": folder,
            "extension": "yml" if body is None else "md",
            "format": "yml" if body is None else "yaml-frontmatter",
            "identifier_field": "title",
            "create": False,
            # Addresses are permanent: what is withdrawn is withdrawn in removed.yml.
            "delete": False,
            "fields": form,
        }

    def _fields(self, record: type[Record], left_out: frozenset[str] = frozenset()) -> list[Made]:
        defaults = {field.name: field.default for field in fields(record)}
        made = []
        for name, (spec, required) in specs(record).items():
            if name in left_out:
                continue
            form = {
                "name": name,
                "label": spec.label,
                "required": required,
                **self._kind(name, spec.kind),
            }
            if spec.example and "hint" not in form:
                form["hint"] = f"例：{spec.example}"
            if form["widget"] == "object" and not required:
                # Decap asks for required parts even of a group that is left out.
                form["fields"] = [part | {"required": False} for part in form["fields"]]
                form["collapsed"] = True
            if form["widget"] == "boolean":
                form["default"] = defaults[name] is True
            made.append(form)
        return made

    def _kind(self, name: str, kind: Kind) -> Made:
        for parent in type(kind).__mro__:
            if parent in self._makers:
                return self._makers[parent](kind)
        return {"widget": "text" if name in _LONG else "string"}

    def _integer(self, kind: Integer) -> Made:
        made = {"widget": "number", "value_type": "int", "min": kind.minimum}
        return made if kind.maximum is None else made | {"max": kind.maximum}

    def _date(self, kind: Date) -> Made:
        if kind.partial:
            return {"widget": "string"}
        day = "YYYY-MM-DD"
        return {
            "widget": "datetime",
            "format": day,
            "date_format": day,
            "time_format": False,
            "default": "",
        }

    def _term(self, kind: Term) -> Made:
        words = dict.fromkeys(self._spellings[kind.vocabulary].values())
        return {"widget": "select", "options": _choices(words)}

    def _list(self, kind: ListOf) -> Made:
        if isinstance(kind.of, Choice):
            many: Made = {"multiple": True, "min": kind.least}
            return self._kind("", kind.of) | many | ({"max": kind.most} if kind.most else {})
        if isinstance(kind.of, Nested):
            made: Made = {"widget": "list", "collapsed": True}
            if kind.of.record is Question:
                return made | {"typeKey": "type", "types": self._questions()}
            form = self._fields(kind.of.record)
            # A default in an item would put one item into every new file.
            return made | {
                "fields": [{key: part[key] for key in part if key != "default"} for part in form]
            }
        how = "one_or_list" if kind.or_one else "list"
        return {"widget": "lines", "form": how, "hint": "每行一项"}

    def _questions(self) -> list[Made]:
        """One form for each type of question."""
        made = []
        for name, label in TYPES.items():
            left_out = frozenset({"type", *_OF_A_TYPE} - set(_PARTS[name]))
            form = [
                field | (_answer(name) if field["name"] == "answer" else {})
                for field in self._fields(Question, left_out)
            ]
            summary = "{{fields.id}} {{fields.stem}}"
            made.append(
                {
                    "name": name,
                    "label": label,
                    "widget": "object",
                    "summary": summary,
                    "fields": form,
                }
            )
        return made


def _answer(question_type: str) -> Made:
    """The widget of an answer, which differs with the type of the question."""
    answers: dict[str, Made] = {
        "judge": {"widget": "select", "options": ["对", "错"], "hint": "对或错"},
        "blank": {
            "widget": "lines",
            "form": "blanks",
            "hint": "每个空一行，几种写法都算对的用 | 隔开",
        },
        "match": {"widget": "lines", "form": "pairs", "hint": "每行一对，如 A: 2"},
        "multiple": {"hint": "字母连写，如 ABD"},
        "order": {"hint": "字母按先后连写，如 BDAC"},
    }
    return answers.get(question_type, {})


def _choices(words: Iterable[str]) -> list[Made]:
    """Options of a select: words stand in the file as they are shown."""
    return [{"label": word, "value": word} for word in words]
