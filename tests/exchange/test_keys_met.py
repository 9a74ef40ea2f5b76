"""Answer keys as papers print them: one body, many keys, the same answers."""

from __future__ import annotations

import pytest
from conftest import Read

SINGLE = [
    f"{number}．第{sign}项要求是（ ）。\nA．甲  B．乙  C．丙  D．丁\n"
    for number, sign in enumerate("一二三四五六七", 1)
]
MANY = [
    f"{number}．第{sign}类措施有（ ）。\nA．子  B．丑  C．寅  D．卯\n"
    for number, sign in enumerate("甲乙丙", 1)
]
JUDGED = [f"{number}．第{sign}条应当遵守。（ ）\n" for number, sign in enumerate("一二三四", 1)]
BODY = "".join(["一、单选题\n", *SINGLE, "二、多选题\n", *MANY, "三、判断题\n", *JUDGED, "\n"])
WANTED = [*"ABCDABC", "AB", "ACD", "ABCD", True, False, False, True]

KEYS = {
    "ranges": (
        "答案\n一、单选题 1-5 ABCDA 6—7 BC\n二、多选题 1.AB 2.ACD 3.ABCD\n三、判断题 1-4 √××√\n"
    ),
    "items": (
        "参考答案：\n"
        "一、单选题：1.A；2.B；3.C；4.D；5.A；6.B；7.C\n"
        "二、多选题：1.AB；2.ACD；3.ABCD\n"
        "三、判断题：1.对；2.错；3.错；4.对\n"
    ),
    "rows without numbers": ("试题答案\n单选：ABCDA BC\n多选：1、AB 2、ACD 3、ABCD\n判断：√××√\n"),
    "headings on lines": (
        "答案：\n"
        "单项选择题\n"
        "1.A  2.B  3.C  4.D  5.A\n"
        "6.B  7.C\n"
        "多项选择题\n"
        "1.AB  2.ACD  3.ABCD\n"
        "判断题\n"
        "1.√  2.×  3.×  4.√\n"
    ),
    "glued": (
        "答案一、单选题1.A2.B3.C4.D5.A6.B7.C二、多选题1.AB2.ACD3.ABCD三、判断题1.√2.×3.×4.√\n"
    ),
    "ordinals": (
        "标准答案\n一、1～5：ABCDA；6～7：BC\n二、1、AB；2、ACD；3、ABCD。\n三、1～4：√××√\n"
    ),
    "tables": (
        "参考答案\n"
        "一、单选题\n"
        "| 题号 | 1 | 2 | 3 | 4 | 5 | 6 | 7 |\n"
        "| 答案 | A | B | C | D | A | B | C |\n"
        "二、多选题\n"
        "| 题号 | 1 | 2 | 3 |\n"
        "| 答案 | AB | ACD | ABCD |\n"
        "三、判断题\n"
        "| 题号 | 1 | 2 | 3 | 4 |\n"
        "| 答案 | √ | × | × | √ |\n"
    ),
    "brackets": (
        "【参考答案】\n"
        "（一）单选题\n"
        "（1）A（2）B（3）C（4）D（5）A（6）B（7）C\n"
        "（二）多选题\n"
        "（1）AB（2）ACD（3）ABCD\n"
        "（三）判断题\n"
        "（1）√（2）×（3）×（4）√\n"
    ),
    "with reasons": (
        "答案及解析\n"
        "一、单选题\n"
        "1.【答案】A。解析：见规程1.1。\n"
        "2.【答案】B。解析：略\n"
        "3.【答案】C\n"
        "4.【答案】D\n"
        "5.【答案】A\n"
        "6.【答案】B\n"
        "7.【答案】C\n"
        "二、多选题\n"
        "1.【答案】AB\n"
        "2.【答案】ACD\n"
        "3.【答案】ABCD\n"
        "三、判断题\n"
        "1.【答案】√\n"
        "2.【答案】×。解析：不应。\n"
        "3.【答案】错\n"
        "4.【答案】正确\n"
    ),
    "spaced letters": (
        "参考答案\n"
        "一、单选题\n"
        "1—5 ABCDA  6—7 BC\n"
        "二、多选题\n"
        "1.A、B  2.A、C、D  3.A、B、C、D\n"
        "三、判断题\n"
        "1—4 对错错对\n"
    ),
    "headings with answers": (
        "单选题答案：1-5：A B C D A  6-7：B C\n"
        "多选题答案：1.AB 2.ACD 3.ABCD\n"
        "判断题答案：1√ 2× 3× 4√\n"
    ),
    "no signs": (
        "答案：\n单选题：\n1A 2B 3C 4D 5A 6B 7C\n多选题：\n1AB 2ACD 3ABCD\n判断题：\n1√ 2× 3× 4√\n"
    ),
    "rows under headings": (
        "附：参考答案\n"
        "一、单选题（1～7）\n"
        "A B C D A B C\n"
        "二、多选题（1～3）\n"
        "AB ACD ABCD\n"
        "三、判断题（1～4）\n"
        "√ × × √\n"
    ),
    "ordinals on lines": (
        "答案\n"
        "一、\n"
        "1、A\n"
        "2、B\n"
        "3、C\n"
        "4、D\n"
        "5、A\n"
        "6、B\n"
        "7、C\n"
        "二、\n"
        "1、AB\n"
        "2、ACD\n"
        "3、ABCD\n"
        "三、\n"
        "1、√\n"
        "2、×\n"
        "3、×\n"
        "4、√\n"
    ),
    "rows under answer headings": (
        "一、单选题答案\nABCDA  BC\n二、多选题答案\nAB、ACD、ABCD\n三、判断题答案\n√××√\n"
    ),
    "two lines": (
        "参考答案\n"
        "一、单选题（每题2分）\n"
        "1  2  3  4  5  6  7\n"
        "A  B  C  D  A  B  C\n"
        "二、多选题\n"
        "1  2  3\n"
        "AB  ACD  ABCD\n"
        "三、判断题\n"
        "1  2  3  4\n"
        "√  ×  ×  √\n"
    ),
    "first ordinal left out": ("答案：1-5 ABCDA 6-7 BC 二、1.AB 2.ACD 3.ABCD 三、1-4 √××√\n"),
    "tilde lists": (
        "参考答案\n"
        "一、单选题 1~7 A、B、C、D、A、B、C\n"
        "二、多选题 1~3 AB、ACD、ABCD\n"
        "三、判断题 1~4 √、×、×、√\n"
    ),
    "letters in brackets": (
        "答案\n"
        "单选题：1（A）2（B）3（C）4（D）5（A）6（B）7（C）\n"
        "多选题：1（AB）2（ACD）3（ABCD）\n"
        "判断题：1（√）2（×）3（×）4（√）\n"
    ),
}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS.keys())
def test_a_key_at_the_end(read: Read, key: str) -> None:
    assert [item["answer"] for item in read(BODY + key)] == WANTED


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS.keys())
def test_twin_without_its_questions_a_key_gives_none(read: Read, key: str) -> None:
    assert read("安全知识试卷\n" + key) == []


