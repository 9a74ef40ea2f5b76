"""A bank as one file that needs nothing else: `quizzes/<bank>.single.html`.

Styles and scripts are those of the finished site, written into the page; pictures become `data:`
addresses. Links lead to the published site where its address is known, else they are text.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from mimetypes import guess_type
from pathlib import Path

from markupsafe import Markup

from jingzhong.model.library import Library
from jingzhong.model.quizzes import Bank
from jingzhong.output import urls
from jingzhong.output.bank_pages import EXAM, PRACTICE, SAMPLES, bank_rows
from jingzhong.output.page import Page
from jingzhong.output.quiz_data import Place, bank_files, contest_data
from jingzhong.output.render import Renderer
from jingzhong.quiz.pinyin import wants_pinyin

# What ends a script or style, or hides what follows, if it stands inside one.
_ENDS = re.compile(r"</(?=script|style)|<(?=!--)", re.IGNORECASE)


def single_files(
    library: Library, renderer: Renderer, folder: Path, name: str, url: str
) -> Iterator[tuple[str, str]]:
    """(address, HTML) for each bank; `folder` holds the finished site, `url` its address or nothing."""
    assets = folder / "assets/jingzhong"
    styles = {
        "screen_style": Markup(_safe((assets / "site.css").read_text("utf-8"))),
        "print_style": Markup(_safe((assets / "css/print.css").read_text("utf-8"))),
    }
    for bank in library.banks:
        place = _placer(folder, url)
        names = ["site", "comfort", *dict.fromkeys((*PRACTICE, *EXAM)), "offline-single"]
        if wants_pinyin(bank):
            names.append("quiz-pinyin")
        scripts = [_safe((assets / f"js/{script}.js").read_text("utf-8")) for script in names]
        # Inside data every `<` stands in a string.
        scripts[1:1] = [
            file.text.replace("<", "\\u003c")
            for file in bank_files(bank, library, lambda *_: [], place)
        ]
        page = Page(
            address=urls.single_address(bank.id),
            title=bank.title,
            template="single.html",
            description=f"{bank.title}，共 {len(bank.questions)} 题，一个文件，不联网也能练习和考试",
            data={
                "site_name": name,
                "site_url": url,
                "place": place,
                "scripts": Markup("\n".join(scripts)),
                **styles,
                **_content(bank, library),
            },
        )
        yield page.address, renderer.render(page)


def _content(bank: Bank, library: Library) -> dict[str, object]:
    contests = [
        contest_data(contest)
        for contest in library.contests
        if all(set(section.bank) <= {bank.id} for section in contest.sections)
    ]
    offered = {"id": bank.id, "title": bank.title, "count": len(bank.questions)}
    return {
        "bank": bank,
        # There is no article's text in the file to be shown beside a link.
        "questions": [
            (number, question, facts, [replace(lesson, cite="") for lesson in lessons])
            for number, question, facts, lessons in bank_rows(bank, library)
        ],
        "pager": {"page": 1},
        "samples": SAMPLES,
        "has_pinyin": wants_pinyin(bank),
        "offer": {"banks": [offered], "contests": contests},
    }


def _placer(folder: Path, url: str) -> Place:
    """What an address of the site becomes in the file."""

    def place(address: str) -> str:
        path, _, _ = address.partition("#")
        if path.endswith(".html"):
            return url + address if url else ""
        kind, _ = guess_type(path)
        if not kind or not kind.startswith("image/"):
            return ""
        code = base64.b64encode((folder / path).read_bytes()).decode("ascii")
        return f"data:{kind};base64,{code}"

    return place


def _safe(text: str) -> str:
    """A style or script that cannot end the element it is put into."""
    return _ENDS.sub(lambda match: "<\\" + match[0][1:], text)
