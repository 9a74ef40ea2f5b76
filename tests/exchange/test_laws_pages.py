"""Importing over a page that editors wrote; tables of numbers; whole statutes, nothing lost."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from jingzhong.errors import Report
from jingzhong.exchange.laws.note import read_note
from jingzhong.exchange.laws.numbering_file import entry, same_numbering
from jingzhong.exchange.laws.page import build_page
from jingzhong.exchange.laws.renumbering import propose
from jingzhong.exchange.laws.statute import ArticleDraft, read_statute
from jingzhong.exchange.paragraphs import paragraphs_of
from jingzhong.law.records import Numbering, load_records
from jingzhong.law.versions import load_numberings
from jingzhong.model.articles import parse_article
from jingzhong.model.fields import At
from jingzhong.model.regulations import Regulation, Version, parse_regulation
from jingzhong.model.source import load_source
from jingzhong.model.vocabulary import load_vocabularies

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("JINGZHONG_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "corpus" / "laws"
shared = pytest.mark.skipif(not CORPUS.is_dir(), reason="no shared corpus")
Import = Callable[..., int]


def page_at(house: Path, name: str) -> Regulation:
    report = Report()
    source = load_source(house, house / f"content/regulations/{name}.md", report)
    assert source
    page = parse_regulation(source, At(source.path, "", report, load_vocabularies().spellings))
    assert page and not report.problems, report.problems
    return page


def full_text(*, date: str, count: int) -> str:
    """A made-up text that calls itself the Fire Law."""
    day = "{}年{}月{}日".format(*(int(part) for part in date.split("-")))
    names = [
        f"第{_chinese(number)}条　第{number}件事要做好，写明由谁做。"
        for number in range(1, count + 1)
    ]
    note = f"（{day}第十三届全国人民代表大会常务委员会第二十八次会议修订）"
    return "\n".join(["中华人民共和国消防法", note, "第一章　总　则", *names])


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return (
        ("" if tens == 1 else digits[tens] if tens else "")
        + ("十" if tens else "")
        + (digits[ones] if ones else "")
    )


def test_a_page_of_points_becomes_full_text_and_keeps_what_editors_wrote(
    house: Path, law: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    before = page_at(house, "fire-law")
    (house / "fire.txt").write_text(full_text(date="2021-04-29", count=74), "gb18030")
    assert law(str(house / "fire.txt"), "--force") == 0
    after = page_at(house, "fire-law")
    assert after.text == "全文" and len(after.articles) == 74
    for name in ("aliases", "audience", "topics", "status", "kind", "number", "official"):
        assert getattr(after, name) == getattr(before, name), name
    assert [v.note for v in after.versions] == [v.note for v in before.versions]
    assert {a.number: a.title for a in after.articles if a.title} == {
        a.number: a.title for a in before.articles if a.title
    }
    assert after.parts[0].markdown == before.parts[0].markdown
    assert "要点 → 全文" in capsys.readouterr().out


def test_a_new_version_over_points_needs_the_old_text(
    house: Path, law: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / "old.txt").write_text(full_text(date="2021-04-29", count=74), "utf-8")
    (house / "new.txt").write_text(full_text(date="2026-05-06", count=75), "utf-8")
    assert law(str(house / "new.txt"), "--dry-run") == 0
    told = capsys.readouterr().out
    assert "--old" in told and "必须一起改" in told
    old = str(house / "old.txt")
    before = page_at(house, "fire-law")
    assert law(str(house / "new.txt"), "--old", old, "--number", "主席令第九号", "--force") == 0
    after = page_at(house, "fire-law")
    assert after.number == "主席令第九号" and before.number in after.number_history
    assert after.versions[-1].date == "2026-05-06"
    assert after.article_by_number["2"].title == "防在前灭在后"
    draft = load_records(Numbering, house / "drafts/fire-law.renumbering.yml")[0]
    # Versions that are known to share one numbering go into one table.
    assert draft.renumbered[0].versions == ("2008-10-28", "2019-04-23", "2021-04-29")
    assert draft.unchanged_since is None and len(draft.renumbered[0].articles) == 74


def articles(*texts: str) -> list[ArticleDraft]:
    return [ArticleDraft(str(number), number, [text]) for number, text in enumerate(texts, 1)]


BELL = "钟楼的钟每天敲十二下，由值班的人负责记录敲钟的时间和次数。"
LOCK = "怀表应当上锁保管，钥匙交给两个人分别保存，谁也不能单独打开。"
LOCK_MORE = "钥匙丢失的，当天报告并且换锁，换锁的费用从保管经费里支出。"
OIL = "每季度给齿轮加一次润滑油，加油以后擦净表面，做好登记备查。"


def test_matching_by_likeness() -> None:
    fresh = "全新的一条，讲电池回收和环境保护的事情，与钟楼没有关系。"
    old = articles(BELL, LOCK + LOCK_MORE + OIL, "本法所称钟是指挂在墙上的钟。")
    found = propose(old, articles(fresh, OIL, BELL, LOCK + LOCK_MORE))
    pairs = found.by_old
    assert pairs["1"].new == "3" and pairs["1"].likeness == 100
    # The second article was split: both its parts are named, the larger first.
    assert (pairs["2"].new, pairs["2"].also) == ("4", ("2",))
    assert found.lost == ("3",) and found.fresh == ("1",)
    assert "3" in found.nearest
    same = propose(articles(BELL, LOCK, OIL), articles(BELL, LOCK, OIL))
    assert not same.moved and not same.lost and not same.fresh


def test_older_tables_are_led_on(tmp_path: Path) -> None:
    known = next(one for one in load_numberings() if one.law == "emergency-response-law")
    old = known.renumbered[0]
    last = max(int(n.split("-")[0]) for to in old.articles.values() for n in to)
    numbers = [
        ArticleDraft(str(n), n, [f"{BELL}第{n}件：{n * 7919}。"]) for n in range(1, last + 1)
    ]
    moved = [ArticleDraft(str(int(a.number) + 1), a.line, a.paragraphs) for a in numbers]
    text = entry("emergency-response-law", ["2024-06-28"], propose(numbers, moved), known)
    path = tmp_path / "numbering.yml"
    path.write_text(text, "utf-8")
    (read,) = load_records(Numbering, path)
    assert [table.versions for table in read.renumbered] == [("2024-06-28",), old.versions]
    led = read.renumbered[1].articles
    assert set(led) == set(old.articles)
    for name, to in old.articles.items():
        assert led[name] == tuple(str(int(n) + 1) for n in to), name


def test_versions_that_share_one_numbering() -> None:
    known = next(one for one in load_numberings() if one.law == "fire-law")
    versions = page_versions("1998-04-29", "2008-10-28", "2019-04-23", "2021-04-29")
    assert same_numbering("2021-04-29", versions, known) == [
        "2008-10-28",
        "2019-04-23",
        "2021-04-29",
    ]
    assert same_numbering("1998-04-29", versions, known) == ["1998-04-29"]
    assert same_numbering("2021-04-29", versions, None) == ["2021-04-29"]


def page_versions(*dates: str) -> list[Version]:
    return [Version(date=date) for date in dates]


@shared
def test_the_proposal_agrees_with_a_table_made_by_hand() -> None:
    """2007 → 2024, the heaviest revision we have by hand: what is proposed is right."""
    texts = [
        read_statute(
            paragraphs_of(next(CORPUS.rglob(f"突发事件应对法({year}*")).read_bytes(), ".md")
        )
        for year in (2007, 2024)
    ]
    assert texts[0] and texts[1]
    found = propose(texts[0].articles, texts[1].articles)
    known = next(one for one in load_numberings() if one.law == "emergency-response-law")
    gold = {parse_article(old): to for old, to in known.renumbered[0].articles.items()}
    wrong = [pair for pair in found.pairs if pair.new not in gold[pair.old]]
    assert not wrong and len(found.pairs) >= 60


@shared
def test_no_word_of_a_statute_is_lost() -> None:
    """Each line of the file stands in the page, whole."""
    for path in sorted(CORPUS.rglob("*.md"))[::7]:
        raw = path.read_text("utf-8")
        statute = read_statute(paragraphs_of(raw.encode(), ".md"))
        assert statute
        page = build_page("x", statute, read_note(statute, path.name), "2026-11-23")
        lines = [_bare(line) for line in raw.split("INFO END -->")[-1].split("\n")]
        body = _bare(page.text.split("---\n", 2)[2])
        assert [line for line in lines if line.rstrip("：:") not in body] == [], path.name


def _bare(text: str) -> str:
    return re.sub(r"[\s\u3000#\\\u200b\ufeff\xad]", "", text)


@shared
def test_a_word_file_reads_as_its_text() -> None:
    for path in sorted(CORPUS.rglob("*.md"))[::160]:
        raw = path.read_text("utf-8")
        lines = [
            line.lstrip("# ") for line in raw.split("\n") if line.strip() and "INFO END" not in line
        ]
        one = read_statute(paragraphs_of(raw.encode(), ".md"))
        two = read_statute(paragraphs_of(word(lines), ".docx"))
        assert one and two, path.name
        assert [(a.number, a.text) for a in two.articles] == [
            (a.number, a.text) for a in one.articles
        ]
        if one.articles:
            assert [p.heading for p in two.parts] == [p.heading for p in one.parts], path.name


def word(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_torn_statutes_give_a_page_or_a_refusal(house: Path, law: Import) -> None:
    """Lines lost, doubled, cut and mixed with signs: never a traceback, never half a file."""
    chance = random.Random(11)
    signs = "第条章节一二三0123年月日施行修正〔〕（）《》：:#*-|>&!%@`\\\"' \t\u3000"
    source = full_text(date="2021-04-29", count=12).split("\n")
    for number in range(40):
        lines = [line for line in source if chance.random() > 0.15]
        for _ in range(5):
            place = chance.randrange(len(lines))
            cut = chance.randrange(len(lines[place]) + 1)
            lines[place] = (
                lines[place][:cut] + "".join(chance.choices(signs, k=3)) + lines[place][cut:]
            )
        path = house / f"t{number}.{('md', 'txt')[number % 2]}"
        path.write_text("\n".join(lines), "utf-8")
        assert law(str(path), "--id", f"torn-{number}") in (0, 1)


def test_the_benchmark_prints_its_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(full_text(date="2021-04-29", count=12), "utf-8")
    (tmp_path / "b.txt").write_text("钟表管理办法\n第一条 甲。\n第三条 乙。", "utf-8")
    command = [sys.executable, str(ROOT / "tests/bench/laws.py"), str(tmp_path), "--list"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert "statutes 2: complete sequence 1, articles 14" in done.stdout
    assert "b.txt: 第一条之后是第三条" in done.stdout