@pytest.mark.parametrize(
    "key",
    [
        "答案\n一、单选题\nABCDAB\n",
        "答案\n1.AB 2.ACD 3.ABCD\n",
        "三、判断题答案\n√××\n",
    ],
)
def test_a_key_that_does_not_fit_answers_no_single_choice(read: Read, key: str) -> None:
    found = read("一、单选题\n" + "".join(SINGLE) + key)
    assert [item["answer"] for item in found] == [None] * 7


RUNNING = "".join(
    [
        "一、单选题\n",
        *SINGLE,
        "二、多选题\n",
        *(line.replace(f"{at}．", f"{at + 7}．", 1) for at, line in enumerate(MANY, 1)),
        "三、判断题\n",
        *(line.replace(f"{at}．", f"{at + 10}．", 1) for at, line in enumerate(JUDGED, 1)),
        "\n",
    ]
)
ITEMS = "1.A 2.B 3.C 4.D 5.A 6.B 7.C 8.AB 9.ACD 10.ABCD 11.√ 12.× 13.× 14.√"
ON_AND_ON = {
    "ranges": "答案\n1-5 ABCDA 6-10 B C AB ACD ABCD 11-14 √××√\n",
    "items": f"参考答案：{ITEMS}\n",
    "glued": f"参考答案{ITEMS.replace(' ', '')}\n",
    "no signs": ITEMS.replace(".", "") + "\n",
    "lines": "参考答案\n" + ITEMS.replace(".", " ").replace(" 1", "\n1") + "\n",
    "in brackets": f"（答案：{ITEMS.replace('.', '').replace(' ', '、')}）\n",
}


@pytest.mark.parametrize("glued", [False, True])
@pytest.mark.parametrize("key", ON_AND_ON.values(), ids=ON_AND_ON.keys())
def test_numbers_that_run_on(read: Read, key: str, glued: bool) -> None:
    body = RUNNING.replace("\n", "") + "\n" if glued else RUNNING
    assert [item["answer"] for item in read(body + key)] == WANTED


@pytest.mark.parametrize("name", ["ranges", "items", "glued", "ordinals", "first ordinal left out"])
def test_a_paper_in_one_line(read: Read, name: str) -> None:
    assert [item["answer"] for item in read((BODY + KEYS[name]).replace("\n", ""))] == WANTED


@pytest.mark.parametrize(
    ("one", "two", "three"),
    [
        ("答案：1-5 ABCDA 6-7 BC", "答案：1.AB 2.ACD 3.ABCD", "答案：1-4 √××√"),
        ("答案：ABCDABC", "答案：AB ACD ABCD", "答案：√××√"),
        ("单选题答案：1-7 ABCDABC", "多选题答案：1.AB 2.ACD 3.ABCD", "判断题答案：1-4 √××√"),
    ],
)
def test_a_key_below_each_section(read: Read, one: str, two: str, three: str) -> None:
    parts = ["一、单选题\n", *SINGLE, one, "\n二、多选题\n", *MANY, two, "\n三、判断题\n", *JUDGED]
    assert [item["answer"] for item in read("".join([*parts, three, "\n"]))] == WANTED


def test_twin_a_row_of_many_answers_is_no_answer_of_the_last_question(read: Read) -> None:
    found = read("一、单选题\n" + "".join(SINGLE) + "答案：ABCDAB\n")
    assert [item["answer"] for item in found] == [None] * 7
