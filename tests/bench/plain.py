"""Makes a plain Material project with the very same pages as one of ours.

`PYTHONPATH=PROJECT/hooks python plain.py PROJECT FOLDER`, which `build.py` runs as a process of
its own. Each page that our hooks would make is rendered and written as Markdown; hand-written
pages are copied. Two configurations
lie beside each other: `mkdocs.yml` keeps everything but the top pages out of the navigation,
`default.yml` leaves the navigation to Material. `--search` switches Material's search on.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

import yaml
from html_to_markdown import html_to_markdown

from jingzhong.errors import ContentError
from jingzhong.site import build

# The same Markdown as ours needs, Material's look in Chinese, and nothing fetched while building.
CONFIG = {
    "site_name": "警钟",
    "use_directory_urls": False,
    "theme": {"name": "material", "language": "zh", "font": False},
    "markdown_extensions": ["tables", "sane_lists", "attr_list"],
}


def main() -> None:
    """Write the pages and the two configurations."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--search", action="store_true")
    options = parser.parse_args()
    write_pages(options.project, options.folder / "docs")
    nav = yaml.safe_load((options.project / "mkdocs.yml").read_text("utf-8"))["nav"]
    config = CONFIG | {"plugins": ["search"] if options.search else []}
    out_of_nav = config | {"nav": nav, "not_in_nav": "*"}
    for name, settings in (("mkdocs.yml", out_of_nav), ("default.yml", config)):
        (options.folder / name).write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")


def write_pages(project: Path, docs: Path) -> None:
    """Every page of the site as Markdown, and the files of `content/` beside them."""
    ignored = shutil.ignore_patterns("regulations")
    shutil.copytree(project / "content", docs, ignore=ignored)
    try:
        site = build(project, project / "mkdocs.yml")
    except ContentError as error:
        sys.exit(f"plain.py: 内容有 {len(error.problems)} 处问题：\n{error}")
    for page in site.pages:
        path = docs / page.source
        path.parent.mkdir(parents=True, exist_ok=True)
        head = "\n".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}"
            for key, value in (("title", page.title), ("description", page.description))
        )
        body = html_to_markdown(site.renderer.render(page))
        path.write_text(f"---\n{head}\n---\n\n{body}", "utf-8")


if __name__ == "__main__":
    main()
