"""People in a report: their numbers are left out of a draft, and where they stand is told.

Told is where a person seems to be named: more often than need be, since an editor only looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.paragraphs import Paragraph
from jingzhong.rules.privacy import load_privacy_words, personal_numbers

# Also with a wrong check digit or partly hidden, as 642223********3256.
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}[\d*×xX]{8}[\d*×]{3}[\d*×Xx](?![0-9A-Za-z])")
_POST = (
    "(?:主任|[局组班队矿厂科船]长|经理|书记|主管|代表|负责人|经营者|业主|户主|[船车房]主|工人|人员|员工"
    "|[电焊普]工|操作[工员]|驾驶员|船员|司机|村民|死者|伤者)"
)
_LABEL = "(?:代表人|负责人|死者|伤者|姓名|经营者)"
# What hardly stands in a given name: 某, numbers, particles, words of offices.
_NOT_GIVEN = (
    "某等和与及或被因在未不将应要有无是对为其各该此本的了责任职务部门局厅处科室"
    "公司单位集团安全生产管理监督经理主任书记长师员工队组存"
)
_AFTER = r"(?=[，,、。；;:：()（）\s]|[在将被从和驾操到与等叫的来]|立即|安排|组织|电击|发现|拨打|担任|擅自)"


def without_numbers(text: str) -> str:
    """A text without identity numbers, telephones, cards, addresses and number plates."""
    text = _IDENTITY.sub("〔身份证号码略〕", text)
    for what, number, _ in list(personal_numbers(text)):
        text = text.replace(number, f"〔{what}略〕")
    return text


def lines_with_people(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Paragraphs in which a person is named in full or told by a number."""
    words = load_privacy_words()
    family = f"(?:{'|'.join(words.compound_surnames)}|[{words.surnames}])"
    name = rf"{family}[一-鿿](?<![{_NOT_GIVEN}])(?:[一-鿿](?<![{_NOT_GIVEN}]))?"
    any_name = rf"{family}(?![某等])[一-鿿](?:(?![某等])[一-鿿])?"
    named = re.compile(
        rf"(?<![一-鿿]){any_name}[，,、（(]\s*[男女][，,、）)]"
        rf"|{_LABEL}\s*[:：|]?\s*{any_name}(?![一-鿿某×*])"
        rf"|{_POST}{name}{_AFTER}|身份证号"
    )
    return [
        one.line
        for one in paragraphs
        if named.search(one.text)
        or without_numbers(one.text) != one.text
        or any(words.names(one.text))
    ]
