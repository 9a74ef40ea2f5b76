"""What a newcomer meets in `python hooks new`: each question says what it wants, and at once."""

from __future__ import annotations

import argparse
import datetime
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from jingzhong.desk import new_command
from jingzhong.desk.new_law import Laws
from jingzhong.desk.new_names import Names
from jingzhong.desk.new_rules import named
from jingzhong.errors import Report
from jingzhong.model.cases import Case
from jingzhong.model.fields import Reference
from jingzhong.model.library import load_library
from jingzhong.rules.regions import check_places

ROOT = Path(__file__).resolve().parents[2]
LAW = Reference("regulation", "法规 id")
LAWS = ("fire-law", "work-safety-law", "hazchem-regs", "gb-3608-2025")
# Prompt (its beginning) → what is typed, one a time; the last is typed again and again.
CASE: Mapping[str, str | list[str]] = {
    "标题": "某市某厂“6·1”火灾事故",
    "事故日期": "2026-06-01",
    "省级行政区": "江苏省",
    "设区的市": "苏州市",
    "行业领域": "消防",
    "事故类型": "火灾",
    "状态": "初报",
    "死亡人数": "3",
    "一句话原因": "动火引燃可燃物",
    "你能做什么 第 1 项的": "",
    "给谁": "居民",
    "做什么": "走",
    "名称": "通报",
    "发布者": "机关",
    "事故经过": "起火了。",
    "直接原因": "动火。",
    "间接原因": "没有人管。",
    "事故教训": "出口不能锁。",
    "英文短名": "some-factory",
}
CLOSED = {"状态": "已结案", "事故等级": "较大"}
VIOLATION = {
    "要写“法律对照 第 1 项”吗": "y",
    "法规（": "消防法",
    "要点": "不得堵塞出口",
    "依据": "编者对照",
}


class Talk:
    """A newcomer who answers by what the prompt says, and all that was on the screen."""

    def __init__(self, root: Path, changes: Mapping[str, str | list[str]], **lines: str) -> None:
        self.root = root
        merged = {**CASE, **changes, **lines}
        self.lines = {k: list(v) if isinstance(v, list) else [v] for k, v in merged.items()}
        self.prompts: list[str] = []
        self.code = -1

    def __call__(self, prompt: str) -> str:
        self.prompts.append(prompt)
        assert len(self.prompts) < 120, self.prompts[-5:]
        for start in sorted(self.lines, key=len, reverse=True):
            if prompt.startswith(start):
                lines = self.lines[start]
                return lines.pop(0) if len(lines) > 1 else lines[0]
        return ""

    def prompt(self, start: str) -> str:
        return next(one for one in self.prompts if one.startswith(start))

    def count(self, start: str) -> int:
        return sum(one.startswith(start) for one in self.prompts)

    def text(self) -> str:
        return (self.root / "cases" / "2026-06-01-some-factory.md").read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    folder = tmp_path / "content" / "regulations"
    folder.mkdir(parents=True)
    for law in LAWS:
        shutil.copy(ROOT / "content" / "regulations" / f"{law}.md", folder)
    return tmp_path


@pytest.fixture
def talk(root: Path) -> Callable[..., Talk]:
    def hold(*changes: Mapping[str, str | list[str]], kind: str = "case") -> Talk:
        one = Talk(root, {k: v for change in changes for k, v in change.items()})
        parser = argparse.ArgumentParser()
        new_command.add_parser(parser.add_subparsers())
        options = parser.parse_args(["new", kind])
        options.root, options.config = root, root / "mkdocs.yml"
        one.code = new_command.run(options, one)
        return one

    return hold


Hold = Callable[..., Talk]
Screen = pytest.CaptureFixture[str]


def test_a_place_is_refused_as_check_refuses_it(talk: Hold, capsys: Screen, root: Path) -> None:
    wrong = {"省级行政区": ["广东", "广东省"], "设区的市": ["顺德区", "苏州市", "佛山市"]}
    done = talk(wrong)
    told = capsys.readouterr().out
    assert "应为省级行政区的全称，实际为“广东”" in told and "是不是“广东省”" in told
    assert "应为广东省的地级行政区" in told and "（属于江苏省）" in told and "例：" in told
    assert done.code == 0 and (done.count("省级行政区"), done.count("设区的市")) == (2, 3)
    report = Report()
    library = load_library(root, root / "mkdocs.yml", report)
    assert library is not None and list(check_places(library)) == []


