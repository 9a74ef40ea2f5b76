"""Questions as HTML for programs that show it: Moodle and Anki. All text is escaped."""

from __future__ import annotations

from html import escape

from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.words import filled, reference_lines
from jingzhong.model.quizzes import Question


def as_html(text: str) -> str:
    """A text as HTML that shows every character of it."""
    return escape(safe(text), quote=False).replace("\n", "<br>")


def stem_html(question: Question, picture: str | None, *, stem: str | None = None) -> str:
    """Passage, stem and picture; `picture` is where the picture's file stands, if there is one."""
    parts = [f"<blockquote>{as_html(question.passage)}</blockquote>"] if question.passage else []
    parts.append(f"<p>{as_html(filled(question)) if stem is None else stem}</p>")
    if question.image and picture:
        said = escape(safe(question.image.alt))
        parts.append(f'<p><img src="{escape(picture)}" alt="{said}"></p>')
    elif question.image:
        parts.append(f"<p>［图：{as_html(question.image.alt)}］</p>")
    return "".join(parts)


def explanation_html(question: Question, material: Material) -> str:
    """The explanation, then articles and cases."""
    lines = [question.explanation, *reference_lines(material, question)]
    return "".join(f"<p>{as_html(line)}</p>" for line in lines)
