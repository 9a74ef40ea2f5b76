"""What Word files hold beside plain text is read, or told with its place; nothing goes silently."""

from __future__ import annotations

from pathlib import Path

import pytest
import word_files as w

from jingzhong.exchange.questions.found import Found, Haul
from jingzhong.exchange.questions.open_file import read_bytes, read_file

Q1 = ("1．进入泵房前应当先（ ）。", "A．通风检测", "B．关灯", "C．锁门")
Q2 = ("2．配电柜前的地面应当铺（ ）。", "A．绝缘垫", "B．地毯", "C．钢板")


def read(*blocks: str, **more: object) -> Haul:
    return read_bytes(w.word(*blocks, **more), "x.docx")  # type: ignore[arg-type]


def only(*blocks: str, **more: object) -> Found:
    (found,) = read(*blocks, **more).questions
    return found


def told(haul: Haul, code: str) -> list[str]:
    return [notice.message for notice in haul.notices if notice.code == code]


VANISH = "<w:vanish/>"


def test_hidden_text_is_left_out_and_told(tmp_path: Path) -> None:
    hidden = w.paragraph("A．通风检测", w.run("（内部批注：老张出的题）", VANISH))
    (tmp_path / "x.docx").write_bytes(
        w.word("一、单选题", Q1[0], hidden, *Q1[2:], "答案：A", w.paragraph(w.run("草稿", VANISH)))
    )
    haul = read_file(tmp_path / "x.docx")
    assert haul.questions[0].options["A"] == "通风检测" and haul.questions[0].answer == "A"
    notice = next(one for one in haul.notices if one.code == "hidden_text")
    assert notice.message == "有 2 处隐藏文字，没有读：“（内部批注：老张出的题）”、“草稿”"
    assert notice.line == 3 and "一、单选题" in notice.place


def test_hidden_answers_are_taken_and_told() -> None:
    haul = read(
        *Q1, w.paragraph(w.run("答案：A", VANISH)), *Q2, w.paragraph(w.run("答案：B", VANISH))
    )
    assert [found.answer for found in haul.questions] == ["A", "B"]
    assert told(haul, "hidden_text") == [
        "有 2 处隐藏文字，里面是答案或解析，已经读出，请核对：“答案：A”、“答案：B”"
    ]


def test_hidden_answer_never_beats_a_shown_one() -> None:
    """The twin: an old hidden key contradicts what the page says, so it is not read."""
    haul = read(*Q1, "答案：A", w.paragraph(w.run("答案：B", VANISH)))
    assert haul.questions[0].answer == "A" and not haul.questions[0].blocked
    assert "没有读" in told(haul, "hidden_text")[0]


def test_hiding_that_is_switched_off_hides_nothing() -> None:
    style = '<w:vanish w:val="0"/>'
    found = only(*Q1[:3], w.paragraph("C．锁", w.run("门", style)), "答案：A")
    assert found.options["C"] == "锁门"


def test_revisions() -> None:
    haul = read(
        w.paragraph("1．进入泵房前应当", '<w:del w:id="1" w:author="x"><w:r><w:delText>最后</w:delText></w:r></w:del>',
                    '<w:ins w:id="2" w:author="x">' + w.run("先") + "</w:ins>", "（ ）。"),
        *Q1[1:],
        "答案：A",
    )  # fmt: skip
    assert haul.questions[0].stem == "进入泵房前应当先（）。"
    assert told(haul, "revisions") == ["文档里有没有处理完的修订：插入 1 处照读，删除 1 处没有读"]


def test_a_deleted_paragraph_end_joins_the_lines() -> None:
    ended = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    found = only(
        w.paragraph("1．进入泵房前", properties=ended), "应当先（ ）。", *Q1[1:], "答案：A"
    )
    assert found.stem == "进入泵房前应当先（）。"


def test_a_footnote_is_the_questions_note() -> None:
    haul = read(
        w.paragraph(Q1[0], w.reference("footnote", 2)), *Q1[1:], "答案：A", *Q2, "答案：A",
        parts=w.notes("footnote", n2="见《有限空间作业安全规定》"),
    )  # fmt: skip
    assert [found.explanation for found in haul.questions] == ["注：见《有限空间作业安全规定》", ""]


