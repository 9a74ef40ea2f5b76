"""Makes a bank of thousands of questions, and prints what practice and drawing cost.

    python tests/bench/quiz.py            5,000 questions, ~1 minute
    python tests/bench/quiz.py --quick    300 questions

Pages come from disk (`file://`), on a processor slowed down four times by Chromium's own throttling;
each number is the median of some visits with an empty cache. Questions are as long as real ones
(those of `quizzes/`, taken in turn, under new ids). 5,000 of them make 4 MB, more than a content file may
have, so the copy that is measured has a higher limit. The numbers are for reading: nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "hooks"))

from jingzhong.quiz.draw import Candidate, Section, draw  # noqa: E402

SLOWDOWN = 4
DRAWN = 100
READY = "document.querySelector('[data-check-row]:not([hidden])')"
# Draws in the page as the exam does, and says how many milliseconds it took.
DRAW = """async ([count, times]) => {
  const index = await Jingzhong.questions.index("../data/", "bench");
  const section = {type: "", count, banks: ["bench"], topics: [], difficulties: [], points: 100};
  const found = [];
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    Jingzhong.draw.draw([section], index.items, "seed" + n, "");
    found.push(performance.now() - from);
  }
  return found;
}"""


class PlainDumper(yaml.CSafeDumper):
    """Writes equal values out each time; the project's files have no YAML aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def make_project(folder: Path, count: int) -> None:
    """The project with one bank of so many questions, and room for it."""
    for name in ("cases", "content", "hooks", "quizzes"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "quizzes").glob("*.yml"))]
    known = [question for text in texts for question in yaml.safe_load(text)["questions"]]
    questions = []
    for number, question in enumerate(islice(cycle(known), count), 1):
        questions.append(question | {"id": f"bench-{number:05}"})
        if question["type"] == "judge":
            questions[-1]["answer"] = "对" if question["answer"] in (True, "对") else "错"
    bank = {
        "title": "测试用大题库",
        "audience": ["居民"],
        "reviewed": "2026-11-23",
        "questions": questions,
    }
    text = yaml.dump(bank, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=10**6)
    (folder / "quizzes/bench.yml").write_text(text, "utf-8")
    source = folder / "hooks/jingzhong/model/source.py"
    code = source.read_text("utf-8")
    source.write_text(re.sub(r"(?m)^MAX_BYTES = .*$", "MAX_BYTES = 20_000_000", code), "utf-8")


def build(folder: Path) -> Path:
    """Build the site without its checks of wording; a failure ends the run with the log."""
    site = folder / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return site


def slow_page(browser: Browser) -> Page:
    """A page of a new context on a slow processor."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    return page


def first_answer(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds from the call of the address until feedback can be had, and until it was had."""
    page = slow_page(browser)
    page.goto(address, wait_until="commit")
    page.wait_for_function(READY, polling=10)
    ready: float = page.evaluate("performance.now()") / 1000
    page.locator("[data-question] [data-option] label").first.click()
    page.wait_for_function("document.querySelector('[data-feedback]:not([hidden])')", polling=10)
    answered: float = page.evaluate("performance.now()") / 1000
    page.context.close()
    return ready, answered


def exam_start(browser: Browser, address: str) -> float:
    """Seconds from pressing 开始考试 until the first of a hundred drawn questions can be answered."""
    page = slow_page(browser)
    page.goto(address)
    page.locator("[data-count]").select_option(str(DRAWN))
    before: float = page.evaluate("performance.now()")
    page.get_by_role("button", name="开始考试").click()
    page.wait_for_function("document.querySelector('[data-question]')", polling=10)
    seconds: float = (page.evaluate("performance.now()") - before) / 1000
    page.context.close()
    return seconds


def draw_in_python(count: int, times: int) -> float:
    """Median milliseconds for drawing 100 of so many questions."""
    pool = [Candidate(f"bench-{n:05}", "bench", "single", n % 5 + 1) for n in range(count)]
    found = []
    for number in range(times):
        start = time.perf_counter()
        draw([Section(DRAWN, ("bench",))], pool, f"seed{number}")
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def largest(paths: list[Path]) -> tuple[float, float]:
    """KB of the largest file, plain and gzipped."""
    path = max(paths, key=lambda one: one.stat().st_size)
    return path.stat().st_size / 1024, len(gzip.compress(path.read_bytes(), 6)) / 1024


def report(rows: list[tuple[str, str]]) -> None:
    print("| 量的是什么 | 结果 |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="300 questions, one visit")
    options = parser.parse_args()
    count, visits = (300, 1) if options.quick else (5000, 5)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        make_project(folder, count)
        started = time.perf_counter()
        site = build(folder)
        built = time.perf_counter() - started
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        quizzes = (site / "quizzes").as_uri()
        answers = [first_answer(browser, f"{quizzes}/bench.html") for _ in range(visits)]
        exams = [exam_start(browser, f"{quizzes}/exam.html?bank=bench") for _ in range(visits)]
        page: Any = browser.new_page()
        page.goto(f"{quizzes}/exam.html")
        in_page = page.evaluate(DRAW, [DRAWN, 20])
        page = slow_page(browser)
        page.goto(f"{quizzes}/exam.html")
        slow = page.evaluate(DRAW, [DRAWN, 20])
        browser.close()
        plain, zipped = largest(
            [path for path in (site / "quizzes").glob("bench*.html") if "single" not in path.name]
        )
        single = largest([site / "quizzes/bench.single.html"])
        shard = largest(list((site / "data/quiz/bench").glob("[0-9]*.js")))
        index = largest([site / "data/quiz/bench/index.js"])
        scripts = list((site / "assets/jingzhong/js").glob("*.js"))
        report(
            [
                ("题数", f"{count}"),
                ("建站，含全站其余页面（秒）", f"{built:.1f}"),
                (
                    "第一题可作答，处理器慢 4 倍（秒）",
                    f"{statistics.median(a for a, _ in answers):.2f}",
                ),
                (
                    "点下去看到反馈（秒，从打开算起）",
                    f"{statistics.median(b for _, b in answers):.2f}",
                ),
                ("抽 100 题的考试开始到第一题（秒，慢 4 倍）", f"{statistics.median(exams):.2f}"),
                (f"{count} 抽 100，网页里（毫秒）", f"{statistics.median(in_page):.1f}"),
                (f"{count} 抽 100，网页里，慢 4 倍（毫秒）", f"{statistics.median(slow):.1f}"),
                (f"{count} 抽 100，Python（毫秒）", f"{draw_in_python(count, 20):.1f}"),
                ("最大的一页（KB，压缩后 KB）", f"{plain:.0f}，{zipped:.1f}"),
                ("单文件题库（KB，压缩后 KB）", f"{single[0]:.0f}，{single[1]:.1f}"),
                ("一百题的数据文件（KB，压缩后 KB）", f"{shard[0]:.0f}，{shard[1]:.1f}"),
                ("索引（KB，压缩后 KB）", f"{index[0]:.0f}，{index[1]:.1f}"),
                ("全站脚本（KB）", f"{sum(path.stat().st_size for path in scripts) / 1024:.0f}"),
            ]
        )


if __name__ == "__main__":
    main()
