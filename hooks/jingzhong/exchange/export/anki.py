"""A bank as an Anki deck package: a zip with an SQLite collection of schema 11, which every Anki reads.

Written here because genanki, the library for it, has had no release since 2023 and stamps the
clock. Schema: https://github.com/ankidroid/Anki-Android/wiki/Database-Structure.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import sqlite3
from pathlib import PurePosixPath

from jingzhong.exchange.export.anki_schema import SCHEMA, deck, deck_options, note_type, settings
from jingzhong.exchange.export.archive import pack
from jingzhong.exchange.export.html import as_html, explanation_html, stem_html
from jingzhong.exchange.export.losses import HEADING
from jingzhong.exchange.export.material import Material, safe
from jingzhong.exchange.export.words import answer_lines
from jingzhong.model.quizzes import Question

LOSSES = {
    "single": "卡片只有正反面：自己想好再翻面对答案，Anki 不判分",
    "multiple": "卡片只有正反面，Anki 不判分",
    "judge": "卡片只有正反面，Anki 不判分",
    "blank": "卡片只有正反面，Anki 不判分",
    "order": "卡片只有正反面，Anki 不判分",
    "match": "卡片只有正反面，Anki 不判分",
    "fixed_options": "没有写出来；卡片上的选项不打乱",
    "law": "写在背面，不能点开",
    "case": "写在背面，不能点开",
    "difficulty": "写成标签",
    "topics": "写成标签",
    "about": "受众、主题和核对日期没有写出来，简介写在牌组说明里",
}
_DAY = 86400


def make(material: Material) -> bytes:
    """The bytes of an `.apkg`; ids come from ids, the time of change from the day of review."""
    names = {
        src: f"jingzhong-{hashlib.sha256(raw).hexdigest()[:16]}{PurePosixPath(src).suffix.lower()}"
        for src, raw in sorted(material.pictures.items())
    }
    media = {names[src]: raw for src, raw in sorted(material.pictures.items())}
    listing = {str(number): name for number, name in enumerate(media)}
    return pack(
        [
            ("collection.anki2", _collection(material, names)),
            *((str(number), raw) for number, raw in enumerate(media.values())),
            ("media", json.dumps(listing, ensure_ascii=False).encode()),
        ]
    )


def number_of(text: str) -> int:
    """A number of thirteen digits that always is the same for a text: what Anki takes for an id."""
    return 10**12 + int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % 10**12


def checksum(first_field: str) -> int:
    """What Anki finds duplicates by: the first eight hexadecimal digits of SHA-1."""
    return int(hashlib.sha1(first_field.encode(), usedforsecurity=False).hexdigest()[:8], 16)


def _collection(material: Material, names: dict[str, str]) -> bytes:
    bank = material.bank
    day = calendar.timegm(bank.reviewed.timetuple())
    model, home = number_of("jingzhong note type"), number_of(f"deck {bank.id}")
    about = [bank.description or ""]
    if material.losses:
        about += [f"{HEADING}：", *map(str, material.losses)]
    description = "<br>".join(as_html(line) for line in about if line)
    base = sqlite3.connect(":memory:")
    base.executescript(SCHEMA)
    base.execute(
        "insert into col values (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
        (
            day,
            day * 1000,
            day * 1000,
            json.dumps(settings(model, home)),
            json.dumps({str(model): note_type(model, home, day)}, ensure_ascii=False),
            json.dumps(
                {
                    "1": deck(1, "Default", "", day),
                    str(home): deck(home, f"警钟::{_level(bank.title)}", description, day),
                },
                ensure_ascii=False,
            ),
            json.dumps(deck_options()),
        ),
    )
    for place, question in enumerate(bank.questions, 1):
        fields = _fields(question, material, names)
        joined = "\x1f".join(fields)
        # Anki takes a note over only if it changed later: a later review, else a part of the day.
        changed = day + checksum(joined) % _DAY
        note, card = number_of(f"note {question.id}"), number_of(f"card {question.id}")
        tags = [*question.topics, f"难度{question.difficulty}"]
        base.execute(
            "insert into notes values (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, '')",
            (
                note,
                hashlib.sha256(f"jingzhong {question.id}".encode()).hexdigest()[:16],
                model,
                changed,
                f" {' '.join(map(_one_word, tags))} ",
                joined,
                fields[0],
                checksum(fields[0]),
            ),
        )
        base.execute(
            "insert into cards values (?, ?, ?, 0, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            (card, note, home, changed, place),
        )
    base.commit()
    content = base.serialize()
    base.close()
    return content


def _fields(question: Question, material: Material, names: dict[str, str]) -> tuple[str, str, str]:
    """Id, front and back. The id comes first: Anki tells notes apart by their first field."""
    picture = names.get(question.image.src) if question.image else None
    front = [f"<p>【{question.type_name}】</p>", stem_html(question, picture)]
    for parts in (question.options, question.left, question.right):
        front += [f"<p>{sign}. {as_html(text)}</p>" for sign, text in parts.items()]
    if question.type == "judge":
        front.append("<p>对，还是错？</p>")
    back = [f"<p><b>{as_html(line)}</b></p>" for line in answer_lines(question)]
    if question.any_order:
        back.append("<p>各空可以互换。</p>")
    return question.id, "".join(front), "".join(back) + explanation_html(question, material)


def _level(title: str) -> str:
    """A name of a deck: a colon twice would begin a deck inside it."""
    return safe(title).replace("::", "：")


def _one_word(tag: str) -> str:
    """A tag: blanks would make several of it."""
    return "_".join(safe(tag).split())