def test_a_footnote_in_an_option_and_an_endnote_in_a_title() -> None:
    haul = read(
        w.paragraph("泵房安全练习", w.reference("endnote", 3)),
        "一、单选题",
        Q1[0], Q1[1], w.paragraph(Q1[2], w.reference("footnote", 2)), Q1[3], "答案：A",
        parts=w.notes("footnote", n2="照明要防爆") | w.notes("endnote", n3="2024 年编"),
    )  # fmt: skip
    assert haul.questions[0].explanation == "注：照明要防爆"
    assert told(haul, "note_left_out") == ["尾注不属于哪一道题，没有导入：“2024 年编”"]


def test_a_footnote_that_is_the_answer() -> None:
    parts = w.notes("endnote", n1="答案：B", n2="答案：见教材")
    first = w.paragraph(Q1[0], w.reference("endnote", 1))
    haul = read(first, *Q1[1:], w.paragraph(Q2[0], w.reference("endnote", 2)), *Q2[1:], parts=parts)
    one, two = haul.questions
    assert one.answer == "B" and one.has("answer_in_note") and not one.blocked
    assert two.answer is None and two.explanation == "注：答案：见教材"


def test_comments_are_told() -> None:
    haul = read(
        w.paragraph(Q1[0], w.reference("comment", 0)), *Q1[1:], "答案：A",
        parts=w.notes("comment", n0="答案要不要改成 B？", n1="老题"),
    )  # fmt: skip
    assert told(haul, "comments_left_out") == [
        "有 2 条批注没有导入（有的像答案，请核对）：“答案要不要改成 B？”、“老题”"
    ]
    assert haul.questions[0].answer == "A"


def box(ticked: bool) -> str:
    sign = "☒" if ticked else "☐"
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{w.run(sign)}</w:sdtContent></w:sdt>"
    )


def old_box(ticked: bool) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="{int(ticked)}"/>'
        "</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def font_box(ticked: bool) -> str:
    return f'<w:r><w:sym w:font="Wingdings" w:char="{"F0FE" if ticked else "F0A8"}"/></w:r>'


def run_box(ticked: bool) -> str:
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    return w.run("þ" if ticked else "¨", fonts)


@pytest.mark.parametrize("made", [box, old_box, font_box, run_box])
def test_ticked_boxes_answer(made: object) -> None:
    lines = [
        w.paragraph(made(letter == "B"), f"{letter}．{text}")  # type: ignore[operator]
        for letter, text in (("A", "通风检测"), ("B", "关灯"), ("C", "锁门"))
    ]
    found = only(Q1[0], *lines)
    assert (found.answer, found.options) == ("B", {"A": "通风检测", "B": "关灯", "C": "锁门"})


def test_symbols_of_fonts() -> None:
    right = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    wrong = '<w:r><w:sym w:font="Wingdings" w:char="F0FB"/></w:r>'
    haul = read(
        "一、判断题",
        w.paragraph("1．动火前应当清理可燃物。（", right, "）"),
        w.paragraph("2．监护人可以离开现场。（", wrong, "）"),
        w.paragraph(
            "3．温度", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', "60℃时停机。（√）"
        ),
    )
    assert [found.answer for found in haul.questions] == [True, False, True]
    assert haul.questions[2].stem == "温度≥60℃时停机。"


def test_an_unknown_symbol_is_told() -> None:
    odd = '<w:r><w:sym w:font="Wingdings" w:char="F0F7"/></w:r>'
    haul = read(w.paragraph("1．标志", odd, "表示（ ）。"), *Q1[1:], "答案：A")
    assert haul.questions[0].stem == "标志〓表示（）。"
    assert "符号认不出" in told(haul, "unknown_sign")[0]


def test_raised_and_lowered() -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    found = only(
        w.paragraph("1．面积 20 m", w.run("2", up), " 的罐内，H", w.run("2", down), "S 浓度不超过 10",
                    w.run("-3", up), " kg/m", w.run("3", up), "，倾角 30", w.run("o", up), "（ ）。"),
        *Q1[1:], w.paragraph("答案：", w.run("A", up)),
    )  # fmt: skip
    assert found.stem == "面积 20 m² 的罐内，H₂S 浓度不超过 10⁻³ kg/m³，倾角 30°（）。"
    assert found.answer == "A"


