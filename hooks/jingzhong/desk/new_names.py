"""What an editor means by a name: a law, case, bank or question by its title or a part of it."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pypinyin import lazy_pinyin

from jingzhong.desk.new_forms import HOLDERS, known_ids
from jingzhong.desk.new_law import Laws
from jingzhong.errors import Report, expected, nearest, quoted
from jingzhong.model.articles import article_name, parse_article
from jingzhong.model.cases import parse_case
from jingzhong.model.fields import At, Boolean, Choice, Kind, Reference
from jingzhong.model.quizzes import Bank, LawText, parse_bank
from jingzhong.model.source import Source, load_source
from jingzhong.model.vocabulary import load_vocabularies

R = TypeVar("R")
MOST_SHOWN = 9
CITED_EXAMPLE = "消防法 60"
_SIGNS = re.compile(r"[\s《》〈〉“”‘’\"'「」·・,，、。.:：;；?？!！()（）\[\]〔〕_-]+")
_NUMBER = r"[0-9零〇一二三四五六七八九十百千两]+"
# 消防法 60 · 安全生产法第二十五条 · 消防法第六十条第二款: the law, the article, what is finer.
_CITED = re.compile(
    rf"(?P<law>.*?\D)\s*(?P<article>(?:第\s*)?{_NUMBER}\s*条?(?:\s*(?:之|-)\s*{_NUMBER})?)\s*"
    rf"(?P<rest>(?:第\s*{_NUMBER}\s*款)?\s*(?:第\s*{_NUMBER}\s*项)?)"
)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_KINDS = {
    "regulation": "本站收录的法规的全称、简称或 id",
    "case": "本站案例的标题、俗称、日期，或案例 id",
    "bank": "题库名或题库 id",
    "question": "题干里的几个字，或题目 id",
}
_EXAMPLES = {"regulation": "消防法", "case": "天津港爆炸", "bank": "社区", "question": "home-001"}


@dataclass(frozen=True)
class Meant:
    """What words stand for: `text` as a file has it, `said` for the editor.

    With a `fault` nothing is certain; `choices` (text → how it is shown) are then what may be
    meant.
    """

    text: str
    said: str = ""
    fault: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


class Names:
    """Everything on the site that a new file can name; each kind is read when first asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.laws = Laws(root)

    def understand(self, kind: Kind, words: str, day: datetime.date | None = None) -> Meant:
        """What `words` stand for where the model expects `kind`; other kinds stay as typed."""
        if isinstance(kind, Reference):
            return self._thing(kind.target, words, day)
        if isinstance(kind, LawText):
            return self._cited(words, day)
        if isinstance(kind, Boolean):
            return Meant({"是": "true", "y": "true", "否": "false", "n": "false"}.get(words, words))
        if isinstance(kind, Choice) and isinstance(kind.words, Mapping):
            for word, name in kind.words.items():
                if words in (name, name.removesuffix("题")):
                    return Meant(word)
        return Meant(words)

    def law_title(self, kind: Kind, words: str, day: datetime.date | None = None) -> Meant:
        """The title of a law that the site does not have; the id of one that it has."""
        return self._thing("regulation", words, day) if self.laws.find(words, day) else Meant(words)

    def shown(self, target: str, one: str) -> str:
        """天津港“8·12”…事故（2015-08-12-tianjin-ruihai）: the title, and the id for the file."""
        if target == "regulation":
            return self.laws.shown(one)
        names = self._names(target).get(one, ())
        return f"{quoted(names[0], 30)[1:-1]}（{one}）" if names else one

    def _thing(self, target: str, words: str, day: datetime.date | None) -> Meant:
        found = self._find(target, words, day)
        if len(found) == 1:
            same = found[0] == words
            return Meant(found[0], "" if same else f"本站的{self.shown(target, found[0])}")
        return self._doubt(target, words, found or self._like(target, words))

    def _find(self, target: str, words: str, day: datetime.date | None) -> tuple[str, ...]:
        """The ids of what bears exactly this name."""
        if target == "regulation":
            return self.laws.find(words, day)
        names, key = self._names(target), _key(words)
        if words in names:
            return (words,)
        return tuple(one for one, all_ in names.items() if key and key in map(_key, all_))

    def _like(self, target: str, words: str) -> tuple[str, ...]:
        """The ids of what bears this as a part of a name, the shortest names first."""
        for fits in (_within, _pieces_within, _signs_within):
            found = {
                one: min(lengths)
                for one, names in self._names(target).items()
                if (lengths := [len(name) for name in names if fits(words, name)])
            }
            if found:
                return tuple(sorted(found, key=lambda one: (found[one], one)))
        return ()

    def _doubt(self, target: str, words: str, likely: tuple[str, ...]) -> Meant:
        what, example = _KINDS[target], self._example(target)
        if not self._names(target):
            return Meant(words, fault=expected(what, f"{quoted(words)}，本站还一个也没有"))
        if not likely:
            known = {name for names in self._names(target).values() for name in names}
            known |= set(self._names(target))
            got = quoted(words) + (nearest(words.strip("《》 "), known) if words else "")
            return Meant(words, fault=expected(what, got, example))
        choices = {one: self.shown(target, one) for one in likely[:MOST_SHOWN]}
        more = f" 等 {len(likely)} 个" if len(likely) > MOST_SHOWN else ""
        got = f"{quoted(words)}，可能是{'、'.join(choices.values())}{more}"
        return Meant(
            words, fault=expected(f"{what}（写到只对得上一个）", got, likely[0]), choices=choices
        )

    def _example(self, target: str) -> str:
        if target == "regulation":
            return _EXAMPLES[target]
        first = next(iter(self._names(target).items()), None)
        return (first[1][-1] if first[1] else first[0]) if first else _EXAMPLES[target]

    def _cited(self, words: str, day: datetime.date | None) -> Meant:
        """A law, and mostly an article of it."""
        if parse_article(words):
            got = f"{quoted(words)}，没有写是哪部法规"
            return Meant(words, fault=expected("法规和条号", got, CITED_EXAMPLE))
        whole = self._thing("regulation", words, day)
        match = _CITED.fullmatch(words)
        article = parse_article(match["article"]) if match else None
        if not whole.fault or match is None or article is None:
            # 消防法第四百六十条 names no law, and no more does it when the number is left away.
            return whole
        name = article_name(article)
        law = self._thing("regulation", match["law"].strip(), day)
        choices = {
            f"{one} {name}": shown + name
            for one, shown in law.choices.items()
            if not self.laws.missing(one, article)
        }
        if law.fault:
            return Meant(words, fault=law.fault, choices=choices)
        missing = self.laws.missing(law.text, article)
        if missing:
            return Meant(words, fault=missing)
        said = f"{self.laws.shown(law.text)}{name}{self.laws.begins(law.text, article)}"
        if match["rest"].strip():
            said += f"；题目只记到条，“{match['rest'].strip()}”没有记"
        return Meant(f"{law.text} {name}", said)

    def _names(self, target: str) -> Mapping[str, tuple[str, ...]]:
        """Id → what it is called, its title first."""
        if target == "regulation":
            return self.laws.names
        return {"case": self._cases, "bank": self._banks, "question": self._questions}[target]

    @cached_property
    def _cases(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, case in self._read("case", parse_case):
            found[name] = ()
            if case is not None:
                day = case.date
                dates = (str(day), f"{day.year}年{day.month}月{day.day}日")
                found[name] = (case.title, *dates, *case.aliases)
        return found

    @cached_property
    def _parsed_banks(self) -> dict[str, Bank | None]:
        return dict(self._read("bank", parse_bank))

    @cached_property
    def _banks(self) -> dict[str, tuple[str, ...]]:
        return {n: (bank.title,) if bank else () for n, bank in self._parsed_banks.items()}

    @cached_property
    def _questions(self) -> dict[str, tuple[str, ...]]:
        stems = {q.id: (q.stem,) for b in self._parsed_banks.values() if b for q in b.questions}
        return {**dict.fromkeys(known_ids(self._root, "question"), ()), **stems}

    def _read(
        self, target: str, parse: Callable[[Source, At], R | None]
    ) -> Iterator[tuple[str, R | None]]:
        """Every file of a kind; one that cannot be read is known by its id alone."""
        spellings = load_vocabularies().spellings
        folder, suffix = HOLDERS[target].split("*")
        for name in known_ids(self._root, target):
            report = Report()  # What is wrong with another file is told by `check`.
            source = load_source(self._root, self._root / f"{folder}{name}{suffix}", report)
            yield name, parse(source, At(source.path, "", report, spellings)) if source else None


def as_id(words: str) -> str:
    """An id out of what was typed: Chinese by its sound (苏州 某厂 → suzhou-mouchang)."""
    words = unicodedata.normalize("NFKC", words).strip()
    if not _HAN.search(words):
        return words
    spoken = _HAN.sub(lambda run: "".join(lazy_pinyin(run[0])), words).lower()
    return re.sub(r"[^a-z0-9]+", "-", spoken).strip("-")


def _key(words: str) -> str:
    """A name without what people leave out or write in another way."""
    words = unicodedata.normalize("NFKC", words).casefold()
    return _SIGNS.sub("", words).removeprefix("中华人民共和国")


def _within(words: str, name: str) -> bool:
    return bool(key := _key(words)) and key in _key(name)


def _pieces_within(words: str, name: str) -> bool:
    pieces = [key for piece in words.split() if (key := _key(piece))]
    return len(pieces) > 1 and all(piece in _key(name) for piece in pieces)


def _signs_within(words: str, name: str) -> bool:
    """天津爆炸 for 天津港…爆炸事故: the same characters in the same order."""
    key, rest = _key(words), iter(_key(name))
    return len(key) > 3 and not key.isascii() and all(sign in rest for sign in key)
