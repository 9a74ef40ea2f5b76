"""One run of `new`: a file out of answers that are asked for, or given by `--set`."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from jingzhong.desk.new_ask import Interview
from jingzhong.desk.new_forms import (
    FORMS,
    LEAD,
    Form,
    mapping,
    problems_of,
    render,
)
from jingzhong.desk.new_given import Check, read_given
from jingzhong.desk.new_names import as_id
from jingzhong.desk.new_rules import CLOSED, named, needs
from jingzhong.desk.new_set import Given, SettingError, parse_settings
from jingzhong.desk.new_summary import summary
from jingzhong.errors import Problem, Report, expected, quoted
from jingzhong.model.cases import Case
from jingzhong.model.fields import specs
from jingzhong.model.quizzes import Bank
from jingzhong.model.settings import load_settings
from jingzhong.model.source import Node

NAME = r"[a-z0-9]+(-[a-z0-9]+)*"
DRAFTS = "drafts"
SECTION_HINTS = {
    "事故经过": "按时间顺序，先写一两句，以后打开文件再补",
    "直接原因": "外行能懂的一两句",
    LEAD: "这部法规管什么、和谁有关，用自己的话",
}


class Maker:
    """One run of `new`: where the answers come from, and what becomes of them."""

    def __init__(
        self,
        options: argparse.Namespace,
        vocabularies: Mapping[str, Mapping[str, str]],
        read: Callable[[str], str],
        *,
        confirms: bool,
    ) -> None:
        self.root: Path = options.root
        self.form: Form = FORMS[options.kind]
        self.vocabularies = vocabularies
        self.given: Given
        self.given, unread = parse_settings(options.set)
        self.check = Check(self.form.record, [("", words) for words in unread])
        self.asks = not options.set
        self.draft = bool(options.draft)
        settings = load_settings(options.root, options.config, Report())
        self.day = day = settings.as_of if settings else datetime.date.today()
        self.defaults = {"reviewed": day.isoformat()}
        origins = {day.isoformat(): "本站的数据日期" if settings else "今天的日期"}
        self.confirms = confirms
        self.talk = Interview(
            self.root, vocabularies, read, print, dict(self.defaults), origins, bool(options.all)
        )

    def make(self) -> int:
        """Make one new file."""
        if self.asks:
            one = "一个" + self.form.label.removeprefix("一个")
            print(f"新写{one}。每一项写完按回车；按 Ctrl-C 离开，什么也不会写。")
            path, answers, text = self._asked()
        else:
            path, answers, text = self._read()
        shown = self._shown(path)
        if self.confirms and not self._confirmed(shown, answers, text):
            return 130
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            raise SettingError(_taken(shown)) from None
        print(f"已写好 {shown}。")
        print(*self._what_next(shown), sep="\n")
        return 0

    def _what_next(self, shown: str) -> tuple[str, ...]:
        """The last lines: what to do now, and where an exercise belongs."""
        folder = self.form.folder
        if self.draft:
            return (
                f"{DRAFTS}/ 里的不检查、不发布，可以留在仓库里练习。",
                f"要发布时，把它移到 {folder}/，再运行 python hooks check。",
            )
        return (
            "接着运行 python hooks check 看还缺什么，再打开文件补写。",
            f"{folder}/ 里的都会发布。只是练习的，把它移到 {DRAFTS}/（不发布）或删掉；"
            "下次加 --draft，直接写到那里。",
        )

    def _asked(self) -> tuple[Path, dict[str, Node], str]:
        """(path, answers, text) of a file that an editor was asked for."""
        name = ""
        if self.form.record is Bank:  # Its questions are numbered by its name.
            name = self._name({})
            self.talk = replace(self.talk, defaults={**self.talk.defaults, "id": f"{name}-001"})
        answers = self.talk.record(self.form.record, self.form.optional)
        body = {heading: self._section(heading) for heading in self._needed(answers)}
        name = name or self._name(answers)
        while True:
            path = self._path(name)
            text = render(self.form, mapping(answers), body)
            found = problems_of(self.form, self._place(name), text, self.vocabularies)
            if not found:
                return path, answers, text
            self._mend(found, answers, body)

    def _read(self) -> tuple[Path, dict[str, Node], str]:
        """(path, answers, text) of a file given by `--set`; everything wrong is told at once."""
        given = self.given
        if "reviewed" in specs(self.form.record):
            given = {**self.defaults, **given}
        form, check = self.form, self.check
        answers, body, said = read_given(given, form, self.talk.names, self.day, check)
        day = getattr(answers.get("date"), "text", "") if form.record is Case else ""
        typed = given.get("id")
        name, fault = self._named(typed, day) if isinstance(typed, str) and typed else ("", "")
        if not typed or not isinstance(typed, str):
            fault = expected("文件名 id", "没有写", "--set id=tianjin-ruihai")
        if fault:
            check.add("", fault)
            name = f"{day}-x" if day else "x"  # A stand-in, so that the rest is looked at too.
        # Without any answer the model shall see a file that lacks its fields, not an empty one.
        text = render(form, mapping(answers), body) if answers or body else "{}\n"
        check.take(problems_of(form, self._place(name), text, self.vocabularies))
        check.done()
        for line in said:
            print(f"  {line}")
        return self._path(name), answers, text

    def _path(self, name: str) -> Path:
        if self.draft:
            return self.root / DRAFTS / f"{name}{self.form.suffix}"
        return self.form.path(self.root, name)

    def _place(self, name: str) -> str:
        """Where the file belongs once it is published, which tells the model its id."""
        return self._shown(self.form.path(self.root, name))

    def _shown(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def _confirmed(self, shown: str, answers: Mapping[str, Node], text: str) -> bool:
        """Show what will be written; after a no the answers stay on the screen."""
        print("\n".join(("", *summary(shown, answers))))
        if self.talk.yes("写入吗", "直接回车写入，n 不写，答案留在屏幕上", enter=True):
            return True
        print(f"\n{text}\n没有写任何文件。上面是您的答案，可以复制。")
        return False

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
        day = getattr(answers.get("date"), "text", "") if self.form.record is Case else ""
        while True:
            typed = self.talk.must(
                "英文短名", "它是网址的一部分，以后不能改；写中文就用拼音；例：tianjin-ruihai"
            )
            name, fault = self._named(typed, day)
            if not fault:
                if as_id(typed) != typed:
                    print(f"  → 短名 {name}")
                return name
            print(f"  ✗ {fault}")

    def _named(self, typed: str, day: str) -> tuple[str, str]:
        """(id, what is wrong with it)."""
        short = as_id(typed)
        name = f"{day}-{short}" if day and not short.startswith(f"{day}-") else short
        if not re.fullmatch(NAME, short):
            return "", expected("小写英文字母、数字和连字符", quoted(typed), "tianjin-ruihai")
        for path in (self._path(name), self.form.path(self.root, name)):
            if path.exists():
                return "", _taken(self._shown(path))
        return name, ""

    def _mend(
        self, found: tuple[Problem, ...], answers: dict[str, Node], body: dict[str, str]
    ) -> None:
        """Ask again for what does not fit together; what no field is to blame for is an error."""
        words = [f"字段 {p.field}: {p.message}" if p.field else p.message for p in found]
        fields = specs(self.form.record)
        wrong = [name for p in found if (name := re.split(r"[.\[]", p.field)[0]) in fields]
        lacking = [one for one in self.form.sections if any(f"“{one}”" in p.message for p in found)]
        if not (wrong or lacking):
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


def _taken(shown: str) -> str:
    return f"{shown} 已经有了，没有覆盖；请换一个 id。"