def test_formulas_on_one_line() -> None:
    m = (
        "<m:oMath><m:r><m:t>U=</m:t></m:r><m:f><m:num><m:r><m:t>P+Q</m:t></m:r></m:num>"
        "<m:den><m:rad><m:deg/><m:e><m:r><m:t>3</m:t></m:r></m:e></m:rad></m:den></m:f>"
        "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
        "<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub>"
        "<m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:d><m:e><m:r><m:t>a</m:t></m:r></m:e></m:d></m:e></m:nary>"
        "</m:oMath>"
    )
    found = only(w.paragraph("1．电压按", m, "计算，结果是（ ）。"), *Q1[1:], "答案：A")
    assert "U=(P+Q)/(√3)x^2∑_(i=1)^n (a)" in found.stem
    assert found.has("formula") and not found.blocked


def test_fields_ruby_and_links() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{w.run('jǐng')}</w:rt>"
        f"<w:rubyBase>{w.run('警')}</w:rubyBase></w:ruby></w:r>"
    )
    phonetic = w.field(r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(zhōng),钟)')
    link = f'<w:hyperlink r:id="rId1">{w.run("泵房", "<w:u w:val=" + chr(34) + "single" + chr(34) + "/>")}</w:hyperlink>'
    haul = read(
        w.paragraph("1．", ruby, phonetic, "响起，进入", link, "前占", w.field(r"EQ \f(1,2)"), "的人先（ ）。",
                    w.field("PAGE", "7")),
        *Q1[1:], "答案：A",
    )  # fmt: skip
    assert haul.questions[0].stem == "警钟响起，进入泵房前占1/2的人先（）。"
    assert told(haul, "ruby") == ["有 2 处注音（拼音）没有带来，只读了下面的字：“警”、“钟”"]


def test_an_open_field_hides_no_other_paragraph() -> None:
    broken = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    )
    assert only(w.paragraph("练习", broken), *Q1, "答案：A").answer == "A"


def test_emphasis_dots_that_a_question_needs() -> None:
    dots = '<w:em w:val="dot"/>'
    found = only(
        w.paragraph("1．下列加点字的意思是（ ）：", w.run("禁", dots), "止"), *Q1[1:], "答案：A"
    )
    assert found.has("dots_lost")


def test_every_box_of_a_drawing_and_word_art() -> None:
    def text_box(*lines: str) -> str:
        inside = "".join(w.paragraph(line) for line in lines)
        return f"<v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape>"

    group = f"<w:r><w:pict><v:group>{text_box(*Q1, '答案：A')}{text_box(*Q2, '答案：A')}</v:group></w:pict></w:r>"
    art = '<w:r><w:pict><v:shape><v:textpath string="一、单选题"/></v:shape></w:pict></w:r>'
    haul = read(w.paragraph(art), w.paragraph(group))
    assert [found.answer for found in haul.questions] == ["A", "A"]
    assert told(haul, "word_art") and not any(found.has("picture") for found in haul.questions)


def test_nested_and_merged_tables() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    def text(words: str, properties: str = "") -> str:
        return f"<w:tcPr>{properties}</w:tcPr>{w.paragraph(words)}"

    start, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = f"<w:tbl>{row(text('A．系紧'))}{row(text('B．放开'))}</w:tbl>"
    table = (
        "<w:tbl>" + row(*(text(one) for one in ("题型", "题目", "选项", "答案", "解析")))
        + row(text("单选题", start), text("安全帽的系带应当（ ）。"), f"{inner}{w.paragraph('')}", text("A"), text("防脱落"))
        + row(text("", more), text("手套能戴着用钻床吗（ ）？"), text("A．能　B．不能"), text("B"), text("会卷入"))
        + row(text("判断题"), text("吊物下面可以走人。", '<w:gridSpan w:val="2"/>'), text("错"), text("会砸到"))
        + "</w:tbl>"
    )  # fmt: skip
    haul = read("练习", table)
    assert [(found.type, found.answer) for found in haul.questions] == [
        ("single", "A"), ("single", "B"), ("judge", False)
    ]  # fmt: skip
    assert haul.questions[2].explanation == "会砸到"


def test_a_note_that_was_deleted_goes_with_its_text() -> None:
    gone = f'<w:del w:id="1" w:author="x">{w.reference("footnote", 2)}</w:del>'
    haul = read(w.paragraph(Q1[0], gone), *Q1[1:], "答案：A", parts=w.notes("footnote", n2="旧注"))
    assert haul.questions[0].explanation == "" and not told(haul, "note_left_out")


def test_the_last_paragraph_without_an_end_is_kept() -> None:
    ended = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    assert only(*Q1, w.paragraph("答案：A", properties=ended)).answer == "A"
