"""Word, Excel, OpenDocument, CSV, HTML, JSON, Moodle, GIFT, Aiken, QTI; encodings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import containers
import pytest
from conftest import Read

FILES = Path(__file__).resolve().parent / "files"
PAPER = "一、单选题\n1．安全帽应当（ ）。\nA．系带\nB．当凳子\n答案：A\n二、判断题\n1．安全通道应当畅通。（√）\n"


def brief(questions: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(item["type"], item["answer"], "".join(item["options"])) for item in questions]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings(read: Read, encoding: str, ends: str) -> None:
    found = read(PAPER.replace("\n", ends).encode(encoding), "x.txt")
    assert brief(found) == [("single", "A", "AB"), ("judge", True, "")]
    assert [item["line"] for item in found] == [2, 7]


def test_big5(read: Read) -> None:
    text = "一、單選題\n1．安全帽應當（ ）。\nA．繫帶\nB．當凳子\n答案：A\n二、判斷題\n1．安全通道應當暢通。\n答案：正確\n"
    assert brief(read(text.encode("big5"), "x.txt")) == [("single", "A", "AB"), ("judge", True, "")]


def test_word_numbers_and_letters_are_restored(read: Read) -> None:
    found = read(containers.word_with_lists(), "x.docx")
    assert brief(found) == [
        ("single", "A", "ABC"),
        ("single", "A", "ABC"),
        ("judge", False, ""),
        ("judge", True, ""),
    ]
    assert [item["number"] for item in found] == ["1", "2", "1", "2"]
    assert found[1]["options"] == {"A": "绝缘垫", "B": "地毯", "C": "钢板"}


def test_word_looks(read: Read) -> None:
    blank, red, marked, yes, no = read(containers.word_with_looks(), "x.docx")
    assert (blank["stem"], blank["answer"]) == (
        "灭火的四种方法是冷却、窒息、隔离和____。",
        ["抑制"],
    )
    for item in (red, marked):
        assert item["answer"] is None and item["implied"] == {"answer": "B", "convention": "tinted"}
    assert (yes["answer"], no["answer"]) == (True, False)


def test_word_table(read: Read) -> None:
    found = read(containers.word_with_table(), "x.docx")
    assert brief(found) == [("single", "A", "ABC"), ("judge", False, ""), ("single", "A", "AB")]


def test_excel(read: Read) -> None:
    found = read(containers.excel_as_met(), "x.xlsx")
    assert [item["line"] for item in found] == [4, 5, 6, 37, 38, 39, 2, 3]
    assert brief(found)[:4] == [
        ("single", "A", "ABCD"),
        ("single", "A", "AB"),
        ("single", "A", "AB"),
        ("multiple", "ABC", "ABCD"),
    ]
    assert found[1]["options"] == {"A": "50%", "B": "5%"}
    assert found[2]["options"] == {"A": "报告", "B": "隐瞒"}
    assert [item["answer"] for item in found[4:]] == [True, ["119"], True, False]


def test_old_excel(read: Read) -> None:
    found = read((FILES / "old.xls").read_bytes(), "old.xls")
    assert brief(found) == [
        ("single", "A", "AB"),
        ("single", "A", "AB"),
        ("single", "B", "AB"),
        ("judge", False, ""),
        ("judge", True, ""),
    ]
    assert [item["options"].get("A") for item in found[:3]] == ["30", "95%", "6月10日"]


def test_open_document(read: Read) -> None:
    rows = [["题目", "选项A", "选项B", "答案"], ["叉车转弯应当（ ）", "减速", "加速", "A"]]
    assert brief(read(containers.open_document(rows), "x.ods")) == [("single", "A", "AB")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "题干,答案\n门应当锁。,正确\n下列正确的是,C\n",
            [("judge", True, ""), ("single", "C", "")],
        ),
        (
            '"A,B,D","下列正确的有（ ）"\nD,下列错误的是（ ）\nB,"下列说法\n不对的是（ ）"\n',
            [("multiple", "ABD", ""), ("single", "D", ""), ("single", "B", "")],
        ),
        (
            "T\t雷雨天不在树下避雨\nF\t湿手可以拔插头\nT\t检修要断电\n",
            [("judge", True, ""), ("judge", False, ""), ("judge", True, "")],
        ),
        ("序号;题目;选项;答案\n1;灯应当;A.亮|B.灭;A\n", [("single", "A", "AB")]),
        ('id,题目,选项,答案\n1,灯应当（ ）,"[""亮"",""灭""]",亮\n', [("single", "A", "AB")]),
        ('编号,题目,备选项,正确答案\n1,灯应当（ ）,"**A.亮**B.灭",A\n', [("single", "A", "AB")]),
    ],
)
def test_csv(read: Read, rows: str, expected: list[Any]) -> None:
    assert brief(read(rows, "x.csv")) == expected


@pytest.mark.parametrize(
    ("name", "rows", "expected"),
    [
        ("choose.csv", "question,answer\n电流互感器二次侧不得,开路\n", [("single", None, "")]),
        ("judge.csv", "question,answer\n电流互感器二次侧可以开路,F\n", [("judge", False, "")]),
        ("x.csv", "question,answer\n火警电话是____,119\n", [("blank", ["119"], "")]),
        (
            "x.csv",
            '题 干（必填）,选项A（必填）,选项Ｂ,选 项 C,正确答案*,题目解析\n灯应当,亮,灭,拆,"[""A"",""C""]",略\n',
            [("multiple", "AC", "ABC")],
        ),
        (
            "x.csv",
            "题型,题干,A选项,B选项,答案\n判断题,灯应当亮,正确,错误,A\n是非题,灯应当灭,正确,不正确,不正确\n",
            [("judge", True, ""), ("judge", False, "")],
        ),
        ("x.csv", "题目,答案\n下列做法应当推广的是,B 标准化工作\n", [("single", "B", "")]),
        ("x.csv", "题型,题目,答案\n单选题,灯应当,亮\n", [("single", None, "")]),
    ],
)
def test_tables_of_many_makes(read: Read, name: str, rows: str, expected: list[Any]) -> None:
    assert brief(read(rows, name)) == expected


def test_html(read: Read) -> None:
    page = """<!DOCTYPE html><html><head><meta charset="gb2312"><script>var x = "正确答案是：D";</script></head><body>
    <div>1、下列物品<b>易燃</b>的是（&nbsp;&nbsp;）。</div><p>A、汽油<br>B、水</p><p>答案：A</p>
    <div>2、油库可以吸烟。（标准答案：\t\t错误\t）</div>
    <ol start="3"><li>检修时应当（ ）。<ol type="A"><li>断电</li><li>送电</li></ol>答案：A</li></ol>
    <table><tr><th>题目</th><th>答案</th></tr><tr><td>安全带要高挂低用。</td><td>对</td></tr></table></body></html>"""
    found = read(page.encode("gb18030"), "x.html")
    assert brief(found) == [
        ("single", "A", "AB"),
        ("judge", False, ""),
        ("single", "A", "AB"),
        ("judge", True, ""),
    ]
    assert "var" not in json.dumps(found)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([{"question": "灯应当", "options": ["亮", "灭"], "answer": "A"}], [("single", "A", "AB")]),
        (
            [{"title": "灯应当", "options": {"A": "亮", "B": "灭"}, "answer": ["A", "B"]}],
            [("multiple", "AB", "AB")],
        ),
        (
            {"data": {"list": [{"stem": "灯要亮。", "type": "判断题", "answer": True}]}},
            [("judge", True, "")],
        ),
        (
            {
                "single_choice": [
                    {"id": 1, "question": "灯应当", "optionA": "亮", "optionB": "灭", "answer": "B"}
                ]
            },
            [("single", "B", "AB")],
        ),
        (
            [
                {
                    "text": "灯应当____",
                    "isMultipleChoice": False,
                    "answerList": [{"text": "亮", "isTrue": True}, {"text": "灭", "isTrue": False}],
                }
            ],
            [("single", "A", "AB")],
        ),
        (
            [{"题目": "灯应当", "选项": "A.亮 B.灭", "答案": "A、B。", "题型": "多选题"}],
            [("multiple", "AB", "AB")],
        ),
        (
            [
                {
                    "title": "灯应当",
                    "options": [{"value": "0", "label": "亮"}, {"value": "1", "label": "灭"}],
                    "rightAnswer": "1",
                }
            ],
            [("single", "B", "AB")],
        ),
        (
            [
                {
                    "timu": "灯应当",
                    "xuanxiang": '{"A":"A.亮","B":"B.灭"}',
                    "type": "单选",
                    "daan": "B",
                }
            ],
            [("single", "B", "AB")],
        ),
        (
            [{"stem": "火警电话是____。", "type": "填空题", "answer": ["119"]}],
            [("blank", ["119"], "")],
        ),
        (
            [{"question": "<p>灯应当</p>", "options": ["<p>亮</p>", "<p>灭</p>"], "answer": 1}],
            [("single", None, "AB")],
        ),
    ],
)
def test_json(read: Read, data: Any, expected: list[Any]) -> None:
    assert brief(read(json.dumps(data, ensure_ascii=False), "x.json")) == expected
    assert brief(read(json.dumps(data), "x.json")) == expected


def test_json_lines(read: Read) -> None:
    text = '{"question":"灯应当","options":["亮","灭"],"answer":"A"}\n\n{"question":"门应当","options":["开","锁"],"answer":"B"}\n'
    found = read(text, "x.jsonl")
    assert brief(found) == [("single", "A", "AB"), ("single", "B", "AB")]
    assert [item["line"] for item in found] == [1, 3]


def test_moodle(read: Read) -> None:
    text = """<?xml version="1.0" encoding="UTF-8"?><quiz><question type="category"><category><text>x</text></category></question>
    <question type="multichoice"><questiontext format="html"><text><![CDATA[<p>灯应当&nbsp;</p>]]></text></questiontext>
    <generalfeedback><text>亮着才看得见。</text></generalfeedback><single>true</single>
    <answer fraction="100"><text>亮</text></answer><answer fraction="0"><text>灭</text></answer></question>
    <question type="multichoice"><questiontext><text>哪些要锁</text></questiontext><single>false</single>
    <answer fraction="50"><text>门</text></answer><answer fraction="50"><text>窗</text></answer><answer fraction="-100"><text>灯</text></answer></question>
    <question type="truefalse"><questiontext><text>灯要亮。</text></questiontext><answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
    <question type="shortanswer"><questiontext><text>火警电话是____。</text></questiontext><answer fraction="100"><text>119</text></answer></question>
    <question type="essay"><questiontext><text>简述断电步骤。</text></questiontext></question>
    <question type="matching"><questiontext><text>配对</text></questiontext></question>
    <question type="matching"><questiontext><text>颜色</text></questiontext>
    <subquestion><text>红</text><answer><text>禁止</text></answer></subquestion>
    <subquestion><text>黄</text><answer><text>警告</text></answer></subquestion>
    <subquestion><text></text><answer><text>提示</text></answer></subquestion></question></quiz>"""
    found = read(text, "x.xml")
    assert brief(found) == [
        ("single", "A", "AB"),
        ("multiple", "AB", "ABC"),
        ("judge", True, ""),
        ("blank", ["119"], ""),
        ("short", None, ""),
        ("match", "A-1；B-2", ""),
    ]
    assert found[5]["left"] == {"A": "红", "B": "黄"}
    assert found[5]["right"] == {"1": "禁止", "2": "警告", "3": "提示"}
    assert found[0]["explanation"] == "亮着才看得见。"


def test_gift(read: Read) -> None:
    text = """// 安全
