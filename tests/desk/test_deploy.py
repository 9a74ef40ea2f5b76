"""What users copy from `deploy/`: the platforms read it, and what fails stops the rest."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
CI = sorted((DEPLOY / "ci").glob("*.yml"))
VERB = re.compile(r"python3? hooks ([a-z]+)")
SCHEMAS = {
    "github.yml": "vendor.github-workflows",
    "gitea.yml": "vendor.github-workflows",
    "gitlab.yml": "vendor.gitlab-ci",
}
CHECKS = ("hooks fmt --check", "hooks check", "hooks schema --check", "mkdocs build --strict")


def commands(value: Any) -> list[str]:
    """Every text under `run`, `script` or `entry`, in order."""
    if isinstance(value, list):
        return [text for one in value for text in commands(one)]
    if not isinstance(value, dict):
        return []
    found: list[str] = []
    for key, one in value.items():
        if key in ("run", "script", "entry"):
            found += one if isinstance(one, list) else [one]
        else:
            found += commands(one)
    return found


def test_every_system_checks_the_same_before_it_publishes() -> None:
    assert [path.name for path in CI] == ["gitea.yml", "github.yml", "gitlab.yml"]
    for path in CI:
        told = "\n".join(commands(yaml.safe_load(path.read_text("utf-8"))))
        places = [told.find(check) for check in CHECKS]
        assert places == sorted(places) and places[0] > 0, path.name


def test_only_verbs_that_exist_are_called() -> None:
    done = subprocess.run(
        [sys.executable, "hooks", "--help"], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    known = set(re.findall(r"^    ([a-z]+) ", done.stdout, re.M))
    files = [*CI, DEPLOY / "README.md", ROOT / ".pre-commit-config.yaml"]
    called = {verb for path in files for verb in VERB.findall(path.read_text("utf-8"))}
    assert {"fmt", "check", "schema"} <= called <= known
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0][
        "hooks"
    ]
    assert {hook["args"][0] for hook in hooks} <= known


def invalid(path: Path) -> str:
    """What a validator with the platform's own schema says against the file; empty for nothing."""
    schema = SCHEMAS[path.name]
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
        + (["--data-transform", "gitlab-ci"] if "gitlab" in schema else [])
        + [str(path)],
        capture_output=True,
        encoding="utf-8",
    )
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.parametrize("path", CI, ids=lambda path: path.name)
def test_the_files_are_what_the_platforms_read(path: Path) -> None:
    assert invalid(path) == ""


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("github.yml", "runs-on:", "run-on:"),
        ("gitlab.yml", "image: python:3.11", "image: [python]"),
        ("gitea.yml", "timeout-minutes: 20", "timeout-minutes: [20]"),
    ],
)
def test_a_planted_mistake_is_found(name: str, right: str, wrong: str, tmp_path: Path) -> None:
    text = (DEPLOY / "ci" / name).read_text("utf-8")
    assert right in text
    (tmp_path / name).write_text(text.replace(right, wrong), "utf-8")
    assert "Schema validation errors" in invalid(tmp_path / name)


def test_no_job_runs_for_hours() -> None:
    for path in CI:
        jobs = yaml.safe_load(path.read_text("utf-8"))
        if "jobs" in jobs:
            assert all(job["timeout-minutes"] <= 20 for job in jobs["jobs"].values()), path.name
        else:
            assert jobs[".build"]["timeout"] == "20 minutes"
            assert jobs["pages"]["extends"] == jobs["review"]["extends"] == ".build"


def steps(path: Path) -> list[str]:
    """The scripts of the job that builds, in order."""
    content = yaml.safe_load(path.read_text("utf-8"))
    return commands(content["jobs"]["build"] if "jobs" in content else content[".build"])


