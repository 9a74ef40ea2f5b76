"""Citations in explanations, as a bank's `law` links."""

from __future__ import annotations

from pathlib import Path

from jingzhong.law.citations import Context, find_citations
from jingzhong.law.command import open_lexicon
from jingzhong.model.articles import article_name
from jingzhong.model.settings import Settings

_GOOD = ("ok", "renumbered")


class Laws:
    """Finds the articles that an explanation cites and the site has a page for."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._lexicon = open_lexicon(root)
        self._context = Context(settings.as_of)

    def of(self, text: str) -> list[str]:
        """`work-safety-law 第五十四条` for each article cited, in order, each once."""
        links = []
        for citation in find_citations(text, self._lexicon, self._context):
            law = self._lexicon.book.laws.get(citation.law or "")
            article = citation.current_article or citation.article
            if (
                law is None
                or law.page is None
                or citation.status not in _GOOD
                or not article
                or "." in article
            ):
                continue
            links.append(f"{law.id} {article_name(article)}")
        return list(dict.fromkeys(links))
