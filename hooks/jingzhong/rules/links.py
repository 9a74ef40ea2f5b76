"""Links and pictures that content shows exist, and pictures say what they show."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from jingzhong.errors import Problem, closest, expected, nearest, quoted
from jingzhong.model.articles import article_anchor
from jingzhong.model.library import CONTENT, Library

# Bounds, and repeats that give nothing back (`}+`), keep the search linear on lines that are made
# of nothing but brackets.
_TAIL = r"\(\s{0,20}+<?(?P<target>[^)\s>]{0,500}+)>?[^)]{0,300}+\)"
_IMAGE = re.compile(r"!\[[^\]\[]{0,500}+\]" + _TAIL)
_LINK = re.compile(r"(?<!!)\[[^\]\[]{0,500}+\]" + _TAIL)
_DEFINITION = re.compile(
    r"^ {0,3}\[[^\]^][^\]]{0,200}+\]:\s{0,20}+<?(?P<target>[^\s>]{1,500})", re.MULTILINE
)
_NO_ALT = re.compile(r"!\[\s{0,20}+\][(\[]")
_HTML_IMAGE = re.compile(r"<img\b(?P<attributes>[^<>]{0,1000}+)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(?P<name>src|alt)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)", re.I)
_IMAGE_EXAMPLE, _PAGE_EXAMPLE = "images/exit.svg", "regulations/fire-law.md#art-28"
_ELSEWHERE = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)

# Pages that the build itself makes; content links to them by these names.
_MADE = {
    "index.md",
    "cases/index.md",
    "regulations/index.md",
    "quizzes/index.md",
    "sectors/index.md",
    "editors/coverage.md",
}


def check_links(library: Library) -> Iterator[Problem]:
    """Yield links in Markdown bodies whose page, anchor or file does not exist."""
    targets = _Targets(library)
    for path, virtual, markdown, first_line in _bodies(library):
        if not any(sign in markdown for sign in ("](", "]:", "][", "<img")):
            continue
        visible = _visible(markdown)
        for position, target, is_image in _links(visible):
            fault = targets.fault(virtual, target, is_image)
            if fault:
                line = first_line + visible.count("\n", 0, position)
                yield Problem(path, line, "正文", fault)
        for position in _unnamed_images(visible):
            example = f"![楼道里堆放的纸箱挡住了防火门]({_as_written(_IMAGE_EXAMPLE, virtual)})"
            message = expected("写明图上有什么的替代文字", "空的替代文字", example)
            line = first_line + visible.count("\n", 0, position)
            yield Problem(path, line, "正文", message)


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
        if not _is_published(library, file):
            yield Problem(path, line, key, _no_file(library, file, "", "图片"))


def _is_published(library: Library, inside: str) -> bool:
    """Whether a path relative to `content/` names a file there, and not one outside."""
    inside = posixpath.normpath(inside)
    if inside.startswith(("../", "/")):
        return False
    try:
        return (library.root / CONTENT / inside).is_file()
    except OSError:  # A name longer than any file may have.
        return False


def _no_file(library: Library, written: str, place: str, kind: str) -> str:
    """A file that is not there, with the one of nearly the same name as `place` would write it."""
    folder = library.root / CONTENT
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".md")
    named = {path.name: path.relative_to(folder).as_posix() for path in files}
    close = closest(posixpath.basename(written), named)
    got = quoted(written) + (_did_you_mean(named[close], place) if close else "")
    return expected(f"content/ 下有的{kind}", got, _as_written(_IMAGE_EXAMPLE, place))


def _did_you_mean(target: str, place: str) -> str:
    return f"；是不是“{_as_written(target, place)}”？"


def _as_written(target: str, place: str) -> str:
    """A path under `content/` as a link in the file at `place` writes it."""
    return posixpath.relpath(target, posixpath.dirname(place) or ".")


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


def _visible(markdown: str) -> str:
    """The text without code, line for line, so that positions still give lines."""
    lines, fenced = [], False
    for text in markdown.split("\n"):
        marks = text.lstrip().startswith(("```", "~~~"))
        fenced ^= marks
        lines.append("" if fenced or marks else re.sub(r"`[^`]*`", "", text))
    return "\n".join(lines)


def _links(visible: str) -> Iterator[tuple[int, str, bool]]:
    """(position, target, whether it is an image) of every link and image."""
    for match in _IMAGE.finditer(visible):
        yield match.start(), match["target"], True
    for match in _HTML_IMAGE.finditer(visible):
        yield match.start(), _attributes(match).get("src", ""), True
    # An image may itself be the text of a link.
    for match in _LINK.finditer(_IMAGE.sub(lambda image: "图" * len(image[0]), visible)):
        yield match.start(), match["target"], False
    for match in _DEFINITION.finditer(visible):
        yield match.start(), match["target"], False


def _unnamed_images(visible: str) -> Iterator[int]:
    for match in _NO_ALT.finditer(visible):
        yield match.start()
    for match in _HTML_IMAGE.finditer(visible):
        if not _attributes(match).get("alt", "").strip():
            yield match.start()


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    return {m["name"].lower(): m["value"] for m in _ATTRIBUTE.finditer(tag["attributes"])}


class _Targets:
    """Everything a link may point to."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._pages = set(_MADE) | set(library.known.pages)
        self._pages |= {f"cases/{name}.md" for name in library.known.cases}
        self._pages |= {f"regulations/{name}.md" for name in library.known.regulations}
        self._pages |= {f"quizzes/{name}.md" for name in library.known.banks}
        self._pages |= {f"plans/{name}.md" for name in library.known.plans}
        self._pages |= {f"sectors/{sector.id}.md" for sector in library.vocabularies.sectors}

    def fault(self, place: str, target: str, is_image: bool) -> str | None:
        """What is wrong with a link from `place`, or None."""
        example = _as_written(_IMAGE_EXAMPLE if is_image else _PAGE_EXAMPLE, place)
        if not target:
            return expected("圆括号里写明链接到哪里", "空的链接", example)
        if _ELSEWHERE.match(target):
            what = "content/images/ 下的图片（本站不引用外站图片）"
            return expected(what, quoted(target), example) if is_image else None
        file, _, anchor = target.partition("#")
        if not file:
            return None
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(file)))
        if file.endswith(".md") and not is_image:
            if inside in self._pages:
                return self._anchor_fault(inside, anchor)
            folder, name = posixpath.split(inside)
            # Of two pages of one name, the one in the folder that the author wrote.
            pages = sorted(self._pages, key=lambda page: posixpath.dirname(page) == folder)
            named = {posixpath.basename(page).removesuffix(".md"): page for page in pages}
            close = closest(name.removesuffix(".md"), named)
            got = quoted(target) + (_did_you_mean(named[close], place) if close else "")
            return expected("本站有的页面", got, example)
        if file.endswith(".html") and not is_image:
            return expected("指向源文件的链接（以 .md 结尾）", quoted(target), example)
        if not _is_published(self._library, inside):
            return _no_file(self._library, target, place, "图片" if is_image else "文件")
        return None

    def _anchor_fault(self, page: str, anchor: str) -> str | None:
        folder, _, name = page.removesuffix(".md").rpartition("/")
        regulation = self._library.regulation_by_id.get(name)
        bank = self._library.bank_by_id.get(name)
        if folder == "regulations" and regulation and anchor.startswith("art"):
            known = [article_anchor(article.number) for article in regulation.articles]
            what = f"《{regulation.short_title}》页上有的条文"
        elif folder == "quizzes" and bank and anchor.startswith("q-"):
            known = [f"q-{question.id}" for question in bank.questions]
            what = f"题库“{bank.title}”里有的题目"
        else:
            return None
        if anchor in known:
            return None
        # Another number is another article, not a slip of the pen.
        numbered = re.fullmatch(r"art-[0-9-]+", anchor)
        got = quoted(f"#{anchor}") + ("" if numbered else nearest(anchor, known))
        return expected(what, got, f"#{known[0]}" if known else "不写 # 和后面的部分")
