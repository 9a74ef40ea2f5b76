"""A new question at the end of a bank, asked for or given by `--set`."""

from __future__ import annotations

from dataclasses import replace

from jingzhong.desk.new_forms import (
    known_ids,
    mapping,
)
from jingzhong.desk.new_given import read_given
from jingzhong.desk.new_maker import Maker
from jingzhong.desk.new_question import (
    BankError,
    add_question,
    load_bank,
    next_id,
    question_problems,
)
from jingzhong.desk.new_set import SettingError
from jingzhong.errors import expected, nearest, quoted
from jingzhong.model.fields import Reference
from jingzhong.model.source import Mapping as MappingNode


class InBank(Maker):
    """One run of `new question`."""

    def make(self) -> int:
        """Add one question to a bank."""
        if self.draft:
            raise SettingError("题目写在题库里，没有草稿；练习请用 python hooks new bank --draft。")
        name = self._bank()
        path = self.form.path(self.root, name)
        source, bank = load_bank(self.root, path, self.vocabularies)
        fresh = next_id(self.root, bank)
        if self.asks:
            defaults = {**self.defaults, "id": fresh}
            self.talk = replace(self.talk, defaults=defaults, day=self.day)
            node = mapping(self.talk.record(self.form.record, self.form.optional))
        else:
            node = self._read_question(fresh)
        used = getattr(node.get("id"), "text", "")
        text = add_question(source, bank, node, self.vocabularies)
        beside = path.with_name(f".{path.name}.new")
        try:
            beside.write_bytes(text.encode())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        print(f"{source.path} 里加了一题 {used}，现在共 {len(bank.questions) + 1} 题。")
        return 0

    def _read_question(self, fresh: str) -> MappingNode:
        given = {"id": fresh, **{name: v for name, v in self.given.items() if name != "bank"}}
        answers, _, said = read_given(given, self.form, self.talk.names, self.day, self.check)
        node, used = mapping(answers), getattr(answers.get("id"), "text", "")
        if used in known_ids(self.root, "question"):
            self.check.add("id", f"题目 id {used} 已经有了；没有覆盖。可以用 {fresh}。")
        self.check.take(question_problems(node, self.vocabularies))
        self.check.done()
        for line in said:
            print(f"  {line}")
        return node

    def _bank(self) -> str:
        """The id of the bank that gets the question, by number, id, title or a part of it."""
        banks = known_ids(self.root, "bank")
        if not banks:
            raise BankError("还没有题库；先运行 python hooks new bank。")
        kind, names = Reference("bank", "题库 id"), self.talk.names
        listed = {one: names.shown("bank", one) for one in banks}
        if self.asks:
            node = self.talk.ask(kind, "加到哪个题库")
            return node.text
        typed = self.given.get("bank", "")
        meant = names.understand(kind, typed) if isinstance(typed, str) and typed else None
        if meant and meant.text in banks and not meant.fault:
            if meant.said:
                print(f"  {typed} → {meant.said}")
            return meant.text
        fault = meant.fault if meant and meant.choices else ""
        if not fault:
            got = f"{quoted(str(typed))}{nearest(str(typed), banks)}" if typed else "没有写"
            have = f"已有的题库（{'、'.join(listed.values())}）"
            fault = expected(have, got, f"--set bank={banks[0]}")
        self.check.add("bank", fault)
        # Without its bank a question's id is not known to be free; the rest is looked at.
        self._read_question("x")
        raise AssertionError
