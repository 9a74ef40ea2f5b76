"""`python hooks export quiz`: what it says, refuses, repeats byte by byte; and the site's files."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from exporting import Exported, all_questions, load, run, write_project

from jingzhong.exchange.export import downloads, formats
from jingzhong.exchange.export.formats import FORMATS
from jingzhong.exchange.export.losses import find_losses
from jingzhong.exchange.export.material import load_material
from jingzhong.exchange.export.words import joined_answers
from jingzhong.output.preview import Preview
from jingzhong.site import build


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def exported(folder: Path) -> Exported:
    return Exported(load(folder))


def test_every_format_is_written_and_says_what_it_lost(folder: Path) -> None:
    done = run(folder, "quiz", "all", "--to", ",".join(FORMATS), "--out", "out")
    assert done.returncode == 0, done.stderr
    for form in FORMATS.values():
        assert (folder / "out" / f"all{form.suffix}").stat().st_size > 1000
        assert f"all{form.suffix}：{form.title}，各种/题-=题，25 题。" in done.stdout
    assert done.stdout.count("未能带走的内容：") == len(FORMATS)
    assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(
        f"all{form.suffix}" for form in FORMATS.values()
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("al", "--to", "csv"), "没有叫“al”的题库；是不是“all”？可以是：all、sick"),
        (("--to", "csv"), "要导出哪个题库？可以是：all、sick"),
        (("all",), "--to 后面要写格式：xlsx、docx"),
        (("all", "--to", "xlx"), "是不是“xlsx”？"),
        (
            ("all", "--to", "csv", "--out", "mkdocs.yml"),
            "--out 应为文件夹，实际 mkdocs.yml 是一个文件",
        ),
        (("all", "--to", "csv", "--out", "mkdocs.yml/x"), "它的上级是一个文件"),
    ],
)
def test_a_wrong_request_is_told(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(folder, "quiz", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and "Traceback" not in done.stderr


def test_a_bank_with_errors_is_not_exported(folder: Path) -> None:
    done = run(folder, "quiz", "sick", "all", "--to", "csv", "--out", "none")
    assert done.returncode == 1
    assert "quizzes/sick.yml:" in done.stderr and "题库 sick 有错" in done.stderr
    assert not (folder / "none").exists()


def test_nothing_is_overwritten_unasked(folder: Path) -> None:
    out = folder / "twice"
    out.mkdir()
    (out / "all.csv").write_text("mine", "utf-8")
    refused = run(folder, "quiz", "all", "--to", "txt,csv", "--out", "twice")
    assert refused.returncode == 2 and "all.csv" in refused.stderr and "--force" in refused.stderr
    assert [path.name for path in out.iterdir()] == ["all.csv"], "nor is the rest written"
    assert (
        run(folder, "quiz", "all", "--to", "txt,csv", "--out", "twice", "--force").returncode == 0
    )
    assert (out / "all.csv").read_text("utf-8-sig").startswith("序号")


def test_the_same_bank_gives_the_same_bytes(folder: Path, project: Path) -> None:
    """Another day, time zone and hash seed change nothing."""
    moved = project / "tests/site/moved_clock"
    made = []
    for place, zone, seed, path in (("a", "Asia/Shanghai", "1", ""), ("b", "UTC", "2", str(moved))):
        environment = {
            **os.environ,
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": path,
            "MOVED_CLOCK_SECONDS": str(26 * 3600 + 61),
            "PYTHONUTF8": "1",
        }
        command = [sys.executable, str(project / "hooks"), "--root", str(folder), "export", "quiz"]
        done = subprocess.run(
            [*command, "all", "--to", ",".join(FORMATS), "--out", str(folder / place)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        made.append({one.name: one.read_bytes() for one in sorted((folder / place).iterdir())})
    assert len(made[0]) == len(FORMATS)
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []


def test_a_changed_question_changes_every_file(exported: Exported, tmp_path: Path) -> None:
    """The twin: bytes that were the same whatever the content would be worth nothing."""
    questions = all_questions()
    questions[0]["explanation"] = "另一个道理"
    other = Exported(load(write_project(tmp_path, questions)))
    same = [name for name in FORMATS if other.content(name) == exported.content(name)]
    assert same == []


def test_each_loss_is_told_where_it_happens(exported: Exported) -> None:
    told = {name: {loss.what: loss for loss in exported.make(name)[1]} for name in FORMATS}
    assert told["wjx"]["排序题"].questions == ("order",)
    assert told["gift"]["几个空的填空题"].questions == ("blanks", "swap", "trap-cloze")
    assert told["moodle"]["各空可以互换"].questions == ("swap",)
    assert "各空可以互换" not in told["qti3"], "QTI compares every order"
    assert told["csv"]["图片"].questions == ("seen", "lost")
    for name in ("xlsx", "docx", "moodle", "qti3", "qti21", "anki"):
        assert told[name]["读不了的图片"].questions == ("lost",), name
    assert all("条文" in losses for losses in told.values())


def test_what_a_bank_does_not_have_is_no_loss(exported: Exported) -> None:
    bank = exported.library.bank_by_id["all"]
    few = replace(bank, questions=tuple(q for q in bank.questions if q.id == "yes"))
    assert find_losses(few, {"order": "没有", "image": "没有", "law": "没有"}, frozenset()) == ()
    assert find_losses(bank, {}, frozenset()) == ()


def test_too_many_ways_are_not_listed(exported: Exported) -> None:
    swap = exported.questions["swap"]
    assert joined_answers(swap, 48) == ["水；电", "电；水"]
    many = replace(swap, answer=tuple((str(n), f"{n}号") for n in range(5)), any_order=True)
    assert joined_answers(many, 48) == ["0；1；2；3；4"]


def test_the_site_has_a_cache_of_its_files(
    exported: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINGZHONG_CACHE", str(tmp_path / "cache"))
    downloads.build_bank_files(exported.library, tmp_path / "one")
    names = sorted(path.name for path in (tmp_path / "one/downloads").iterdir())
    assert names == ["all.csv", "all.docx", "all.xlsx"]
    offered = downloads.bank_downloads(exported.library.bank_by_id["all"])
    assert sorted(one.address for one in offered) == [f"downloads/{name}" for name in names]
    made: list[str] = []
    monkeypatch.setattr(
        downloads, "export", lambda m, form: made.append(form.name) or formats.export(m, form)
    )
    downloads.build_bank_files(exported.library, tmp_path / "two")
    assert made == []
    bank = exported.library.bank_by_id["all"]
    changed = replace(exported.library, banks=(replace(bank, description="改过"),))
    downloads.build_bank_files(changed, tmp_path / "three")
    assert made == ["xlsx", "docx", "csv"]
    for name in names:
        first, second = (tmp_path / at / "downloads" / name for at in ("one", "two"))
        assert first.read_bytes() == second.read_bytes()


def test_without_its_package_a_format_is_not_offered(
    exported: Exported, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    offered = downloads.bank_downloads(exported.library.bank_by_id["all"])
    assert [one.form for one in offered] == ["csv"]
    shutil.rmtree(folder / "exports", ignore_errors=True)


def test_the_site_links_to_its_files(site_dir: Path) -> None:
    page = (site_dir / "quizzes/community-home.html").read_text("utf-8")
    for suffix in (".xlsx", ".docx", ".csv"):
        assert (site_dir / f"downloads/community-home{suffix}").is_file()
        assert f'href="../downloads/community-home{suffix}" download data-module="download"' in page


@pytest.mark.parametrize("is_preview", [True, False])
def test_a_preview_goes_without_the_files(project: Path, is_preview: bool) -> None:
    root = project / "tests/fixtures/valid"
    site = build(root, root / "mkdocs.yml", Preview() if is_preview else None)
    (page,) = [one for one in site.pages if one.address == "quizzes/home.html"]
    assert ("downloads/home.xlsx" in site.renderer.render(page)) is not is_preview


# Control characters, half a surrogate pair, ends of CDATA and comments, a cloze mark, separators.
ODD = (
    "\x1f",
    "\x00\ufffe",
    "\ud800",
    "]]>",
    "--",
    "-->",
    "{1:SHORTANSWER:=x}",
    "\u2028",
    "|；|",
    "\r",
    "____",
    "::",
    "\t=",
    "//",
)


@pytest.mark.parametrize("odd", ODD)
def test_no_text_breaks_a_format(exported: Exported, odd: str) -> None:
    """Whatever stands in a question, each file is written and what is XML can be read."""
    texts = {"stem": f"问{odd}", "explanation": odd, "passage": odd}
    bank = exported.library.bank_by_id["all"]
    asked = exported.questions
    questions = (
        replace(asked["one"], options={"A": odd, "B": "乙", "C": odd + "丙"}, **texts),
        replace(
            asked["blanks"],
            **{**texts, "stem": f"问____{odd.replace('_', ' ')}____"},
            answer=((odd,), ("1",)),
        ),
        replace(asked["match"], **texts, right=asked["match"].right | {"2": odd}),
    )
    material = load_material(exported.library, replace(bank, title=odd, questions=questions))
    for name, form in FORMATS.items():
        content, _ = formats.export(material, form)
        if name == "moodle":
            ET.fromstring(content)
        elif content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for part in archive.namelist():
                    if part.endswith((".xml", ".rels")):
                        ET.fromstring(archive.read(part))
        else:
            content.decode("utf-8-sig")
