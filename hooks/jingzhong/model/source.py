"""Reads files into text and YAML into plain nodes with line numbers.

PyYAML would turn `14:30` into 870 and `no` into False, keep the last of two equal keys,
follow recursive aliases and recurse until the interpreter dies. So only its event parser
is used: scalars stay text, the schema (`fields.py`) gives them a type, and the nodes are
built without recursion under a depth limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from jingzhong.errors import Report, expected, quoted

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 2_000_000
MAX_DEPTH = 16
# Python-Markdown recurses once a level of lists and quotes, and searches the whole paragraph once
# a bracket: 500 of them cost 25 ms, 200,000 an hour.
MAX_BRACKETS = 500

_LEVEL = re.compile(r"[ \t]*(?:(?:[-+*]|[0-9]{1,9}\.)[ \t]|>)")

# What nobody sees and YAML or search stumbles over: control characters, the line breaks that
# only YAML counts (NEL, LS, PS), the zero-width space, stray byte-order marks, half characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One YAML scalar: its text, its line, and whether it stood without quotes."""

    text: str
    line: int
    plain: bool

    @property
    def is_null(self) -> bool:
        """True for an empty value, `~` and `null`, which all mean: not given."""
        return self.plain and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A YAML mapping in the order of the file; duplicate keys were already reported."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """The value of `key`, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML sequence."""

    items: tuple[Node, ...]
    line: int


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True)
class Source:
    """A readable text file of the project; `path` is relative to the root, posix style."""

    path: str
    text: str


@dataclass(frozen=True)
class FrontMatter:
    """The head and the body of a Markdown file; `body_line` is the line the body starts on."""

    head: Mapping
    body: str
    body_line: int


def load_source(root: Path, path: Path, report: Report) -> Source | None:
    """Read one UTF-8 file, or report why it cannot be read and return None.

    A byte-order mark and CRLF line ends are accepted and normalised away.
    """
    name = path.relative_to(root).as_posix()
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"不超过 {MAX_BYTES // 1_000_000} MB 的文本文件"
            got = f"{-(-size // 100_000) / 10} MB"  # Rounded up, so that it never reads “2.0 MB”.
            report.error(name, 1, "", expected(limit, got, "把一个大文件拆成几个小文件"))
            return None
        raw = path.read_bytes()
    except OSError:
        got = "打不开（没有读取权限、已被删除，或是失效的快捷方式）"
        report.error(name, 1, "", expected("能打开的文件", got, "换成真正的文件"))
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.error(name, 1, "", _encoding_message("UTF-16 编码的文件"))
        return None
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        got = "含有空字节（NUL）的内容，文件已损坏，或不是文本"
        report.error(name, line, "", expected("纯文本", got, "换成完好的文件，重新保存为 UTF-8"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        report.error(name, line, "", _encoding_message(_guess_encoding(raw)))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return None if _has_invisible(text, name, report, 0) else Source(name, text)


def _has_invisible(text: str, path: str, report: Report, offset: int) -> bool:
    """Report the first character that cannot be seen; True when there was one."""
    match = _INVISIBLE.search(text)
    if match is None:
        return False
    before = text[: match.start()]
    words = before.rpartition("\n")[2].split()
    place = f"{quoted(words[-1][-8:])}之后" if words else "行首"
    got = f"看不见的字符 U+{ord(match[0]):04X}（在{place}）"
    line = before.count("\n") + 1 + offset
    report.error(path, line, "", expected("看得见的文字", got, "删去这里，重新输入"))
    return True


def _guess_encoding(raw: bytes) -> str:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "无法识别的编码"
    return "像是 GBK（GB18030）编码的文件"


def _encoding_message(got: str) -> str:
    return expected(
        "UTF-8 编码",
        got,
        "用记事本打开，选“文件→另存为”，编码选 UTF-8；"
        "或运行 iconv -f GB18030 -t UTF-8 旧文件 > 新文件（UTF-16 时把 GB18030 换成 UTF-16）",
    )


def split_front_matter(source: Source, report: Report) -> FrontMatter | None:
    """Split `---` head and Markdown body, or report what is missing and return None."""
    lines = source.text.split("\n")
    example = "第一行写 ---，接着写 title: 等字段，再写一行 ---，然后是正文"
    if lines[0].rstrip() != "---":
        got = quoted(lines[0]) if lines[0].strip() else "空行"
        report.error(source.path, 1, "", expected("以一行 --- 开头的字段区", got, example))
        return None
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), 0)
    if not end:
        report.error(
            source.path, 1, "", expected("字段区以单独一行 --- 结束", "直到文件末尾也没有", example)
        )
        return None
    head = parse_yaml("\n".join(lines[1:end]), source.path, report, first_line=2)
    if head is None:
        return None
    if not isinstance(head, Mapping):
        report.error(source.path, 2, "", expected("“字段: 值”的写法", kind_of(head), "title: 名称"))
        return None
    if not _is_readable(lines[end + 1 :], source.path, report, end + 2):
        return None
    # Where nothing follows the head, the body counts as standing on the file's last line.
    return FrontMatter(head, "\n".join(lines[end + 1 :]), min(end + 2, len(lines)))


def _is_readable(lines: list[str], path: str, report: Report, first_line: int) -> bool:
    """Whether Markdown can be rendered without choking; otherwise its first fault is reported."""
    brackets, begun = 0, first_line
    for number, line in enumerate(lines, first_line):
        if not line.strip():
            brackets, begun = 0, number + 1
            continue
        levels, position = (len(line) - len(line.lstrip())) // 4, 0
        while levels <= MAX_DEPTH and (match := _LEVEL.match(line, position)):
            levels, position = levels + 1, match.end()
        if position and levels > MAX_DEPTH:
            what = f"最多 {MAX_DEPTH} 层列表或引用"
            report.error(path, number, "正文", expected(what, "层数更多的内容", "- 一项"))
            return False
        brackets += line.count("[")
        if brackets > MAX_BRACKETS:
            what, got = f"一段里最多 {MAX_BRACKETS} 个方括号", "更多方括号"
            report.error(path, begun, "正文", expected(what, got, "空一行，分成几段"))
            return False
    return True


def parse_heading(line: str) -> tuple[int, str] | None:
    """(level, text) of a Markdown heading `## 标题`, or None; the text may be empty.

    Like Python-Markdown, which will show it, this needs no blank after the hashes.
    """
    level = min(len(line) - len(line.lstrip("#")), 6)
    return (level, line[level:].rstrip().rstrip("#").strip()) if level else None


def parse_yaml(
    text: str, path: str, report: Report, *, first_line: int = 1, lenient: bool = False
) -> Node | None:
    """Parse one YAML document to nodes, or report the first fault and return None.

    A text without content is an empty scalar, which no schema accepts in silence. Aliases, anchors and tags are refused; with `lenient` (for mkdocs.yml, which MkDocs reads
    by its own rules) tags are ignored and an alias becomes an empty scalar.
    """
    offset = first_line - 1
    if _has_invisible(text, path, report, offset):
        return None
    try:
        node = _compose(_events(text), path, report, offset, lenient)
    except _RefusedError as refused:
        report.error(path, refused.line, "", refused.message)
        return None
    except yaml.MarkedYAMLError as error:
        line, hint = _explain(error, text.split("\n"))
        what, example = "正确的 YAML 写法", 'title: "名称"（值有特殊记号时加引号）'
        message = expected(what, f"读不通的内容：{hint}", example)
        report.error(path, line + 1 + offset, "", message)
        return None
    return Scalar("", first_line, True) if node is None else node


class _RefusedError(Exception):
    """YAML that is valid but that the project does not accept."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message


