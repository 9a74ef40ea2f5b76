"""A text to look for citations in: standard input, a text file, a Word file; nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

from jingzhong.errors import why
from jingzhong.exchange.paragraphs import paragraphs_of
from jingzhong.exchange.questions.decode import decode
from jingzhong.exchange.questions.found import RefusedError
from jingzhong.exchange.questions.package import MAX_FILE
from jingzhong.law.command import Manuscript, UnreadableError

STDIN = "-"


def read_manuscript(name: str) -> Manuscript:
    """The text of a file (`-` for standard input), its line ends kept, so that offsets hold.

    Of a .docx the paragraphs, one a line. Raises `UnreadableError`.
    """
    try:
        data = _bytes(name)
        if not data.strip():
            return Manuscript("")
        paragraphs = paragraphs_of(data, Path(name).suffix.lower())  # Refuses what is no text.
        if not data.startswith(b"PK"):
            return Manuscript(decode(data)[0])
    except OSError as error:
        raise UnreadableError(f"读不了（{why(error)}）") from error
    except RefusedError as refusal:
        raise UnreadableError(f"读不了：{refusal.message}") from refusal
    lines = [(one.line, one.text) for one in paragraphs if one.text]
    return Manuscript("\n".join(text for _, text in lines), tuple(line for line, _ in lines))


def _bytes(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    path = Path(name)
    if path.stat().st_size > MAX_FILE:
        raise RefusedError(f"文件超过 {MAX_FILE // 1_000_000} MB，请删去图片，或拆成几个文件")
    return path.read_bytes()
