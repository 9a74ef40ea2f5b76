"""`python hooks new`: asks for what a new file needs and writes it in canonical form."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from jingzhong.desk.new_ask import Interview
from jingzhong.desk.new_forms import (
    FORMS,
    LEAD,
    Form,
    known_ids,
    mapping,
    problems_of,
    render,
)
from jingzhong.desk.new_question import BankError, add_question, load_bank, next_id
from jingzhong.desk.new_rules import CLOSED, named, needs
from jingzhong.desk.new_set import Given, SettingError, parse_settings, to_node
from jingzhong.desk.new_summary import summary
from jingzhong.errors import ContentError, Problem, Report, expected, nearest, quoted
from jingzhong.model.fields import specs
from jingzhong.model.settings import load_settings
from jingzhong.model.source import Mapping as MappingNode
from jingzhong.model.source import Node
from jingzhong.model.vocabulary import load_vocabularies

NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
SECTION_HINTS = {
    "事故经过": "按时间顺序，先写一两句，以后打开文件再补",
    "直接原因": "外行能懂的一两句",
    LEAD: "这部法规管什么、和谁有关，用自己的话",
}


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb `new` to the command line."""
    parser = verbs.add_parser("new", help="一问一答，新写一个案例、题目、题库、法规、竞赛或计划")
    kinds = "、".join(f"{name} {form.label}" for name, form in FORMS.items())
    parser.add_argument("kind", choices=FORMS, metavar="种类", help=kinds)
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="字段=值",
        help="不提问，直接给出：--set title=… --set place.city=…；文件名用 id=…，题目还要 bank=…",
    )
    parser.add_argument("--all", action="store_true", help="不常用的字段也一一问到")
    parser.set_defaults(run=run)


def on_terminal(read: Callable[[str], str]) -> bool:
    """Whether a person sits at a terminal; a script that feeds answers is not asked once more."""
    return read is input and sys.stdin.isatty()


def run(options: argparse.Namespace, read: Callable[[str], str] = input) -> int:
    """Write one file, or one question; 1 when something was wrong, 130 when the editor left."""
    try:
        vocabularies = load_vocabularies().spellings
        maker = _Maker(options, vocabularies, read)
        return maker.question() if options.kind == "question" else maker.file()
    except (KeyboardInterrupt, EOFError):
        print("\n没有写任何文件。", file=sys.stderr)
        return 130
    except (SettingError, BankError, ContentError) as error:
        print(error, file=sys.stderr)
    except UnicodeError:
        print("输入的不是 UTF-8 文字，没有写任何文件。", file=sys.stderr)
    except OSError as error:
        print(f"写不进去：{error.strerror}", file=sys.stderr)
    return 1


