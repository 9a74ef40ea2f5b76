"""The rules of the house that are about files: who imports whom, how long, which events.

Each rule is a function from a folder of sources to its faults, so that a twin can plant some.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import ModuleType

import pytest
from mkdocs.plugins import EVENTS

# Who stands where; a module imports only from its own row or from one further down.
LAYERS = (
    ("mkdocs_hooks", "__main__"),
    ("jingzhong.site",),
    ("jingzhong.output", "jingzhong.channels", "jingzhong.exchange", "jingzhong.desk"),
    ("jingzhong.search", "jingzhong.quiz", "jingzhong.rules", "jingzhong.law"),
    ("jingzhong.model",),
    ("jingzhong.errors",),
    ("jingzhong",),
)
ROW = {name: row for row, names in enumerate(LAYERS) for name in names}
HOOKS = "mkdocs_hooks"
FRAMEWORK = ("mkdocs", "material")
MODULE_LINES = 500
HOOK_CODE_LINES = 60


# Imports


def module_names(folder: Path) -> dict[str, Path]:
    """Dotted name → file of every module under a `hooks` folder."""
    return {
        ".".join(path.relative_to(folder).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(folder.rglob("*.py"))
    }


def imports(name: str, path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything a module imports, also inside functions."""
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{origin}.{alias.name}"


def resolve(target: str, modules: dict[str, Path]) -> str | None:
    """The module of ours that an imported name stands in, or None."""
    while target:
        if target in modules:
            return target
        target = target.rpartition(".")[0]
    return None


def row_of(name: str) -> int | None:
    """Row of the layer that a module belongs to; None where the plan names none."""
    parts = name.split(".")
    return ROW.get(".".join(parts[:2]))


def import_faults(folder: Path) -> list[str]:
    """Imports against the grain, in a circle, or of a framework where none may be."""
    modules = module_names(folder)
    graph: dict[str, set[str]] = {name: set() for name in modules}
    faults = [f"{name} stands in no layer" for name in modules if row_of(name) is None]
    for name, path in modules.items():
        for line, target in imports(name, path):
            if target.split(".")[0] in FRAMEWORK and name != HOOKS:
                faults.append(f"{name}:{line} imports {target}, which only {HOOKS} may")
            ours = resolve(target, modules)
            if ours is None or ours == name:
                continue
            graph[name].add(ours)
            here, there = row_of(name), row_of(ours)
            if here is not None and there is not None and here > there:
                faults.append(f"{name}:{line} imports {ours}, which stands above it")
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        faults.append("in a circle: " + " ← ".join(error.args[1]))
    return faults


