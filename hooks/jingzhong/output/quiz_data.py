"""What the quiz scripts read: an index of each bank, its questions in hundreds, the blueprints."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jingzhong.law.citations import Context
from jingzhong.model.articles import article_name
from jingzhong.model.contests import Contest
from jingzhong.model.library import Library
from jingzhong.model.quizzes import TYPES, Bank, Question
from jingzhong.output import urls
from jingzhong.output.page import TextFile
from jingzhong.output.pictures import picture_size
from jingzhong.quiz.blueprint import contest_blueprint
from jingzhong.quiz.facts import bank_candidates, bank_hash, question_facts
from jingzhong.quiz.pinyin import question_pinyin, wants_pinyin


@dataclass(frozen=True)
class Lesson:
    """Where a question leads: an article or a case; `cite` is what previews of articles go by."""

    label: str
    text: str
    address: str
    cite: str = ""


def lessons(question: Question, library: Library) -> Iterator[Lesson]:
    """The articles and cases of one question."""
    for reference in question.law:
        regulation = library.regulation_by_id[reference.law]
        name = article_name(reference.article) if reference.article else ""
        carried = regulation.article_by_number.get(reference.article or "")
        address = urls.regulation_address(regulation.id, reference.article if carried else None)
        cite = f"{regulation.id}/{reference.article}" if carried else ""
        yield Lesson("条文", f"《{regulation.short_title}》{name}", address, cite)
    for name in question.case:
        yield Lesson("案例", library.case_by_id[name].title, urls.case_address(name))


# Splits a text at its citations: see `CitationLinker.link_parts`.
Cited = Callable[[str, str, Context], list[list[str]]]
# Makes of an address what a link or a picture says: a path from the page, or nothing.
Place = Callable[[str], str]


def _from_quizzes(address: str) -> str:
    """The path from the folder of the quiz pages."""
    return urls.relative(address, urls.BANKS)


def _record(question: Question, library: Library, cited: Cited, place: Place) -> dict[str, object]:
    """One question with its texts."""
    record = question_facts(question)
    parts = cited(question.explanation, urls.BANKS, Context(library.settings.as_of))
    texts = {
        "stem": question.stem,
        "passage": question.passage,
        "options": list(question.options.items()),
        "left": list(question.left.items()),
        "right": list(question.right.items()),
        "explanation": [] if parts else question.explanation,
        "cited": parts,
        "links": [
            [lesson.label, lesson.text, place(lesson.address), lesson.cite]
            for lesson in lessons(question, library)
        ],
    }
    record.update((name, value) for name, value in texts.items() if value)
    if question.image:
        size = picture_size(library.root / "content" / question.image.src)
        record["image"] = {
            "src": place(question.image.src),
            "alt": question.image.alt,
            "size": size or (),
        }
    return record


def _index(bank: Bank) -> dict[str, object]:
    """Rows `[id, type, difficulty, [topic…], group?]` in the order of the bank; numbers name words."""
    topics = list(dict.fromkeys(topic for q in bank.questions for topic in q.topics))
    kinds = list(TYPES)
    rows = [
        [
            one.id,
            kinds.index(one.type),
            one.difficulty,
            [topics.index(topic) for topic in one.topics],
            *([one.group] if one.group else []),
        ]
        for one in bank_candidates(bank)
    ]
    return {"title": bank.title, "hash": bank_hash(bank), "topics": topics, "rows": rows}


def contest_data(contest: Contest) -> dict[str, object]:
    """A blueprint for the exam page. The seed goes with it only where the key is public anyway."""
    blueprint = contest_blueprint(contest)
    return {
        "id": contest.id,
        "title": contest.title,
        "minutes": blueprint.minutes,
        "scoring": blueprint.scoring,
        "seed": contest.seed if contest.publish_key else "",
        "sections": [
            [s.type, s.count, s.banks, s.topics, s.difficulties, s.points]
            for s in blueprint.sections
        ],
    }


def quiz_files(library: Library, cited: Cited) -> Iterator[TextFile]:
    """The files of every bank; see `bank_files`."""
    for bank in library.banks:
        yield from bank_files(bank, library, cited, _from_quizzes)


def bank_files(bank: Bank, library: Library, cited: Cited, place: Place) -> Iterator[TextFile]:
    """`data/quiz/<bank>/index.js`, its questions as `1.js`, `2.js` …, their pinyin as `pinyin-1.js` …"""
    yield _file(bank.id, "index", _index(bank))
    for shard, first in enumerate(range(0, len(bank.questions), urls.QUESTIONS_PER_PAGE), 1):
        questions = bank.questions[first : first + urls.QUESTIONS_PER_PAGE]
        records = [_record(question, library, cited, place) for question in questions]
        yield _file(bank.id, str(shard), records)
        if wants_pinyin(bank):
            sounds = {question.id: question_pinyin(question) for question in questions}
            yield _file(bank.id, f"pinyin-{shard}", sounds)


def _file(bank_id: str, key: str, value: object) -> TextFile:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Two line separators end a string literal in scripts of before 2019.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    kind = f"quiz/{bank_id}"
    return TextFile(f"data/{kind}/{key}.js", f'Jingzhong.register("{kind}","{key}",{text});\n')
