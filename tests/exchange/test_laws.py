"""`python hooks import law`: text → page; what a file does not say stays unsaid."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import yaml

from jingzhong.desk.canonical import canonical
from jingzhong.errors import Report
from jingzhong.exchange.laws.note import read_note
from jingzhong.exchange.laws.page import as_markdown, build_page
from jingzhong.exchange.laws.statute import Statute, read_statute, sequence_faults
from jingzhong.exchange.paragraphs import paragraphs_of
from jingzhong.law.records import Numbering, load_records
from jingzhong.model.fields import At
from jingzhong.model.regulations import Regulation, parse_regulation
from jingzhong.model.source import Source
from jingzhong.model.vocabulary import load_vocabularies

SHARED = Path(os.environ.get("JINGZHONG_SHARED", Path(__file__).resolve().parents[3] / "shared"))
CORPUS = SHARED / "corpus" / "laws"
NATIONAL = [
    "中华人民共和国",
    "钟表安全法",
    "（2010年3月5日第十一届全国人民代表大会常务委员会第十三次会议通过　根据2015年4月24日第十二届"
    "全国人民代表大会常务委员会第十四次会议《关于修改〈中华人民共和国钟表安全法〉的决定》第一次修正　"
    "2020年6月1日第十三届全国人民代表大会常务委员会第十八次会议修订　2020年6月1日中华人民共和国主席令"
    "第四十号公布　自2020年10月1日起施行）",
    "目　　录",
    "第一章　总　　则",
    "第二章　走　　时",
    "第一节　上　　弦",
    "第一章　总　　则",
    "第一条　为了让钟走得准，制定本法。",
    "第二条　本法所称钟，包括：",
    "（一）座钟；",
    "（二）挂钟*和<表>。",
    "第二章　走　　时",
    "第一节　上　　弦",
    "第三条　上弦应当轻。",
    "第三条之一　不得倒拨。",
    "第四条　本法自2020年10月1日起施行。",
]
Import = Callable[..., int]


def word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def statute_of(text: str | bytes, suffix: str = ".txt") -> Statute:
    data = text.encode() if isinstance(text, str) else text
    statute = read_statute(paragraphs_of(data, suffix))
    assert statute
    return statute


def parsed(text: str, name: str = "x") -> tuple[Regulation | None, list[str]]:
    report = Report()
    path = f"content/regulations/{name}.md"
    spellings = load_vocabularies().spellings
    page = parse_regulation(Source(path, text), At(path, "", report, spellings))
    return page, [str(problem) for problem in report.problems]


def test_word_file_of_the_national_database(house: Path, law: Import) -> None:
    (house / "a.docx").write_bytes(word(NATIONAL))
    assert law(str(house / "a.docx"), "--id", "clock-law", "--status", "现行有效") == 0
    text = (house / "content/regulations/clock-law.md").read_text("utf-8")
    page, problems = parsed(text, "clock-law")
    assert page and not problems, problems
    assert canonical(Source("content/regulations/clock-law.md", text), Regulation) == text
    assert page.title == "中华人民共和国钟表安全法"
    assert (page.kind, page.issuer) == ("法律", "全国人民代表大会常务委员会")
    assert page.number == "主席令第四十号"
    assert [(v.date, v.effective, v.note) for v in page.versions] == [
        ("2010-03-05", None, "通过"),
        ("2015-04-24", None, "第一次修正"),
        ("2020-06-01", "2020-10-01", "修订"),
    ]
    assert [part.heading for part in page.parts[1:]] == [
        "第一章 总则",
        "第二章 走时",
        "第一节 上弦",
    ]
    assert [one.number for one in page.articles] == ["1", "2", "3", "3-1", "4"]
    assert page.article_by_number["2"].markdown.strip().endswith("（二）挂钟\\*和\\<表>。")


def test_nothing_is_invented(house: Path, law: Import, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "b.txt").write_text(
        "某某钟表管理办法\n\n第一条 为了准时。\n第二条 不得倒拨。\n", "utf-8"
    )
    assert law(str(house / "b.txt"), "--id", "clock-rules") == 0
    text = (house / "content/regulations/clock-rules.md").read_text("utf-8")
    head = yaml.safe_load(text.split("---")[1])
    assert not {"number", "issuer", "kind", "status", "versions", "official"} & set(head)
    page, problems = parsed(text)
    assert page is None
    told = capsys.readouterr().out
    for field in ("number", "issuer", "kind", "status", "versions"):
        assert f"TODO {field}" in told
        assert f"# TODO {field}" in text
        assert any(f"必填字段 {field}" in problem for problem in problems), field


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("第一条 甲。\n第三条 乙。", "第一条之后是第三条"),
        ("第一条 甲。\n第二条 乙。\n第二条 丙。", "第二条出现两次"),
        ("第二条 甲。\n第三条 乙。", "开头之后是第二条"),
        ("第一条 甲。\n第二条\n第三条 乙。", "第二条没有正文"),
        ("一、甲。\n二、乙。", "没有“第几条”形式的条文"),
    ],
)
def test_broken_sequences_are_told(body: str, fault: str) -> None:
    faults = sequence_faults(statute_of(f"# 钟表管理办法\n<!-- INFO END -->\n{body}", ".md"))
    assert any(fault in message for _, message in faults), faults


def test_a_complete_sequence_has_no_fault() -> None:
    body = "第一条 甲。\n第一条之一 乙。\n第一条之二 丙。\n第二条 丁，见\n第一条、第二条的规定。"
    statute = statute_of(f"# 钟表管理办法\n<!-- INFO END -->\n{body}", ".md")
    assert sequence_faults(statute) == []
    assert [one.number for one in statute.articles] == ["1", "1-1", "1-2", "2"]


def test_glued_articles_are_parted_and_told() -> None:
    text = "# 钟表管理办法\n<!-- INFO END -->\n第一条 甲。 第二条 乙。 依照本办法第九条 处理。 第三条 丙。"
    statute = statute_of(text, ".md")
    assert [one.number for one in statute.articles] == ["1", "2", "3"]
    assert any("连在一段里" in message for _, message in statute.problems)


def test_note_of_a_state_council_regulation() -> None:
    text = """# 钟表管理条例