def test_a_name_of_the_day_is_taken(talk: Hold, capsys: Screen) -> None:
    """襄樊市 was the name until 2010: right then, a reminder now, in neither case refused."""
    place = {"省级行政区": "湖北省", "设区的市": "襄樊市"}
    assert talk(place).code == 0 and "（提醒）" in capsys.readouterr().out
    assert talk(place, {"事故日期": "2009-06-01"}).code == 0
    assert "（提醒）" not in capsys.readouterr().out


def test_a_closed_case_needs_its_grade_at_once(talk: Hold, capsys: Screen) -> None:
    done = talk(CLOSED, {"事故等级": ["", "较大"]})
    assert done.code == 0 and "必填" in done.prompt("事故等级") and done.count("事故等级") == 2
    assert "这一项必须填" in capsys.readouterr().out and "grade: 较大" in done.text()
    assert "可不填" not in done.prompt("事故等级")


def test_an_open_case_may_leave_it_out(talk: Hold) -> None:
    done = talk()
    assert done.code == 0 and "可不填" in done.prompt("事故等级") and "grade" not in done.text()


def test_a_repealed_law_needs_its_day(talk: Hold, capsys: Screen) -> None:
    law = {"全称": "某法", "种类": "法律", "文号": "第一号", "制定机关": "机关",
           "通过或公布日期": "2021-06", "状态": "已废止", "废止日期": ["", "2026-05-01"],
           "官方来源": "数据库", "收录方式": "要点", "导语": "说明。"}  # fmt: skip
    assert talk(law, kind="regulation").code == 0 and "这一项必须填" in capsys.readouterr().out
    done = talk(law, {"状态": "现行有效", "英文短名": "b"}, kind="regulation")
    assert done.code == 0 and done.count("废止日期") == 0


@pytest.mark.parametrize(
    ("typed", "law"),
    [
        ("中华人民共和国消防法", "fire-law"),
        ("《消防法》", "fire-law"),
        ("安生法", "work-safety-law"),
        ("危化品条例", "hazchem-regs"),
        ("GB 3608", "gb-3608-2025"),  # Of two editions the one in force.
        ("GB 3608-2025", "gb-3608-2025"),
        ("fire-law", "fire-law"),
    ],
)
def test_a_law_goes_by_any_name(typed: str, law: str, talk: Hold, capsys: Screen) -> None:
    done = talk(VIOLATION, {"法规（": typed})
    assert done.code == 0 and f"- law: {law}\n" in done.text()
    assert (f"（{law}）" in capsys.readouterr().out) == (typed != law)
    assert done.count("本站没有收录的法规全称") == 0


def test_a_law_that_is_none(talk: Hold, capsys: Screen) -> None:
    done = talk(VIOLATION, {"法规（": ["消房法", "月球法", "fire-laws", ""],
                            "本站没有收录的法规全称": ["", "月球安全法"]})  # fmt: skip
    told = capsys.readouterr().out
    assert "是不是“消防法”？" in told and "是不是“fire-law”？" in told
    assert "实际为“月球法”。例：消防法" in told and told.count("这一项必须填") == 1
    assert done.code == 0 and "- law_title: 月球安全法\n" in done.text(), told


def test_a_title_of_a_law_that_the_site_has(talk: Hold, capsys: Screen) -> None:
    title = {"法规（": "", "本站没有收录的法规全称": ["", "中华人民共和国安全生产法"]}
    done = talk(VIOLATION, title)
    assert done.code == 0 and "（work-safety-law）" in capsys.readouterr().out
    assert "- law: work-safety-law\n" in done.text() and "law_title" not in done.text()
    done = talk(VIOLATION, title, {"本站没有收录的法规全称": "港口危险货物安全管理规定",
                                   "英文短名": "b"})  # fmt: skip
    text = (done.root / "cases" / "2026-06-01-b.md").read_text("utf-8")
    assert "- law_title: 港口危险货物安全管理规定\n" in text and "law:" not in text