class _Maker:
    """One run of `new`: where the answers come from, and what becomes of them."""

    def __init__(
        self,
        options: argparse.Namespace,
        vocabularies: Mapping[str, Mapping[str, str]],
        read: Callable[[str], str],
    ) -> None:
        self.root: Path = options.root
        self.form: Form = FORMS[options.kind]
        self.vocabularies = vocabularies
        self.given: Given = parse_settings(options.set)
        self.asks = not options.set
        settings = load_settings(options.root, options.config, Report())
        day = settings.as_of if settings else datetime.date.today()
        self.defaults = {"reviewed": day.isoformat()}
        origins = {day.isoformat(): "本站的数据日期" if settings else "今天的日期"}
        self.confirms = self.asks and on_terminal(read)
        self.talk = Interview(
            self.root, vocabularies, read, print, dict(self.defaults), origins, bool(options.all)
        )

    def file(self) -> int:
        """Make one new file."""
        if self.asks:
            print(f"新写一个{self.form.label}。每一项写完按回车；按 Ctrl-C 离开，什么也不会写。")
        else:
            self._check_id(self.given.get("id"))
        answers, body = self._answers()
        name = self._name(answers)
        while True:
            path = self.form.path(self.root, name)
            shown = path.relative_to(self.root).as_posix()
            text = render(self.form, mapping(answers), body)
            found = problems_of(self.form, shown, text, self.vocabularies)
            if not found:
                break
            self._mend(found, answers, body)
        if self.confirms and not self._confirmed(shown, answers, text):
            return 130
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            raise SettingError(f"{shown} 已经有了，没有覆盖；请换一个 id。") from None
        print(f"已写好 {shown}。接着运行 python hooks check 看还缺什么，再打开文件补写。")
        return 0

    def _confirmed(self, shown: str, answers: Mapping[str, Node], text: str) -> bool:
        """Show what will be written; after a no the answers stay on the screen."""
        print("\n".join(("", *summary(shown, answers))))
        if self.talk.yes("写入吗", "直接回车写入，n 不写，答案留在屏幕上", enter=True):
            return True
        print(f"\n{text}\n没有写任何文件。上面是您的答案，可以复制。")
        return False

    def _answers(self) -> tuple[dict[str, Node], dict[str, str]]:
        form = self.form
        if self.asks:
            answers = self.talk.record(form.record, form.optional)
            body = {name: self._section(name) for name in self._needed(answers)}
            return answers, body
        given = {**self.defaults, **self.given} if "reviewed" in specs(form.record) else self.given
        body = {name: _paragraphs(name, given[name]) for name in form.sections if name in given}
        rest = {n: v for n, v in given.items() if n not in body and n != "id"}
        node = to_node(rest, form.record)
        assert isinstance(node, MappingNode)
        return {key.text: value for key, value in node.entries}, body

    def _needed(self, answers: Mapping[str, Node]) -> tuple[str, ...]:
        """The parts of a body that must be written; a closed case needs its causes."""
        if "事故经过" not in self.form.sections:
            return self.form.sections
        closed = getattr(answers.get("status"), "text", "") in CLOSED
        return tuple(
            one
            for one in self.form.sections
            if one in ("事故经过", "事故教训") or (closed and one in ("直接原因", "间接原因"))
        )

    def _section(self, heading: str) -> str:
        return self.talk.must(heading, SECTION_HINTS.get(heading, "一两句"))

    def _name(self, answers: Mapping[str, Node]) -> str:
        """The new id, which is the file's name; of a case it begins with the date."""
        day = getattr(answers.get("date"), "text", "") if self.form.folder == "cases" else ""
        while True:
            typed = str(self.given.get("id", "")) or self.talk.must(
                "英文短名", "例：tianjin-ruihai"
            )
            name = f"{day}-{typed}" if day and not typed.startswith(f"{day}-") else typed
            fault = ""
            if not re.fullmatch(NAME, typed):
                fault = expected("小写英文字母、数字和连字符", quoted(typed), "tianjin-ruihai")
            elif self.form.path(self.root, name).exists():
                shown = self.form.path(self.root, name).relative_to(self.root).as_posix()
                fault = f"{shown} 已经有了，没有覆盖；请换一个 id。"
            if not fault:
                return name
            if not self.asks:
                raise SettingError(fault)
            print(f"  ✗ {fault}")

    @staticmethod
    def _check_id(name: object) -> None:
        if not isinstance(name, str) or not name:
            raise SettingError(expected("文件名 id", "没有写", "--set id=tianjin-ruihai"))

    def _mend(
        self, found: tuple[Problem, ...], answers: dict[str, Node], body: dict[str, str]
    ) -> None:
        """Ask again for what does not fit together; without a conversation it is an error."""
        words = [f"字段 {p.field}: {p.message}" if p.field else p.message for p in found]
        fields = specs(self.form.record)
        wrong = [name for p in found if (name := re.split(r"[.\[]", p.field)[0]) in fields]
        lacking = [one for one in self.form.sections if any(f"“{one}”" in p.message for p in found)]
        if not self.asks or not (wrong or lacking):
            raise SettingError("\n".join(words))
        for p in found:
            where = f"{named(self.form.record, p.field)}：" if p.field and p.field != "正文" else ""
            # An example like `grade: 较大` shows a line of the file; here only the value is typed.
            message = re.sub("例：[a-z_]+: ", "例：", p.message)
            print(f"  ✗ {where}{message}")
        for name in dict.fromkeys(wrong):
            field, _ = fields[name]
            record = self.form.record
            lacks = any(p.field == name and "实际为没有写" in p.message for p in found)
            _, required = needs(record, name, True, lacks or name in self._musts(), answers)
            node = self.talk.field(record, name, field, required, answers)
            answers.pop(name, None)
            if node is not None:
                answers[name] = node
        body.update({name: self._section(name) for name in lacking})

    def _musts(self) -> set[str]:
        return {name for name, (_, required) in specs(self.form.record).items() if required}

    def question(self) -> int:
        """Add one question to a bank."""
        name = self._bank()
        path = self.form.path(self.root, name)
        source, bank = load_bank(self.root, path, self.vocabularies)
        fresh = next_id(self.root, bank)
        if self.asks:
            self.talk = replace(self.talk, defaults={**self.defaults, "id": fresh})
            node: Node = mapping(self.talk.record(self.form.record, self.form.optional))
        else:
            rest = {"id": fresh, **self.given}
            del rest["bank"]
            node = to_node(rest, self.form.record)
        assert isinstance(node, MappingNode)
        used = getattr(node.get("id"), "text", "")
        if used in known_ids(self.root, "question"):
            raise BankError(f"题目 id {used} 已经有了；没有覆盖。可以用 {fresh}。")
        text = add_question(source, bank, node, self.vocabularies)
        beside = path.with_name(f".{path.name}.new")
        try:
            beside.write_bytes(text.encode())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        print(f"{source.path} 里加了一题 {used}，现在共 {len(bank.questions) + 1} 题。")
        return 0

    def _bank(self) -> str:
        banks = known_ids(self.root, "bank")
        if not banks:
            raise BankError("还没有题库；先运行 python hooks new bank。")
        for number, one in enumerate(banks if self.asks else (), 1):
            print(f"  {number}. {one}")
        while True:
            typed = self.talk.line("加到哪个题库", "写编号或 id") if self.asks else ""
            typed = typed or str(self.given.get("bank", ""))
            if typed.isdecimal() and 1 <= int(typed) <= len(banks):
                typed = banks[int(typed) - 1]
            if typed in banks:
                return typed
            got = f"{quoted(typed)}{nearest(typed, banks)}" if typed else "没有写"
            fault = expected("已有的题库", got, f"--set bank={banks[0]}")
            if not self.asks:
                raise BankError(fault)
            print(f"  ✗ {fault}")


def _paragraphs(name: str, given: object) -> str:
    """A part of a body; given several times it is so many paragraphs."""
    if isinstance(given, dict):
        raise SettingError(expected("文字", f"一组“{name}.…”", f"--set {name}=…"))
    return "\n\n".join(given) if isinstance(given, list) else str(given)
