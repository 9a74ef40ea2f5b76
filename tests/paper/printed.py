"""A small project whose bank holds every type of question and every trap, and readers of PDFs."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pypdfium2
import yaml

# Each would be markup for Typst, Word, XML or HTML, or would turn the line around.
TRAPS = (
    "#set page(fill: red) $x^2$ *粗* _斜_ `码` <label> @ref // 注 /* 注 */ \\ \\u{41} ~ -- = 标题 + - \"引\" '号'",
    '</w:t><b>粗</b> &amp; &lt; <script>alert("1")</script> ]]> {{ 7 * 7 }} {% x %}',
    "表情 😀🔥☎ 👩‍🚒 阿拉伯文 مرحبا 希伯来文 שלום 结束",
    "反写\u202e控制\u202c符 制表\t符",
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20H0z"/></svg>'


def png(width: int = 40, height: int = 20) -> bytes:
    """A black picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + b"\0" * width * 3) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def question(kind: str, number: int, **more: object) -> dict[str, object]:
    """One question whose texts name it, so that each can be found on a page."""
    name = f"{kind}-{number}"
    made: dict[str, object] = {
        "id": name,
        "type": kind,
        "stem": f"题干{name}问什么？",
        "explanation": f"解析{name}。",
        "difficulty": 2,
    }
    letters = "ABCD" if number % 3 else "ABCDE"
    options = {letter: f"选项{name}之{letter}" for letter in letters}
    if kind == "single":
        made |= {"options": options, "answer": "BADC"[number % 4]}
    elif kind == "multiple":
        made |= {"options": options, "answer": ("ABD", "BC", "ACD")[number % 3]}
    elif kind == "judge":
        made["answer"] = "对" if number % 2 else "错"
    elif kind == "blank":
        made |= {
            "stem": f"题干{name}第一空____，第二空____。",
            "answer": [["119"], ["120", "一二零"]],
        }
    elif kind == "order":
        made |= {"options": options, "answer": letters[::-1]}
    elif kind == "match":
        made |= {
            "left": {letter: f"左列{name}之{letter}" for letter in "ABC"},
            "right": {sign: f"右列{name}之{sign}" for sign in "1234"},
            "answer": {"A": "2", "B": "4", "C": "1"},
        }
    return made | more


def bank_text(title: str, questions: list[dict[str, object]]) -> str:
    """A bank as its file has it."""
    head = {"title": title, "audience": ["居民"], "reviewed": "2026-11-23", "questions": questions}
    return yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)


def contest_text(sections: list[tuple[str, int, float]], **more: object) -> str:
    """A contest over the bank `all`."""
    total = sum(count * points for _, count, points in sections)
    head = {
        "title": "小竞赛",
        "seed": "种子-1",
        "time_minutes": 40,
        "points": total,
        "scoring": "少选得半",
        "sections": [
            {"type": kind, "count": count, "bank": "all", "points": points}
            for kind, count, points in sections
        ],
    }
    return yaml.safe_dump(head | more, allow_unicode=True, sort_keys=False)


def all_questions() -> list[dict[str, object]]:
    """Every type, a passage for three, pictures that can be read and one that cannot, and traps."""
    passage = "材料：车间里有三处隐患。\n第二行。"
    made = [question("single", n) for n in range(1, 31)]
    made += [question("single", n, passage=passage) for n in range(31, 34)]
    made += [
        question("single", 34, image={"src": "images/sign.svg", "alt": "图甲"}),
        question("single", 35, image={"src": "images/photo.png", "alt": "图乙"}),
        question("single", 36, image={"src": "images/broken.png", "alt": "图丙"}),
    ]
    for at, trap in enumerate(TRAPS, 40):
        options = {
            letter: f"{word}{trap}" for letter, word in zip("ABC", "甲乙丙", strict=True)
        } | {"D": "以上都对"}
        made.append(question("single", at, stem=f"陷阱{at}{trap}", options=options))
    made += [question("multiple", n) for n in range(1, 9)]
    made += [question("judge", n) for n in range(1, 11)]
    made += [question("blank", n) for n in range(1, 5)]
    made.append(question("blank", 5, stem=f"陷阱{TRAPS[0]}____完", answer=[[TRAPS[1]]]))
    made += [question("order", n) for n in range(1, 4)]
    made += [question("match", n) for n in range(1, 4)]
    made.append(
        question(
            "match",
            4,
            left={"A": TRAPS[0], "B": "乙"},
            right={"1": TRAPS[2], "2": "二"},
            answer={"A": "2", "B": "1"},
        )
    )
    return made


SECTIONS = [
    ("single", 40, 1.0),
    ("multiple", 8, 2.5),
    ("judge", 10, 1.0),
    ("blank", 5, 2.0),
    ("order", 3, 3.0),
    ("match", 4, 2.0),
]


def write_project(folder: Path, project: Path) -> Path:
    """Bank `all`, contests `every` (all types) and `open` (its key is public)."""
    for name in ("quizzes/contests", "content/images", "cases"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text((project / "mkdocs.yml").read_text("utf-8"), "utf-8")
    (folder / "content/images/sign.svg").write_text(SVG, "utf-8")
    (folder / "content/images/photo.png").write_bytes(png())
    (folder / "content/images/broken.png").write_bytes(b"no picture")
    (folder / "quizzes/all.yml").write_text(bank_text("各种题", all_questions()), "utf-8")
    every, opened = contest_text(SECTIONS), contest_text([("judge", 5, 2.0)], publish_key=True)
    (folder / "quizzes/contests/every.yml").write_text(every, "utf-8")
    (folder / "quizzes/contests/open.yml").write_text(opened, "utf-8")
    return folder


RIGHT_TO_LEFT = re.compile("[\u0590-\u06ff]+")


def squeezed(text: str) -> str:
    """A text without its spaces: a reader of PDFs puts some where fonts change."""
    return re.sub(r"[\s\u200b]+", "", text)


def page_texts(content: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def page_sizes(content: bytes) -> set[tuple[int, int]]:
    """Width and height of the pages in mm."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    inch = 72 / 25.4
    return {(round(p.mediabox.width / inch), round(p.mediabox.height / inch)) for p in pages}


def embedded_fonts(content: bytes) -> dict[str, bool]:
    """Name of each font → whether it comes with the file."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            name = str(inner["/BaseFont"]).partition("+")[2]
            found[name] = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return found


def grey_pages(content: bytes, dots_per_mm: float) -> Iterator[tuple[int, int, bytes]]:
    """Each page drawn: width, height, one byte a dot."""
    document = pypdfium2.PdfDocument(content)
    for page in document:
        bitmap = page.render(scale=dots_per_mm * 25.4 / 72, grayscale=True)
        rows = bytes(bitmap.buffer)
        packed = b"".join(
            rows[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)
        )
        yield bitmap.width, bitmap.height, packed
    document.close()


def text_sizes(content: bytes) -> set[float]:
    """The sizes of text on the pages, in points."""
    sizes: set[float] = set()

    def visit(
        text: str, current: list[float], matrix: list[float], font: object, size: float
    ) -> None:
        if text.strip():
            sizes.add(round(abs(size * matrix[0] * current[0]), 1))

    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=visit)
    return sizes
