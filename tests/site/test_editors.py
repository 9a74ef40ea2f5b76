"""The editors' manual: built, kept apart from what the public finds, and true to the commands."""

from __future__ import annotations

import argparse
import importlib.util
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jingzhong.errors import Report
from jingzhong.model.cases import Correction
from jingzhong.model.fields import specs
from jingzhong.model.library import load_library
from jingzhong.output.search_units import search_units
from jingzhong.output.withdrawn import Withdrawn, check_addresses
from jingzhong.site import build, check

PROJECT = Path(__file__).resolve().parents[2]
MANUAL = PROJECT / "content" / "editors"
PAGES = sorted(path.name for path in MANUAL.glob("*.md"))
CASE = "cases/2025-07-01-foshan-forklift.md"
BANK = "quizzes/confined-machinery.yml"
LAW = "content/regulations/fire-law.md"
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)(?:\{ \.jz-shot width=(\d+) height=(\d+) \})?")
MOST_BYTES = 80_000


def text_of(name: str) -> str:
    return (MANUAL / name).read_text("utf-8")


def blocks(text: str, *kinds: str) -> list[str]:
    """The fenced blocks of these kinds."""
    found = re.findall(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S)
    return [body for kind, body in found if kind in kinds]


# Built, and kept apart.


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_built_and_hidden_from_search_engines(name: str, site_dir: Path) -> None:
    html = (site_dir / "editors" / name.replace(".md", ".html")).read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in html
    assert "\nlisted: false\n" in text_of(name)


def test_the_manual_leads_to_every_page_and_about_leads_to_the_manual(site_dir: Path) -> None:
    index = (site_dir / "editors" / "index.html").read_text("utf-8")
    others = [name.replace(".md", ".html") for name in PAGES if name != "index.md"]
    assert len(others) == 5
    for address in (*others, "coverage.html"):
        assert f'href="{address}"' in index, address
    assert 'href="editors/index.html"' in (site_dir / "about.html").read_text("utf-8")


def test_the_public_finds_no_way_in(site_dir: Path) -> None:
    home = (site_dir / "index.html").read_text("utf-8")
    assert "editors/" not in home  # Neither its header nor its footer, which every page has.
    assert "editors/" not in (site_dir / "sw.js").read_text("utf-8")
    library = load_library(PROJECT, PROJECT / "mkdocs.yml", Report())
    assert library is not None
    assert [u.url for u in search_units(library) if u.url.startswith("editors/")] == []


@pytest.mark.parametrize("listed", [False, True])
def test_listed_decides_on_site_map_and_search(
    listed: bool, tmp_path: Path, run_mkdocs: Callable[..., object]
) -> None:
    folder = tmp_path / "project"
    shutil.copytree(PROJECT / "tests" / "fixtures" / "valid", folder)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "hooks", folder / "hooks", ignore=ignored)
    config = (folder / "mkdocs.yml").read_text("utf-8")
    frame = re.search(r"(?m)^theme:\n(?: .*\n)+", (PROJECT / "mkdocs.yml").read_text("utf-8"))
    assert frame
    (folder / "mkdocs.yml").write_text(
        f"site_url: https://a.example/b/\nplugins: []\nhooks: [hooks/mkdocs_hooks.py]\n{frame[0]}"
        "nav:\n  - 首页: index.md\n" + config,
        "utf-8",
    )
    (folder / "content" / "desk.md").write_text(
        f"---\ntitle: 给编者\nlisted: {str(listed).lower()}\n---\n\n怎么写。\n", "utf-8"
    )
    result = run_mkdocs(folder, "build", "-q", "-d", str(tmp_path / "site"))
    assert result.returncode == 0, result.stdout  # type: ignore[attr-defined]
    sitemap = (tmp_path / "site" / "sitemap.xml").read_text("utf-8")
    assert "https://a.example/b/about.html" in sitemap
    assert ("desk.html" in sitemap) == listed
    library = load_library(folder, folder / "mkdocs.yml", Report())
    assert library is not None
    assert ("desk.html" in {unit.url for unit in search_units(library)}) == listed
    page = (tmp_path / "site" / "desk.html").read_text("utf-8")
    assert ("noindex" in page) != listed


