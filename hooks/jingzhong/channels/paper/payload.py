"""A paper as the plain data that the Typst templates read.

Content reaches Typst only as strings of a JSON file, never as source, so nothing that a question
holds can be taken for markup.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jingzhong.channels.paper.composing import PART_NAMES, Item, Paper, Part, Sheet
from jingzhong.channels.paper.fonts import HEI, SONG
from jingzhong.channels.paper.marking import printed_answer
from jingzhong.model.articles import article_name, int_to_chinese
from jingzhong.model.library import Library
from jingzhong.model.quizzes import BLANK, Question
from jingzhong.quiz.scoring import hundredths

Data = dict[str, Any]

# The place for an answer that an author already left in a stem.
_BRACKETS = re.compile(r"[（(][\s\u3000_]*[）)]")


@dataclass(frozen=True)
class Form:
    """A way to print: width and height in mm, columns, size of the text in points."""

    name: str
    title: str
    width: int
    height: int
    columns: int
    size: float


FORMS = {
    form.name: form
    for form in (
        Form("a4", "A4", 210, 297, 1, 11),
        Form("a3", "A3 两栏", 420, 297, 2, 11),
        Form("8k", "8 开两栏", 370, 260, 2, 10.5),
        Form("large", "大字版（A4，18 磅）", 210, 297, 1, 18),
    )
}


def points_text(points: int) -> str:
    """Hundredths as people write them: 2, 2.5."""
    return f"{points / 100:g}"


def scoring_rule(rule: str) -> str:
    """What a contest's rule for incomplete choices means."""
    if rule == "全对才得分":
        return "全部选对才得分"
    if rule == "少选得半":
        return "少选得一半分，选错不得分"
    each = points_text(hundredths(rule.removeprefix("每选一个得")))
    return f"少选时每选对一个得{each}分，选错不得分"


def part_heading(number: int, part: Part) -> str:
    """一、单项选择题（每题2分，共40分）; without points （共20题）."""
    name = f"{int_to_chinese(number)}、{PART_NAMES[part.kind]}"
    if not part.points:
        return f"{name}（共{len(part.items)}题）"
    each, total = points_text(part.points), points_text(part.points * len(part.items))
    return f"{name}（每题{each}分，共{total}分）"


_HINTS = {
    "multiple": "每题有两个或两个以上正确答案。",
    "judge": "对的打“✓”，错的打“×”。",
    "order": "按正确的次序填写字母。",
    "match": "把右列的编号填进括号，每个编号至多用一次。",
}


def part_hint(paper: Paper, part: Part) -> str:
    """What to do in a section, after its heading."""
    hint = _HINTS.get(part.kind, "")
    if part.kind == "multiple" and not paper.practice:
        hint += scoring_rule(paper.blueprint.scoring) + "。"
    return hint


def facts_line(paper: Paper, sheet: Sheet) -> str:
    """How many questions, points and minutes."""
    parts = [f"共 {len(sheet.items)} 题"]
    if paper.points:
        parts.append(f"满分 {points_text(paper.points)} 分")
    if paper.blueprint.minutes:
        parts.append(f"答题时间 {paper.blueprint.minutes} 分钟")
    return "　".join(parts)


def paper_mark(paper: Paper, show_seed: bool) -> str:
    """What the footer says, so that a paper can be checked and marked again."""
    if not paper.seed:
        return f"题库版本 {paper.code}"
    seed = f"　种子 {paper.seed}" if show_seed else ""
    return f"试卷编号 {paper.code}{seed}　可核对、可重判"


def paper_payload(
    paper: Paper,
    sheet: Sheet,
    form: Form,
    *,
    library: Library | None = None,
    show_seed: bool = True,
) -> Data:
    """One variant in one form; with a `library` each question's answer and explanation follow it."""
    return {
        **head(paper, show_seed),
        "form": _form(form),
        "seal": not paper.practice,
        "variant": sheet.variant,
        "facts": facts_line(paper, sheet),
        "parts": [
            {
                "name": int_to_chinese(number),
                "heading": part_heading(number, part),
                "hint": part_hint(paper, part),
                "items": list(_items(part.items, form, library)),
            }
            for number, part in enumerate(sheet.parts, 1)
        ],
    }


