"""Papers as PDF: all there, nothing torn, the fonts inside, and text shown as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from jingzhong.channels.paper import printing
from jingzhong.channels.paper.composing import Paper, compose_bank, compose_contest
from jingzhong.channels.paper.marking_payload import key_payload, sheet_payload
from jingzhong.channels.paper.payload import FORMS, paper_payload
from jingzhong.model.library import Library


@pytest.fixture(scope="module")
def paper(library: Library) -> Paper:
    every = next(contest for contest in library.contests if contest.id == "every")
    return compose_contest(library, every, ("A", "B"))


@pytest.fixture(scope="module")
def pictures(library: Library) -> dict[str, bytes]:
    return printing.load_pictures(library.root, library.bank_by_id["all"].questions)


@pytest.fixture(scope="module")
def made(paper: Paper, pictures: dict[str, bytes]) -> dict[str, bytes]:
    """Variant A in every form."""
    return {
        form.name: printing.make_pdf("paper", paper_payload(paper, paper.sheets[0], form), pictures)
        for form in FORMS.values()
    }


def texts_of(item: dict[str, Any]) -> list[str]:
    """What is printed of a question, as pieces of text that a reader finds whole."""
    pieces = [piece for piece in item["stem"] if piece]
    pieces += [text for _, text in item["options"] + item["left"]]
    return [printing.plain_text(text) for text in pieces]


def torn(printed: ModuleType, payload: dict[str, Any], pages: list[str]) -> list[int]:
    """Numbers of the questions that do not stand on one page."""
    found = []
    for part in payload["parts"]:
        for item in part["items"]:
            runs = [
                printed.squeezed(run)
                for text in texts_of(item)
                for run in printed.RIGHT_TO_LEFT.split(text)
            ]
            if not any(all(run in page for run in runs) for page in pages):
                found.append(item["number"])
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_question_stands_whole_on_one_page(
    form: str, made: dict[str, bytes], paper: Paper, printed: ModuleType
) -> None:
    payload = paper_payload(paper, paper.sheets[0], FORMS[form])
    pages = printed.page_texts(made[form])
    assert torn(printed, payload, pages) == []
    assert sum(len(part["items"]) for part in payload["parts"]) == 70
    assert "一、单项选择题（每题1分，共40分）" in pages[0]
    assert "二、多项选择题（每题2.5分，共20分）" in "".join(pages)
    for number, page in enumerate(pages, 1):
        assert "\0" not in page
        assert f"第{number}页共{len(pages)}页" in page
        assert f"试卷编号{paper.code}种子种子-1可核对、可重判" in page


@pytest.mark.parametrize("form", ["a4", "a3", "large"])
def test_a_question_longer_than_a_page_is_torn_and_found(
    form: str, library: Library, printed: ModuleType
) -> None:
    bank = library.bank_by_id["all"]
    long = replace(bank.questions[3], stem="很长的题干。" * 900)
    some = replace(bank, questions=(*bank.questions[:3], long, *bank.questions[4:9]))
    paper = compose_bank(library, some)
    payload = paper_payload(paper, paper.sheets[0], FORMS[form])
    pages = printed.page_texts(printing.make_pdf("paper", payload, {}))
    assert torn(printed, payload, pages) == [4]
    assert "".join(pages).count("很长的题干") >= 850 and "\0" not in "".join(pages)
    assert [item["long"] for item in payload["parts"][0]["items"]] == [n == 3 for n in range(9)]


def test_a_question_that_may_be_long_and_is_not_stays_whole(
    library: Library, printed: ModuleType
) -> None:
    bank = library.bank_by_id["all"]
    stems = [f"题{at:02}" + "字" * 30 * at + "完" for at in range(1, 24)]
    questions = [
        replace(bank.questions[0], id=f"q-{at}", stem=stem) for at, stem in enumerate(stems)
    ]
    paper = compose_bank(library, replace(bank, questions=tuple(questions)))
    payload = paper_payload(paper, paper.sheets[0], FORMS["a4"])
    flags = [item["long"] for item in payload["parts"][0]["items"]]
    assert not flags[0] and flags[-1]
    pages = printed.page_texts(printing.make_pdf("paper", payload, {}))
    assert torn(printed, payload, pages) == []


def test_without_the_rule_questions_are_torn(
    paper: Paper, printed: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in printing.TEMPLATES.glob("*.typ"):
        text = path.read_text("utf-8").replace("breakable: tall", "breakable: true")
        (tmp_path / path.name).write_text(text, "utf-8")
    monkeypatch.setattr(printing, "TEMPLATES", tmp_path)
    payload = paper_payload(paper, paper.sheets[0], FORMS["large"])
    assert torn(printed, payload, printed.page_texts(printing.make_pdf("paper", payload, {})))


def test_right_to_left_text_is_printed_too(made: dict[str, bytes], printed: ModuleType) -> None:
    signs = sorted("مرحبا" + "שלום")
    pages = "".join(printed.page_texts(made["a4"]))
    for run in printed.RIGHT_TO_LEFT.findall(printed.TRAPS[2]):
        assert set(run) <= set(pages)
    assert len([sign for sign in pages if sign in signs]) >= 5 * len(signs)


@pytest.mark.parametrize(
    ("form", "size"),
    [("a4", (210, 297)), ("a3", (420, 297)), ("8k", (370, 260)), ("large", (210, 297))],
)
def test_the_paper_has_the_size_it_is_named_after(
    form: str, size: tuple[int, int], made: dict[str, bytes], printed: ModuleType
) -> None:
    assert printed.page_sizes(made[form]) == {size}


@pytest.mark.parametrize("form", FORMS)
def test_all_fonts_are_inside_and_bold_is_a_bold_font(
    form: str, made: dict[str, bytes], printed: ModuleType
) -> None:
    fonts = printed.embedded_fonts(made[form])
    assert all(fonts.values()), fonts
    assert any("Bold" in name for name in fonts)
    assert any("NotoSerifSC" in name for name in fonts)


def test_large_print_is_eighteen_points(made: dict[str, bytes], printed: ModuleType) -> None:
    assert 18.0 in printed.text_sizes(made["large"])
    assert 18.0 not in printed.text_sizes(made["a4"])


def test_a_character_that_no_font_has_is_printed_as_its_number(
    paper: Paper, printed: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    payload = paper_payload(paper, paper.sheets[0], FORMS["a4"])
    payload["parts"][0]["items"][0]["stem"] = ["缺\U00013000字"]
    assert printing.lost_characters(payload) == ["\U00013000"]
    pages = "".join(printed.page_texts(printing.make_pdf("paper", payload, {})))
    assert "缺［U+13000］字" in pages and "\0" not in pages
    monkeypatch.setattr(printing, "uncovered", lambda characters: set())
    assert "\0" in "".join(printed.page_texts(printing.make_pdf("paper", payload, {})))


def test_pictures_are_shown_and_a_broken_one_is_told(
    made: dict[str, bytes], pictures: dict[str, bytes], printed: ModuleType
) -> None:
    assert sorted(pictures) == ["images/photo.png", "images/sign.svg"]
    assert "图：图丙" in "".join(printed.page_texts(made["a4"]))
    assert "图：图乙" not in "".join(printed.page_texts(made["a4"]))


def test_a_passage_stands_before_its_questions_once(
    made: dict[str, bytes], printed: ModuleType
) -> None:
    text = "".join(printed.page_texts(made["a4"]))
    assert text.count("材料：车间里有三处隐患。第二行。") == 1
    intro = text.index("阅读材料，回答第15～17题。")
    assert intro < text.index("题干single-31问什么") < text.index("题干single-33问什么")


def dark_corners(printed: ModuleType, content: bytes) -> list[list[bool]]:
    """For each page, whether the square of 6 mm, 9 mm from the edges, is black in each corner."""
    scale, found = 4, []
    for width, height, dots in printed.grey_pages(content, scale):
        near, far = int(9.5 * scale), int(14.5 * scale)
        across = [(near, far), (width - far, width - near)]
        down = [(near, far), (height - far, height - near)]
        found.append(
            [
                max(dots[y * width + x] for y in range(*rows) for x in range(*columns)) < 40
                for rows in down
                for columns in across
            ]
        )
    return found


def test_the_answer_sheet_has_its_marks_and_fields(paper: Paper, printed: ModuleType) -> None:
    content = printing.make_pdf("sheet", sheet_payload(paper), {})
    assert dark_corners(printed, content) == [[True] * 4] * len(printed.page_texts(content))
    text = "".join(printed.page_texts(content))
    assert "\0" not in text
    for word in (
        "学校",
        "班级",
        "姓名",
        "卷别",
        "考号",
        "✓",
        "×",
        *(f"{n}." for n in range(1, 71)),
    ):
        assert word in text, word


def test_a_page_without_marks_is_seen_to_have_none(
    made: dict[str, bytes], printed: ModuleType
) -> None:
    assert not any(any(corners) for corners in dark_corners(printed, made["a4"]))


def test_the_answer_sheet_of_an_unvaried_paper_has_no_field_for_variants(
    paper: Paper, printed: ModuleType
) -> None:
    single = replace(paper, sheets=(replace(paper.sheets[0], variant=""),))
    text = "".join(printed.page_texts(printing.make_pdf("sheet", sheet_payload(single), {})))
    assert "卷别" not in text


def test_the_key_tells_answers_distribution_places_and_reasons(
    library: Library, paper: Paper, printed: ModuleType
) -> None:
    text = "".join(printed.page_texts(printing.make_pdf("key", key_payload(paper, library), {})))
    assert "\0" not in text
    for word in ("参考答案", "A卷", "B卷", "答案分布", "题号对照", "少选得一半分，选错不得分"):
        assert word in text, word
    for question in library.bank_by_id["all"].questions:
        assert printed.squeezed(question.explanation) in text


def test_a_bank_is_a_practice_sheet_with_or_without_answers(
    library: Library, printed: ModuleType
) -> None:
    paper = compose_bank(library, library.bank_by_id["all"])
    plain = paper_payload(paper, paper.sheets[0], FORMS["a4"])
    told = paper_payload(paper, paper.sheets[0], FORMS["a4"], library=library)
    without = "".join(printed.page_texts(printing.make_pdf("paper", plain, {})))
    with_answers = "".join(printed.page_texts(printing.make_pdf("paper", told, {})))
    assert "一、单项选择题（共40题）" in without
    assert "解析" not in without and "得分" not in without
    assert with_answers.count("答案：") == 70
    assert "解析single-1。" in with_answers


def test_every_field_is_shown_as_text(library: Library, printed: ModuleType) -> None:
    """Title, unit, seed, passage, alternative text, explanation: none is read as markup."""
    every = next(contest for contest in library.contests if contest.id == "every")
    trap = f"{printed.TRAPS[0]}{printed.TRAPS[1]}"
    bank = library.bank_by_id["all"]
    questions = tuple(
        replace(
            question,
            passage=f"材料{trap}" if question.passage else None,
            explanation=f"说明{trap}",
            image=question.image and replace(question.image, alt=f"替代{trap}"),
        )
        for question in bank.questions
    )
    hostile = replace(
        library,
        banks=(replace(bank, questions=questions),),
        settings=replace(library.settings, unit=f"单位{trap}"),
    )
    paper = compose_contest(hostile, replace(every, title=f"竞赛{trap}"), ("A",), f"种{trap}")
    payloads = {
        "paper": paper_payload(paper, paper.sheets[0], FORMS["a4"], library=hostile),
        "sheet": sheet_payload(paper),
        "key": key_payload(paper, hostile),
    }
    expected = {
        "paper": ("竞赛", "单位", "材料", "替代", "说明"),
        "sheet": ("竞赛", "单位"),
        "key": ("竞赛", "单位", "说明"),
    }
    for template, payload in payloads.items():
        text = "".join(printed.page_texts(printing.make_pdf(template, payload, {})))
        assert "\0" not in text
        for word in expected[template]:
            assert printed.squeezed(word + trap) in text, (template, word)
        # A seed is folded as the draw folds it; here that leaves it as it was.
        assert printed.squeezed("种" + trap) in text, template
