"""The editors' page of what case, article and question still lack, and the same as JSON.

It is no page for the public: only the editors' manual (`content/editors/`) links to it, and the
search index, which is made from the library and not from pages, does not know it.
"""

from __future__ import annotations

import json

from jingzhong.output.page import Heading, Page, TextFile
from jingzhong.rules.coverage import Coverage

ADDRESS = "editors/coverage.html"
JSON_ADDRESS = "editors/coverage.json"
SHOWN = 60


def coverage_page(coverage: Coverage) -> Page:
    """Lists of at most 60 entries each; the JSON file holds all of them."""
    return Page(
        address=ADDRESS,
        title="覆盖情况（编辑用）",
        template="coverage.html",
        description="哪些条文没有题目，哪些案例没有用上，哪些行业还没有案例",
        data={"coverage": coverage, "shown": SHOWN},
        headings=(
            Heading("articles", "没有题目的条文"),
            Heading("laws", "各部法规"),
            Heading("cases", "没有用上的案例"),
            Heading("questions", "没有条文也没有案例的题目"),
            Heading("sectors", "没有案例的行业领域"),
        ),
        date=coverage.as_of,
        listed=False,
    )


def coverage_file(coverage: Coverage) -> TextFile:
    """The whole report for other programs."""
    text = json.dumps(coverage.as_dict(), ensure_ascii=False, indent=1) + "\n"
    return TextFile(JSON_ADDRESS, text)