def _events(text: str) -> Iterator[Event]:
    loader = _Loader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Open:
    """A mapping or sequence whose end has not been seen yet."""

    def __init__(self, line: int, is_mapping: bool) -> None:
        self.line, self.is_mapping = line, is_mapping
        self.children: list[Node] = []


def _compose(
    events: Iterator[Event], path: str, report: Report, offset: int, lenient: bool
) -> Node | None:
    """Build the tree with an explicit stack, so that depth is counted, not suffered."""
    stack: list[_Open] = []
    root: Node | None = None
    documents = 0
    for event in events:
        line = (event.start_mark.line if event.start_mark else 0) + 1 + offset
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                got = "又一行 --- 开始的第二份"
                example = "删去这一行 ---，或分成两个文件"
                raise _RefusedError(line, expected("一个文件只有一份内容", got, example))
            continue
        _refuse_extras(event, line, lenient)
        node: Node | None = None
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            if len(stack) >= MAX_DEPTH:
                what = f"最多 {MAX_DEPTH} 层缩进或括号"
                raise _RefusedError(line, expected(what, "层数更多的内容", "title: 名称"))
            stack.append(_Open(line, isinstance(event, MappingStartEvent)))
        elif isinstance(event, ScalarEvent):
            node = Scalar(event.value, line, event.style in (None, ""))
        elif isinstance(event, AliasEvent):
            node = Scalar("", line, True)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            node = _close(stack.pop(), path, report)
        if node is not None:
            if stack:
                stack[-1].children.append(node)
            else:
                root = node
    return root


