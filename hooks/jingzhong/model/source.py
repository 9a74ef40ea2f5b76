"""Reads files into text and YAML into plain nodes with line numbers.

PyYAML would turn `14:30` into 870 and `no` into False, keep the last of two equal keys,
follow recursive aliases and recurse until the interpreter dies. So only its event parser
is used: scalars stay text, the schema (`fields.py`) gives them a type, and the nodes are
built without recursion under a depth limit.
"""

from __future__ import annotations

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
            report.error(name, 1, "", expected(limit, f"{size / 1_000_000:.1f} MB"))
            return None
        raw = path.read_bytes()
    except OSError as error:
        report.error(name, 1, "", f"文件读不了：{error.strerror}")
        return None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.error(name, 1, "", _encoding_message("UTF-16 编码的文件"))
        return None
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        report.error(
            name, line, "", expected("纯文本", "含有空字节（NUL）的内容，文件可能已损坏或不是文本")
        )
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        report.error(name, line, "", _encoding_message(_guess_encoding(raw)))
        return None
    return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))


def _guess_encoding(raw: bytes) -> str:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "无法识别的编码"
    return "像是 GBK（GB18030）编码的文件"


def _encoding_message(got: str) -> str:
    return (
        expected("UTF-8 编码", got) + "。转换办法：用记事本打开，选“文件→另存为”，编码选 UTF-8；"
        "或运行 iconv -f GB18030 -t UTF-8 旧文件 > 新文件（UTF-16 时把 GB18030 换成 UTF-16）"
    )


def split_front_matter(source: Source, report: Report) -> FrontMatter | None:
    """Split `---` head and Markdown body, or report what is missing and return None."""
    lines = source.text.split("\n")
    example = "第一行写 ---，接着写 title: 等字段，再写一行 ---，然后是正文"
    if lines[0].rstrip() != "---":
        got = quoted(lines[0]) if lines[0].strip() else "空行"
        report.error(source.path, 1, "", expected("以一行 --- 开头的字段区", got, example))
        return None
    end = next((i for i in range(1, len(lines)) if lines[i].rstrip() == "---"), None)
    if end is None:
        report.error(
            source.path, 1, "", expected("字段区以单独一行 --- 结束", "直到文件末尾也没有", example)
        )
        return None
    head = parse_yaml("\n".join(lines[1:end]), source.path, report, first_line=2)
    if head is None:
        return None
    if not isinstance(head, Mapping):
        report.error(
            source.path, 2, "", expected("“字段: 值”的写法", kind_of(head), "title: 事故名称")
        )
        return None
    return FrontMatter(head, "\n".join(lines[end + 1 :]), end + 2)


def parse_yaml(
    text: str, path: str, report: Report, *, first_line: int = 1, lenient: bool = False
) -> Node | None:
    """Parse one YAML document to nodes, or report the first fault and return None.

    Aliases, anchors and tags are refused; with `lenient` (for mkdocs.yml, which MkDocs reads
    by its own rules) tags are ignored and an alias becomes an empty scalar.
    """
    offset = first_line - 1
    try:
        return _compose(_events(text), path, report, offset, lenient)
    except _RefusedError as refused:
        report.error(path, refused.line, "", refused.message)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + 1 + offset
        # A fault at the very end of the head is shown on its last line.
        line = min(line, text.count("\n") + 1 + offset)
        report.error(path, line, "", _yaml_message(error))
    except yaml.reader.ReaderError as error:
        position = error.position if isinstance(error.position, int) else 0
        line = text[:position].count("\n") + 1 + offset
        report.error(path, line, "", expected("可见文字", "不可见的控制字符，请删去后重新输入"))
    except UnicodeEncodeError as error:
        line = text[: error.start].count("\n") + 1 + offset
        report.error(path, line, "", expected("可见文字", "不完整的字符，请删去后重新输入"))
    return None


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
                raise _RefusedError(
                    line, expected("一个文件只有一份内容", "又一行 --- 开始的第二份")
                )
            continue
        _refuse_extras(event, line, lenient)
        node: Node | None = None
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            if len(stack) >= MAX_DEPTH:
                raise _RefusedError(
                    line, expected(f"最多 {MAX_DEPTH} 层缩进或括号", "层数更多的内容")
                )
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
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
        raise _RefusedError(
            line, expected("直接写出的值", "YAML 的引用记号（& 或 *）；文字请加引号")
        )
    if getattr(event, "tag", None):
        raise _RefusedError(line, expected("直接写出的值", "YAML 的类型记号（!）；文字请加引号"))


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
                expected("每个字段只写一次", f"又写一次（前一次在第 {first} 行）"),
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
    return "空值" if node.is_null else quoted(node.text)


_YAML_HINTS = (
    ("found character '\\t'", "缩进里有制表符（Tab），请改用空格"),
    (
        "mapping values are not allowed",
        "一行里多了一个“: ”；文字里有冒号加空格时，整个值要加双引号",
    ),
    ("could not find expected ':'", "字段名后面缺少“: ”（英文冒号加空格）"),
    ("did not find expected key", "缩进没有对齐，或引号后面还有文字"),
    ("did not find expected '-' indicator", "列表没有对齐，每一项以“- ”开头"),
    ("did not find expected ',' or", "方括号或花括号没有配对"),
    ("did not find expected node content", "方括号、花括号或特殊记号没有配对"),
    ("found unexpected end of stream", "引号没有配对"),
    ("found unexpected document", "引号没有配对"),
    ("cannot start any token", "值以 @、`、% 等特殊记号开头，请给整个值加双引号"),
    ("block sequence entries are not allowed", "“- ”写在了不该写的地方；列表另起一行并缩进"),
    ("unknown escape character", "双引号里的反斜杠要写两个，或改用单引号"),
)


def _yaml_message(error: yaml.MarkedYAMLError) -> str:
    text = f"{error.context or ''} {error.problem or ''}"
    hint = next((hint for sign, hint in _YAML_HINTS if sign in text), "括号、引号或缩进没有配对")
    return expected(
        "正确的 YAML 写法", f"读不通的内容：{hint}", 'title: "名称"（值有特殊记号时加引号）'
    )
