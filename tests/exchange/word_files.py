"""Word files with parts that python-docx cannot write, from WordprocessingML as it is."""

from __future__ import annotations

import io
import zipfile

import containers
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

SPACES = (
    nsdecls("w", "r")
    + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, properties: str = "") -> str:
    """A run; `properties` are the inside of its rPr."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*parts: str, properties: str = "") -> str:
    """A paragraph of runs and other elements; a part without markup is a plain run."""
    inside = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def field(code: str, result: str = "") -> str:
    """A complex field with its code and its result."""
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}' if result else ""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{shown}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def listed(text: str, number: int, level: int = 0) -> str:
    """A paragraph with a number of a list."""
    return paragraph(
        text,
        properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>',
    )


def word(
    *blocks: str, parts: dict[str, str] | None = None, numbering: str = "", styles: str = ""
) -> bytes:
    """A .docx with these paragraphs and tables; `parts` are further files below `word/`.

    A block without markup is a paragraph of plain text.
    """
    document = docx.Document()
    body = document.element.body
    for block in blocks:
        if not block.startswith("<"):
            block = paragraph(block)
        tag, rest = block[1:].split(">", 1) if block[1:5] != "w:p>" else ("w:p", block[5:])
        body.insert(len(body) - 1, parse_xml(f"<{tag} {SPACES}>{rest}"))
    if numbering:
        root = document.part.numbering_part.element
        for item in list(root):
            root.remove(item)
        for item in parse_xml(f"<w:numbering {SPACES}>{numbering}</w:numbering>"):
            root.append(item)
    for item in parse_xml(f"<w:styles {SPACES}>{styles}</w:styles>"):
        document.styles.element.append(item)
    data = containers.saved(document)
    if not parts:
        return data
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as package:
        for name, text in parts.items():
            package.writestr(f"word/{name}", text)
    return out.getvalue()


def notes(kind: str, **texts: str) -> dict[str, str]:
    """The part that holds footnotes, endnotes or comments: `notes("footnote", n2="…")`."""
    items = "".join(
        f'<w:{kind} w:id="{name[1:]}">{paragraph(text)}</w:{kind}>' for name, text in texts.items()
    )
    return {f"{kind}s.xml": f"<w:{kind}s {SPACES}>{items}</w:{kind}s>"}


def reference(kind: str, number: int) -> str:
    """The sign in the text that refers to a note or a comment."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'
