"""Builds the site at several sizes beside plain Material of the same pages, and prints the cost.

    python tests/bench/build.py                    500, 2,000 and 8,000 invented cases, ~10 minutes
    python tests/bench/build.py --quick            50 and 200 cases
    python tests/bench/build.py --with-search      Material with its own search switched on
    python tests/bench/build.py --repeat 3         the fastest of three builds each, when others work

Every build is a `mkdocs build` in a process of its own. Seconds are what one waits, CPU seconds
are what the processor spent (steadier while others work beside), peak memory is that process's
(POSIX only). The cases come on top of the project's own pages, so N cases are a few more pages.
Plain Material holds the very same words, links and tables as Markdown, with all but the top pages
out of its navigation; its default navigation, whose cost grows with the square of the pages, is
built at the first size only, and only up to 500. The numbers are for reading: nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
COPIED = ("mkdocs.yml", "addresses.txt", "removed.yml", "content", "cases", "quizzes", "hooks")
OURS, PLAIN, DEFAULT = "警钟", "Material", "Material 默认导航"
SEARCH = "+搜索"
# Above this, Material's default navigation takes minutes and gigabytes.
MOST_IN_DEFAULT_NAVIGATION = 500
HEADINGS = (
    "案例",
    "网站",
    "秒",
    "CPU 秒",
    "页",
    "MB",
    "网页 MB",
    "KB/页",
    "毫秒/页",
    "峰值 MB",
    "秒 比 Material",
    "CPU 比 Material",
    "MB 比 Material",
    "秒 比 {base}",
)


@dataclass(frozen=True)
class Built:
    """What one build cost: seconds, bytes, and pages made."""

    cases: int
    site: str
    seconds: float
    cpu: float
    peak: int
    pages: int
    html: int
    total: int


def main() -> None:
    """Build and print."""
    options = _options()
    sizes = [50, 200] if options.quick else options.sizes
    with tempfile.TemporaryDirectory(prefix="jingzhong-bench-") as temporary:
        work = options.keep.resolve() if options.keep else Path(temporary)
        base = work / "base"
        snapshot(options.project, base)
        built: list[Built] = []
        for count in sizes:
            built.extend(measure(work, base, count, options, first=count == sizes[0]))
            if count == sizes[-1]:
                linking = time_links(work / f"ours-{count}")
            if not options.keep:
                shutil.rmtree(work / f"ours-{count}")
    print_table(built, sizes)
    print_growth(built, sizes)
    print(linking)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--sizes",
        type=lambda text: sorted(int(size) for size in text.split(",")),
        default=[500, 2000, 8000],
        help="numbers of invented cases, with commas (default 500,2000,8000)",
    )
    parser.add_argument("--quick", action="store_true", help="50 and 200 cases")
    parser.add_argument("--with-search", action="store_true", help="Material's search on")
    parser.add_argument("--repeat", type=int, default=1, help="builds each; the fastest counts")
    parser.add_argument("--seed", type=int, default=1, help="of the invented cases")
    parser.add_argument("--project", type=Path, default=ROOT, help="the checkout to measure")
    parser.add_argument("--keep", type=Path, help="an empty folder to leave projects and sites in")
    return parser.parse_args()


def snapshot(project: Path, folder: Path) -> None:
    """Copy what a build reads, so that edits during the run change nothing.

    Python is compiled here, so that no build pays for it.
    """
    folder.mkdir(parents=True)
    ignored = shutil.ignore_patterns("__pycache__")
    for name in COPIED:
        source = project / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        elif source.is_file():
            shutil.copy2(source, folder / name)
    compileall.compile_dir(folder / "hooks", quiet=1)


def measure(
    work: Path, base: Path, count: int, options: argparse.Namespace, *, first: bool
) -> Iterator[Built]:
    """Make the projects of one size and build each site, in turns when repeated."""
    ours, plain = work / f"ours-{count}", work / f"plain-{count}"
    seed = str(options.seed)
    # Processes of their own too: a child's peak memory counts from the size of its parent.
    run_tool("synthetic.py", base, base, ours, "--cases", str(count), "--seed", seed)
    run_tool("plain.py", base, ours, plain, *["--search"] * options.with_search)
    suffix = SEARCH if options.with_search else ""
    jobs = [(OURS, ours, "mkdocs.yml"), (PLAIN + suffix, plain, "mkdocs.yml")] * options.repeat
    if first and count <= MOST_IN_DEFAULT_NAVIGATION:
        jobs.append((DEFAULT + suffix, plain, "default.yml"))
    fastest: dict[str, Built] = {}
    for name, project, config in jobs:
        print(f"{name} {count} …", file=sys.stderr, flush=True)
        result = build_site(name, count, project, config)
        if name not in fastest or result.seconds < fastest[name].seconds:
            fastest[name] = result
    if not options.keep:
        shutil.rmtree(plain)
    yield from fastest.values()


def time_links(project: Path) -> str:
    """What linking the citations of the largest site costs a page, in a build of its own."""
    print("引用链接 …", file=sys.stderr, flush=True)
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, str(HERE / "timed_links.py"), str(project / "site-links")]
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"build.py: timed_links.py 没有做成\n{done.stderr}")
    pages, milliseconds = (float(word) for word in done.stdout.split()[-2:])
    return f"引用链接 {pages:.0f} 页，每页 {milliseconds / pages:.3f} 毫秒"


def run_tool(script: str, base: Path, *arguments: str | Path) -> None:
    """Run one of the makers beside this file with the core of the snapshot."""
    environment = os.environ | {"PYTHONPATH": str(base / "hooks")}
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    if subprocess.run(command, env=environment).returncode != 0:
        sys.exit(f"build.py: {script} 没有做成，原因见上")


def build_site(name: str, count: int, project: Path, config: str) -> Built:
    """One `mkdocs build` in a process of its own; a failed build ends the run with its log."""
    site = project / f"site-{Path(config).stem}"
    command = [sys.executable, "-m", "mkdocs", "build", "-f", config, "-d", str(site)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    environment.pop("PYTHONPATH", None)
    with (project / "build.log").open("w+b") as log:
        start = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=project, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            log.seek(0)
            sys.exit(f"build.py: {name} {count}\n{log.read().decode('utf-8', 'replace')}")
    files = [path for path in site.rglob("*") if path.is_file()]
    # A bank in a single file is a download, not one more page.
    pages = [path for path in files if path.suffix == ".html" and ".single" not in path.name]
    return Built(
        cases=count,
        site=name,
        seconds=seconds,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
        pages=len(pages),
        html=sum(path.stat().st_size for path in pages),
        total=sum(path.stat().st_size for path in files),
    )


def print_table(built: list[Built], sizes: list[int]) -> None:
    """A Markdown table; the last column compares with the last size but one."""
    base = sizes[-2] if len(sizes) > 1 else sizes[0]
    by_name = {(row.site, row.cases): row for row in built}
    print("| " + " | ".join(HEADINGS).format(base=base) + " |")
    print("|" + " --- |" * len(HEADINGS))
    for row in built:
        plain = next(r for r in built if r.cases == row.cases and _is_plain(r))
        own = by_name.get((row.site, base), row)
        cells = (
            f"{row.cases}",
            row.site,
            f"{row.seconds:.1f}",
            f"{row.cpu:.1f}",
            f"{row.pages}",
            f"{row.total / 1e6:.1f}",
            f"{row.html / 1e6:.1f}",
            f"{row.html / row.pages / 1e3:.1f}",
            f"{row.seconds / row.pages * 1e3:.2f}",
            f"{row.peak / 1e6:.0f}",
            f"{row.seconds / plain.seconds:.2f}",
            f"{row.cpu / plain.cpu:.2f}",
            f"{row.total / plain.total:.2f}",
            f"{row.seconds / own.seconds:.2f}",
        )
        print("| " + " | ".join(cells) + " |")


def print_growth(built: list[Built], sizes: list[int]) -> None:
    """How cost grew between the two largest sizes."""
    if len(sizes) < 2:
        return
    small, large = sizes[-2:]
    for name in (OURS, next(row.site for row in built if _is_plain(row))):
        a, b = (
            next(row for row in built if (row.site, row.cases) == (name, n)) for n in (small, large)
        )
        print(
            f"增长 {name} {large} 比 {small}：页 {b.pages / a.pages:.2f} 倍，"
            f"时间 {b.seconds / a.seconds:.2f} 倍（CPU {b.cpu / a.cpu:.2f} 倍），"
            f"字节 {b.total / a.total:.2f} 倍（网页 {b.html / a.html:.2f} 倍），"
            f"峰值内存 {b.peak / a.peak:.2f} 倍"
        )


def _is_plain(row: Built) -> bool:
    return row.site.removesuffix(SEARCH) == PLAIN


if __name__ == "__main__":
    main()
