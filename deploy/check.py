"""Ask a published site for some of its files, and say what its server should do differently.

`python3 deploy/check.py https://…/` in the project folder, after the files were put on the server;
`site/` is what was published. Standard library only. Exit status 1 when readers would notice.
"""

import gzip
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote, urlsplit

USAGE = "用法：python3 deploy/check.py 网站的网址 [建好的文件夹，默认 site]"
OFFICE = "application/vnd.openxmlformats-officedocument."
# By ending, what a browser understands; the first is the one to set. Others must not be pages.
TYPES = {
    ".html": ("text/html",),
    ".css": ("text/css",),
    ".js": ("application/javascript", "text/javascript"),
    ".json": ("application/json",),
    ".webmanifest": ("application/manifest+json", "application/json"),
    ".svg": ("image/svg+xml",),
    ".png": ("image/png",),
    ".csv": ("text/csv",),
    ".txt": ("text/plain",),
    ".xml": ("text/xml", "application/xml"),
    ".pdf": ("application/pdf",),
    ".zip": ("application/zip", "application/x-zip-compressed"),
    ".xlsx": (OFFICE + "spreadsheetml.sheet",),
    ".docx": (OFFICE + "wordprocessingml.document",),
}
PACKED = (".html", ".css", ".js")
# Named by its content, so it may be kept for ever.
HASHED = re.compile(r"data/search/[0-9a-f]{8}/")
# What a reader may have to wait for a correction (seconds).
LONGEST = 600
PATIENCE = 30
MOVED = (301, 302, 307, 308)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Leave the answer as it is."""


def ask(address: str) -> tuple[int, Message, bytes]:
    """Status, headers and unpacked body; raises OSError when nobody answers."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    try:
        answer = urllib.request.build_opener(_NoRedirect).open(request, timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        body = answer.read()
    if answer.headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    return answer.status, answer.headers, body


def samples(site: Path) -> list[str]:
    """The worker, the home page, and for each ending the first and the last file."""
    of_ending: dict[str, list[str]] = {}
    for path in sorted(site.rglob("*")):
        if path.is_file() and path.name != "404.html":
            of_ending.setdefault(path.suffix, []).append(path.relative_to(site).as_posix())
    ends = (name for names in of_ending.values() for name in (names[0], names[-1]))
    return list(dict.fromkeys(("index.html", "sw.js", "data/search/head.js", *ends)))


def is_short(cache: str) -> bool:
    """Whether a correction reaches readers soon."""
    if re.search(r"no-cache|no-store", cache):
        return True
    ages = re.findall(r"(?:max-age|s-maxage)=(\d+)", cache)
    return bool(ages) and max(map(int, ages)) <= LONGEST


def faults_of_file(base: str, site: Path, name: str) -> Iterator[tuple[bool, str]]:
    """(whether readers notice, what is wrong) with one published file."""
    status, headers, body = ask(base + quote(name))
    if status in MOVED:
        yield False, f"状态码是 {status}：这里的网址会转到别处，多走一趟"
        return
    if status != 200:
        yield True, f"应当打得开，状态码却是 {status}。没有传上去，或没有公共读的权限"
        return
    if body != (site / name).read_bytes():
        yield True, f"和 {site.name}/ 里的不一样。没有传完，CDN 里是旧的，或 CDN 改了内容"
    suffix = Path(name).suffix
    said = headers.get("Content-Type", "")
    kind, known = said.partition(";")[0].strip().lower(), TYPES.get(suffix)
    if known and kind not in known:
        yield True, f"Content-Type 应为 {known[0]}，实际为 {said or '没有'}"
    if suffix in (".csv", ".txt") and "utf-8" not in said.lower():
        yield False, "Content-Type 后面要加 ; charset=utf-8，不然中文可能是乱码"
    cache = headers.get("Cache-Control", "")
    if not HASHED.match(name) and not is_short(cache):
        yield True, f"Cache-Control 应为 no-cache，实际为 {cache or '没有'}"
    if suffix in PACKED and len(body) > 2000 and not headers.get("Content-Encoding"):
        yield False, "没有压缩，请打开 gzip"
    if suffix == ".html" and "attachment" in headers.get("Content-Disposition", ""):
        yield True, "网页会被下载，而不是打开。换成自己的域名"


def faults_of_host(base: str, site: Path) -> Iterator[tuple[bool, str]]:
    """The same for what belongs to no single file."""
    home, headers, _ = ask(base)
    if home != 200:
        yield True, f"{base}：打开的应当是首页，状态码却是 {home}。默认首页要设成 index.html"
    for name in ("Content-Security-Policy", "X-Content-Type-Options"):
        if name not in headers:
            yield False, f"没有 {name}，照 nginx.conf 末尾设"
    if urlsplit(base).scheme != "https":
        yield False, "不是 https：离线使用不会生效，浏览器会说“不安全”"
    status, _, body = ask(base + "no/such/page.html")
    if status != 404:
        yield True, f"没有的网址：状态码应为 404，实际为 {status}"
    if body != (site / "404.html").read_bytes():
        yield False, "没有的网址：应当显示 404.html"
    if ask(base + "assets/")[0] == 200:
        yield True, "assets/：文件夹列出了目录，请关掉“列目录”"
    if ask(base + "cases")[0] == 200:
        yield (
            True,
            "cases：末尾没有 / 的文件夹网址应当转到 cases/，现在直接给了网页，里面的链接都会错",
        )


def main(arguments: list[str]) -> int:
    """Print what is wrong; 0 when readers will notice nothing, 2 when it could not be asked."""
    if not 1 <= len(arguments) <= 2 or not arguments[0].startswith(("https://", "http://")):
        print(USAGE)
        return 2
    base = arguments[0].partition("#")[0].removesuffix("index.html").rstrip("/") + "/"
    site = Path(arguments[1] if len(arguments) > 1 else "site")
    if not (site / "sw.js").is_file():
        print(f"{site} 里没有建好的网站，先运行 .venv/bin/mkdocs build --strict")
        return 2
    names = samples(site)
    try:
        found: dict[tuple[bool, str], list[str]] = {
            fault: [] for fault in faults_of_host(base, site)
        }
        for name in names:
            for fault in faults_of_file(base, site, name):
                found.setdefault(fault, []).append(name)
    except (OSError, HTTPException) as error:
        print(f"{base}：连不上（{getattr(error, 'reason', error)}）")
        return 2
    for (is_grave, text), where in sorted(found.items(), key=lambda fault: not fault[0][0]):
        print("必须改：" if is_grave else "最好改：", text, sep="")
        if where:
            more = f" 等 {len(where)} 个文件" if len(where) > 3 else ""
            print(f"　　　　{'、'.join(where[:3])}{more}")
    graves = sum(is_grave for is_grave, _ in found)
    print(f"看了 {len(names)} 个文件：{graves} 处必须改，{len(found) - graves} 处最好改。")
    return int(graves > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
