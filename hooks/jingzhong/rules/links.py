"""Links and pictures that content shows exist, and pictures say what they show."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from jingzhong.errors import Problem, expected, nearest, quoted
from jingzhong.model.articles import article_anchor
from jingzhong.model.library import CONTENT, Library
from jingzhong.model.quizzes import Bank

_LINK = re.compile(r"(?P<image>!)?\[(?P<text>[^\]\[]*)\]\(\s*<?(?P<target>[^)\s>]+)>?[^)]*\)")
_DEFINITION = re.compile(r"\s{0,3}(?P<image>)\[(?P<text>[^\]]+)\]:\s*<?(?P<target>[^\s>]+)")
_ELSEWHERE = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)

# Index pages that the build itself makes; content links to them by these names.
_MADE = {
    "index.md",
    "cases/index.md",
    "regulations/index.md",
    "quizzes/index.md",
    "sectors/index.md",
}


def check_links(library: Library) -> Iterator[Problem]:
    """Yield links in Markdown bodies whose page, anchor or file does not exist."""
    targets = _Targets(library)
    for path, virtual, markdown, first_line in _bodies(library):
        if "](" not in markdown and "]:" not in markdown:
            continue
        for match, line in _links(markdown, first_line):
            is_image = bool(match["image"])
            if is_image and not match["text"].strip():
                example = "![楼道里堆放的纸箱挡住了防火门](../images/x.svg)"
                message = expected("方括号里写图上有什么", "空的替代文字", example)
                yield Problem(path, line, "正文", message)
            fault = targets.fault(virtual, match["target"], is_image)
            if fault:
                yield Problem(path, line, "正文", fault)


def check_images(library: Library) -> Iterator[Problem]:
    """Yield pictures named in fields whose file is not under `content/`."""
    named: list[tuple[str, int, str, str]] = []
    for case in library.cases:
        for number, image in enumerate(case.images, 1):
            key = f"images[{number}].file"
            named.append((case.origin.path, image.line_of("file"), key, image.file))
    for bank in library.banks:
        for number, question in enumerate(bank.questions, 1):
            if question.image:
                key = f"questions[{number}].image.src"
                line = question.image.line_of("src")
                named.append((bank.origin.path, line, key, question.image.src))
    if library.settings.logo:
        settings = library.settings
        line = settings.line_of("logo")
        named.append((settings.origin.path, line, "extra.jingzhong.logo", library.settings.logo))
    for path, line, key, file in named:
        inside = posixpath.normpath(file)
        if inside.startswith(("..", "/")) or not (library.root / CONTENT / inside).is_file():
            yield Problem(path, line, key, expected("content/ 下有的文件", quoted(file)))


def _bodies(library: Library) -> Iterator[tuple[str, str, str, int]]:
    """(file, its place among the pages, Markdown, first line) of every body."""
    for case in library.cases:
        for section in case.sections:
            place = f"cases/{case.id}.md"
            yield case.origin.path, place, section.markdown, section.line + 1
    for regulation in library.regulations:
        place = f"regulations/{regulation.id}.md"
        for part in regulation.parts:
            yield regulation.origin.path, place, part.markdown, part.line + 1
            for article in part.articles:
                yield regulation.origin.path, place, article.markdown, article.line + 1
    for page in library.pages:
        place = page.origin.path.removeprefix(f"{CONTENT}/")
        yield page.origin.path, place, page.markdown, page.body_line


def _links(markdown: str, first_line: int) -> Iterator[tuple[re.Match[str], int]]:
    fenced = False
    for line, text in enumerate(markdown.split("\n"), first_line):
        fenced ^= text.lstrip().startswith(("```", "~~~"))
        if fenced:
            continue
        visible = re.sub(r"`[^`]*`", "", text)
        for match in (*_LINK.finditer(visible), *_DEFINITION.finditer(visible)):
            yield match, line


class _Targets:
    """Everything a link may point to."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pages = set(_MADE) | set(library.known.pages)
        self._pages |= {f"cases/{name}.md" for name in library.known.cases}
        self._pages |= {f"regulations/{name}.md" for name in library.known.regulations}
        self._pages |= {f"quizzes/{name}.md" for name in library.known.banks}
        self._pages |= {f"sectors/{sector.id}.md" for sector in library.vocabularies.sectors}

    def fault(self, place: str, target: str, is_image: bool) -> str | None:
        """What is wrong with a link from `place`, or None."""
        if _ELSEWHERE.match(target):
            if is_image:
                return expected("content/images/ 下的图片（本站不引用外站图片）", quoted(target))
            return None
        file, _, anchor = target.partition("#")
        if not file:
            return None
        joined = posixpath.join(posixpath.dirname(place), unquote(file))
        inside = posixpath.normpath(joined)
        if file.endswith(".md") and not is_image:
            if inside not in self._pages:
                got = quoted(target) + nearest(inside, self._pages)
                return expected("本站有的页面", got, "../regulations/fire-law.md#art-28")
            return self._anchor_fault(inside, anchor)
        if file.endswith(".html"):
            example = "../regulations/fire-law.md#art-28"
            return expected("指向源文件的链接（以 .md 结尾）", quoted(target), example)
        if not (self._library.root / CONTENT / inside).is_file():
            what = "content/ 下有的图片" if is_image else "content/ 下有的文件"
            return expected(what, quoted(target), "../images/exit.svg")
        return None

    def _anchor_fault(self, page: str, anchor: str) -> str | None:
        folder, _, name = page.removesuffix(".md").rpartition("/")
        if folder == "regulations" and anchor.startswith("art-"):
            regulation = self._library.regulation_by_id.get(name)
            if regulation and anchor not in {article_anchor(a.number) for a in regulation.articles}:
                return expected(f"《{regulation.short_title}》页上有的条文", quoted(f"#{anchor}"))
        if folder == "quizzes" and anchor.startswith("q-"):
            bank: Bank | None = self._library.bank_by_id.get(name)
            if bank and anchor.removeprefix("q-") not in {q.id for q in bank.questions}:
                return expected(f"题库“{bank.title}”里有的题目", quoted(f"#{anchor}"))
        return None
