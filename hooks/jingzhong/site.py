"""The whole pipeline: files in, pages and files out. Only `finish` writes, into the finished site."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jingzhong.channels.paper.downloads import build_downloads, can_print
from jingzhong.desk.forms import admin_assets, admin_config
from jingzhong.errors import ContentError, Problem, Report
from jingzhong.exchange.export.downloads import build_bank_files
from jingzhong.law.citations import Context
from jingzhong.law.lexicon import load_lexicon
from jingzhong.law.versions import LawBook, load_numberings
from jingzhong.model.kept import make_anew
from jingzhong.model.library import Library, load_library
from jingzhong.model.safety_month import load_safety_month
from jingzhong.output.broken import broken_pages
from jingzhong.output.citing import CitationLinker
from jingzhong.output.offline import build_offline
from jingzhong.output.page import Asset, Page, TextFile
from jingzhong.output.pages import build_files, build_pages
from jingzhong.output.preview import Preview as Preview
from jingzhong.output.render import Renderer
from jingzhong.output.search_page import write_search
from jingzhong.output.withdrawn import check_addresses, withdrawn_pages
from jingzhong.rules import check_library
from jingzhong.search.synonyms import load_synonyms

STATIC = Path(__file__).parent / "static"

# Joined into one file, so that a page waits for one answer before it can be painted.
SCREEN_STYLES = ("tokens.css", "base.css", "pages.css", "quiz.css", "search.css")


@dataclass(frozen=True)
class Site:
    """Everything to publish: pages rendered and files made on demand, assets copied as they are."""

    library: Library | None
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    files: Callable[[], Iterator[TextFile]]
    warnings: tuple[Problem, ...]
    renderer: Renderer
    date: datetime.date
    preview: Preview | None = None

    def link(self, html: str, address: str) -> str:
        """A hand-written page's HTML with its citations linked, by the law of `date`."""
        return self.renderer.link(html, address, Context(self.date))


def build(root: Path, config: Path, preview: Preview | None = None) -> Site:
    """Load, check and lay out the site; ContentError carries every error at once.

    A preview (`mkdocs serve`) goes without what is costly and only of use once published.
    """
    report = Report()
    library = load_library(root, config, report, preview.keep if preview else make_anew)
    if library is not None:
        report.extend(check_library(library))
    if library is None or report.errors:
        raise ContentError(report.problems)
    book = LawBook(library.regulations, load_numberings())
    month = load_safety_month(library.vocabularies)
    load_synonyms()  # Used once all pages are written; its faults stop a build before.
    pages = (*build_pages(library, book, month), *withdrawn_pages(root, report))
    report.extend(check_addresses(root, pages, library, report))
    if report.errors:
        raise ContentError(report.problems)
    warnings = tuple(problem for problem in report.problems if problem.severity == "warning")
    linker = CitationLinker(load_lexicon(library.regulations))
    renderer = Renderer(
        linker,
        preview.keep if preview else make_anew,
        preview.templates if preview else None,
        library=library,
        settings=library.settings,
        vocabularies=library.vocabularies,
        has_offline=library.settings.offline and not preview,
        has_bank_files=not preview,
        has_papers=bool(library.contests) and not preview and can_print(),
    )

    admin = admin_assets(root, library.settings)

    def files() -> Iterator[TextFile]:
        yield _styles()
        if admin:
            yield admin_config(library.settings, library.vocabularies)
        yield from build_files(library, book, renderer.plain, linker.link_parts)

    date = library.settings.as_of
    return Site(library, pages, (*_assets(), *admin), files, warnings, renderer, date, preview)


def finish(site: Site, folder: Path, name: str, url: str) -> None:
    """Add to the written site what needs its finished pages.

    `name` and `url` (empty where unknown) are the site's own.
    """
    if site.library is None:
        return
    if site.preview:
        site.preview.show(site.library)
        return
    write_search(site.library, folder)
    build_downloads(site.library, folder)
    build_bank_files(site.library, folder)
    build_offline(site.library, site.pages, site.renderer, folder, name, url)


def build_broken(root: Path, problems: tuple[Problem, ...]) -> Site:
    """A stand-in while an editor works: every page shows what is wrong with the content."""
    pages = tuple(broken_pages(root, problems))
    assets = tuple(_assets())
    return Site(None, pages, assets, lambda: iter((_styles(),)), (), Renderer(), pages[0].date)


def check(root: Path, config: Path) -> tuple[Problem, ...]:
    """Every problem that a build of `root` would meet, errors and warnings, sorted."""
    try:
        return build(root, config).warnings
    except ContentError as error:
        return error.problems


def _assets() -> Iterator[Asset]:
    for path in sorted(STATIC.rglob("*")):
        if path.is_file() and path.name not in SCREEN_STYLES:
            yield Asset(f"assets/jingzhong/{path.relative_to(STATIC).as_posix()}", path)


def _styles() -> TextFile:
    texts = [(STATIC / "css" / name).read_text("utf-8") for name in SCREEN_STYLES]
    return TextFile("assets/jingzhong/site.css", "\n".join(texts))