def _refuse_extras(event: Event, line: int, lenient: bool) -> None:
    if lenient:
        return
    what, example = "直接写出的值", 'title: "名称"（值有特殊记号时加引号）'
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        raise _RefusedError(line, expected(what, "YAML 的引用记号（& 或 *）", example))
    if getattr(event, "tag", None):
        raise _RefusedError(line, expected(what, "YAML 的类型记号（!）", example))


def _close(opened: _Open, path: str, report: Report) -> Node:
    if not opened.is_mapping:
        return Sequence(tuple(opened.children), opened.line)
    entries: list[tuple[Scalar, Node]] = []
    seen: dict[str, int] = {}
    pairs = iter(opened.children)
    for key, value in zip(pairs, pairs, strict=True):
        if not isinstance(key, Scalar):
            report.error(path, key.line, "", expected("文字作字段名", kind_of(key), "title: 名称"))
            continue
        if key.text in seen:
            first = seen[key.text]
            report.error(
                path,
                key.line,
                key.text,
                expected("每个字段只写一次", f"又写一次（前一次在第 {first} 行）", "删去其中一处"),
            )
            continue
        seen[key.text] = key.line
        entries.append((key, value))
    return Mapping(tuple(entries), opened.line)


def kind_of(node: Node) -> str:
    """Name a node's kind the way an editor would."""
    if isinstance(node, Mapping):
        return "一组“字段: 值”"
    if isinstance(node, Sequence):
        return "一个列表"
    if not node.text.strip():
        return "空值" if node.plain else "空白"
    return "空值" if node.is_null else quoted(node.text)


# libyaml's words → what an editor most likely did.
_YAML_HINTS = (
    ("found a tab character", "缩进里有制表符（Tab），请改用空格"),
    (
        "mapping values are not allowed",
        "一行里多了一个“: ”；文字里有冒号加空格时，整个值要加双引号",
    ),
    ("could not find expected ':'", "字段名后面缺少“: ”（英文冒号加空格）"),
    ("did not find expected key", "缩进没有对齐，或引号后面还有文字"),
    (
        "did not find expected '-' indicator",
        "缩进没有对齐：列表的每一项以“- ”开头，项里的字段左边对齐",
    ),
    ("did not find expected ',' or", "方括号或花括号没有配对"),
    ("did not find expected node content", "方括号、花括号或特殊记号没有配对"),
    ("found unexpected end of stream", "引号没有配对"),
    ("found unexpected document", "引号没有配对"),
    ("cannot start any token", "值以 @、`、% 等特殊记号开头，请给整个值加双引号"),
    ("expected alphabetic or numeric", "值以 * 或 & 开头，请给整个值加双引号"),
    ("expected comment or line break", "值以 | 或 > 开头，请给整个值加双引号"),
    ("block sequence entries are not allowed", "“- ”写在了不该写的地方；列表另起一行并缩进"),
    ("unknown escape character", "双引号里的反斜杠要写两个，或改用单引号"),
    ("expected <document start>", "这一行的缩进比前面的浅，或上面多了一行 ..."),
)
# Faults that libyaml meets only later: the line to show is the one where the part began.
_BEGUN_EARLIER = ("quoted scalar", "flow sequence", "flow mapping", "simple key")
_NO_COLON = re.compile(r"\s*(?:- +)*[\"']?[A-Za-z_]\w*[\"']? *(?:：|:(?=[^/\s]))")


def _explain(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[int, str]:
    """(line counted from 0, what an editor most likely did)."""
    context, text = error.context or "", error.problem or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and context.endswith(_BEGUN_EARLIER):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    while line >= len(lines) or (line and not lines[line].strip()):
        line, column = line - 1, 0  # A fault met at the end is shown on the last line with text.
    if lines[line][column : column + 1] == "\t":
        return line, _YAML_HINTS[0][1]
    for suspect in (line - 1, line):
        if suspect >= 0 and _NO_COLON.match(lines[suspect]):
            return suspect, "字段名后面要写英文冒号加空格“: ”，不能用全角冒号，也不能省去空格"
    if "mapping values" in text and re.fullmatch(r"\s*[A-Za-z_]\w*", lines[line][:column]):
        return line, "缩进没有对齐：这一行比上一行深"
    hint = next((hint for sign, hint in _YAML_HINTS if sign in text), "括号、引号或缩进没有配对")
    return line, hint
