"""A new file in a few lines, to look at before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jingzhong.model.source import Mapping as MappingNode
from jingzhong.model.source import Node, Scalar, Sequence

_TEXTS = {"title": "标题", "date": "日期", "place": "地点", "status": "状态", "grade": "等级"}
_COUNTS = {"timeline": "时间线", "violations": "法律对照", "sources": "出处"}


def summary(shown: str, answers: Mapping[str, Node]) -> Iterator[str]:
    """Title, date, place, status, how many of what, and the file's name."""
    for name, label in _TEXTS.items():
        node = answers.get(name)
        if isinstance(node, Scalar):
            yield f"{label}：{node.text}"
        elif isinstance(node, MappingNode):
            yield f"{label}：{' '.join(v.text for _, v in node.entries if isinstance(v, Scalar))}"
    if "sources" in answers:  # Only a case has them, and always.
        yield "，".join(f"{label} {_count(answers, n)} 条" for n, label in _COUNTS.items())
    yield f"文件：{shown}"


def _count(answers: Mapping[str, Node], name: str) -> int:
    node = answers.get(name)
    return len(node.items) if isinstance(node, Sequence) else 0