$CATEGORY: 安全

::一:: 灯应当{=亮 ~灭#不对 ####亮着才看得见。}

灯要亮。{T}

火警电话是{=119 =一一九}。

哪些要锁{~%50%门 ~%50%窗 ~%-100%灯}

::配对:: 配对{=甲 -> 乙 =丙 -> 丁}

简述断电步骤。{}
"""
    found = read(text, "x.gift")
    assert brief(found) == [
        ("single", "A", "AB"),
        ("judge", True, ""),
        ("blank", ["119"], ""),
        ("multiple", "AB", "ABC"),
        ("match", "A-1；B-2", ""),
        ("short", None, ""),
    ]
    assert found[0]["explanation"] == "亮着才看得见。" and found[0]["stem"] == "灯应当"
    assert found[4]["right"] == {"1": "乙", "2": "丁"}
    assert [item["line"] for item in found] == [4, 6, 8, 10, 12, 14]


def test_aiken(read: Read) -> None:
    text = "灯应当怎样？\nA. 亮\nB. 灭\nANSWER: A\n\n门应当怎样？\nA) 开\nB) 锁\nANSWER: B\n"
    assert brief(read(text)) == [("single", "A", "AB"), ("single", "B", "AB")]


QTI3 = """<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="q1" title="x">
<qti-response-declaration identifier="RESPONSE" cardinality="{cardinality}" base-type="identifier"><qti-correct-response>{values}</qti-correct-response></qti-response-declaration>
<qti-item-body><p>灯应当</p><qti-choice-interaction response-identifier="RESPONSE" max-choices="{most}"><qti-prompt>选一个</qti-prompt>
<qti-simple-choice identifier="c1">亮</qti-simple-choice><qti-simple-choice identifier="c2">灭</qti-simple-choice></qti-choice-interaction></qti-item-body>
<qti-modal-feedback identifier="f" outcome-identifier="F" show-hide="show"><qti-content-body>亮着才看得见。</qti-content-body></qti-modal-feedback></qti-assessment-item>"""


def test_qti3(read: Read) -> None:
    one = QTI3.format(cardinality="single", most=1, values="<qti-value>c2</qti-value>")
    found = read(one, "x.xml")
    assert brief(found) == [("single", "B", "AB")] and found[0]["explanation"] == "亮着才看得见。"
    both = QTI3.format(
        cardinality="multiple", most=2, values="<qti-value>c2</qti-value><qti-value>c1</qti-value>"
    )
    assert brief(read(both, "x.xml")) == [("multiple", "AB", "AB")]


def test_qti21_package(read: Read) -> None:
    item = """<?xml version="1.0"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i1" title="t">
    <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>T</value></correctResponse></responseDeclaration>
    <itemBody><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>灯要亮。</prompt>
    <simpleChoice identifier="T">对</simpleChoice><simpleChoice identifier="F">错</simpleChoice></choiceInteraction></itemBody></assessmentItem>"""
    blank = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i2" title="t">
    <responseDeclaration identifier="R" cardinality="single" baseType="string"><correctResponse><value>119</value></correctResponse></responseDeclaration>
    <itemBody><p>火警电话是<textEntryInteraction responseIdentifier="R"/>。</p></itemBody></assessmentItem>"""
    manifest = '<manifest><resources><resource href="b.xml"/><resource href="a.xml"/></resources></manifest>'
    packed = containers.zipped(
        {"imsmanifest.xml": manifest.encode(), "a.xml": item.encode(), "b.xml": blank.encode()}
    )
    found = read(packed, "x.zip")
    assert brief(found) == [("blank", ["119"], ""), ("judge", True, "")]
    assert found[0]["stem"] == "火警电话是____。"
