"""What is searched: all that authors wrote, and nothing that the build adds."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from jingzhong.model.cases import CaseImage
from jingzhong.model.library import Library
from jingzhong.model.quizzes import QuestionImage
from jingzhong.output.search_units import search_units
from jingzhong.search.fold import fold
from jingzhong.search.pinyin import pinyin_rows, sounds, terms
from jingzhong.search.units import KINDS, Unit


def text_of(unit: Unit) -> str:
    return fold("".join(part.text for part in unit.parts))


def by_url(units: tuple[Unit, ...]) -> dict[str, Unit]:
    return {unit.url: unit for unit in units}


def test_each_unit_has_an_address_of_its_own(units: tuple[Unit, ...]) -> None:
    assert [url for url, n in Counter(unit.url for unit in units).items() if n > 1] == []


def test_units_are_sorted_by_kind_and_newer_cases_come_first(units: tuple[Unit, ...]) -> None:
    kinds = [KINDS.index(unit.kind) for unit in units]
    assert kinds == sorted(kinds)
    years = [unit.facets["year"][0] for unit in units if unit.kind == "case"]
    assert years == sorted(years, reverse=True)


def test_every_case_article_question_and_page_is_there(
    units: tuple[Unit, ...], library: Library
) -> None:
    found = Counter(unit.kind for unit in units)
    articles = sum(len(law.articles) for law in library.regulations)
    questions = sum(len(bank.questions) for bank in library.banks)
    assert found["case"] == len(library.cases)
    assert found["regulation"] == len(library.regulations) + articles
    assert found["question"] == len(library.banks) + questions
    listed = sum(page.listed for page in library.pages)
    assert found["page"] >= listed + len(library.vocabularies.sectors)


def test_marks_of_the_build_are_not_searched(units: tuple[Unit, ...], site_dir: Path) -> None:
    pages = "".join(path.read_text("utf-8") for path in sorted(site_dir.glob("cases/2*.html")))
    assert "（现行第" in pages
    assert not [unit.url for unit in units if "现行第" in text_of(unit)]


def test_what_pictures_show_is_searched(library: Library) -> None:
    bank = library.banks[0]
    image = QuestionImage(src="images/a.svg", alt="红色圆环内一根火柴加斜杠")
    asked = replace(bank.questions[0], image=image)
    units = tuple(search_units(replace(library, banks=(replace(bank, questions=(asked,)),))))
    shown = by_url(units)[f"quizzes/{bank.id}.html#q-{asked.id}"]
    assert fold(image.alt) in text_of(shown)
    case = library.cases[0]
    pictured = replace(
        case, images=(CaseImage(file="images/a.svg", alt="厂区平面图", credit="本站"),)
    )
    units = tuple(search_units(replace(library, cases=(pictured,), banks=())))
    assert "厂区平面图" in text_of(units[0])


def test_anchors_stand_on_their_pages(units: tuple[Unit, ...], site_dir: Path) -> None:
    missing = []
    for unit in units:
        page, _, anchor = unit.url.partition("#")
        html = (site_dir / page).read_text("utf-8")
        for name in {anchor, *(part.anchor for part in unit.parts)} - {""}:
            if f'id="{name}"' not in html:
                missing.append(f"{page}#{name}")
    assert missing == []


def test_pinyin_and_initials_of_terms(units: tuple[Unit, ...]) -> None:
    rows = pinyin_rows(terms(units, (("危险化学品", "危化品"),)))
    assert "危险化学品 wei xian hua xue pin" in rows["w"].split("\n")
    assert "有限空间 you xian kong jian" in rows["y"].split("\n")
    assert "天津港爆炸 tian jin gang bao zha" in rows["t"].split("\n")


def test_what_sounds_alike_stands_together() -> None:
    assert sounds("闲限先空1a，") == "".join(sorted("闲限先"))
