"""One script for a bare machine: `python3 start.py serve` and `python3 start.py test`.

Uses the standard library only, and syntax that old Pythons can read, so that a machine with
the wrong version gets a sentence instead of a traceback.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
USAGE = """用法：
  python3 start.py serve   装好所需的包，在本机打开网站
  python3 start.py test    装好所需的包和浏览器，跑全部测试"""


def stop(message):
    """End with one sentence for the user."""
    sys.exit("start.py: " + message)


def run(*command):
    """Run one command in the project folder; its exit status is ours."""
    environment = dict(os.environ, NO_MKDOCS_2_WARNING="1", PYTHONUTF8="1")
    return subprocess.call(command, cwd=ROOT, env=environment)


def install(requirements):
    """Make the virtual environment, and install what the file lists unless it is there already."""
    wanted = hashlib.sha256()
    for name in ("requirements.txt", requirements):
        with open(os.path.join(ROOT, name), "rb") as file:
            wanted.update(file.read())
    stamp = os.path.join(
        VENV, "installed-" + os.path.basename(os.path.dirname(requirements) or "site")
    )
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted.hexdigest() and os.path.exists(PYTHON):
                return
    if not os.path.exists(PYTHON) or run(PYTHON, "-m", "pip", "--version") != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        print("正在建立虚拟环境 .venv …", flush=True)
        if run(sys.executable, "-m", "venv", VENV) != 0:
            shutil.rmtree(VENV, ignore_errors=True)
            stop("建不了虚拟环境。Debian、Ubuntu 上先运行：apt-get install -y python3-venv")
    print("正在安装 " + requirements + " 里的包 …", flush=True)
    if run(
        PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements
    ):
        stop(
            "包没有装成，请检查网络，或把 pip 的镜像设好后再运行一次（pip config set global.index-url 镜像地址）。"
        )
    with open(stamp, "w") as file:
        file.write(wanted.hexdigest())


def find_browser():
    """Path of a Chromium-like browser on this machine, or None."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for path in map(shutil.which, BROWSERS) if path), None)


def free_port(first=8000):
    """The first free port on this machine from 8000 on."""
    for port in range(first, first + 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    return stop("8000 到 8099 的端口都被占用了，关掉几个程序再试。")


def serve():
    """Install and show the site."""
    install("requirements.txt")
    address = "127.0.0.1:" + str(free_port())
    print("网站：http://" + address + "/ （按 Ctrl+C 结束）", flush=True)
    try:
        return run(PYTHON, "-m", "mkdocs", "serve", "--dev-addr", address)
    except KeyboardInterrupt:
        return 0


def test(arguments):
    """Install everything that the tests need, then run all of them."""
    install("tests/requirements.txt")
    browser = find_browser()
    if browser is None:
        print("没有找到 Chromium，改用 Playwright 自带的 …", flush=True)
        if run(PYTHON, "-m", "playwright", "install", "chromium") != 0:
            stop("浏览器没有装成。Debian、Ubuntu 上可以运行：apt-get install -y chromium")
    else:
        os.environ["CHROMIUM"] = browser
    if arguments:
        return run(PYTHON, "-m", "pytest", *arguments)
    checks = (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        # Two processes, a file of tests never split between them.
        ("pytest", "-n", "2", "--dist", "loadfile"),
    )
    failed = [" ".join(check) for check in checks if run(PYTHON, "-m", *check) != 0]
    if failed:
        stop("没有通过：" + "、".join(failed))
    return 0


def main():
    """Check the Python version, then do what was asked."""
    if sys.version_info < (3, 11):
        stop("需要 Python 3.11 或更新的版本，这里是 " + sys.version.split()[0])
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    if verb == "serve":
        return serve()
    if verb == "test":
        return test(sys.argv[2:])
    print(USAGE)
    return 2


if __name__ == "__main__":
    sys.exit(main())
