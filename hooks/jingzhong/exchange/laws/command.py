"""`python hooks import law FILE…`: statutes in, regulation pages and a report out."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from jingzhong.desk.yaml_tree import UnsafeError
from jingzhong.exchange.each_file import Take, import_each
from jingzhong.exchange.laws.note import Facts, read_note
from jingzhong.exchange.laws.numbering_file import NumberingError, add_entry, entry, same_numbering
from jingzhong.exchange.laws.opening import drafts_of, find_law, proposed_id, read
from jingzhong.exchange.laws.page import Page, build_page
from jingzhong.exchange.laws.renumbering import Proposal, propose, table
from jingzhong.exchange.laws.statute import Statute
from jingzhong.exchange.questions.found import RefusedError
from jingzhong.exchange.writing import replace_file
from jingzhong.law.command import REGULATIONS
from jingzhong.law.lexicon import Lexicon
from jingzhong.law.versions import Law, load_numberings
from jingzhong.model.regulations import KINDS, STATUSES, Regulation

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUMBERING = "hooks/jingzhong/law/data/numbering.yml"


def add_parser(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `import law` to the command line."""
    parser = kinds.add_parser("law", help="导入法规全文：docx（国家法律法规数据库下载的）、md、txt")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件")
    parser.add_argument(
        "--id", metavar="短名", help="法规的英文短名（默认按名称查已知的法规，查不到用拼音首字母）"
    )
    parser.add_argument("--kind", choices=KINDS, help="种类，原文看不出时用")
    parser.add_argument("--number", metavar="文号", help="文号，原文没有写时用")
    parser.add_argument("--issuer", metavar="机关", help="制定机关，原文没有写时用")
    parser.add_argument("--status", choices=STATUSES, help="状态，原文不会写明")
    parser.add_argument("--old", type=Path, metavar="旧版文件", help="旧版全文，用来做新旧条号对照")
    parser.add_argument("--yes", action="store_true", help="条号对照已经核对过，记进条号数据")
    parser.add_argument("--force", action="store_true", help="页面已经有了也写：保留编者写的内容")
    parser.add_argument("--dry-run", action="store_true", help="只看结果，不写文件")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Import each file; 1 when one was refused or not written, 2 when the call makes no sense."""
    fault = _fault(options)
    if fault:
        print(fault, file=sys.stderr)
        return 2

    def begin(lexicon: Lexicon, as_of: datetime.date) -> Take:
        importer = Importer(options, lexicon, as_of.isoformat())

        def take(path: Path) -> None:
            try:
                importer.take(path)
            except (UnsafeError, NumberingError) as error:
                raise RefusedError(str(error)) from None

        return take

    return import_each(options, begin)


def _fault(options: argparse.Namespace) -> str:
    single = [n for n in ("id", "kind", "number", "issuer", "old") if getattr(options, n)]
    if len(options.files) > 1 and single:
        return f"--{single[0]} 只能和一个文件一起用，请一个一个导入"
    if options.id and not _ID.fullmatch(options.id):
        return f"--id 应为小写英文字母、数字和连字符，实际为“{options.id}”。例：fire-law"
    return ""


@dataclass
class Importer:
    """One run: the options, what the site knows, the day it speaks for."""

    options: argparse.Namespace
    lexicon: Lexicon
    as_of: str

    def take(self, path: Path) -> None:
        """Import one file. Raises `RefusedError` where that is not possible."""
        statute = read(path)
        facts = read_note(statute, path.name)
        name, law = self.name(statute)
        old = self._page(name, law)
        target = self.options.root / REGULATIONS / f"{name}.md"
        proposal, since = self._proposal(statute, facts, old)
        page = build_page(
            name,
            statute,
            facts,
            self.as_of,
            old=old,
            given=self._given(path, facts, law, old),
            titles=self._titles(statute, facts, old, proposal),
        )
        self._tell(path, name, statute, facts, page)
        if proposal:
            print("\n".join(table(proposal)))
        if self.options.dry_run:
            print("  --dry-run：没有写任何文件")
            return
        if target.exists() and not self.options.force:
            raise RefusedError(
                f"{REGULATIONS}/{name}.md 已经有了，没有改动。看过上面的差别后加 --force 重写"
                "（简称、主题、受众、短题和开头的话会保留），或换一个 --id"
            )
        if proposal and old:
            self._keep(name, since, proposal, old)
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, page.text)
        print(f"  写好 {REGULATIONS}/{name}.md")
        if page.todo:
            print(
                f"  还缺 {len(page.todo)} 项：打开文件补上，删去 # TODO 的行，再运行 python hooks check"
            )

    def name(self, statute: Statute) -> tuple[str, Law | None]:
        """The id and what the site knows of the law; an id made from pinyin is told."""
        book = self.lexicon.book
        if self.options.id:
            return self.options.id, book.laws.get(self.options.id)
        law = find_law(statute.title, self.lexicon)
        if law:
            return law.id, law
        proposed = proposed_id(statute.title)
        if sys.stdin is not None and sys.stdin.isatty() and not self.options.dry_run:
            try:
                typed = input(f"《{statute.title}》的 id（回车用 {proposed}）：").strip()
            except EOFError:
                typed = ""
            if typed and _ID.fullmatch(typed):
                return typed, book.laws.get(typed)
            if typed:
                raise RefusedError(f"id 应为小写英文字母、数字和连字符，实际为“{typed}”")
        else:
            print(f"《{statute.title}》不在已知法规里，id 用拼音首字母 {proposed}；要换请加 --id")
        return proposed, None

    def _page(self, name: str, law: Law | None) -> Regulation | None:
        target = self.options.root / REGULATIONS / f"{name}.md"
        if law and law.page:
            return law.page
        if target.exists():
            raise RefusedError(
                f"{REGULATIONS}/{name}.md 已经有了，但里面有错，读不出来，没有改动；"
                "请先运行 python hooks check 改正"
            )
        return None

    def _given(
        self, path: Path, facts: Facts, law: Law | None, old: Regulation | None
    ) -> dict[str, str]:
        """Fields from the command line, then from the site's data, then from the folder's name."""
        given = {
            name: getattr(self.options, name)
            for name in ("kind", "number", "issuer", "status")
            if getattr(self.options, name)
        }
        if law and not law.page:
            given.setdefault("kind", law.kind)
            if law.repealed_on:
                given.setdefault("status", "已废止")
                given["repealed_on"] = law.repealed_on
            elif facts.editions and facts.editions[-1].date == law.current.date:
                given.setdefault("status", "现行有效")
        if (
            "kind" not in given
            and not facts.kind
            and not old
            and path.absolute().parent.name in KINDS
        ):
            given["kind"] = path.absolute().parent.name
            facts.doubts.append(f"种类“{given['kind']}”取自文件夹名，请核对")
        if facts.number_is_old and not given.get("number"):
            facts.doubts.append("最新一次修改的文号题注没有写，number 记的是以前的文号，请核对")
        return given

    def _proposal(
        self, statute: Statute, facts: Facts, old: Regulation | None
    ) -> tuple[Proposal | None, str]:
        """The table of numbers when a later version of a carried law comes in."""
        if old is None:
            return None, ""
        if not facts.editions:
            raise RefusedError("文件没有写版本日期，看不出比已有的页面新还是旧，没有导入")
        newest, known = facts.editions[-1].date, old.current.date
        if newest < known:
            raise RefusedError(
                f"文件是 {newest} 的版本，页面已有更新的 {known} 版，没有导入。"
                "要拿它做条号对照，请导入新版时用 --old 给出这个文件"
            )
        if newest == known and not self.options.old:
            return None, known
        if newest > known and any(one.law == old.id for one in load_numberings()):
            facts.doubts.append(
                f"{NUMBERING} 里 {old.id} 的条号数据是按 {known} 版写的，"
                "换成新版后必须一起改，否则旧条号会指错"
            )
        if self.options.old:
            before = read(self.options.old)
            since = next(iter(reversed(read_note(before, self.options.old.name).editions)), None)
            return propose(before.articles, statute.articles), since.date if since else known
        if old.text == "全文":
            return propose(drafts_of(old), statute.articles), known
        facts.doubts.append(
            f"新版 {newest} 比页面的 {known} 新，但页面是要点，没有旧版全文可比，没有做条号对照；"
            "有旧版文件请加 --old"
        )
        return None, known

    def _titles(
        self,
        statute: Statute,
        facts: Facts,
        old: Regulation | None,
        proposal: Proposal | None,
    ) -> dict[str, str]:
        """Short titles of the old page under the new numbers; without a table only for one version."""
        if old is None:
            return {}
        titles = {one.number: one.title for one in old.articles if one.title}
        same = facts.editions and facts.editions[-1].date == old.current.date
        if same:
            return titles
        if proposal is None:
            return {}
        pairs = proposal.by_old
        return {pairs[n].new: title for n, title in titles.items() if n in pairs}

    def _keep(self, name: str, since: str, proposal: Proposal, old: Regulation) -> None:
        known = next((one for one in load_numberings() if one.law == name), None)
        versions = same_numbering(since, old.versions, known)
        text = entry(name, versions, proposal, known)
        if self.options.yes:
            add_entry(self.options.root / NUMBERING, name, text)
            print(f"  条号对照已记进 {NUMBERING}")
            return
        beside = self.options.root / "drafts" / f"{name}.renumbering.yml"
        beside.parent.mkdir(exist_ok=True)
        head = (
            "# 条号对照的建议稿：逐条核对后并入（原来有的整段替换）"
            + NUMBERING
            + "，再删去这个文件。\n"
        )
        replace_file(beside, head + text)
        print(f"  条号对照没有生效，写在 drafts/{name}.renumbering.yml，请核对（--yes 直接记入）")

    def _tell(self, path: Path, name: str, statute: Statute, facts: Facts, page: Page) -> None:
        articles = statute.articles
        run_ = (
            f"{articles[0].name}至{articles[-1].name}，共 {len(articles)} 条"
            if articles
            else "没有条文"
        )
        print(f"{path}: 《{statute.title}》→ {name}：{run_}")
        for line, message in statute.problems:
            print(f"{path}:{line}: {message}")
        line = statute.title_line
        for doubt in facts.doubts:
            print(f"{path}:{line}: {doubt}")
        for one in page.todo:
            print(f"{path}:{line}: TODO {one}")
        for change in page.changes:
            print(f"  {change}")
