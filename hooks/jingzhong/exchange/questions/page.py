"""HTML → lines of text and tables: scripts left out, numbers of lists counted again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from jingzhong.exchange.questions.found import Haul, Row
from jingzhong.exchange.questions.icons import icons_of
from jingzhong.exchange.questions.markdown import FOLDED, fold_mark
from jingzhong.exchange.questions.option_cells import cells_as_text
from jingzhong.exchange.questions.paper import read_lines
from jingzhong.exchange.questions.scripts import read_scripts
from jingzhong.exchange.questions.table import read_table
from jingzhong.exchange.questions.tidy import PICTURED, TINTED, UNDER, Line

_SILENT = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "textarea",
        "button",
        "iframe",
        "object",
        "nav",
    }
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "hr",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "form",
        "fieldset",
        "legend",
        "blockquote",
        "pre",
        "center",
        "option",
        "details",
        "summary",
        "tbody",
        "thead",
        "caption",
    }
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_TAGS = re.compile(
    r"</(?:p|div|td|tr|li|span|label|table|ul|ol|a|h\d|font|script)>|<(?:input|td|tr|label)[ >]",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|:::)", re.MULTILINE)
_RED = re.compile(
    r"color\s*:\s*(?:red|#f00\b|#ff0000|#c00000|rgb\(\s*255\s*,\s*0\s*,\s*0\s*\))", re.IGNORECASE
)
MAX_DEPTH = 2_000


def declared_charset(data: bytes) -> str:
    """The encoding that a page says it has, or ""."""
    match = _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else ""


def looks_like_page(text: str) -> bool:
    """Whether a text is HTML, whatever its file is called; it may begin in the middle of a page."""
    head = text[:3000].lstrip("\ufeff \t\r\n").lower()
    if _MARKDOWN.match(head) and len(_MARKDOWN.findall(text)) >= 2:
        # Markdown with folds in it: what stands between the tags is no page.
        return False
    if head.startswith(
        ("<!doctype html", "<html", "<head", "<body", "<table", "<div", "<meta", "<?xml")
    ):
        return bool(re.search(r"<(?:html|body|table|div|p|br|li|span)\b", head))
    tags = len(_TAGS.findall(text[:60_000]))
    return tags >= 8 and tags * 400 > min(len(text), 60_000)


@dataclass
class _Table:
    rows: list[Row] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    open: bool = False


@dataclass
class _Block:
    lines: list[Line]
    table: list[Row] | None = None
    title: str = ""


def _last_line(blocks: list[_Block]) -> str:
    """The line above a table, which may say what its questions are."""
    lines = (line.text for block in reversed(blocks) for line in reversed(block.lines))
    return next((text for text in lines if text.strip()), "")


class _Reader(HTMLParser):
    def __init__(self, icons: frozenset[str] = frozenset()) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = [_Block([])]
        self.words: list[str] = []
        self.start = 1
        self.silent: list[str] = []
        self.lists: list[list[str | int]] = []
        self.tables: list[_Table] = []
        self.raw = 0
        self.tints: list[str] = []
        self.fold: tuple[int, int] | None = None
        self.icons = icons

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            if len(self.silent) < MAX_DEPTH:
                self.silent.append(tag)
            return
        if self.silent:
            return
        given = {name: text or "" for name, text in attrs}
        if tag in _BLOCKS:
            self._end_line()
        if tag in ("ol", "ul") and len(self.lists) < MAX_DEPTH:
            start = given.get("start", "")
            self.lists.append(
                [
                    tag,
                    given.get("type", "1"),
                    int(start) - 1 if start.isdigit() and len(start) < 6 else 0,
                ]
            )
        elif tag == "li":
            self._label()
        elif tag == "pre":
            self.raw += 1
        elif tag in ("u", "ins"):
            self._say(UNDER)
        elif tag == "img":
            if given.get("src", "") not in self.icons:
                self._say(PICTURED)
        elif tag == "input" and given.get("type", "").lower() == "text":
            self._say("____")
        elif tag == "table" and len(self.tables) < 20:
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self._end_row()
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
            self.tables[-1].open = True
        if tag in ("font", "span") and len(self.tints) < MAX_DEPTH:
            red = _RED.search(given.get("style", "")) or given.get("color", "").lower() in (
                "red",
                "#ff0000",
            )
            self.tints.append(TINTED if red else "")
            self._say(TINTED if red else "")

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                while self.silent and self.silent.pop() != tag:
                    pass
            return
        if tag in ("u", "ins"):
            self._say(UNDER)
        if tag in ("font", "span") and self.tints:
            self._say(self.tints.pop())
        if tag in _BLOCKS:
            self._end_line()
        if tag == "summary":
            self.fold = (len(self.blocks), len(self.blocks[-1].lines))
        elif tag == "details":
            self._end_fold()
        if tag in ("ol", "ul") and self.lists:
            self.lists.pop()
        elif tag == "pre":
            self.raw = max(self.raw - 1, 0)
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
        elif tag == "tr" and self.tables:
            self._end_row()
        elif tag == "table" and self.tables:
            self._end_table()

    def handle_data(self, data: str) -> None:
        if not self.silent and data:
            if self.raw:
                head, *rest = data.split("\n")
                self._say(head)
                for part in rest:
                    self._end_line()
                    self._say(part)
            else:
                self._say(re.sub(r"[ \t\r\n\f]+", " ", data))

    def _say(self, text: str) -> None:
        if not text:
            return
        if self.tables and self.tables[-1].open:
            self.tables[-1].words.append(text)
            return
        if not self.words:
            self.start = self.getpos()[0]
        self.words.append(text)

    def _label(self) -> None:
        if not self.lists:
            return
        kind, form, count = self.lists[-1]
        if kind == "ul":
            self._say("• ")
            return
        count = int(count) + 1
        self.lists[-1][2] = count
        letter = chr(ord("A") + (count - 1) % 26)
        self._say(
            f"{letter}. " if form == "A" else f"{letter.lower()}. " if form == "a" else f"{count}. "
        )

    def _end_line(self) -> None:
        if self.tables and self.tables[-1].open:
            self.tables[-1].words.append("\n")
            return
        text = "".join(self.words).strip(" ")
        self.words = []
        if text:
            self.blocks[-1].lines.append(Line(self.start, text))

    def _end_fold(self) -> None:
        """A fold named 答案 answers: its title and its first words become one line."""
        lines = self.blocks[-1].lines
        fold, self.fold = self.fold, None
        if fold is None or fold[0] != len(self.blocks) or not 0 < fold[1] < len(lines):
            return
        title = lines[fold[1] - 1]
        inside = lines[fold[1] :]
        words = fold_mark(title.text, "\n".join(line.text for line in inside))
        if words != title.text:
            first = [Line(title.number, words.rstrip(FOLDED) + inside[0].text.lstrip("• "))]
            lines[fold[1] - 1 :] = first + inside[1:]

    def _end_cell(self) -> None:
        table = self.tables[-1]
        if table.open:
            table.cells.append(re.sub(r"\n{2,}", "\n", "".join(table.words)).strip())
            table.words, table.open = [], False

    def _end_row(self) -> None:
        self._end_cell()
        table = self.tables[-1]
        if table.cells:
            table.rows.append(Row(self.getpos()[0], table.cells))
            table.cells = []

    def _end_table(self) -> None:
        self._end_row()
        rows = self.tables.pop().rows
        if not rows:
            return
        if self.tables and self.tables[-1].open:
            self.tables[-1].words += ["\n", "\n".join("\t".join(row.cells) for row in rows), "\n"]
            return
        haul = (
            read_table(rows, headed_only=True) if max(len(row.cells) for row in rows) > 1 else None
        )
        if haul is not None and haul.questions:
            self.blocks += [_Block([], rows, _last_line(self.blocks)), _Block([])]
            return
        for row in rows:
            words = cells_as_text(row.cells)
            self.blocks[-1].lines += [Line(row.number, part) for part in words.split("\n")]

    def finish(self) -> list[_Block]:
        self.close()
        while self.tables:
            self._end_table()
        self._end_line()
        return self.blocks


def _from_markup(text: str) -> str:
    """A page cut out of the middle may begin inside a script: its lines stay, its words go."""
    closing = re.search(r"(?i)</(?:script|style)\s*>", text)
    if closing is None or re.search(r"(?i)<(?:script|style)\b", text[: closing.start()]):
        return text
    return "\n" * text.count("\n", 0, closing.end()) + text[closing.end() :]


def read_page(text: str) -> Haul:
    """All questions of a page of HTML; line numbers are those of its source."""
    reader = _Reader(icons_of(text))
    reader.feed(_from_markup(text))
    haul = Haul()
    scripted = read_scripts(text)
    for block in reader.finish():
        haul.take(
            (read_table(block.table, block.title, headed_only=True) or Haul())
            if block.table is not None
            else read_lines(block.lines)
        )
    # What a program shows is mostly not on the page itself, but for a heading or an example.
    return scripted if len(scripted.questions) > len(haul.questions) else haul


def plain_html(text: str) -> str:
    """The words of a fragment of HTML, one line a block."""
    if "<" not in text and "&" not in text:
        return text.strip()
    reader = _Reader()
    reader.feed(text)
    lines = [line.text for block in reader.finish() for line in block.lines]
    return "\n".join(lines).strip()
