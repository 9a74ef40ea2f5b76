"""Numbers and letters that Word counts: restarts, overrides, levels, linked styles."""

from __future__ import annotations

import word_files as w

from jingzhong.exchange.questions.open_file import read_bytes


def level(place: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def entry(number: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def restarted(place: int = 0) -> str:
    return f'<w:lvlOverride w:ilvl="{place}"><w:startOverride w:val="1"/></w:lvlOverride>'


LISTS = abstract(1, level(0, "decimal", "%1．")) + abstract(2, level(0, "upperLetter", "%1．"))


def test_continued_questions_and_restarted_options() -> None:
    numbering = (
        LISTS + entry(1, 1) + entry(2, 2) + entry(3, 2, restarted()) + entry(4, 1, restarted())
    )
    blocks = ["一、单选题", w.listed("进入泵房前应当先（ ）。", 1)]
    blocks += [w.listed(text, 2) for text in ("关灯", "通风", "锁门")]
    blocks += ["答案：B", w.listed("安全出口应当（ ）。", 1)]
    blocks += [w.listed(text, 3) for text in ("上锁", "堆货", "畅通")]
    blocks += ["答案：C", "二、判断题", w.listed("通道可以堆放杂物。（×）", 4)]
    first, second, third = read_bytes(w.word(*blocks, numbering=numbering), "x.docx").questions
    assert (first.number, first.answer) == ("1", "B")
    assert (second.number, second.answer, list(second.options)) == ("2", "C", ["A", "B", "C"])
    assert (third.number, third.answer) == ("1", False)


def test_a_list_that_changes_its_level() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1、")}</w:lvlOverride>'
    numbering = abstract(1, level(0, "decimal", "%1．")) + entry(1, 1) + entry(2, 1, own + "")
    blocks = ["1．进入泵房前应当先（ ）。"]
    blocks += [w.listed(text, 2) for text in ("关灯", "通风")]
    found = read_bytes(w.word(*blocks, "答案：B", numbering=numbering), "x.docx").questions[0]
    assert found.options == {"A": "关灯", "B": "通风"} and found.answer == "B"


def test_levels_and_legal_numbers() -> None:
    numbering = abstract(
        1,
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        level(2, "upperLetter", "%3."),
    ) + entry(1, 1)
    blocks = [w.listed("单选题", 1), w.listed("进入泵房前应当先（ ）。", 1, 1)]
    blocks += [w.listed(text, 1, 2) for text in ("关灯", "通风")]
    blocks += ["答案：B", w.listed("安全出口应当（ ）。", 1, 1)]
    blocks += [w.listed(text, 1, 2) for text in ("上锁", "畅通")]
    haul = read_bytes(w.word(*blocks, "答案：B", numbering=numbering), "x.docx")
    assert [found.options for found in haul.questions] == [
        {"A": "关灯", "B": "通风"},
        {"A": "上锁", "B": "畅通"},
    ]
    assert haul.places[2].start.startswith("“1.1 进入泵房前")


def test_numbers_that_never_start_again() -> None:
    """Questions counted through all chapters: lvlRestart 0."""
    numbering = abstract(
        1,
        level(0, "chineseCounting", "%1、"),
        level(1, "decimal", "%2．", '<w:lvlRestart w:val="0"/>'),
    ) + entry(1, 1)
    blocks = []
    for title, stem in (("单选题", "进入泵房前应当先（ ）。"), ("多选题", "安全出口应当（ ）。")):
        blocks += [w.listed(title, 1), w.listed(stem, 1, 1), "A．畅通", "B．检测", "答案：AB"]
    haul = read_bytes(w.word(*blocks, numbering=numbering), "x.docx")
    assert [found.number for found in haul.questions] == ["1", "2"]


def test_a_style_with_its_level() -> None:
    """A style names the list alone; the list says which of its levels the style is."""

    def style(name: str) -> str:
        number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{number}</w:style>'

    def styled(text: str, name: str) -> str:
        return w.paragraph(text, properties=f'<w:pStyle w:val="{name}"/>')

    numbering = abstract(
        1,
        level(0, "decimal", "%1．", '<w:pStyle w:val="Asked"/>'),
        level(1, "upperLetter", "%2．", '<w:pStyle w:val="Offered"/>'),
    ) + entry(1, 1)
    blocks = [styled("进入泵房前应当先（ ）。", "Asked")]
    blocks += [styled(text, "Offered") for text in ("关灯", "通风")]
    data = w.word(*blocks, "答案：B", numbering=numbering, styles=style("Asked") + style("Offered"))
    found = read_bytes(data, "x.docx").questions[0]
    assert found.options == {"A": "关灯", "B": "通风"}


def test_a_paragraph_that_is_hidden_whole_has_no_number() -> None:
    hidden = w.listed("旧题，不用了（ ）。", 1).replace(
        "<w:rPr></w:rPr>", "<w:rPr><w:vanish/></w:rPr>"
    )
    blocks = [hidden, w.listed("进入泵房前应当先（ ）。", 1), "A．关灯", "B．通风", "答案：B"]
    numbering = LISTS + entry(1, 1)
    haul = read_bytes(w.word(*blocks, numbering=numbering), "x.docx")
    assert [found.number for found in haul.questions] == ["1"]
