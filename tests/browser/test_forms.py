"""The form editor in Chromium, saving to this machine: what it writes is what the author meant.

Needs `npm install` (Decap CMS and its local server, 390 MB, 40 s), so it is not part of the usual
run: skipped where `node_modules` is absent. `JINGZHONG_NODE_MODULES` may name another folder.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from jingzhong.desk.forms import LOCAL
from jingzhong.site import build

MODULES = Path(
    os.environ.get("JINGZHONG_NODE_MODULES") or Path(__file__).parents[2] / "node_modules"
)
CMS, SERVER = MODULES / "decap-cms/dist/decap-cms.js", MODULES / "decap-server/dist/index.js"
pytestmark = pytest.mark.skipif(
    not (CMS.is_file() and SERVER.is_file() and shutil.which("node")),
    reason="没有 Node，或没有在项目文件夹里运行 npm install",
)
CASE = "cases/2024-05-06-jingzhou-workshop.md"
BANK = "quizzes/home.yml"
PATIENCE = 30_000


@dataclass
class Desk:
    """A small project, and the address of its editor."""

    root: Path
    address: str

    def fmt(self, project: Path) -> None:
        """Run `python hooks fmt` over the project."""
        command = [sys.executable, str(project / "hooks"), "--root", str(self.root), "fmt"]
        subprocess.run(command, cwd=self.root, check=True)


@pytest.fixture
def desk(project: Path, tmp_path: Path, serve_folder: Callable[..., Any]) -> Iterator[Desk]:
    """The editor as published, its server, and the files that it saves to."""
    root = shutil.copytree(project / "tests/fixtures/valid", tmp_path / "project")
    (root / "node_modules").symlink_to(MODULES.resolve())
    with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("    admin: true\n")
    site, made = tmp_path / "site", build(root, root / "mkdocs.yml")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    for asset in made.assets:
        if asset.address.startswith("admin/"):
            (site / asset.address).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(asset.path, site / asset.address)
    (config,) = [file for file in made.files() if file.address.startswith("admin/")]
    text = config.text.replace(LOCAL, f"http://127.0.0.1:{port}/api/v1")
    (site / config.address).write_text(text, "utf-8")
    environment = os.environ | {
        "PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MODE": "fs",
        "GIT_REPO_DIRECTORY": str(root),
    }
    server = subprocess.Popen(
        ["node", str(SERVER)], cwd=root, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + PATIENCE / 1000
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None and time.monotonic() < end
            time.sleep(0.1)
        yield Desk(root, serve_folder(site).root + "admin/index.html")
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    """The editor, logged in; it asks no other host for anything."""
    context = browser.new_context(locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    page, foreign = context.new_page(), list[str]()
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:", "blob:"))
            else foreign.append(request.url)
        ),
    )
    page.goto(desk.address)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("link", name="题库").wait_for()
    yield page
    context.close()
    assert foreign == []


def open_entry(page: Page, desk: Desk, entry: str, label: str) -> None:
    """Open one file by its address in the editor."""
    page.goto("about:blank")
    page.goto(f"{desk.address}#/collections/{entry}")
    page.get_by_label(label).first.wait_for()


def publish(page: Page) -> None:
    """Save, and see that it was saved."""
    page.get_by_role("button", name=re.compile("^发布$")).first.click()
    page.get_by_role("menuitem", name="立即发布").click()
    expect(page.get_by_text("修改已保存")).to_be_visible(timeout=PATIENCE)


def test_what_forms_save_is_what_authors_write(project: Path, desk: Desk, page: Page) -> None:
    before = {name: (desk.root / name).read_text("utf-8") for name in (CASE, BANK)}

    open_entry(page, desk, f"cases/entries/{Path(CASE).stem}", "一句话原因")
    page.get_by_label("一句话原因").fill("改过的原因：下井前没有通风。")
    page.get_by_label("俗称").fill("第一个俗称\n第二个俗称")
    publish(page)

    open_entry(page, desk, "quizzes/entries/home", "题库名")
    page.get_by_role("button", name="新增题目").click()
    page.get_by_role("menuitem", name="判断题").click()
    page.get_by_label("题目 id").last.fill("home-new-1")
    page.get_by_label("题干").last.fill("闻到燃气味，先开灯看看。")
    page.get_by_label("答案").last.click()
    page.get_by_text("错", exact=True).last.click()
    page.get_by_label("解析").last.fill("开灯会打火。先关阀、开窗，到屋外打电话。")
    page.get_by_label("难度").last.fill("1")
    publish(page)

    desk.fmt(project)
    # Quotes that a text does not need are Decap's to drop: the model reads the same.
    case = before[CASE].replace('"', "")
    case = re.sub(r"(?m)^cause: .*$", "cause: 改过的原因：下井前没有通风。", case)
    case = re.sub(r"(?m)^aliases:\n(  - .*\n)+", "aliases:\n  - 第一个俗称\n  - 第二个俗称\n", case)
    assert (desk.root / CASE).read_text("utf-8").replace('"', "") == case
    added = """  - id: home-new-1
    type: judge
    stem: 闻到燃气味，先开灯看看。
    answer: 错
    explanation: 开灯会打火。先关阀、开窗，到屋外打电话。
    difficulty: 1
