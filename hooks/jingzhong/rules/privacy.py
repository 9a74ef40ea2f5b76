"""Personal data that must not be published: numbers that identify a person, and names.

Every file of content is read as it stands, comments and unknown fields included. What only
looks like such a number is left alone: an identity number must have its right check digit
(GB 11643), a bank card must pass the Luhn test, addresses of web pages are skipped.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from jingzhong.errors import Problem, expected
from jingzhong.model.fields import ListOf, Record, Text, spec
from jingzhong.model.source import Source
from jingzhong.rules.data_files import load_rules
from jingzhong.rules.passages import Passage

_URL = re.compile(r"https?://[^\s)）>，。；]+")
# Full-width digits and letters count as plain ones; every character keeps its place.
_PLAIN = {0xFF01 + i: 0x21 + i for i in range(94)}
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ＠]")
_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?:(?:\+|00)?86[- ]?)?1[3-9]\d(?P<a>[- ]?)\d{4}(?P=a)\d{4}"
    r"(?![0-9A-Za-z]|\.\d|\s*(?:元|吨|人|户|平方|立方|米))"
)
_CARD = re.compile(
    r"(?<![0-9A-Za-z.])(?:62|4\d|5[1-5]|35|60|9558)(?:\d{14,17}|\d{2}(?:[ -]\d{4}){3}(?:[ -]?\d{3})?)"
    r"(?![0-9A-Za-z])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•・ -]?"
    r"(?=[A-HJ-NP-Z]{0,4}\d)(?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳使领])"
    r"(?![0-9A-Za-z])"
)
# The first two digits of an identity number name a province.
_PROVINCE_CODE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


# A post before a name, and after it what was done to that person.
_POST = (
    "(?:董事长|总经理|副总经理|经理|法定代表人|法人代表|实际控制人|负责人|厂长|矿长|院长|校长|"
    "园长|店主|店长|老板|车主|房主|局长|副局长|厅长|处长|科长|所长|主任|副主任|书记|副书记|"
    "市长|县长|区长|镇长|乡长|队长|大队长|支队长|工程师|总工|监理|项目经理|班组长|班长|工长|"
    "安全员|驾驶员|司机|焊工|被告人|被告|嫌疑人|罪犯)"
)
_FATE = (
    "(?:[（(]|[，,]?(?:男|女)[，,]|(?:等\\d*人?)?(?:被|因|犯|涉嫌|受到|获刑|一审|二审|负有|对事故|"
    "对此|违反|未履行|未按|未依法|构成|已被|已因|以)|、|等(?=[\\d一二三四五六七八九十]))"
)
# Characters that hardly stand in a given name: numbers, 某, particles, time, offices, verbs.
_NOT_GIVEN = (
    "某一二三四五六七八九十百千万两的了和与及或等被因在未不已将应要有无是对为其各该此本这那次当天同昨今"
    "上下内外前后中间时日月年度人员者们均都也就仍曾并且而但所由以于从到至向按依据把给让使果责任职务"
    "部门局厅处科室公司单位集团安全生产管理经理主任书记长师员工队组"
)


@dataclass(frozen=True, kw_only=True)
class PrivacyWords(Record):
    """What may be public, and the family names by which a full name is known."""

    hotlines: tuple[str, ...] = spec(ListOf(Text()), "可公开的电话", '"12350"')
    mailboxes: tuple[str, ...] = spec(ListOf(Text()), "可公开的邮箱名", "jubao")
    surnames: str = spec(Text(), "单姓", "赵钱孙李")
    compound_surnames: tuple[str, ...] = spec(ListOf(Text()), "复姓", "欧阳")
    not_names: tuple[str, ...] = spec(ListOf(Text()), "像姓名而不是的词", "严重")

    @cached_property
    def _name(self) -> re.Pattern[str]:
        family = f"(?:{'|'.join(self.compound_surnames)}|[{self.surnames}])"
        given = f"[^\\W\\d_A-Za-z{_NOT_GIVEN}]{{1,2}}"
        return re.compile(f"{_POST}(?P<name>{family}{given})(?={_FATE})")

    def names(self, text: str) -> Iterator[str]:
        """Full names in a text about accountability; 张某, 李某某 are no names."""
        for match in self._name.finditer(text):
            if not match["name"].startswith(self.not_names):
                yield match["name"]

    def is_public_mail(self, address: str) -> bool:
        """A mailbox of an office, as jubao@…gov.cn."""
        name, _, domain = address.lower().partition("@")
        return name in self.mailboxes and (domain == "gov.cn" or domain.endswith(".gov.cn"))


def load_privacy_words() -> PrivacyWords:
    """The words of `data/privacy.yml`; a fault in it raises ContentError."""
    return load_rules(PrivacyWords, "privacy.yml")


def is_identity_number(text: str) -> bool:
    """A mainland identity number: region, a real birthday, and the check digit of GB 11643."""
    if not _PROVINCE_CODE.match(text):
        return False
    try:
        datetime.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(char) * weight for char, weight in zip(text, _ID_WEIGHTS, strict=False))
    return text[17].upper() == "10X98765432"[total % 11]


def is_card_number(text: str) -> bool:
    """A bank card: 16 to 19 digits that pass the Luhn test and are not all alike."""
    digits = [int(char) for char in text if char.isdigit()]
    if not 16 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = (d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0


def personal_numbers(text: str) -> Iterator[tuple[str, str, int]]:
    """(what it is, the number or address, its place) for each that names a person."""
    plain = text.translate(_PLAIN) if _WIDE.search(text) else text
    if "http" in plain:
        plain = _URL.sub(lambda match: " " * len(match[0]), plain)
    for match in _ID.finditer(plain):
        if is_identity_number(match[0]):
            yield "身份证号码", match[0], match.start()
    for match in _MOBILE.finditer(plain):
        yield "手机号码", match[0], match.start()
    for match in _CARD.finditer(plain):
        if is_card_number(match[0]) and not _is_identity(match[0]):
            yield "银行卡号", match[0], match.start()
    if "@" in plain:
        for match in _EMAIL.finditer(plain):
            yield "电子邮箱", match[0], match.start()
    for match in _PLATE.finditer(plain):
        yield "车牌号码", match[0], match.start()


def _is_identity(text: str) -> bool:
    return bool(_ID.fullmatch(text)) and is_identity_number(text)


def find_personal(source: Source, words: PrivacyWords, contacts: str) -> Iterator[Problem]:
    """Personal numbers and addresses in a file, but for the office's own `contacts`."""
    for what, found, start in personal_numbers(source.text):
        if found in contacts or words.is_public_mail(found):
            continue
        line = source.text.count("\n", 0, start) + 1
        shown = f"{found[:3]}…{found[-2:]}"
        what = f"不含{what}的文字（删去，或改成公开的服务电话）"
        yield Problem(source.path, line, "", expected(what, shown, "12350"))


def find_names(texts: Iterable[Passage], words: PrivacyWords) -> Iterator[Problem]:
    """Full names where accountability is told."""
    for passage in texts:
        if passage.field == "责任追究" or passage.field.startswith("accountability"):
            for name in words.names(passage.text):
                message = expected("不写个人全名（写职务，或写“某”）", f"{name[0]}…", "公司总经理")
                yield Problem(passage.path, passage.line, passage.field, message, "warning")
