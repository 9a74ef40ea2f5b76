"""The library that papers are printed from here."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from jingzhong.errors import Report
from jingzhong.model.library import Library, load_library


@pytest.fixture(scope="session")
def printed() -> ModuleType:
    """The module `printed.py`, which tests cannot import by name."""
    path = Path(__file__).with_name("printed.py")
    spec = importlib.util.spec_from_file_location("printed", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def printed_project(
    tmp_path_factory: pytest.TempPathFactory, project: Path, printed: ModuleType
) -> Path:
    """Bank `all`, contests `every` (all types) and `open` (its key is public)."""
    folder: Path = printed.write_project(tmp_path_factory.mktemp("printed"), project)
    return folder


@pytest.fixture(scope="session")
def library(printed_project: Path) -> Library:
    report = Report()
    library = load_library(printed_project, printed_project / "mkdocs.yml", report)
    assert library is not None and not report.errors, report.problems
    return library
