"""Personal numbers and names: what is planted is found, what only looks like it is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jingzhong.rules.privacy import (
    is_card_number,
    is_identity_number,
    load_privacy_words,
    personal_numbers,
)

from .conftest import ABOUT, BANK, CASE, VALID, Find

# Invented numbers; the check digits are right.
IDENTITY = "11010519491231002X"
CARD = "6222021234567890128"


def kinds(text: str) -> list[str]:
    return [what for what, _, _ in personal_numbers(text)]


FOUND = [
    (f"身份证{IDENTITY}的持有人", "身份证号码"),
    ("电话13912345678", "手机号码"),
    ("电话：139 1234 5678。", "手机号码"),
    ("电话+86-139-1234-5678", "手机号码"),
    ("电话１３９１２３４５６７８", "手机号码"),
    ("[打电话](tel:13912345678)", "手机号码"),
    (f"卡号{CARD}", "银行卡号"),
    ("卡号6222 0212 3456 7890 128", "银行卡号"),
    ("发到 zhang.san@example.com 即可", "电子邮箱"),
    ("号牌为苏B·12345的货车", "车牌号码"),
    ("鲁BD12345", "车牌号码"),
    ("粤B1234挂", "车牌号码"),
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_found(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


SPARED = [
    "身份证110105194912310021不对",  # wrong check digit
    "110105194913310021",  # no such day
    "拨打12350、12345、119，或者010-12345678",
    "损失13912345678元",
    "统一社会信用代码91110000100000000X",
    "https://www.mem.gov.cn/13912345678/6222021234567890128.html",
    "文号t20210716_416558，编号139123456789",
    "卡号6222021234567890127",  # Luhn fails
    "1111111111111111",
    "鲁B·****号车、苏ICP备12345678号、京B2-20090059",
    "苏A座三层，鲁A厂房",
    "国务院令第493号，GB 30871-2022",
    "2015-08-12 22:51，2015.08.12",
]


@pytest.mark.parametrize("text", SPARED)
def test_spared(text: str) -> None:
    assert kinds(text) == []


@given(st.from_regex(r"[1-6]\d{16}[\dX]", fullmatch=True))
def test_identity_numbers_have_one_right_check_digit(text: str) -> None:
    endings = [digit for digit in "0123456789X" if is_identity_number(text[:17] + digit)]
    assert len(endings) <= 1


@given(st.from_regex(r"62[0-9]{14}", fullmatch=True), st.integers(0, 15))
def test_one_wrong_digit_breaks_a_card(text: str, place: int) -> None:
    digit = (int(text[place]) + 1) % 10
    changed = f"{text[:place]}{digit}{text[place + 1 :]}"
    assert not (is_card_number(text) and is_card_number(changed))


def test_planted_in_files(find: Find) -> None:
    planted = {
        CASE: [("cause: 下班后", "cause: 车主电话13912345678。下班后")],
        BANK: [("      C: 跟着下去", f"      C: {IDENTITY}")],
        ABOUT: [("## 有什么", "## 有什么\n\n发到 zhang@example.com 即可。")],
    }
    problems = find(planted)
    assert [problem.path for problem in problems] == [CASE, ABOUT, BANK]
    assert {problem.severity for problem in problems} == {"error"}
    for problem in problems:
        assert "13912345678" not in problem.message and IDENTITY not in problem.message


def test_contacts_of_the_unit_are_public(find: Find) -> None:
    page = [("## 有什么", "## 有什么\n\n发到 jubao@binjiang.gov.cn 或 a@example.com。")]
    (problem,) = find({ABOUT: page})
    assert "电子邮箱" in problem.message
    settings = (VALID / "mkdocs.yml").read_text("utf-8")
    contact = re.sub(r"corrections: .*", "corrections: a@example.com", settings)
    assert contact != settings
    assert find({ABOUT: page, "mkdocs.yml": contact}) == []


NAMES = [
    ("公司董事长于学伟被判处死刑，缓期二年执行。", ["于学伟"]),
    ("法定代表人王小明、总经理李强因重大责任事故罪获刑。", ["王小明", "李强"]),
    ("驾驶员欧阳海涛（已死亡）", ["欧阳海涛"]),
]
NO_NAMES = [
    "公司总经理张某某被判处有期徒刑。",
    "董事长、总经理等12人被追究刑事责任。",
    "负责人严重违反规定，被移送司法机关。",
    "驾驶员连夜被带走。",
    "局长高度重视，书记、局长被免职。",
    "房主房屋被查封，矿长应当被问责。",
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names(text: str, names: list[str]) -> None:
    assert list(load_privacy_words().names(text)) == names


@pytest.mark.parametrize("text", NO_NAMES)
def test_no_names(text: str) -> None:
    assert list(load_privacy_words().names(text)) == []


def test_name_in_accountability(find: Find) -> None:
    told = "公司董事长于学伟被判刑。"
    planted = {
        CASE: [("两名公职人员被问责。", told), ("note: 其余处理细节未公布。", f"note: {told}")]
    }
    problems = find(planted)
    assert {problem.field for problem in problems} == {"责任追究", "accountability.note"}
    assert {problem.severity for problem in problems} == {"warning"}
    assert all("于学伟" not in problem.message for problem in problems)
    assert find({CASE: [("两名公职人员被问责。", "公司董事长张某被判刑。")]}) == []


def test_nothing_in_real_texts(shared: Path) -> None:
    """950 statutes and the real question banks hold no personal data."""
    words = load_privacy_words()
    files = [*(shared / "corpus" / "laws").rglob("*.md"), *(shared / "quizbanks").glob("*.txt")]
    found = []
    for path in sorted(files):
        text = path.read_text("utf-8")
        found += [(path.name, what, number) for what, number, _ in personal_numbers(text)]
        found += [(path.name, "姓名", name) for name in words.names(text)]
    assert found == []
