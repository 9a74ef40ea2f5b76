"""Opens one page of each kind as on a slow phone, and prints what the first visit costs.

    python tests/bench/pages.py                    builds the site, ~2 minutes
    python tests/bench/pages.py --site site        measures a folder that is already built
    python tests/bench/pages.py --quick            one page of two kinds

The pages come from a local server that compresses with gzip, over a line of 1.6 Mbit/s and 150 ms
that Chromium's own throttling makes, on a processor slowed down four times; each visit has an
empty cache. KB are bytes on the line, headers and the page's icon included. LCP is when the
largest text or picture was painted; CLS is the sum of all layout shifts, which is never less than
the value that browsers report. The numbers are for reading: nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "首页": "index.html",
    "案例列表": "cases/index.html",
    "年份列表": "cases/2015.html",
    "案例": "cases/2015-08-12-tianjin-ruihai.html",
    "领域目录": "sectors/index.html",
    "领域": "sectors/fire.html",
    "法规目录": "regulations/index.html",
    "法规": "regulations/work-safety-law.html",
    "题库目录": "quizzes/index.html",
    "题库": "quizzes/community-home.html",
    "看数据": "data.html",
    "安全生产月": "month.html",
    "举报与求助": "report.html",
    "关于本站": "about.html",
    "404": "404.html",
}
QUICK = ("首页", "案例")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")
# 1.6 Mbit/s down, 750 kbit/s up, 150 ms: what Lighthouse calls slow 4G.
LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
WATCH = """
window.bench = { lcp: 0, element: "", cls: 0 };
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  window.bench.lcp = entry.startTime;
  window.bench.element = entry.element ? entry.element.tagName.toLowerCase() : "";
})).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (!entry.hadRecentInput) window.bench.cls += entry.value;
})).observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True)
class Visit:
    """What one first visit cost: bytes on the line, requests, milliseconds, and the shift."""

    transferred: int
    requests: int
    lcp: float
    largest: str
    cls: float


def main() -> None:
    """Measure and print."""
    options = _options()
    names = QUICK if options.quick else tuple(PAGES)
    with tempfile.TemporaryDirectory(prefix="jingzhong-pages-") as temporary:
        folder = options.site or build(Path(temporary) / "site")
        missing = [PAGES[name] for name in names if not (folder / PAGES[name]).is_file()]
        if missing:
            sys.exit(f"pages.py: 网站里没有这些页：{'、'.join(missing)}")
        with serve(folder) as home, sync_playwright() as playwright:
            found = os.environ.get("CHROMIUM") or next(
                filter(None, map(shutil.which, BROWSERS)), None
            )
            browser = playwright.chromium.launch(
                executable_path=found,
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            )
            print_heading(options)
            for name in names:
                visits = [
                    visit(browser, home + PAGES[name], options.width)
                    for _ in range(1 if options.quick else options.repeat)
                ]
                print_row(name, visits)
            browser.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, help="the folder of a built site")
    parser.add_argument("--width", type=int, default=390, help="of the window in px (default 390)")
    parser.add_argument("--repeat", type=int, default=3, help="visits each; the median counts")
    parser.add_argument("--quick", action="store_true", help="one visit of two pages")
    return parser.parse_args()


def build(folder: Path) -> Path:
    """Build this repository's site into a folder."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    result = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if result.returncode != 0:
        sys.exit("pages.py: 网站没有建成，原因见上")
    return folder


@cache
def compressed(path: Path) -> bytes:
    """A file as gzip at the level that servers use."""
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder with gzip on a free port; gives its address with a slash at the end."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = (folder / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
            if not path.is_relative_to(folder.resolve()) or not path.is_file():
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            kind = (guess_type(path.name)[0] or "application/octet-stream").replace(
                "text/javascript", "application/javascript"
            )
            zipped = kind.startswith(COMPRESSED)
            body = compressed(path) if zipped else path.read_bytes()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            if zipped:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Only the table is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def visit(browser: Browser, address: str, width: int = 390) -> Visit:
    """Open an address once, slowed down, with an empty cache."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": width, "height": 844}, device_scale_factor=2
    )
    context.add_init_script(WATCH)
    page = context.new_page()
    session = context.new_cdp_session(page)
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle", timeout=60_000)
    # Shifts that widgets make a moment after the last answer count too.
    page.wait_for_timeout(500)
    seen = page.evaluate("() => window.bench")
    context.close()
    return Visit(
        transferred=round(sum(sizes)),
        requests=len(sizes),
        lcp=seen["lcp"],
        largest=seen["element"],
        cls=seen["cls"],
    )


def print_heading(options: argparse.Namespace) -> None:
    """The head of a Markdown table."""
    print(f"首次访问，{options.width} 像素宽，1.6 Mbit/s，往返 150 毫秒，处理器慢 4 倍\n")
    print("| 页 | KB（gzip） | 请求 | LCP 秒 | 最大的是 | CLS |")
    print("| --- | ---: | ---: | ---: | --- | ---: |")


def print_row(name: str, visits: list[Visit]) -> None:
    """The median of each number; the shift is the largest seen."""
    transferred = statistics.median(one.transferred for one in visits)
    requests = statistics.median(one.requests for one in visits)
    lcp = statistics.median(one.lcp for one in visits)
    cls = max(one.cls for one in visits)
    cells = (
        name,
        f"{transferred / 1000:.1f}",
        f"{requests:.0f}",
        f"{lcp / 1000:.2f}",
        visits[0].largest,
        f"{cls:.3f}",
    )
    print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