def test_two_laws_of_one_name(root: Path) -> None:
    """Of two editions the one in force on the day is meant; if the day is unknown, ask."""
    old = (ROOT / "content/regulations/gb-3608-2025.md").read_text("utf-8")
    old = old.replace("GB 3608-2025", "GB 3608-2001").replace("date: 2025", "date: 2001")
    old = old.replace("effective: 2026-05-01", "effective: 2002-01-01")
    old = old.replace("status: 现行有效", "status: 已废止\nrepealed_on: 2026-05-01")
    (root / "content/regulations/gb-3608-2001.md").write_text(old, "utf-8")
    laws, name = Laws(root), "高处作业分级"
    new = laws.find(name, datetime.date(2026, 6, 1))
    assert new == ("gb-3608-2025",)
    assert "gb-3608-2025" not in laws.find(name, datetime.date(2020, 6, 1))
    both = laws.find(name, None)
    assert set(both) == {"gb-3608-2025", "gb-3608-2001"}
    assert "可能是《高处作业分级》（" in Names(root).understand(LAW, name).fault
    assert laws.find("GB 3608-1993", None) == ()  # An edition that is nowhere.


def test_the_gist_comes_after_the_article(talk: Hold) -> None:
    done = talk(VIOLATION, {"条号（": "第二十八条", "款": "1"})
    order = [re.split("（", p)[0] for p in done.prompts]
    start = order.index("条号")
    assert order[start : start + 3] == ["条号", "要点", "款"]
    keys = re.findall(r"^(?:  - |    )(law|article|paragraph|gist|basis):", done.text(), re.M)
    assert keys == ["law", "article", "paragraph", "gist", "basis"]


@pytest.mark.parametrize("word", ["22:51 起火", "yy", "0"])
def test_yes_or_no_takes_nothing_else(word: str, talk: Hold, capsys: Screen) -> None:
    done = talk({"要写“时间线 第 1 项”吗": [word, "是"], "发生了什么": "起火"})
    assert "请输入 y 或直接回车" in capsys.readouterr().out
    assert done.code == 0 and "event: 起火" in done.text()
    for no in ("否", "n", ""):
        done = talk({"要写“时间线 第 1 项”吗": no, "英文短名": f"n{len(no)}{no.isascii()}".lower()})
        assert done.count("要写“时间线 第 1 项”吗") == 1 and done.count("发生了什么") == 0
    assert "请输入" not in capsys.readouterr().out


def test_what_is_required_says_so(talk: Hold, capsys: Screen) -> None:
    empty = {
        name: ["", str(CASE[name])] for name in ("标题", "行业领域", "状态", "事故经过", "英文短名")
    }
    done = talk(empty)
    told = capsys.readouterr().out
    assert done.code == 0 and told.count("这一项必须填") == len(empty) and "空值" not in told
    for name in empty:
        assert "必填" in done.prompt(name), name
    for name in ("俗称", "时间", "区县", "最近核对日期"):
        assert "必填" not in done.prompt(name), name


def test_the_default_day_and_the_rescuers_are_explained(talk: Hold) -> None:
    done = talk()
    day = re.search(r"^reviewed: (.+)$", done.text(), re.M)
    assert day and f"本站的数据日期 {day[1]}" in done.prompt("最近核对日期")
    assert "合计" in done.prompt("救援人员伤亡")


def test_faults_name_the_fields_in_chinese() -> None:
    assert named(Case, "grade") == "事故等级"
    assert named(Case, "sources[2].title") == "出处 第 2 项的名称"
    assert named(Case, "nothing.at.all") == "nothing的at的all"


def test_it_is_shown_before_it_is_written(
    talk: Hold, capsys: Screen, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    monkeypatch.setattr(new_command, "on_terminal", lambda read: True)
    done = talk(VIOLATION, {"写入吗": ["maybe", "n"]})
    told = capsys.readouterr().out
    for line in ("标题：某市", "日期：2026-06-01", "地点：江苏省 苏州市", "状态：初报",
                 "时间线 0 条，法律对照 1 条，出处 1 条", "文件：cases/2026-06-01-some-factory.md",
                 "请输入 n 或直接回车", "cause: 动火引燃可燃物", "没有写任何文件"):  # fmt: skip
        assert line in told, line
    assert done.code == 130 and not (root / "cases").exists()
    assert talk({"写入吗": ""}).code == 0 and (root / "cases").exists()


def test_a_script_is_not_asked_to_confirm(talk: Hold) -> None:
    assert talk().count("写入吗") == 0
