"""What an editor means by a word that a list does not have: the old name of a type, a near miss."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from functools import cache

from jingzhong.desk.new_names import Meant
from jingzhong.errors import quoted
from jingzhong.model.fields import Choice, Kind, Term
from jingzhong.model.vocabulary import load_vocabularies

# How many words of a list are told again when one is refused; of a longer list only the nearest.
FEW = 9
MOST = 5
ALL = "?？"
# A word is near enough when this share of its signs is the same.
_NEAR = 0.5


def meant_word(
    kind: Kind, typed: str, words: Collection[str], spellings: Mapping[str, Mapping[str, str]]
) -> Meant:
    """The word of a list that was meant; for a refused one what comes near, never the whole list."""
    known = spellings[kind.vocabulary] if isinstance(kind, Term) else dict.fromkeys(words, "")
    if not isinstance(kind, Choice) or not words or typed in known:
        return Meant(typed)
    if isinstance(kind, Term) and kind.vocabulary == "type" and (new := successors(typed)):
        fault = f"{quoted(typed)}是 1986 年的旧类别，2025 年版里对应"
        return Meant(typed, fault=fault, choices={word: word for word in new})
    likely = near(typed, known)
    fault = f"{quoted(typed)}不在词表里"
    if likely:
        choices = {known[one] or one: known[one] or one for one in likely}
        return Meant(typed, fault=f"{fault}，最像的是", choices=choices)
    # A short list is told by the model's own message.
    return Meant(typed, fault=f"{fault}；? 看全部 {len(words)} 个" if len(words) > FEW else "")


def offered(typed: str, meant: Meant, required: bool, listed: bool) -> list[str]:
    """The lines that offer what may be meant; `listed`: the words stand in a list."""
    if not meant.choices:
        return []
    how = "写编号" + ("；? 看全部" if listed else "，或把名称写全")
    if len(meant.choices) == 1:
        how = "直接回车或写 是 就用它" if required else "写 是 就用它，直接回车不填"
    lead = meant.fault if listed else f"{quoted(typed)}可能是下面的"
    shown = [f"    {number}. {name}" for number, name in enumerate(meant.choices.values(), 1)]
    return [f"  {lead}（{how}）：", *shown]


def mended(
    kind: Kind,
    typed: list[str],
    words: Collection[str],
    spellings: Mapping[str, Mapping[str, str]],
    required: bool,
) -> tuple[list[str], list[str]]:
    """(the words with what is meant by each refused one, lines to show).

    The words are [] where one of them is not certain.
    """
    done: list[str] = []
    told: list[str] = []
    certain = True
    for one in typed:
        meant = meant_word(kind, one, words, spellings)
        if meant.fault:
            told.append(f"  ✗ {meant.fault}{'、'.join(map(quoted, meant.choices))}")
            certain = certain and len(meant.choices) == 1
        done += meant.choices if meant.fault else [one]
    if not certain:
        return [], told
    if told:
        how = "直接回车或写 是" if required else "写 是"
        told.append(f"  {how} 就用“{' '.join(done)}”")
    return done, told


def near(typed: str, known: Collection[str]) -> list[str]:
    """The words that hold what was typed, or are nearly the same; the nearest first."""
    typed = typed.strip()
    inside = [one for one in known if typed and (typed in one or (one in typed and len(one) > 1))]
    inside.sort(key=len)
    alike = difflib.get_close_matches(typed, [*known], MOST, _NEAR)
    return list(dict.fromkeys([*inside, *alike]))[:MOST]


@cache
def _legacy() -> Mapping[str, tuple[str, ...]]:
    """Name of a type of 1986, in any spelling → the types of 2025 it may be."""
    types = load_vocabularies().types
    current = {word.name for word in types.current}
    return {
        spelling: tuple(w for w in ((word.same_as,) if word.same_as else word.choices) if w)
        for word in types.legacy
        for spelling in (word.name, *word.also)
        if spelling not in current
    }


def successors(old: str) -> tuple[str, ...]:
    """The types of today that a type of 1986 became; () for no type of 1986."""
    return _legacy().get(old.strip(), ())