@pytest.mark.parametrize("path", CI, ids=lambda path: path.name)
def test_what_fails_stops_all_that_follows(path: Path, tmp_path: Path) -> None:
    """Each script in a shell as the platforms start it, with a Python that only writes down."""
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\necho "$@" >> "$LOG"\ncase "$*" in "hooks check") exit 1;; esac\n')
    python.chmod(0o755)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for name in ("python3", ".venv/bin/python"):
        (tmp_path / name).symlink_to(python)
    log = tmp_path / "log"
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "LOG": str(log), "MIRROR": ""}
    for step in steps(path):
        shell = ["bash", "-eo", "pipefail", "-c", step]
        if subprocess.run(shell, cwd=tmp_path, env=environment).returncode:
            break
    done = log.read_text("utf-8").splitlines()
    assert done[-2:] == ["hooks fmt --check", "hooks check"]
    assert "requirements.txt" in done[-3]


def test_no_host_but_examples() -> None:
    for path in [*DEPLOY.rglob("*"), ROOT / ".pre-commit-config.yaml"]:
        if path.is_file():
            hosts = re.findall(r"https?://([\w.-]*[a-z][\w.-]*)", path.read_text("utf-8"))
            known = [host for host in hosts if host == "host" or host.endswith(".example.gov.cn")]
            assert hosts == known, path.name


def committed(root: Path, *arguments: str, environment: dict[str, str] | None = None) -> Any:
    """Run the hooks' own command line in `root`, as pre-commit does: no shell, names at the end."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    fmt, check = config["repos"][0]["hooks"]
    assert fmt["entry"] == check["entry"] and fmt["args"] == ["fmt", "--check"]
    return subprocess.run(
        [*shlex.split(check["entry"]), *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
    )


def test_the_hooks_before_a_commit_take_content_and_nothing_else() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [one["repo"] for one in config["repos"]] == ["local"]
    fmt, check = config["repos"][0]["hooks"]

    def taken(name: str) -> bool:
        return bool(re.search(fmt["files"], name) and not re.search(fmt["exclude"], name))

    for name in ("cases/a.md", "content/regulations/a.md", "quizzes/a.yml", "quizzes/plans/a.yml"):
        assert taken(name), name
    for name in ("README.md", "cases/README.md", "quizzes/a.rejected.yml", "hooks/a.yml"):
        assert not taken(name), name
    # A file that is deleted is in no list, and others may lead to it.
    assert check["always_run"] and "files" not in check


def test_the_hooks_find_a_python(tmp_path: Path) -> None:
    (tmp_path / "hooks").mkdir()
    (tmp_path / "hooks/__main__.py").write_text("import sys; print(sys.argv[1:], sys.executable)")
    bare = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    arguments = ("fmt", "--check", "cases/a b.md")
    told = committed(tmp_path, *arguments, environment=bare)
    assert told.stdout.startswith(str(list(arguments))), told.stderr
    (tmp_path / ".venv/Scripts").mkdir(parents=True)
    (tmp_path / ".venv/Scripts/python.exe").write_text('#!/bin/sh\necho windows "$@"\n')
    (tmp_path / ".venv/Scripts/python.exe").chmod(0o755)
    told = committed(tmp_path, "check", environment=bare)
    assert told.stdout == "windows hooks check\n"


def test_the_hooks_refuse_a_broken_case(project: Path, tmp_path: Path) -> None:
    root = shutil.copytree(project / "tests/fixtures/valid", tmp_path / "project")
    (root / "hooks").symlink_to(project / "hooks")
    (root / ".venv/bin").mkdir(parents=True)
    (root / ".venv/bin/python").symlink_to(sys.executable)
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": os.pathsep.join(sys.path)}
    told = committed(root, "check", environment=environment)
    assert told.returncode == 0, told.stdout + told.stderr
    case = next((root / "cases").glob("20*.md"))
    text = case.read_text("utf-8")
    case.write_text(re.sub(r"^date: .*$", "date: 2015-18-12", text, count=1, flags=re.M), "utf-8")
    told = committed(root, "check", environment=environment)
    assert told.returncode == 1 and "应为日历上有的日期" in told.stdout, told.stderr
