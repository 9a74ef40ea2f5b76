"""`python hooks paper`: a contest's paper or a bank's practice sheet, as files to print."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from jingzhong.channels.paper.composing import Paper, compose_bank, compose_contest
from jingzhong.channels.paper.fonts import missing_packages
from jingzhong.channels.paper.marking_payload import key_payload, sheet_payload
from jingzhong.channels.paper.payload import FORMS, paper_payload
from jingzhong.errors import Report, nearest, quoted, why
from jingzhong.model.contests import Contest
from jingzhong.model.library import Library, load_library
from jingzhong.model.quizzes import Bank
from jingzhong.quiz.blueprint import check_contests
from jingzhong.quiz.draw import plain_seed

VARIANTS = "ABCD"
OUTPUTS = (*FORMS, "word", "sheet", "key")
DEFAULT_FOLDER = "papers"
_SEED_LENGTH = 200
# Setting takes about 0.4 MB of memory a question, which Typst gives back only after some ten runs.
_LARGE = 1000

_HELP = "把竞赛的试卷、题库的练习印成 PDF 和 Word"
_DESCRIPTION = """\
把一场竞赛的试卷，或者一个题库的练习，做成可以打印的 PDF 和可以修改的 Word。

竞赛：每一卷有 A4、A3 两栏、8 开两栏、大字版和 Word，另有答题卡、参考答案。
题库：没有密封线的练习，另有每题带答案和解析的一份。
同一个种子总是同一份试卷；试卷编号印在页脚，可以核对，也可以重判。"""
_EXAMPLES = """\
例：
  python hooks paper community-2026 --variants A,B
  python hooks paper community-2026 --seed 开奖号码 --forms a4,sheet,key
  python hooks paper primary-school --out 练习"""


class _UserError(Exception):
    """What the user has to mend, in a sentence."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help whose own words are Chinese too."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, "用法：")


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `paper` to the command line."""
    parser = verbs.add_parser(
        "paper",
        help=_HELP,
        description=_DESCRIPTION,
        epilog=_EXAMPLES,
        formatter_class=_Formatter,
        add_help=False,
    )
    parser._positionals.title, parser._optionals.title = "参数", "选项"
    parser.add_argument(
        "name",
        nargs="?",
        metavar="竞赛或题库",
        help="quizzes/contests/ 或 quizzes/ 里的文件名，不带 .yml",
    )
    parser.add_argument(
        "--variants", metavar="卷别", help="印哪几卷，例如 A,B,C,D；不写就只印一种，不分卷"
    )
    parser.add_argument("--seed", metavar="种子", help="抽题的种子；不写就用竞赛文件里的")
    parser.add_argument(
        "--out", metavar="文件夹", default=DEFAULT_FOLDER, help="写到哪里（默认 papers）"
    )
    parser.add_argument(
        "--forms",
        metavar="样式",
        help="只要其中几样：a4、a3、8k（8 开）、large（大字版）、word、sheet（答题卡）、key（参考答案），用逗号隔开；不写就全要",
    )
    parser.add_argument("-h", "--help", action="help", help="看这份说明")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what was written; 2 for a wrong request, 1 where the content has errors."""
    try:
        return _run(options)
    except _UserError as error:
        print(error, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    variants, forms = _variants(options.variants), _forms(options.forms)
    seed = _seed(options.seed)
    report = Report()
    library = load_library(options.root, options.config, report)
    target = _find(library, options.name) if library else None
    faults = [problem for problem in report.errors if library is None or _concerns(problem.path)]
    if library and isinstance(target, Contest):
        whole = all(name in library.bank_by_id for s in target.sections for name in s.bank)
        if whole:
            quotas = [p for p in check_contests(library) if p.path == target.origin.path]
            faults = [problem for problem in quotas if problem.severity == "error"]
    elif target is not None:
        faults = []
    if library is None or target is None or faults:
        print("\n".join(map(str, faults)), file=sys.stderr)
        print("题库或竞赛文件有错，改好再印。", file=sys.stderr)
        return 1
    absent = missing_packages()
    if absent:
        names = " ".join(absent)
        raise _UserError(
            f"还没有装排版和字体的包：{names}。请先运行 pip install -r requirements.txt"
        )
    folder = _folder(options.out)
    if isinstance(target, Contest):
        paper = compose_contest(library, target, variants, seed)
    else:
        paper = compose_bank(library, target, variants, seed)
    many = len(paper.sheets[0].items)
    if many > _LARGE and len(forms) * len(variants) > 1:
        raise _UserError(
            f"{paper.title}有 {many} 题，一次印一样、一卷，免得内存不够。例：--forms a4"
        )
    written = _write_all(folder, paper, library, forms)
    print(f"{options.out} 里写好 {len(written)} 个文件：")
    print("\n".join(f"  {name}" for name in written))
    print(
        f"试卷编号 {paper.code}，种子 {paper.seed}。" if paper.seed else f"题库版本 {paper.code}。"
    )
    return 0


def _concerns(path: str) -> bool:
    return path.startswith("quizzes/") or path == "mkdocs.yml"


def _variants(text: str | None) -> tuple[str, ...]:
    """A,B,C as letters; one paper without a letter where nothing is asked for."""
    if text is None:
        return ("",)
    letters = re.sub(r"[\s,，、]", "", text).upper()
    if not letters or set(letters) - set(VARIANTS) or len(set(letters)) < len(letters):
        raise _UserError(
            f"--variants 应为 A、B、C、D 里的几个，每个写一次，实际为{quoted(text)}。例：A,B"
        )
    return tuple(sorted(letters))


def _forms(text: str | None) -> tuple[str, ...]:
    if text is None:
        return OUTPUTS
    asked = [name for name in re.split(r"[\s,，、]+", text.lower()) if name]
    for name in asked:
        if name not in OUTPUTS:
            have = "、".join(OUTPUTS)
            raise _UserError(
                f"--forms 应为 {have} 里的几个，实际有{quoted(name)}{nearest(name, OUTPUTS)}"
            )
    if not asked:
        raise _UserError(f"--forms 后面要写样式：{'、'.join(OUTPUTS)}")
    return tuple(name for name in OUTPUTS if name in asked)


def _seed(text: str | None) -> str:
    if text is None:
        return ""
    seed = plain_seed(text)
    if not seed or len(seed) > _SEED_LENGTH:
        got = "空的" if not seed else f"{len(seed)} 个字"
        raise _UserError(f"--seed 应为 1～{_SEED_LENGTH} 个字的文字，实际为{got}。例：2026-06")
    return seed


def _find(library: Library, name: str | None) -> Contest | Bank | None:
    """The contest or bank of that name; None where its file exists and cannot be read."""
    contests = {contest.id: contest for contest in library.contests}
    known = sorted(library.known.contests) + sorted(library.known.banks)
    if name is None:
        raise _UserError(
            f"要印哪一场竞赛、哪一个题库？可以是：{'、'.join(known) or '（还没有题库）'}"
        )
    name = re.sub(r"^quizzes/(contests/)?|\.yml$", "", name)
    if name in contests:
        return contests[name]
    if name in library.bank_by_id:
        return library.bank_by_id[name]
    if name in known:
        return None
    hint = nearest(name, known) or "。"
    raise _UserError(
        f"没有叫{quoted(name)}的竞赛或题库{hint}可以是：{'、'.join(known) or '（还没有题库）'}"
    )


def _folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise _UserError(f"--out 应为文件夹，实际 {name} 是一个文件。换一个名字") from None
    except NotADirectoryError:
        raise _UserError(f"--out 建不了文件夹 {name}：它的上级是一个文件。换一个名字") from None
    except OSError as error:
        raise _UserError(
            f"--out 建不了文件夹 {quoted(name)}（{why(error)}）。换一个写得进去的地方"
        ) from None
    return folder


def _write_all(folder: Path, paper: Paper, library: Library, forms: Sequence[str]) -> list[str]:
    """Write each file that was asked for; their names, in the order written."""
    from jingzhong.channels.paper.printing import load_pictures

    questions = [item.question for item in paper.sheets[0].items]
    pictures = load_pictures(library.root, questions)
    names = []
    for name, content in _outputs(paper, library, forms, pictures):
        try:
            (folder / name).write_bytes(content)
        except OSError as error:
            raise _UserError(f"{folder / name} 写不了（{why(error)}）。它是不是正开着？") from None
        names.append(name)
    for src in sorted({q.image.src for q in questions if q.image} - set(pictures)):
        print(
            f"提醒：图片 {src} 读不了（应为 PNG、JPEG、GIF、SVG 或 WebP），印成文字说明。",
            file=sys.stderr,
        )
    return names


def _outputs(
    paper: Paper, library: Library, forms: Sequence[str], pictures: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """(file name, content) of all that was asked for."""
    from jingzhong.channels.paper.printing import lost_characters, make_pdf
    from jingzhong.channels.paper.word import make_word

    lost: set[str] = set()
    for sheet in paper.sheets:
        stem = f"{paper.name}-{sheet.variant}" if sheet.variant else paper.name
        for form in (FORMS[name] for name in forms if name in FORMS):
            data = paper_payload(paper, sheet, form)
            lost.update(lost_characters(data))
            yield f"{stem}-{form.name}.pdf", make_pdf("paper", data, pictures)
        if "word" in forms:
            data = paper_payload(paper, sheet, FORMS["a4"])
            yield f"{stem}.docx", make_word(data, pictures, library.settings.as_of)
        if "key" in forms and paper.practice:
            data = paper_payload(paper, sheet, FORMS["a4"], library=library)
            lost.update(lost_characters(data))
            yield f"{stem}-answers.pdf", make_pdf("paper", data, pictures)
    if "sheet" in forms and not paper.practice:
        yield f"{paper.name}-sheet.pdf", make_pdf("sheet", sheet_payload(paper), {})
    if "key" in forms and not paper.practice:
        data = key_payload(paper, library)
        lost.update(lost_characters(data))
        yield f"{paper.name}-key.pdf", make_pdf("key", data, {})
    if lost:
        shown = " ".join(f"{char}（U+{ord(char):04X}）" for char in sorted(lost)[:20])
        print(f"提醒：字体里没有这些字，印成了编号：{shown}", file=sys.stderr)
