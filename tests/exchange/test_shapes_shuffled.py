"""Names, shapes and company of fields put together at random: an answer is right or it is asked."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Read
from shapes_met import CHOICES, JUDGED, Gold, four, lettered, picked

STEMS = [
    "title",
    "question",
    "stem",
    "content",
    "题目",
    "题干",
    "name",
    "questionContent",
    "tigan",
    "quTitle",
    "text",
    "problem",
]
ANSWERS = [
    "answer",
    "rightAnswer",
    "correctAnswer",
    "答案",
    "正确答案",
    "daan",
    "ans",
    "key",
    "standardAnswer",
    "result",
    "quAnswer",
    "correct",
]
OPTIONS = ["options", "optionList", "choices", "选项", "xuanxiang", "items", "selectList", "opts"]
VERDICTS = (("正确", "错误"), ("对", "错"), ("√", "×"), ("T", "F"), ("Y", "N"), ("true", "false"))
# Fields that stand beside a question and are none of its parts.
COMPANY: dict[str, Callable[[random.Random, int], Any]] = {
    "id": lambda chance, at: at + 1,
    "uuid": lambda chance, at: f"{chance.getrandbits(128):032x}",
    "createTime": lambda chance, at: "2020-01-02 03:04:05",
    "score": lambda chance, at: 2,
    "level": lambda chance, at: chance.choice("ABC"),
    "userAnswer": lambda chance, at: chance.choice("ABCD"),
    "category": lambda chance, at: "安全生产知识",
    "remark": lambda chance, at: "",
    "isDeleted": lambda chance, at: False,
    "paperName": lambda chance, at: "安全生产月知识竞赛试题（一）",
    "chapterName": lambda chance, at: "第三章 安全生产的组织保障",
    "right": lambda chance, at: chance.choice([0, 1]),
    "collected": lambda chance, at: chance.choice([True, False]),
    "rate": lambda chance, at: "85%",
    "order": lambda chance, at: at,
    "options_count": lambda chance, at: 4,
    "flag": lambda chance, at: "Y",
}


def offered(kind: int, name: str, options: list[str]) -> dict[str, Any]:
    """The fields of one question's options in one of nine shapes; the last six fit into a table."""
    letters = [chr(65 + at) for at in range(len(options))]
    if kind == 0:
        return {name: options}
    if kind == 1:
        return {name: dict(zip(letters, options, strict=True))}
    if kind == 2:
        return {
            name: [{"id": 90 + n, "content": text, "sort": n} for n, text in enumerate(options)]
        }
    if kind == 3:
        return {name: "|".join(options)}
    if kind == 4:
        return {name: "\n".join(lettered(options, "、"))}
    if kind == 5:
        return {name: json.dumps(options, ensure_ascii=False)}
    keys = {6: "option{}", 7: "item{}", 8: "{}"}[kind]
    signs = "1234" if kind == 7 else "ABCD"
    return {keys.format(sign): text for sign, text in zip(signs, four(options), strict=True)}


def made(seed: int) -> tuple[str, str, Gold]:
    """(name, text, gold) of a file."""
    chance = random.Random(seed)
    gold = [*CHOICES, *chance.sample(JUDGED, chance.randrange(4))]
    chance.shuffle(gold)
    table = chance.random() < 0.5
    kind = chance.randrange(3, 9) if table else chance.randrange(9)
    stem, answer, name = (chance.choice(names) for names in (STEMS, ANSWERS, OPTIONS))
    yes, no = chance.choice(VERDICTS)
    words = chance.random() < 0.3
    company = chance.sample(sorted(COMPANY), chance.randrange(9))
    records = []
    for at, (_, text, options, told) in enumerate(gold):
        record = offered(kind, name, options or ["正确", "错误"])
        if isinstance(told, bool):
            record = dict.fromkeys(record, "")
        shown = (yes if told else no) if isinstance(told, bool) else told
        if words and isinstance(told, str):
            shown = "；".join(picked(options, told))
        record |= {stem: text, answer: shown}
        for key in company:
            record.setdefault(key, COMPANY[key](chance, at))
        records.append(record)
    names = list(records[0])
    random.Random(seed).shuffle(names)
    if not table:
        shuffled = [{key: record[key] for key in names} for record in records]
        return "x.json", json.dumps({"data": {"list": shuffled}}, ensure_ascii=False), gold
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=chance.choice(",;\t"))
    writer.writeheader()
    writer.writerows(records)
    return "x.csv", out.getvalue(), gold


@pytest.mark.parametrize("block", range(8))
def test_shuffled(read: Read, block: int) -> None:
    for seed in range(block * 25, block * 25 + 25):
        name, text, gold = made(seed)
        found = read(text, name)
        told = [
            (re.sub(r"[\W_]", "", one["stem"]), list(one["options"].values()), one["answer"])
            for one in found
        ]
        wanted = [
            (re.sub(r"[\W_]", "", stem), options, answer) for _, stem, options, answer in gold
        ]
        assert told == wanted, f"seed {seed}\n{text[:1500]}"