def head(paper: Paper, show_seed: bool) -> Data:
    """What everything printed of a paper carries."""
    return {
        "fonts": {"song": list(SONG), "hei": list(HEI)},
        "title": paper.title,
        "unit": paper.unit,
        "mark": paper_mark(paper, show_seed),
    }


def _form(form: Form) -> Data:
    return {
        "width": form.width,
        "height": form.height,
        "columns": form.columns,
        "size": form.size,
    }


def _items(items: Sequence[Item], form: Form, library: Library | None) -> Iterator[Data]:
    for at, item in enumerate(items):
        question = item.question
        passage = None
        if question.passage and (not at or items[at - 1].question.passage != question.passage):
            last = at
            while last + 1 < len(items) and items[last + 1].question.passage == question.passage:
                last += 1
            passage = {
                "intro": _intro(item.number, items[last].number),
                "text": question.passage,
                "long": _may_be_long([question.passage], form),
            }
        answer = explained(item, library) if library else None
        texts = [
            question.stem,
            *(option.text for option in item.options),
            *question.left.values(),
            *(answer.values() if answer else ()),
        ]
        yield {
            "number": item.number,
            "kind": question.type,
            "passage": passage,
            "image": {"src": question.image.src, "alt": question.image.alt}
            if question.image
            else None,
            "stem": stem_pieces(question),
            "bracket": wants_bracket(question),
            "options": [[option.letter, option.text] for option in item.options],
            "left": [list(pair) for pair in question.left.items()],
            "answer": answer,
            "long": _may_be_long(texts, form),
        }


def text_ems(text: str) -> float:
    """How wide the widest line of a text is, in ems: Chinese signs one, others about a half."""
    return max(
        sum(1 if unicodedata.east_asian_width(char) in "WFA" else 0.55 for char in line)
        for line in text.split("\n")
    )


def _may_be_long(texts: Sequence[str], form: Form) -> bool:
    """Whether a block could pass half a page: only then is it worth the memory to measure it.

    A guess on the safe side: each text begins a line, lines are two thirds of a column, and what is
    not text takes a quarter of a page.
    """
    column = form.width / form.columns * 0.72 / 25.4 * 72 / form.size
    lines = sum(
        math.ceil(max(text_ems(line), 1) / (column * 0.67))
        for text in texts
        for line in text.split("\n")
    )
    room = form.height / 25.4 * 72 / (form.size * 1.7)
    return lines > room / 4


def _intro(first: int, last: int) -> str:
    if first == last:
        return f"阅读材料，回答第 {first} 题。"
    return f"阅读材料，回答第 {first}～{last} 题。"


def wants_bracket(question: Question) -> bool:
    """Whether a stem ends with an empty bracket for the answer: not where its author left a place."""
    return question.type in ("single", "multiple", "judge") and not (
        _BRACKETS.search(question.stem) or BLANK.search(question.stem)
    )


def stem_pieces(question: Question) -> list[str | None]:
    """The stem's texts, with None where a blank stands."""
    pieces: list[str | None] = []
    for at, text in enumerate(BLANK.split(question.stem)):
        pieces += [None, text] if at else [text]
    return pieces


def explained(item: Item, library: Library) -> Data:
    """The answer of a question with its explanation and the articles it rests on."""
    laws = []
    for reference in item.question.law:
        regulation = library.regulation_by_id.get(reference.law)
        if regulation:
            article = article_name(reference.article) if reference.article else ""
            laws.append(f"《{regulation.short_title}》{article}")
    return {
        "answer": printed_answer(item),
        "text": item.question.explanation,
        "law": "，".join(laws),
    }