def test_imports_point_one_way(project: Path) -> None:
    modules = module_names(project / "hooks")
    assert {"jingzhong.site", "jingzhong.model.cases", HOOKS, "__main__"} <= set(modules)
    assert import_faults(project / "hooks") == []


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A `hooks` folder with sound imports, of every form."""
    files = {
        "mkdocs_hooks.py": "import mkdocs.plugins\nfrom jingzhong.site import build\n",
        "__main__.py": "from jingzhong import site\n",
        "jingzhong/__init__.py": "",
        "jingzhong/errors.py": "import dataclasses\n",
        "jingzhong/site.py": "from .output import page\nfrom jingzhong.rules import check\n",
        "jingzhong/output/__init__.py": "",
        "jingzhong/output/page.py": "from ..model.cases import Case\nfrom . import urls\n",
        "jingzhong/output/urls.py": "",
        "jingzhong/rules/__init__.py": "from jingzhong.law.names import find\n",
        "jingzhong/law/__init__.py": "",
        "jingzhong/law/names.py": "import materials_of_ours\nimport jingzhong.model.cases\n",
        "jingzhong/model/__init__.py": "",
        "jingzhong/model/cases.py": "from jingzhong.errors import Problem\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_a_sound_small_house_has_no_fault(small_house: Path) -> None:
    assert import_faults(small_house) == []


@pytest.mark.parametrize(
    ("file", "planted", "fault"),
    [
        ("jingzhong/model/cases.py", "import mkdocs", "jingzhong.model.cases:2 imports mkdocs,"),
        ("jingzhong/site.py", "def f():\n    from material.x import y", "imports material.x.y,"),
        ("__main__.py", "from mkdocs.config import load_config", "__main__:2 imports mkdocs."),
        ("jingzhong/model/cases.py", "from jingzhong.rules import check", "stands above it"),
        ("jingzhong/model/cases.py", "from ..output.page import Page", "stands above it"),
        ("jingzhong/errors.py", "import jingzhong.model.cases", "stands above it"),
        ("jingzhong/rules/__init__.py", "from jingzhong import site", "stands above it"),
        ("jingzhong/output/urls.py", "from jingzhong.site import build", "stands above it"),
        ("jingzhong/output/urls.py", "from jingzhong.output.page import Page", "in a circle"),
        ("jingzhong/law/names.py", "from jingzhong.rules import check", "in a circle"),
        ("jingzhong/utils.py", "import re", "jingzhong.utils stands in no layer"),
    ],
)
def test_a_planted_import_is_found(small_house: Path, file: str, planted: str, fault: str) -> None:
    path = small_house / file
    before = path.read_text("utf-8") if path.exists() else ""
    path.write_text(before + planted + "\n", "utf-8")
    assert any(fault in found for found in import_faults(small_house))


# Events


def load_as_mkdocs_does(path: Path) -> ModuleType:
    """Execute a hook file; what it imports is already importable here."""
    spec = importlib.util.spec_from_file_location("loaded_hooks", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[spec.name]
    return module


def event_faults(module: ModuleType) -> list[str]:
    """Callables that MkDocs takes for events, though it knows no such event."""
    known = {f"on_{event}" for event in EVENTS}
    return [
        name
        for name, value in vars(module).items()
        if name.startswith("on_") and callable(value) and name not in known
    ]


def code_lines(text: str) -> int:
    """Lines of Python that hold more than a comment, a docstring or nothing."""
    layout = (tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.COMMENT)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in (*layout, tokenize.ENDMARKER):
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def test_every_event_of_the_hook_file_exists(project: Path) -> None:
    module = load_as_mkdocs_does(project / "hooks/mkdocs_hooks.py")
    assert callable(getattr(module, "on_config", None))
    assert event_faults(module) == []


@pytest.mark.parametrize(
    ("planted", "name"),
    [
        ("def on_page_contents(html, **rest): return html", "on_page_contents"),
        ("from jingzhong.errors import quoted as on_text", "on_text"),
    ],
)
def test_a_planted_event_is_found(project: Path, tmp_path: Path, planted: str, name: str) -> None:
    path = tmp_path / "mkdocs_hooks.py"
    text = (project / "hooks/mkdocs_hooks.py").read_text("utf-8")
    path.write_text(f"{text}\n\n{planted}\n", "utf-8")
    assert event_faults(load_as_mkdocs_does(path)) == [name]


def test_the_hook_file_only_translates(project: Path) -> None:
    assert code_lines((project / "hooks/mkdocs_hooks.py").read_text("utf-8")) <= HOOK_CODE_LINES


def test_code_lines_are_counted_without_comments_and_docstrings() -> None:
    text = '"""Doc.\n\nMore."""\n\nx = (  # why\n    1,\n)\n\n\ndef f():\n    """Doc."""\n    # c\n    return """a\nb"""\n'
    assert code_lines(text) == 6
    assert code_lines("x = 1\n" * (HOOK_CODE_LINES + 1)) > HOOK_CODE_LINES


# Sizes


def size_faults(folder: Path) -> list[str]:
    """Python and JavaScript files that are too long to be one thing."""
    return [
        f"{path.relative_to(folder).as_posix()} has {lines} lines"
        for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.js")))
        if (lines := len(path.read_text("utf-8").splitlines())) > MODULE_LINES
    ]


def test_no_module_is_too_long(project: Path) -> None:
    assert size_faults(project / "hooks") == []


@pytest.mark.parametrize("name", ["model/long.py", "static/js/long.js"])
def test_a_planted_long_module_is_found(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("x = 1;\n" * MODULE_LINES, "utf-8")
    assert size_faults(tmp_path) == []
    path.write_text("x = 1;\n" * (MODULE_LINES + 1), "utf-8")
    assert size_faults(tmp_path) == [f"{name} has {MODULE_LINES + 1} lines"]


# Selectors in JavaScript

SELECTION = re.compile(
    r"\.(?P<way>querySelector|querySelectorAll|closest|matches|getElementById"
    r"|getElementsBy\w+)\s*\(\s*(?P<quote>[\"'`])(?P<selector>.*?)(?P=quote)",
    re.DOTALL,
)
BY_NAME = ("querySelector", "querySelectorAll", "closest", "matches", "getElementsByTagName")
ATTRIBUTE = re.compile(r"\[[^\]]*\]")


def selector_faults(folder: Path) -> list[str]:
    """Selections by class or id; looks may change without breaking work.

    What is ours is found by `data-*`. An element's own name (`template`, `nav`, `p`) is meaning,
    not looks, and all that Markdown leaves to go by, so it may stand in a selector.
    """
    faults = []
    for path in sorted(folder.rglob("*.js")):
        for match in SELECTION.finditer(path.read_text("utf-8")):
            other = [
                attribute
                for attribute in ATTRIBUTE.findall(match["selector"])
                if attribute.startswith(("[class", "[id"))
            ]
            plain = ATTRIBUTE.sub("", match["selector"])
            if match["way"] not in BY_NAME or other or re.search(r"[.#]", plain):
                faults.append(f"{path.relative_to(folder).as_posix()}: {match['selector']}")
    return faults


def test_scripts_select_by_data_attributes(project: Path) -> None:
    assert selector_faults(project / "hooks") == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("root.querySelector('[data-part=\"stem\"]')", False),
        ('root.querySelectorAll(\n  "[data-answer], [data-reset] input:checked")', False),
        ("root.querySelector(selector)", False),
        ("root.querySelector('.jz-quiz')", True),
        ("root.querySelectorAll('[data-a], #form')", True),
        ("link.closest(`[data-list].open`)", True),
        ("root.querySelector('template')", False),
        ("node.closest('nav, details:not([open])')", False),
        ("root.querySelector('[class=jz-quiz]')", True),
        ("root.querySelector('[id]')", True),
        ("document.getElementById('form')", True),
        ("document.getElementsByClassName('jz-quiz')", True),
    ],
)
def test_a_planted_selector_is_found(tmp_path: Path, planted: str, found: bool) -> None:
    (tmp_path / "widget.js").write_text(planted + ";\n", "utf-8")
    assert bool(selector_faults(tmp_path)) is found