# Commands.


def load_main() -> Callable[[list[str]], int]:
    """`main` of `python hooks`."""
    spec = importlib.util.spec_from_file_location("hooks_main", PROJECT / "hooks" / "__main__.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    path = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = path
    main: Callable[[list[str]], int] = module.main
    return main


@pytest.fixture(scope="module")
def parser() -> argparse.ArgumentParser:
    """The parser of `python hooks`, as its `main` makes it."""
    made: list[argparse.ArgumentParser] = []

    def caught(self: argparse.ArgumentParser, *_: object) -> None:
        made.append(self)
        raise SystemExit

    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(argparse.ArgumentParser, "parse_known_args", caught)
        load_main()([])
    return made[0]


def commands(text: str) -> Iterator[str]:
    """Every `python hooks …` of a page, in blocks and in running text."""
    for match in re.finditer(r"python hooks ([^`\n]+)", text):
        yield match[1].strip()


def verbs(parser: argparse.ArgumentParser) -> list[tuple[str, ...]]:
    """Every verb with its sub-verbs: ("check",), ("import", "quiz") …"""
    found: list[tuple[str, ...]] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found += [(name, *rest) for rest in verbs(inner) or [()]]
    return found


def command_faults(text: str, parser: argparse.ArgumentParser) -> list[str]:
    """Commands whose verb or options do not exist; nothing is run."""
    faults = []
    for command in commands(text):
        try:
            parser.parse_args(shlex.split(command))
        except SystemExit:
            faults.append(command)
    return faults


@pytest.mark.parametrize("name", PAGES)
def test_every_command_exists(name: str, parser: argparse.ArgumentParser) -> None:
    assert list(commands(text_of(name)))
    assert command_faults(text_of(name), parser) == []


@pytest.mark.parametrize(
    "planted", ["tidy", "check --quickly", "import quiz", "export quiz a --form xlsx", "new story"]
)
def test_a_command_that_does_not_exist_is_found(
    planted: str, parser: argparse.ArgumentParser
) -> None:
    text = f"```console\npython hooks check\npython hooks {planted}\n```\n"
    # What `new` makes is checked by argparse, too, since its kinds are choices.
    assert command_faults(text, parser) == [planted]


def test_every_verb_is_told(parser: argparse.ArgumentParser) -> None:
    told = {tuple(command.split()) for name in PAGES for command in commands(text_of(name))}
    lacking = [verb for verb in verbs(parser) if not any(one[: len(verb)] == verb for one in told)]
    assert ("import", "quiz") in verbs(parser)
    assert lacking == [], "the manual does not name these commands"


def test_lines_to_type_are_commands_we_know() -> None:
    known = (
        "python hooks ",
        "python start.py serve",
        "git ",
        ".venv/bin/mkdocs build --strict",
        ".venv\\",
    )
    lines = [
        line for name in PAGES for body in blocks(text_of(name), "console")
        for line in body.splitlines()
    ]  # fmt: skip
    assert len(lines) > 20
    assert [line for line in lines if not line.startswith(known)] == []


# Pictures.


def picture_faults(text: str, folder: Path) -> list[str]:
    """Pictures that are missing, too large, without words, or shown in another shape."""
    faults = []
    for alt, file, width, height in IMAGE.findall(text):
        path = folder / file
        if not path.is_file():
            faults.append(f"{file}: missing")
            continue
        content = path.read_bytes()
        own = [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]
        if len(content) > MOST_BYTES:
            faults.append(f"{file}: {len(content)} bytes")
        if len(alt) < 15:
            faults.append(f"{file}: says too little")
        if not width or abs(own[0] * int(height) / (own[1] * int(width)) - 1) > 0.01:
            faults.append(f"{file}: {own} shown as {width} x {height}")
    return faults


def test_pictures_are_small_and_told() -> None:
    text = "".join(text_of(name) for name in PAGES)
    assert picture_faults(text, MANUAL) == []
    shown = {file.removeprefix("pictures/") for _, file, _, _ in IMAGE.findall(text)}
    assert shown == {path.name for path in (MANUAL / "pictures").iterdir()}
    assert 6 <= len(shown) <= 10


def test_a_bad_picture_is_found(tmp_path: Path) -> None:
    size = (640).to_bytes(4, "big") + (480).to_bytes(4, "big")
    (tmp_path / "big.png").write_bytes(b"." * 16 + size + b"." * MOST_BYTES)
    (tmp_path / "fine.png").write_bytes(b"." * 16 + size)
    told = "命令行里的检查结果，一处错误，写明行号和字段"
    fine = f"![{told}](fine.png){{ .jz-shot width=640 height=480 }}\n"
    assert picture_faults(fine, tmp_path) == []
    assert len(picture_faults(fine.replace("fine.png", "big.png"), tmp_path)) == 1
    assert len(picture_faults(fine.replace(told, "截图"), tmp_path)) == 1
    assert len(picture_faults(fine.replace("height=480", "height=300"), tmp_path)) == 1
    assert len(picture_faults(fine.replace("fine.png", "gone.png"), tmp_path)) == 1


# Worked examples: what the manual shows is what stands in the files, and what the checks say.

EXAMPLES = {"case.md": CASE, "questions.md": BANK, "regulations.md": LAW}


def stray_blocks(text: str, file: str) -> list[str]:
    """Blocks of a worked example that do not stand in its file."""
    return [body for body in blocks(text, "yaml", "markdown") if body not in file]


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_shown_stands_in_the_file(name: str) -> None:
    file = (PROJECT / EXAMPLES[name]).read_text("utf-8")
    assert blocks(text_of(name), "yaml", "markdown")
    assert stray_blocks(text_of(name), file) == []
    planted = text_of(name).replace("```yaml\n", "```yaml\nplanted: 1\n", 1)
    assert len(stray_blocks(planted, file)) == 1


def problems(tmp_path: Path, plants: dict[str, tuple[str, str, str]]) -> list[str]:
    """What `python hooks check` says of a copy with these changes: file → (after, old, new)."""
    folder = tmp_path / "project"
    for name in ("mkdocs.yml", "addresses.txt"):
        folder.mkdir(exist_ok=True)
        shutil.copy2(PROJECT / name, folder / name)
    for name in ("cases", "content", "quizzes"):
        shutil.copytree(PROJECT / name, folder / name, dirs_exist_ok=True)
    for name, (after, old, new) in plants.items():
        text = (folder / name).read_text("utf-8")
        start = text.index(after)
        assert old in text[start:], (name, old)
        changed = text[:start] + text[start:].replace(old, new, 1)
        (folder / name).write_text(changed, "utf-8")
    return [str(problem) for problem in check(folder, folder / "mkdocs.yml")]


# Page of the manual → what its reader did, and whether the message is shown whole.
MISTAKES: list[tuple[str, str, tuple[str, str, str], bool]] = [
    ("case.md", CASE, ("casualties:", "deaths: 1\n", "deaths: 1人\n"), True),
    (
        "case.md",
        "cases/2023-10-15-dongguan-electric-shock.md",
        ("", "status: 已结案", "status：已结案"),
        False,
    ),
    ("case.md", "cases/2022-11-21-anyang-kaixinda.md", ("", "  deaths:", "\tdeaths:"), False),
    (
        "case.md",
        "cases/2022-06-18-shanghai-petrochemical-eg.md",
        ("", "## 直接原因", "## 直接的原因"),
        False,
    ),
    ("case.md", "cases/2015-08-12-tianjin-ruihai.md", ("", "特别重大\n", "重大\n"), False),
    (
        "case.md",
        "cases/2019-03-21-xiangshui-tianjiayi.md",
        ("", "date: 2019-03-21", "date: 2019年3月21日"),
        False,
    ),
    (
        "case.md",
        "cases/2021-01-10-qixia-hushan.md",
        ("", "## 事故经过\n", "## 事故经过\n\n见[这一起](2019-09-09-none.md)。\n"),
        False,
    ),
    ("questions.md", BANK, ("confmach-024", "answer: CDE", "answer: CDF"), True),
    ("questions.md", "quizzes/mines.yml", ("", "type: single", "type: 单选"), False),
    ("questions.md", "quizzes/transport.yml", ("", "    explanation:", "    explain:"), False),
    (
        "questions.md",
        "quizzes/gas-safety.yml",
        ("", "case: 2023-08-13-gaomi-bank-gas", "case: gaomi-bank-gas"),
        False,
    ),
    ("regulations.md", LAW, ("", "status: 现行有效", "status: 有效"), True),
]


def placeless(line: str) -> str:
    """A message without the numbers that move as lines and questions are added above it."""
    return re.sub(r":\d+: |questions\[\d+\]", "", line)


def unsaid(text: str, said: list[str], *, whole: bool) -> bool:
    """Whether a page shows none of these messages: whole in a block, or a part in a list."""
    if whole:
        shown = {placeless(line) for line in "".join(blocks(text, "text")).splitlines()}
        return shown.isdisjoint(map(placeless, said))
    parts = re.findall(r"^- `(.+?)`：", text, re.M)
    return not any(part in line for part in parts for line in said)


def test_errors_are_told_as_the_manual_shows_them(tmp_path: Path) -> None:
    found = problems(tmp_path, {file: plant for _, file, plant, _ in MISTAKES})
    for page, file, _, whole in MISTAKES:
        said = [line for line in found if line.startswith(f"{file}:")]
        assert said, file
        assert not unsaid(text_of(page), said, whole=whole), said
        assert unsaid(text_of(page), [said[0][:-1] + "别的话"], whole=True)


def test_errors_found_once_the_first_are_mended(tmp_path: Path) -> None:
    second = "quizzes/gas-safety.yml"
    plants = {
        CASE: ("sector:", "特种设备", "叉车"),
        BANK: ("confmach-024", "special-equipment-law 第十四条", "special-equipment-law 第二百条"),
        second: ("", "  - id: gas-002", "  - id: gas-001"),
    }
    found = problems(tmp_path, plants)
    for page, file, whole in (
        ("case.md", CASE, True),
        ("questions.md", BANK, True),
        ("questions.md", second, False),
    ):
        said = [line for line in found if line.startswith(f"{file}:")]
        assert said and not unsaid(text_of(page), said, whole=whole), said


def test_a_withdrawn_page_is_told_as_the_manual_shows_it() -> None:
    site = build(PROJECT, PROJECT / "mkdocs.yml")
    assert site.library is not None
    address = CASE.replace(".md", ".html")
    pages = [page for page in site.pages if page.address != address]
    (said,) = map(str, check_addresses(PROJECT, pages, site.library, Report()))
    (shown,) = blocks(text_of("publish.md"), "text")
    assert placeless(shown.strip()) == placeless(said)


def test_fields_of_the_publishing_page_exist() -> None:
    corrected, withdrawn = blocks(text_of("publish.md"), "yaml")
    assert {line.split(":")[0].strip(" -") for line in withdrawn.splitlines()} == set(
        specs(Withdrawn)
    )
    entry = corrected.partition("corrections:\n")[2]
    assert {line.split(":")[0].strip(" -") for line in entry.splitlines()} == set(specs(Correction))


def test_the_import_goes_as_the_manual_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = text_of("import.md")
    paper, look = blocks(text, "text")
    (rejected,) = blocks(text, "yaml")
    for name in ("mkdocs.yml", "content/regulations", "quizzes"):
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copy2(source, tmp_path / name)
    (tmp_path / "小测.txt").write_text(paper, "utf-8")
    monkeypatch.chdir(tmp_path)
    main = load_main()
    first, second, again = [
        shlex.split(line.removeprefix("python hooks "))
        for body in blocks(text, "console")
        for line in body.splitlines()
        if "import quiz 小测.txt" in line
    ]
    assert main(first) == 0
    assert capsys.readouterr().out.strip() == look.strip()
    assert main([*second, "--no-ask"]) == 0
    assert rejected in (tmp_path / "quizzes/dragon-boat.rejected.yml").read_text("utf-8")
    assert "没有改动" in text and main(second) == 2
    assert "quizzes/dragon-boat.yml 已经有了，没有改动" in capsys.readouterr().err
    bank = (tmp_path / "quizzes/dragon-boat.yml").read_bytes()
    assert main(again) == 0
    assert (tmp_path / "quizzes/dragon-boat.yml").read_bytes() == bank
