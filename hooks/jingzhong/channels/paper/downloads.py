"""Each contest's paper, ready-made on the site: written into the finished site, out of a cache.

A contest's key goes along only with `publish_key: true`. Without it the seed stays off the papers
too, because whoever has the seed can have the page draw the paper and show its answers.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from jingzhong.channels.paper.composing import compose_contest
from jingzhong.channels.paper.fonts import DISTRIBUTIONS, missing_packages
from jingzhong.channels.paper.marking_payload import key_payload, sheet_payload
from jingzhong.channels.paper.payload import FORMS, Data, paper_payload
from jingzhong.model.contests import Contest
from jingzhong.model.library import Library
from jingzhong.output import urls
from jingzhong.output.cache import cache_folder, cached, prune

_TITLES = {
    "a4": "A4 试卷",
    "a3": "A3 两栏",
    "large": "大字版",
    "sheet": "答题卡",
    "word": "Word",
    "key": "参考答案",
}
_KEPT = 200
_log = logging.getLogger("mkdocs.hooks.jingzhong")


@dataclass(frozen=True)
class Download:
    """A file on the site and the words of the link to it."""

    form: str
    address: str
    text: str


def contest_downloads(contest: Contest) -> tuple[Download, ...]:
    """What is offered of one contest."""
    return tuple(
        Download(form, urls.paper_address(contest.id, form), text)
        for form, text in _TITLES.items()
        if form != "key" or contest.publish_key
    )


def can_print() -> bool:
    """Whether all that papers need is installed; what is missing is said in the log."""
    absent = missing_packages()
    if absent:
        _log.info("没有装 %s：这次建站没有可以打印的试卷", "、".join(absent))
    return not absent


def build_downloads(library: Library, folder: Path) -> None:
    """Write every contest's files into the folder of the finished site, if papers can be made."""
    if missing_packages():
        return
    cache = cache_folder(library.root, "papers")
    for contest in library.contests:
        for address, content in _files(library, contest, cache):
            path = folder / address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    prune(cache, _KEPT)


def _files(library: Library, contest: Contest, cache: Path) -> Iterator[tuple[str, bytes]]:
    from jingzhong.channels.paper.printing import load_pictures, make_pdf
    from jingzhong.channels.paper.word import make_word

    paper = compose_contest(library, contest)
    sheet = paper.sheets[0]
    pictures = load_pictures(library.root, [item.question for item in sheet.items])
    date = library.settings.as_of
    for download in contest_downloads(contest):
        template = "paper"
        if download.form == "sheet":
            template, data = "sheet", sheet_payload(paper, contest.publish_key)
        elif download.form == "key":
            template, data = "key", key_payload(paper, library)
        else:
            form = FORMS.get(download.form, FORMS["a4"])
            data = paper_payload(paper, sheet, form, show_seed=contest.publish_key)

        def make(
            template: str = template, data: Data = data, is_word: bool = download.form == "word"
        ) -> bytes:
            return (
                make_word(data, pictures, date) if is_word else make_pdf(template, data, pictures)
            )

        key = _key(download.form, data, pictures, str(date))
        yield download.address, cached(cache / key, make)


def _key(form: str, data: Data, pictures: Mapping[str, bytes], date: str) -> str:
    """The name of a file in the cache: a hash over all that decides its bytes."""
    here = Path(__file__).parent
    digest = hashlib.sha256(
        json.dumps([form, date, data], ensure_ascii=False).encode("utf-8", "replace")
    )
    for src, raw in sorted(pictures.items()):
        digest.update(f"{src} {len(raw)} ".encode() + raw)
    for path in sorted((*here.glob("*.py"), *here.glob("typst/*.typ"))):
        digest.update(path.read_bytes())
    for name in DISTRIBUTIONS:
        digest.update(f"{name} {version(name)} ".encode())
    return digest.hexdigest()[:32]