"""
    now = (desk.root / BANK).read_text("utf-8")
    assert added in now
    assert now.replace(added, "").replace('"', "") == before[BANK].replace('"', "")

    site = build(desk.root, desk.root / "mkdocs.yml")
    assert site.library
    assert "home-new-1" in site.library.question_by_id
    (shown,) = [one for one in site.pages if one.address == CASE.replace(".md", ".html")]
    assert "改过的原因：下井前没有通风。" in site.renderer.render(shown)


def field(page: Page, label: str) -> Any:
    """The widget under the last label that reads just so."""
    found = page.locator("label", has_text=re.compile(rf"^{label}\s*$")).last
    return page.locator(f"#{found.get_attribute('for')}")


def choose(page: Page, label: str, word: str) -> None:
    """Choose one word of a list."""
    field(page, label).click()
    page.keyboard.type(word)
    page.keyboard.press("Enter")


def test_a_new_case_is_one_that_can_be_published(project: Path, desk: Desk, page: Page) -> None:
    open_entry(page, desk, "cases/new", "标题")
    page.get_by_role("button", name="新增你能做什么").click()
    page.get_by_role("button", name="新增出处").click()
    for label, text in {
        "标题": "示例市“1·2”一般火灾事故",
        "事故日期": "2026-01-02",
        "省级行政区": "天津市",
        "设区的市（直辖市再写一次）": "天津市",
        "一句话原因": "电线老化起火",
        "做什么": "定期请电工检查老电线",
        "名称": "情况通报",
        "发布者": "天津市应急管理局",
        "最近核对日期": "2026-11-20",
        "正文": "## 事故经过\n\n夜里起火。\n\n## 事故教训\n\n老电线要**及时**更换。\n",
    }.items():
        field(page, label).fill(text)
    choose(page, "行业领域", "消防")
    choose(page, "事故类型", "火灾")
    choose(page, "状态", "调查中")
    choose(page, "给谁", "居民")
    publish(page)
    desk.fmt(project)
    path = desk.root / "cases/2026-01-02-case.md"
    text = path.read_text("utf-8")
    # Nothing of what was left empty stands in the file.
    assert "corrections" not in text and "time:" not in text and "notes" not in text
    site = build(desk.root, desk.root / "mkdocs.yml")
    (shown,) = [one for one in site.pages if one.address == "cases/2026-01-02-case.html"]
    assert "老电线要<strong>及时</strong>更换。" in site.renderer.render(shown)


def test_without_its_server_nothing_is_saved(desk: Desk, page: Page) -> None:
    before = (desk.root / CASE).read_text("utf-8")
    open_entry(page, desk, f"cases/entries/{Path(CASE).stem}", "一句话原因")
    page.route("**/api/v1", lambda route: route.abort())
    page.get_by_label("一句话原因").fill("改过的原因。")
    page.get_by_role("button", name=re.compile("^发布$")).first.click()
    page.get_by_role("menuitem", name="立即发布").click()
    page.wait_for_timeout(1500)
    expect(page.get_by_text("修改已保存")).to_be_hidden()
    assert (desk.root / CASE).read_text("utf-8") == before
