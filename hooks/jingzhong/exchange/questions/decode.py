"""Bytes → text: byte-order marks, UTF-8, GB18030, Big5, UTF-16; a doubtful guess is refused."""

from __future__ import annotations

import codecs
import re

from jingzhong.exchange.questions.found import Haul, RefusedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The most frequent signs of Chinese papers, simplified and traditional.
_COMMON = frozenset(
    "的是在有不安全和为人应当下列事故作业火答案题选项正确错误单多判断一二三四五六七八九十生产要对以上电时可工"
    "中及或与进行其气使用从业员管理消防措施必须标准法规定发现报告检查设备险危险教育培训个大小年月日，。、：（）？；"
    "為應當業題選項確錯誤單斷產電時進氣從業員標準規發現報檢設備險個導護責對與"
)
_BROKEN = re.compile(
    r"锟斤拷|烫烫烫|屯屯屯|ï»¿|�{2,}|Ã[\x80-\xbf©¤¥]|[åæçèé][\x80-\xbf\u2018-\u203a][\x80-\xbf\u00a0-\u00ff\u2018-\u203a]"
)
_LOST_SHARE = 0.001


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """(text, name of the encoding). `declared` is what the file itself says (HTML, XML).

    Raises `RefusedError` where no encoding makes sense of the bytes.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _sound(data.decode(name, "replace")), name.removesuffix("-sig")
    if not data.strip(b"\0 \t\r\n"):
        return "", "utf-8"
    if data.count(b"\0") > len(data) // 10:
        return _wide(data)
    for name in dict.fromkeys((*_names(declared), "utf-8")):
        try:
            return _sound(data.decode(name)), name
        except (UnicodeDecodeError, LookupError):
            continue
    text, lost = _with_losses(data, "utf-8")
    if lost <= max(3, len(text) * _LOST_SHARE) and _share(text) > 0.1:
        return _sound(text.replace("\ufffd", "")), "utf-8"
    best, name, worth = "", "", 0.0
    for candidate in ("gb18030", "big5hkscs"):
        text, lost = _with_losses(data, candidate)
        if lost > max(3, len(text) * _LOST_SHARE):
            continue
        share = _share(text)
        if share > worth:
            best, name, worth = text, candidate, share
    if worth < 0.08:
        raise RefusedError(
            "看不出文字编码（不是 UTF-8、GB18030、Big5 或 UTF-16）。请用记事本打开，另存为 UTF-8 编码的 .txt 再导入",
            code="encoding",
        )
    return _sound(best), name


def _names(declared: str) -> tuple[str, ...]:
    name = declared.strip().lower()
    if name in ("gb2312", "gbk", "gb_2312-80", "x-gbk"):
        return ("utf-8", "gb18030")
    try:
        return ("utf-8", codecs.lookup(name).name) if name else ()
    except LookupError:
        return ()


def _with_losses(data: bytes, name: str) -> tuple[str, int]:
    text = data.decode(name, "replace")
    return text, text.count("\ufffd")


def _share(text: str) -> float:
    """The share of everyday signs among all signs that are not ASCII."""
    wide = [sign for sign in text[:50_000] if sign > "\x7f"]
    return sum(sign in _COMMON for sign in wide) / len(wide) if wide else 1.0


def _wide(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark, known by its many zero bytes."""
    for name in ("utf-16-le", "utf-16-be"):
        text, lost = _with_losses(data[: len(data) // 2 * 2], name)
        if lost <= 3 and text.count("\0") * 50 < len(text) and _share(text) > 0.08:
            return _sound(text), name
    raise RefusedError(
        "文件里有大量二进制字节，不是文本。请确认文件没有损坏，或在原来的程序里另存为 .docx、.xlsx、.txt",
        code="binary",
    )


def _sound(text: str) -> str:
    """The text, unless it is no text."""
    if text.count("\0") > 3:
        raise RefusedError(
            "文件里有大量二进制字节，不是文本。请确认文件没有损坏，或在原来的程序里另存为 .docx、.xlsx、.txt",
            code="binary",
        )
    return text


def refuse_spoilt(text: str, haul: Haul) -> None:
    """Refuse a file whose stems or options (without questions: whose text) a wrong encoding spoilt.

    Spoilt text elsewhere (a name beside a question that nobody imports) does no harm.
    """
    used = "\n".join(
        part for found in haul.questions for part in (found.stem, *found.options.values())
    )
    sample = used or text[:200_000]
    if len(_BROKEN.findall(sample)) >= 3 or sample.count("\ufffd") > max(3, len(sample) * 0.01):
        raise RefusedError(
            "文件里的字已经是乱码（如“锟斤拷”），转换编码时丢了内容。请向提供者要原文件",
            code="mojibake",
        )
    for found in haul.questions:
        if _BROKEN.search(found.explanation) or "\ufffd" in found.explanation:
            found.doubt("explanation_spoilt", "解析里有乱码，请核对")
