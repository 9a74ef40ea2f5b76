"""`deploy/nginx.conf` in a real nginx, changed only where its README says; skipped without nginx."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
CONF = (DEPLOY / "nginx.conf").read_text("utf-8")
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
pytestmark = pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")), reason="没有装 nginx 或 openssl"
)
# What a distribution's own file says; `mime.types` lies beside it.
MAIN = """{user}
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{}}
http {{
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fast; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/*.conf;
}}
"""
Answer = tuple[int, dict[str, str], bytes]
StartNginx = Callable[..., "Nginx"]


def ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    found = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return found


def put(text: str, changes: dict[str, str]) -> str:
    """The text with each change made; every one must have a place."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@dataclass
class Nginx:
    """A running server; `said` is what `nginx -t` printed."""

    secure: int
    plain: int
    certificate: Path
    said: str

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        context = ssl.create_default_context(cafile=str(self.certificate))
        link = http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=10, context=context)
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        link.request(method, path, headers=named)
        answer = link.getresponse()
        body = answer.read()
        link.close()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body

    def checked(self, address: str, site: Path) -> tuple[int, str]:
        """What `deploy/check.py` says."""
        done = subprocess.run(
            [sys.executable, DEPLOY / "check.py", address, site],
            env=os.environ | {"SSL_CERT_FILE": str(self.certificate), "no_proxy": "127.0.0.1"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def start_nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartNginx]:
    """`start_nginx(root, conf)` runs nginx with that file in `conf.d` and `root` for the site."""
    running: list[subprocess.Popen[bytes]] = []
    keys = tmp_path_factory.mktemp("keys")
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout anquan.key -out anquan.pem"
    subprocess.run(make.split(), cwd=keys, check=True, capture_output=True)

    def start(root: Path, conf: str = CONF) -> Nginx:
        assert NGINX
        folder = tmp_path_factory.mktemp("nginx")
        (folder / "conf.d").mkdir()
        built = subprocess.run([NGINX, "-V"], capture_output=True, encoding="utf-8").stderr
        own = re.search(r"--conf-path=(\S+)", built)
        shutil.copy2(Path(own[1] if own else "/etc/nginx/x").parent / "mime.types", folder)
        secure, plain = ports(2)
        changes = {
            "anquan.example.gov.cn": "127.0.0.1",
            "/etc/nginx/cert/": f"{keys}/",
            "root /srv/jingzhong;": f"root {root};",
            # A user keeps the ports.
            "listen 443": f"listen 127.0.0.1:{secure}",
            "listen 80;": f"listen 127.0.0.1:{plain};",
        }
        conf = re.sub(r" +listen \[::\].*\n", "", conf)
        (folder / "conf.d/jingzhong.conf").write_text(put(conf, changes), "utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(MAIN.format(user=user, folder=folder), "utf-8")
        command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        tried = subprocess.run([*command, "-t"], capture_output=True, encoding="utf-8")
        assert tried.returncode == 0, tried.stderr
        process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.DEVNULL)
        running.append(process)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", secure)) == 0:
                    break
            time.sleep(0.05)
        return Nginx(secure, plain, keys / "anquan.pem", tried.stderr)

    yield start
    for process in running:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def server(start_nginx: StartNginx, site_dir: Path) -> Nginx:
    """The built site, served as shipped."""
    return start_nginx(site_dir)


def warnings(said: str) -> list[str]:
    """What the test of the file complained of, but for the spelling that 1.25.1 finds old."""
    lines = [line for line in said.splitlines() if "[warn]" in line or "[emerg]" in line]
    return [line for line in lines if '"listen ... http2" directive is deprecated' not in line]


def test_nginx_has_nothing_to_say(server: Nginx) -> None:
    assert warnings(server.said) == []


def test_a_planted_warning_is_seen(start_nginx: StartNginx, site_dir: Path) -> None:
    conf = put(CONF, {"charset_types ": "charset_types text/html "})
    assert warnings(start_nginx(site_dir, conf).said)


def test_the_checker_finds_nothing(server: Nginx, site_dir: Path) -> None:
    status, said = server.checked(f"https://127.0.0.1:{server.secure}/", site_dir)
    assert (status, said.count("\n")) == (0, 1) and "0 处必须改，0 处最好改" in said, said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"manifest+json webmanifest;": "x-nothing webmanifest;"}, "manifest.webmanifest"),
        ({'default "no-cache";': 'default "max-age=86400";'}, "实际为 max-age=86400"),
        ({"error_page 404 ": "error_page 404 =200 "}, "状态码应为 404"),
        (
            {
                "    index index.html;\n": "    autoindex on;\n",
                "try_files ${uri}index.html =404;": "",
            },
            "列目录",
        ),
        ({"    charset utf-8;\n": "    try_files $uri $uri/index.html =404;\n"}, "末尾没有 /"),
        ({"gzip on;": "gzip off;"}, "没有压缩"),
    ],
)
def test_planted_faults_are_told(
    changes: dict[str, str], said: str, start_nginx: StartNginx, site_dir: Path
) -> None:
    planted = start_nginx(site_dir, put(CONF, changes))
    assert said in planted.checked(f"https://127.0.0.1:{planted.secure}/", site_dir)[1]


def test_every_ending_has_a_type(server: Nginx, site_dir: Path) -> None:
    endings = {path.suffix: path for path in site_dir.rglob("*") if path.is_file()}
    assert len(endings) > 10
    for path in endings.values():
        _, headers, _ = server.get("/" + path.relative_to(site_dir).as_posix())
        assert headers["content-type"] != "application/octet-stream", path
        assert headers["x-content-type-options"] == "nosniff"


def test_addresses_that_are_no_files(server: Nginx, site_dir: Path) -> None:
    missing = (site_dir / "404.html").read_bytes()
    for path in ("/a/b/c.html", "/a/b/", "/assets/", "/.git/config", "/cases/.env", "/404.html"):
        status, headers, body = server.get(path)
        assert (status, body, headers["cache-control"]) == (404, missing, "no-cache"), path
    assert server.get("/")[2] == (site_dir / "index.html").read_bytes()
    assert server.get("/cases/")[2] == (site_dir / "cases/index.html").read_bytes()
    status, headers, _ = server.get("/cases?a=1")
    assert (status, headers["location"]) == (301, "/cases/?a=1")
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert server.get("/", method)[0] == server.get("/cases/", method)[0] == 405, method


def test_plain_http_leads_to_https(server: Nginx) -> None:
    link = http.client.HTTPConnection("127.0.0.1", server.plain, timeout=10)
    link.request("GET", "/cases/index.html?a=1")
    answer = link.getresponse()
    target = "https://127.0.0.1/cases/index.html?a=1"
    assert (answer.status, answer.headers["Location"]) == (301, target)
    assert answer.headers["Server"] == server.get("/")[1]["server"] == "nginx"
    link.close()


def test_what_did_not_change_is_not_sent_again(server: Nginx, site_dir: Path) -> None:
    shard = next((site_dir / "data/search").glob("*/g/0.js")).relative_to(site_dir).as_posix()
    for name, cache in (
        ("sw.js", "no-cache"),
        ("index.html", "no-cache"),
        ("data/search/head.js", "no-cache"),
        (shard, "public, max-age=31536000, immutable"),
    ):
        _, first, body = server.get(f"/{name}", Accept_Encoding="gzip")
        assert gzip.decompress(body) == (site_dir / name).read_bytes()
        assert (first["vary"], first["cache-control"]) == ("Accept-Encoding", cache)
        status, again, body = server.get(f"/{name}", If_None_Match=first["etag"])
        assert (status, body, again["cache-control"]) == (304, b"", cache)
    # A shard that is gone may come back under the same name.
    assert server.get(f"/{shard}x")[1]["cache-control"] == "no-cache"
    assert "content-encoding" in server.get("/", Accept_Encoding="gzip", Via="1.1 cdn")[1]


def test_parts_of_a_file(server: Nginx, site_dir: Path) -> None:
    name = "downloads/jingzhong-offline.zip"
    whole = (site_dir / name).read_bytes()
    status, headers, body = server.get(f"/{name}", Range="bytes=100-199")
    assert (status, body) == (206, whole[100:200])
    assert headers["content-range"] == f"bytes 100-199/{len(whole)}"


def test_modern_protocols_only(server: Nginx) -> None:
    context = ssl.create_default_context(cafile=str(server.certificate))
    context.set_alpn_protocols(["h2", "http/1.1"])
    with (
        socket.create_connection(("127.0.0.1", server.secure)) as raw,
        context.wrap_socket(raw, server_hostname="127.0.0.1") as link,
    ):
        assert link.selected_alpn_protocol() == "h2"
        assert link.version() == "TLSv1.3"


def in_folder(conf: str) -> str:
    """The file taken apart for `/anquan/` of another site, as README.md tells."""
    head, body = conf.split("    root /srv/jingzhong;\n")
    last = body.rindex(" always;", 0, body.index("# add_header Strict"))
    inner = body[: body.index("\n", last) + 1].replace("/404.html", "/anquan/404.html")
    moved = "    location = /anquan {\n        return 301 /anquan/;\n    }\n"
    return f"{head}{moved}    location /anquan/ {{\n    root /srv/jingzhong;\n{inner}    }}\n}}\n"


def test_below_a_folder_of_another_site(
    start_nginx: StartNginx, site_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "anquan").symlink_to(site_dir)
    (tmp_path / "index.html").write_text("portal", "utf-8")
    server = start_nginx(tmp_path, in_folder(CONF))
    address = f"https://127.0.0.1:{server.secure}/anquan/"
    status, said = server.checked(address, site_dir)
    assert (status, said.count("\n")) == (0, 1), said
    assert server.get("/anquan")[1]["location"].endswith("/anquan/")
    assert "content-security-policy" not in server.get("/other.html")[1]


def test_the_form_editor_gets_what_it_needs_and_nobody_else(
    start_nginx: StartNginx, tmp_path: Path
) -> None:
    for name in ("index.html", "admin/index.html", "admin/config.yml", "404.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}", "utf-8")
    desk = ' " https://git.example.gov.cn";'
    told = start_nginx(tmp_path, put(CONF, {f'# "~/admin/"{desk}': f'"~/admin/"{desk}'}))

    def policy(path: str) -> dict[str, str]:
        text = told.get(path)[1]["content-security-policy"]
        return dict(part.split(" ", 1) for part in text.split("; "))

    usual, editor = policy("/"), policy("/admin/")
    assert usual == policy("/a/b/x.html") and "unsafe-eval" not in str(usual)
    assert "git" not in str(usual) and "$" not in str(usual)
    assert editor["script-src"] == usual["script-src"] + " 'unsafe-eval'"
    for part in ("connect-src", "img-src"):
        assert editor[part] == usual[part] + " https://git.example.gov.cn"
    # Decap reads its settings only from what is said to be YAML.
    assert told.get("/admin/config.yml")[1]["content-type"].startswith("text/yaml")


# The policy forbids the `eval` of Playwright's own waiting.
CONTROLLED = """new Promise(done => {
  const look = () => navigator.serviceWorker.controller ? done() : setTimeout(look, 50);
  look();
})"""


def walk(browser: Any, server: Nginx) -> list[str]:
    """Read, practise, sit an exam, search, and do it without the network; returns what went wrong."""
    base = f"http://127.0.0.1:{server.secure}/"
    wrong: list[str] = []
    context = browser.new_context()
    context.on("console", lambda one: wrong.append(one.text) if one.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("response", lambda one: wrong.append(one.url) if one.status >= 400 else None)
    page = context.new_page()
    page.set_default_timeout(8000)

    def practise() -> None:
        page.goto(base + "quizzes/community-home.html")
        page.locator("[data-option] label:visible").first.click()
        page.get_by_text("正确答案").locator("visible=true").first.wait_for()

    try:
        for name in ("index.html", "cases/2015-08-12-tianjin-ruihai.html", "data.html"):
            page.goto(base + name)
        practise()
        page.emulate_media(media="print")
        page.emulate_media(media="screen")
        page.evaluate(CONTROLLED)
        page.goto(base + "quizzes/exam.html")
        page.get_by_role("button", name="开始考试").click()
        page.locator("[data-hand-in]").wait_for()
        page.goto(base + "search.html?q=%E7%87%83%E6%B0%94")
        page.locator("main mark").first.wait_for()
        context.set_offline(True)
        practise()
        context.set_offline(False)
        found = list(wrong)
        assert page.goto(base + "a/b/c.html").status == 404
        page.get_by_role("link", name="回到首页").click()
        page.wait_for_url(base)
    finally:
        context.close()
    return found


# Chromium keeps nothing offline behind a certificate it does not know; this machine it trusts.
WITHOUT_TLS = {" ssl http2;": ";"}


def test_the_site_works_in_a_browser(start_nginx: StartNginx, browser: Any, site_dir: Path) -> None:
    assert walk(browser, start_nginx(site_dir, put(CONF, WITHOUT_TLS))) == []


def test_a_policy_too_strict_is_noticed(
    start_nginx: StartNginx, browser: Any, site_dir: Path
) -> None:
    strict = WITHOUT_TLS | {"img-src 'self' data: blob:": "img-src 'none'"}
    found = walk(browser, start_nginx(site_dir, put(CONF, strict)))
    assert any("Content Security Policy" in text for text in found)
