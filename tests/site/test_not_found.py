"""404.html is served at any depth, so it carries everything itself and knows its own way home."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

LOADED = re.compile(r"<(?:script|link|img|iframe|object|use)\b|url\(|@import", re.IGNORECASE)


def home_links(text: str) -> list[str]:
    found: list[str] = []

    class Links(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for name, value in attrs if name in ("href", "src"))

    Links().feed(text)
    return found


def test_it_loads_nothing_and_leads_to_the_root(site_dir: Path) -> None:
    text = (site_dir / "404.html").read_text("utf-8")
    assert LOADED.findall(text) == []
    assert home_links(text) == ["/"]
    assert "<style>" in text and "<svg" in text and 'lang="zh' in text


@pytest.mark.parametrize(
    "planted", ['<img src="x.png">', '<link href="x.css">', "<style>a{b:url(x)}</style>"]
)
def test_a_planted_load_is_found(planted: str) -> None:
    assert LOADED.findall(planted)


@pytest.mark.parametrize(
    ("site_url", "home"),
    [
        ("https://a.example", "/"),
        ("https://a.example/anquan", "/anquan/"),
        ("https://a.example/wai/anquan/", "/wai/anquan/"),
    ],
)
def test_the_way_home_is_the_path_of_site_url(
    tmp_path: Path,
    copy_project: Callable[..., Path],
    run_mkdocs: Callable[..., object],
    site_url: str,
    home: str,
) -> None:
    folder = copy_project(tmp_path / "project")
    config = folder / "mkdocs.yml"
    config.write_text(f"site_url: {site_url}\n" + config.read_text("utf-8"), "utf-8")
    result = run_mkdocs(folder, "build", "--strict", "-d", str(tmp_path / "site"))
    assert result.returncode == 0, result.stdout  # type: ignore[attr-defined]
    assert home_links((tmp_path / "site/404.html").read_text("utf-8")) == [home]
    # The rest stays relative whatever the address; only the canonical link names the host.
    page = (tmp_path / "site/cases/index.html").read_text("utf-8")
    absolute = [link for link in home_links(page) if link.startswith(("/", "https://a.example"))]
    assert absolute == [f"https://a.example{home}cases/index.html"]
