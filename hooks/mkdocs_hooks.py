"""MkDocs events, translated: the only Python here that imports MkDocs. All work is in the core."""

import logging
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import get_toc

from jingzhong.errors import ContentError
from jingzhong.site import Preview, build, build_broken, finish

# What Material ships and no page uses; its sitemap.xml is a template, and here an own one.
UNUSED = ("assets/javascripts/", "assets/stylesheets/", "assets/images/favicon", "sitemap.xml")

log = logging.getLogger("mkdocs.hooks.jingzhong")
state: dict = {"preview": None, "site": None, "pages": {}}


def on_startup(command, dirty):
    state["preview"] = Preview() if command == "serve" else None


def on_config(config):
    config_file = Path(config.config_file_path)
    try:
        site = build(config_file.parent, config_file, state["preview"])
    except ContentError as error:
        if not state["preview"]:
            raise PluginError(f"内容有 {len(error.problems)} 处问题：\n{error}") from None
        log.error("内容有错，网页上显示错误清单：\n%s", error)
        site = build_broken(config_file.parent, error.problems)
    for problem in site.warnings:
        log.warning("%s", problem)
    if not config.site_url:
        config.theme.static_templates.discard("sitemap.xml")
    state.update(site=site, pages={page.source: page for page in site.pages})
    return config


def on_files(files, config):
    for file in list(files):
        if file.src_uri in state["pages"] or file.src_uri.startswith(UNUSED):
            files.remove(file)
    for source, page in state["pages"].items():
        inclusion = InclusionLevel.NOT_IN_NAV if page.origin else InclusionLevel.INCLUDED
        files.append(File.generated(config, source, content=page.front_matter, inclusion=inclusion))
    for asset in state["site"].assets:
        files.append(File.generated(config, asset.address, abs_src_path=str(asset.path)))
    for file in state["site"].files():
        files.append(File.generated(config, file.address, content=file.text))
    return files


def on_page_content(html, page, config, files):
    ours = state["pages"].get(page.file.src_uri)
    page.update_date = (ours or state["site"]).date.isoformat()
    if not ours:
        return state["site"].link(html, page.file.dest_uri)
    page.toc = get_toc(ours.toc_tokens)
    page.present_anchor_ids = ours.present_anchors
    return html


def on_page_context(context, page, config, nav):
    ours = state["pages"].get(page.file.src_uri)
    if ours:
        page.content = state["site"].renderer.render(ours)
    return context


def on_post_page(output, page, config):
    page.content = None  # Each page is written once; its HTML need not stay in memory.
    return output


def on_serve(server, config, builder):
    if state["preview"]:  # Not under `serve --clean`, which builds as for publishing.
        state["preview"].join(server, Path(config.config_file_path).parent)


def on_post_build(config):
    finish(state["site"], Path(config.site_dir), config.site_name, config.site_url or "")