2017年6月14日 国务院第176次常务会议通过

2017年8月26日 中华人民共和国国务院令第686号公布

2018年2月1日 施行

2022年3月29日 《国务院关于修改和废止部分行政法规的决定》第一次修订

<!-- INFO END -->

第一条 甲。
"""
    facts = read_note(statute_of(text, ".md"), "钟表管理条例(2024-05-06).md")
    assert facts.kind == "行政法规" and facts.issuer == "国务院"
    assert facts.numbers == ["国务院令第686号"] and facts.number_is_old
    assert [(one.date, one.effective, one.note) for one in facts.editions] == [
        ("2017-08-26", "2018-02-01", "公布"),
        ("2022-03-29", "", "第一次修订"),
        ("2024-05-06", "", "修改"),
    ]
    assert any("只写在文件名里" in doubt for doubt in facts.doubts)


def test_signs_of_markdown_are_only_signs() -> None:
    for text in ("# 不是标题", "- 不是列表", "1. 不是列表", "<b>粗</b> *斜* [链接](x) `码`"):
        assert as_markdown(text) != text
    assert as_markdown("（一）平常的话。") == "（一）平常的话。"


def version(texts: list[str], day: str) -> str:
    lines = [f"第{n}条 {text}" for n, text in zip("一二三四五六七八九", texts, strict=False)]
    year, month, date = day.split("-")
    note = f"{year}年{int(month)}月{int(date)}日第十届全国人民代表大会常务委员会第一次会议通过"
    return "# 中华人民共和国钟表安全法\n" + note + "\n<!-- INFO END -->\n" + "\n".join(lines)


OLD = [
    "为了让全国的钟都走得准，保护看钟的人，制定本法。",
    "上弦的时候应当轻轻地转，听见响声立即停下来检查。",
    "挂钟应当挂在结实的墙上，每年检查一次挂钩和钉子。",
]
NEW = [
    OLD[0],
    "国家鼓励研究新的计时技术，推广节能的电子产品和服务。",
    OLD[1],
    OLD[2] + "发现松动的及时更换。",
]


def test_a_later_version_brings_a_proposed_table(
    house: Path, law: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    page = house / "content/regulations/clock-law.md"
    (house / "old.md").write_text(version(OLD, "2010-03-05"), "utf-8")
    (house / "new.md").write_text(version(NEW, "2020-06-01"), "utf-8")
    given = ("--id", "clock-law", "--number", "主席令第四十号", "--status", "现行有效")
    assert law(str(house / "old.md"), *given) == 0
    # An editor writes short titles, aliases, topics and an introduction.
    text = page.read_text("utf-8").replace("### 第二条\n", "### 第二条 轻轻上弦\n")
    text = text.replace("kind: 法律", "aliases:\n  - 钟表法\nkind: 法律").replace(
        "\n### 第一条", "\n看钟的人归这部法管。\n\n### 第一条", 1
    )
    page.write_text(text, "utf-8")
    before = page.read_bytes()
    assert law(str(house / "new.md"), "--id", "clock-law") == 1
    assert page.read_bytes() == before and "--force" in capsys.readouterr().err

    assert law(str(house / "new.md"), "--id", "clock-law", "--force") == 0
    told = capsys.readouterr().out
    assert "第二条 → 第三条" in told and "新增的条文：第二条" in told
    new, problems = parsed(page.read_text("utf-8"), "clock-law")
    assert new and not problems, problems
    assert [one.date for one in new.versions] == ["2010-03-05", "2020-06-01"]
    assert new.aliases == ("钟表法",) and "归这部法管" in new.parts[0].markdown
    assert new.article_by_number["3"].title == "轻轻上弦" and not new.article_by_number["2"].title
    draft = house / "drafts/clock-law.renumbering.yml"
    table = load_records(Numbering, draft)[0].renumbered[0]
    assert table.versions == ("2010-03-05",) and table.article_count == 3
    assert dict(table.articles) == {"第一条": ("1",), "第二条": ("3",), "第三条": ("4",)}
    # An old version never takes the place of a newer one.
    assert law(str(house / "old.md"), "--id", "clock-law", "--force") == 1
    assert "没有导入" in capsys.readouterr().err


def test_yes_takes_the_table_into_the_data_but_never_over_an_old_one(
    house: Path, law: Import, capsys: pytest.CaptureFixture[str]
) -> None:
    data = house / "hooks/jingzhong/law/data/numbering.yml"
    data.parent.mkdir(parents=True)
    data.write_text("- law: fire-law\n  unchanged_since: 2008-10-28\n", "utf-8")
    (house / "old.md").write_text(version(OLD, "2010-03-05"), "utf-8")
    (house / "new.md").write_text(version(NEW, "2020-06-01"), "utf-8")
    given = ("--id", "clock-law", "--number", "主席令第四十号", "--status", "现行有效")
    assert law(str(house / "old.md"), *given) == 0
    first = (house / "content/regulations/clock-law.md").read_bytes()
    assert law(str(house / "new.md"), "--id", "clock-law", "--force", "--yes") == 0
    assert [one.law for one in load_records(Numbering, data)] == ["fire-law", "clock-law"]
    (house / "content/regulations/clock-law.md").write_bytes(first)
    kept = data.read_bytes()
    assert law(str(house / "new.md"), "--id", "clock-law", "--force", "--yes") == 1
    assert "不能自动合并" in capsys.readouterr().err
    assert data.read_bytes() == kept
    assert (house / "content/regulations/clock-law.md").read_bytes() == first


def packed(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><document><body><p><r><t>&a;</t></r></p></body></document>'


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", word(NATIONAL)[:900], "损坏"),
        ("b.docx", packed("word/document.xml", ENTITY), "实体"),
        ("c.docx", packed("word/document.xml", b"<a>" + b" " * 90_000_000), "没有打开"),
        ("d.docx", packed("readme.txt", b"x"), "没有 Word 正文"),
        ("e.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "旧的 .doc"),
        ("f.pdf", b"%PDF-1.4", "PDF"),
        ("g.txt", b"", "空的"),
        ("h.txt", "今天天气很好。".encode(), "找不到法规的标题"),
        ("i.txt", "中华人民共和国消防法".encode("gb18030"), "没有正文"),
    ],
)
def test_refusals_say_what_to_do(
    house: Path,
    law: Import,
    capsys: pytest.CaptureFixture[str],
    name: str,
    data: bytes,
    message: str,
) -> None:
    before = sorted(house.rglob("*"))
    (house / name).write_bytes(data)
    assert law(str(house / name)) == 1
    assert message in capsys.readouterr().err
    assert sorted(house.rglob("*")) == sorted([*before, house / name])


def corpus() -> list[Path]:
    return sorted(CORPUS.rglob("*.md"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no shared corpus")
def test_every_statute_of_the_corpus_imports() -> None:
    """Each gives a page that the model reads once the fields are there that the file lacks."""
    given = {"kind": "法律", "number": "测试令第1号", "issuer": "测试", "status": "现行有效"}
    complete, broken = 0, list[str]()
    paths = corpus()
    for path in paths:
        statute = read_statute(paragraphs_of(path.read_bytes(), ".md"))
        assert statute, path.name
        faults = sequence_faults(statute)
        complete += not faults
        facts = read_note(statute, path.name)
        page = build_page("x", statute, facts, "2026-11-23", given=given)
        regulation, problems = parsed(page.text)
        if regulation is None:
            broken.append(f"{path.name}: {problems[:2]}")
        elif not faults:
            numbers = [one.number for one in regulation.articles]
            assert numbers == [one.number for one in statute.articles], path.name
    assert not broken, broken[:10]
    assert len(paths) == 950
    assert complete >= 928
