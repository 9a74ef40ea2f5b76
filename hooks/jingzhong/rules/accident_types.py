"""Old accident types against new ones: GB 6441-1986 (20) and GB 6441-2025 (27)."""

from __future__ import annotations

from collections.abc import Iterator

from jingzhong.errors import Problem, expected
from jingzhong.model.library import Library
from jingzhong.model.vocabulary import AccidentTypes


def successor(legacy: str, types: AccidentTypes) -> str | None:
    """The one type of 2025 that a type of 1986 became; None where an editor has to choose."""
    return next((word.same_as for word in types.legacy if word.name == legacy), None)


def check_types(library: Library) -> Iterator[Problem]:
    """Types that contradict each other, and choices that nobody has answered for.

    A type with one successor must be followed by it; any other choice, and every choice for a
    type without one, is the editor's and says so (`basis: 编者判断`).
    """
    legacy_by_name = {word.name: word for word in library.vocabularies.types.legacy}
    for case in library.cases:
        kind = case.accident_type
        if kind.legacy is None or kind.basis is not None:
            continue
        legacy = legacy_by_name[kind.legacy]
        if legacy.same_as == kind.current:
            continue
        line, field = kind.line_of("current"), "accident_type.current"
        if legacy.same_as:
            what = (
                f"“{legacy.same_as}”（1986 年旧分类“{legacy.name}”唯一对应的新类；"
                "编者另有判断时加写 basis）"
            )
            message = expected(what, f"“{kind.current}”", "basis: 编者判断")
        else:
            field, choices = "accident_type.basis", "、".join(legacy.choices)
            what = (
                f"编者的选择（旧分类“{legacy.name}”没有唯一对应的新类，"
                f"常见的有{choices}），并写明由编者判断"
            )
            message = expected(what, f"“{kind.current}”而没有写 basis", "basis: 编者判断")
        yield Problem(case.origin.path, line, field, message)
