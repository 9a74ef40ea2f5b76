"""Order numbers (国务院令第493号, 安监总财〔2018〕19号) and standard codes (GB/T 45001-2020).

All patterns here read uniform text (see `reading.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jingzhong.law.reading import FUNCTION_WORDS, NUMERALS, is_chinese
from jingzhong.model.articles import chinese_to_int

# Issuer as people write it → one name. Longer spellings first.
_ISSUERS = {
    "中华人民共和国国务院": "国务院",
    "国务院": "国务院",
    "中华人民共和国主席": "主席",
    "国家主席": "主席",
    "主席": "主席",
    "中华人民共和国应急管理部": "应急管理部",
    "国家应急管理部": "应急管理部",
    "应急管理部": "应急管理部",
    "应急部": "应急管理部",
    "国家安全生产监督管理总局": "安监总局",
    "国家安全生产监管总局": "安监总局",
    "国家安全监管总局": "安监总局",
    "国家安监总局": "安监总局",
    "安全生产监督管理总局": "安监总局",
    "安全监管总局": "安监总局",
    "安监总局": "安监总局",
    "国家质量监督检验检疫总局": "质检总局",
    "国家质检总局": "质检总局",
    "质检总局": "质检总局",
    "国家市场监督管理总局": "市场监管总局",
    "国家市场监管总局": "市场监管总局",
    "市场监管总局": "市场监管总局",
    "总局": "安监总局",
    "中华人民共和国公安部": "公安部",
    "公安部": "公安部",
    "中华人民共和国教育部": "教育部",
    "教育部": "教育部",
    "住房和城乡建设部": "住建部",
    "住房城乡建设部": "住建部",
    "住建部": "住建部",
    "建设部": "建设部",
    "交通运输部": "交通运输部",
    "交通部": "交通运输部",
    "人力资源和社会保障部": "人社部",
    "人力资源社会保障部": "人社部",
    "劳动和社会保障部": "劳动保障部",
    "劳动部": "劳动部",
    "国家发展和改革委员会": "发改委",
    "国家发展改革委": "发改委",
    "工业和信息化部": "工信部",
    "国家卫生健康委员会": "卫健委",
    "卫生部": "卫生部",
    "环境保护部": "环保部",
    "生态环境部": "生态环境部",
    "农业农村部": "农业农村部",
    "农业部": "农业部",
    "水利部": "水利部",
    "财政部": "财政部",
    "商务部": "商务部",
    "司法部": "司法部",
    "文化和旅游部": "文旅部",
    # 中华人民共和国令第八十八号, 国令第493号.
    "中华人民共和国": "主席",
    "国": "国务院",
}
UNKNOWN_ISSUER = "?"
_ISSUER = "|".join(_ISSUERS)
_NUMBER = rf"\d{{1,4}}|[{NUMERALS}]{{1,7}}"
_ORDER = re.compile(
    rf"(?:原?(?P<issuer>{_ISSUER})(?:等(?:\d{{1,2}}|[{NUMERALS}]{{1,2}})个?部[门委])?)?"
    rf"(?P<order>部?令)?(?:(?:19|20)\d\d年)?(?P<open>\(?)第?"
    rf"(?P<number>{_NUMBER})$"
)
_ORDER_FIELD = re.compile(rf"(?P<issuer>{_ISSUER})令第")
_EACH_NUMBER = re.compile(rf"第({_NUMBER})号")
_DOCUMENT_FIELD = re.compile(r"[一-鿿]{2,10}\[\d{4}\]\d{1,5}(?=号)")

# Prefixes of Chinese standards; the part after the slash does not tell editions apart.
_FAMILIES = "GBZ GBJ GB AQ TSG JGJ CJJ XF GA YJ HG SH SY DL JT MT NB QX LD WS JB YD TB"
PREFIXES = tuple(_FAMILIES.split())
_CODE = re.compile(
    rf"(?P<prefix>{'|'.join(PREFIXES)}|DB\d{{2,4}}(?=/))(?:/?\s?(?P<kind>[TZ])(?![A-Za-z]))?\s{{0,3}}"
    r"(?P<number>\d{2,6}(?:\.\d{1,3})*+)(?:-(?P<year>(?:19|20)\d\d|[5-9]\d)(?!\d))?"
    r"(?!-?\d|[A-Za-z_]|\.[A-Za-z])",
    re.IGNORECASE,
)
# Character sets that everybody names without meaning to cite a standard.
_CHARSETS = frozenset({"GB2312", "GB18030", "GB13000", "GB12345"})


@dataclass(frozen=True)
class Order:
    """An order's number; `issuer` is empty where it was not said (493号令)."""

    issuer: str
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Code:
    """A standard's code; `year` is empty where it was not said."""

    family: str
    year: str
    start: int
    end: int


def order_before(text: str, sign: int) -> Order | None:
    """The order whose 号 stands at `sign`, or None when it is some other number."""
    floor = max(0, sign - 32)
    match = _ORDER.search(text[floor:sign])
    if not match:
        return None
    end, start = sign + 1, floor + match.start()
    if match["open"]:
        # 国务院令（第493号）; a bracket that only stands before 第493号令 is not part of it.
        if match["order"] is None:
            start += 1
        elif text.startswith(")", end):
            end += 1
    if text.startswith("令", end):
        end += 1
    elif match["order"] is None:
        return None
    number = chinese_to_int(match["number"])
    before = text[start - 1 : start]
    # 12345号令 is cut off in front; 2019 at the end of the line before 国务院令 belongs to that line.
    if number is None or (before.isdigit() and not match["issuer"]):
        return None
    issuer = _ISSUERS.get(match["issuer"] or "", "")
    if (not issuer or match["issuer"] in ("总局", "国")) and is_chinese(before):
        issuer = issuer if before in FUNCTION_WORDS else UNKNOWN_ISSUER
    while issuer == UNKNOWN_ISSUER and start > floor and _names_issuer(text[start - 1]):
        start -= 1
    return Order(issuer, number, start, end)


def _names_issuer(char: str) -> bool:
    return is_chinese(char) and char not in FUNCTION_WORDS


def orders_of(number: str) -> list[tuple[str, int]]:
    """Every order a regulation's `number` field (uniform text) begins with: (issuer, number)."""
    head = number.split("(")[0]
    field = _ORDER_FIELD.match(head)
    if field is None:
        return []
    values = [chinese_to_int(match[1]) for match in _EACH_NUMBER.finditer(head)]
    return [(_ISSUERS[field["issuer"]], value) for value in values if value is not None]


def document_of(number: str) -> str | None:
    """The document number a `number` field (uniform text) holds, without its 号: 应急[2020]69."""
    match = _DOCUMENT_FIELD.match(number)
    return match[0] if match else None


def code_at(text: str, start: int) -> Code | None:
    """The standard code that begins at `start`, or None."""
    match = _CODE.match(text, start)
    if not match or (start and text[start - 1].isascii() and text[start - 1].isalnum()):
        return None
    before = text[max(0, start - 3) : start].rstrip()
    if before and before[-1].isdigit():
        return None  # 16 GB 2400: a size, not a standard.
    year = match["year"] or ""
    if len(year) == 2:
        year = f"19{year}"
    family = match["prefix"].upper() + match["number"]
    sure = match["prefix"] in ("GB", "AQ") and family not in _CHARSETS
    if not year and not (sure and len(match["number"]) > 2):
        return None
    return Code(family, year, match.start(), match.end())
