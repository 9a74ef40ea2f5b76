"""What a preview keeps between rebuilds never shows in what it makes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import TypeVar

import pytest

from jingzhong.errors import ContentError
from jingzhong.model.kept import Kept, make_anew
from jingzhong.output.preview import NO_DOWNLOADS, Preview
from jingzhong.output.search_page import write_search
from jingzhong.site import Site, build, finish

T = TypeVar("T")

# (file, text, what it becomes): a case, a bank, a regulation, one after the other.
EDITS = (
    ("cases/*.md", "\ntitle: ", "\ntitle: 改"),
    ("cases/*.md", "\n## 事故教训\n", "\n## 事故教训\n\n改过的一段，见《消防法》。\n"),
    ("quizzes/*.yml", "explanation: ", "explanation: 改"),
    ("content/regulations/*.md", "\n### ", "\n改过的一段。\n\n### "),
)


@pytest.fixture
def root(project: Path, tmp_path: Path) -> Path:
    """A small project to edit."""
    return shutil.copytree(project / "tests/fixtures/valid", tmp_path / "project")


def edit(root: Path, pattern: str, old: str, new: str) -> None:
    """Change the first file that has the text."""
    for path in sorted(root.glob(pattern)):
        text = path.read_text("utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), "utf-8")
            return
    pytest.fail(f"no {pattern} has {old!r}")


def made(site: Site) -> dict[str, str]:
    """Everything that a site writes."""
    pages = {page.address: site.renderer.render(page) for page in site.pages}
    return pages | {file.address: file.text for file in site.files()}


def differing(root: Path, preview: Preview) -> set[str]:
    """Addresses at which the preview shows something else than one that has kept nothing."""
    config = root / "mkdocs.yml"
    warm, cold = build(root, config, preview), build(root, config, Preview())
    warm_made, cold_made = made(warm), made(cold)
    preview.keep.turn()
    assert warm.warnings == cold.warnings
    return {name for name in warm_made | cold_made if warm_made.get(name) != cold_made.get(name)}


def test_a_rebuild_makes_what_a_first_build_makes(root: Path) -> None:
    preview = Preview()
    assert differing(root, preview) == set()
    for number, (pattern, old, new) in enumerate(EDITS):
        before = made(build(root, root / "mkdocs.yml", preview))
        edit(root, pattern, old, new)
        assert differing(root, preview) == set(), number
        assert made(build(root, root / "mkdocs.yml", preview)) != before, number


def test_a_cache_that_asks_for_too_little_is_found_out(root: Path) -> None:
    class Careless(Kept):
        """Keeps by the name of a file, not by its text."""

        def __call__(self, key: Hashable, make: Callable[[], T], /) -> T:
            assert isinstance(key, tuple)
            return super().__call__(tuple(getattr(part, "path", part) for part in key), make)

    preview = Preview()
    preview.keep = Careless()
    build(root, root / "mkdocs.yml", preview)
    edit(root, "cases/*.md", "\n## 事故教训\n", "\n## 事故教训\n\n改过的一段。\n")
    assert differing(root, preview) != set()


def test_mistakes_are_kept_with_the_file_that_has_them(root: Path) -> None:
    preview, config = Preview(), root / "mkdocs.yml"
    good = made(build(root, config, preview))
    edit(root, "cases/*.md", "\ndate: ", "\ndtae: ")
    errors = []
    for _ in range(2):
        with pytest.raises(ContentError) as caught:
            build(root, config, preview)
        errors.append(caught.value.problems)
    with pytest.raises(ContentError) as caught:
        build(root, config)
    assert errors == [caught.value.problems] * 2
    edit(root, "cases/*.md", "\ndtae: ", "\ndate: ")
    assert made(build(root, config, preview)) == good


def test_only_what_the_last_build_used_is_kept() -> None:
    kept, calls = Kept(), list[str]()

    def make() -> str:
        calls.append("made")
        return "result"

    for _ in range(3):
        kept.turn()
        assert kept("a", make) == kept("a", make) == "result"
    assert len(calls) == 1
    kept.turn()
    kept.turn()
    kept("a", make)
    assert len(calls) == 2
    make_anew("a", make)
    make_anew("a", make)
    assert len(calls) == 4


def test_the_index_is_that_of_the_library_shown(root: Path, tmp_path: Path) -> None:
    preview, config = Preview(), root / "mkdocs.yml"
    assert preview.search_file("data/search/head.js") is None
    heads = []
    for number in range(2):
        site = build(root, config, preview)
        finish(site, tmp_path / "none", "名", "")
        head = preview.search_file("data/search/head.js")
        published = tmp_path / f"published-{number}"
        assert site.library
        write_search(site.library, published)
        assert head == (published / "data/search/head.js").read_text("utf-8")
        heads.append(head)
        edit(root, "cases/*.md", "\ntitle: ", "\ntitle: 鬱")
    assert heads[0] != heads[1]
    assert preview.search_file("data/search/nothing.js") is None


def test_the_server_is_left_to_answer_all_else(root: Path) -> None:
    preview = Preview()
    finish(build(root, root / "mkdocs.yml", preview), root, "名", "")
    answered = list[tuple[str, str]]()

    def app(environ: dict[str, object], start: Callable[..., object]) -> list[bytes]:
        return [b"server"]

    def ask(path: str) -> str:
        started = list[str]()
        body = preview.wrap(app)(
            {"PATH_INFO": path}, lambda status, headers: started.append(status)
        )
        answered.append((path, "".join(started)))
        return b"".join(body).decode()

    assert ask("/index.html") == ask("/data/search/none.js") == ask("/data/quiz/a.js") == "server"
    assert ask("/data/search/head.js").startswith("Jingzhong.register(")
    assert ask("/sub/path/data/search/head.js").startswith("Jingzhong.register(")
    assert ask("/downloads/x.zip") == NO_DOWNLOADS
    assert [status for _, status in answered] == ["", "", "", "200 OK", "200 OK", "404 Not Found"]
