"""Papers put together by chance from layouts that offices use, each with its gold.

`python tests/exchange/compose.py 2000` composes that many papers and prints those that are not
read back as they were meant; the test suite runs a few hundred.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SUBJECTS = [
    "配电室",
    "叉车",
    "脚手架",
    "有限空间",
    "气瓶",
    "吊篮",
    "反应釜",
    "仓库",
    "车间",
    "隧道",
    "泵房",
    "锅炉",
    "起重机",
    "充电桩",
    "厨房",
    "变压器",
    "A级机房",
    "10千伏线路",
    "3号楼",
    "LNG储罐",
]
DEEDS = [
    "作业前应当先检查防护装置",
    "停电后应当验电",
    "每12个月至少检测一次",
    "发生泄漏时应当立即撤离并报告",
    "动火时应当有人监护",
    "使用的照明电压不得超过36V",
    "与明火的距离不小于10米",
    "交接班时应当当面交接",
    "的检修应当挂牌上锁",
    "内不得存放易燃物品",
    "的出口应当保持畅通",
    "巡检记录应当保存2年",
]
ASKS = [
    "下列说法正确的是",
    "应当采取的措施是",
    "最需要注意的是",
    "首先应当做的是",
    "的安全距离为",
    "属于违章行为的是",
    "的责任人是",
    "下列做法错误的是",
]
CHOICES = [
    "切断电源",
    "立即报告班组长",
    "继续作业",
    "通风并检测",
    "戴好安全帽",
    "10米",
    "0.5MPa",
    "5A、220V",
    "每3个月",
    "B级防火门",
    "主要负责人",
    "佩戴空气呼吸器，由专人监护",
    "撤离到上风方向",
    "用水直接扑救",
    "以上都不对",
    "30%",
    "2.5米以上",
    "CO2灭火器",
    "断开开关，挂上“禁止合闸”的牌子",
    "拍照后离开",
]
WORDS = [
    "119",
    "预防为主",
    "36",
    "二氧化碳",
    "监护人",
    "断电",
    "上风",
    "12",
    "综合治理",
    "安全帽",
    "1.5",
    "红色",
]
REASONS = [
    "断电可以防止触电。",
    "规程第3.2条有明确要求。",
    "先保护人，再保护物。",
    "浓度超过10%时会爆炸，因此要先检测。",
    "选项中其余各项都不符合规定。",
]

NUMBERS: dict[str, Callable[[int], str]] = {
    "dot": lambda n: f"{n}.",
    "dot blank": lambda n: f"{n}. ",
    "dun": lambda n: f"{n}、",
    "wide": lambda n: f"{n}．",
    "bracket": lambda n: f"（{n}）",
    "half": lambda n: f"{n}) ",
    "di": lambda n: f"第{n}题 ",
    "alone": lambda n: f"{n}.\n",
    "bare": lambda n: f"{n}\n",
    "blank": lambda n: f"{n}  ",
    "lenticular": lambda n: f"【{n}】",
}
LETTERS: dict[str, Callable[[str], str]] = {
    "dot": lambda x: f"{x}.",
    "dun": lambda x: f"{x}、",
    "wide": lambda x: f"{x}．",
    "colon": lambda x: f"{x}：",
    "half": lambda x: f"{x}) ",
    "bracket": lambda x: f"（{x}）",
    "ascii": lambda x: f"({x}) ",
    "blank": lambda x: f"{x} ",
    "full": lambda x: f"{chr(ord(x) + 0xFEE0)}、",
}
SEPARATORS = {"lines": "\n", "blanks": "    ", "tabs": "\t", "glued": "", "two": "two"}
GAPS = ("（ ）", "( )", "（    ）", "（　　）", "( ）")
ANSWERS: dict[str, Callable[[str], str]] = {
    "line": lambda a: f"\n答案：{a}",
    "ascii": lambda a: f"\n答案:{a}",
    "right": lambda a: f"\n正确答案：{a}",
    "reference": lambda a: f"\n参考答案： {a}",
    "boxed": lambda a: f"\n【答案】{a}",
    "blank": lambda a: f"\n正确答案 {a}",
    "stop": lambda a: f"\n答案：{a}。",
    "same": lambda a: f"   答案：{a}",
    "glued": lambda a: f"答案：{a}",
}
KINDS = {
    "single": "单选题",
    "multiple": "多选题",
    "judge": "判断题",
    "blank": "填空题",
    "short": "简答题",
}
CN = "一二三四五"


def stem_of(chance: random.Random) -> str:
    """A statement of no fixed length."""
    text = chance.choice(SUBJECTS) + chance.choice(DEEDS)
    while chance.random() < 0.3:
        text += "，" + chance.choice(SUBJECTS) + chance.choice(DEEDS)
    return text


def question(kind: str, chance: random.Random, used: set[str]) -> dict[str, Any]:
    """One question of a type, its stem new to the paper."""
    while True:
        made = _question(kind, chance)
        if made["stem"] not in used:
            used.add(made["stem"])
            return made


def _question(kind: str, chance: random.Random) -> dict[str, Any]:
    if kind in ("single", "multiple"):
        count = chance.choice((3, 4, 4, 4, 5))
        texts = chance.sample(CHOICES, count)
        letters = "ABCDE"[:count]
        right = (
            chance.choice(letters)
            if kind == "single"
            else "".join(sorted(chance.sample(letters, chance.randrange(2, count + 1))))
        )
        ask = stem_of(chance) + "，" + chance.choice(ASKS)
        gap = chance.choice(("（）。", "（）", "（）。", "？", "："))
        return {
            "type": kind,
            "stem": ask + gap,
            "options": dict(zip(letters, texts, strict=True)),
            "answer": right,
        }
    if kind == "judge":
        return {"type": kind, "stem": stem_of(chance) + "。", "answer": chance.random() < 0.5}
    if kind == "blank":
        count = chance.choice((1, 1, 2, 3))
        words = chance.sample(WORDS, count)
        return {
            "type": kind,
            "stem": stem_of(chance) + "，应当" + "、".join(["____"] * count) + "。",
            "answer": words,
        }
    return {
        "type": kind,
        "stem": f"简述{chance.choice(SUBJECTS)}的安全要求{stem_of(chance)}。",
        "answer": stem_of(chance) + "；" + stem_of(chance) + "。",
    }


class Layout:
    """One paper's way of writing, chosen by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.number = chance.choice(list(NUMBERS))
        self.letter = chance.choice(list(LETTERS))
        self.separator = chance.choice(list(SEPARATORS))
        self.place = chance.choice(("after", "after", "after", "bracket", "key", "before", "none"))
        self.answer = chance.choice(list(ANSWERS))
        self.joint = chance.choice(("", "", "、", ",", "，", " "))
        self.gap = chance.choice(GAPS)
        self.verdicts = chance.choice((("√", "×"), ("对", "错"), ("正确", "错误"), ("T", "F")))
        self.sections = chance.choice(("headed", "headed", "marked", "plain"))
        self.running = chance.random() < 0.3
        self.first = chance.choice((1, 1, 1, chance.randrange(2, 400)))
        self.reasons = chance.random() < 0.4
        self.reason = chance.choice(("\n解析：", "\n【解析】", "\n答案解析：", " 解析："))
        self.between = chance.choice(("\n", "\n", "\n\n"))
        self.lines = chance.choice(("\n", "\r\n"))
        self.pages = chance.random() < 0.25
        self.title = chance.random() < 0.6
        self.judged_by_letters = chance.random() < 0.2
        self.with_text = chance.random() < 0.15
        self.meta = chance.random() < 0.2
        self.shape = chance.choice(
            ("", "", "", "", "wrapped", "one line", "markdown", "spaced", "open")
        )
        if self.letter == "blank" and self.separator == "glued":
            self.separator = "lines"
        if self.place == "before" and self.answer == "glued":
            self.answer = "line"
        if self.sections == "plain":
            # Without headings the answers must tell the types.
            self.place = "after" if self.place in ("none", "key") else self.place
        self._agree()

    def _agree(self) -> None:
        """Leave out combinations that nobody could read."""
        if self.shape in ("one line", "wrapped") and (
            self.number in ("alone", "bare", "blank") or self.letter in ("blank", "full")
        ):
            self.number, self.letter = "dun", "dun"
        if self.shape == "one line":
            self.pages = self.title = self.with_text = self.judged_by_letters = self.meta = False
            self.number = self.number if self.number in ("dot", "dun", "wide", "di") else "dun"
            self.first, self.running, self.sections = 1, self.running, "headed"
            self.place = self.place if self.place in ("after", "bracket") else "after"
            self.answer = (
                self.answer if self.answer in ("line", "ascii", "right", "boxed") else "line"
            )
            self.gap, self.joint = "（ ）", ""
        if self.shape == "spaced":
            self.number, self.letter, self.place = "dun", "dun", "after"
            self.answer, self.verdicts = "line", ("对", "错")
        if self.shape == "markdown":
            self.number = self.number if self.number in ("dot blank", "dun") else "dun"
            self.separator = "lines"
        if self.place != "after" or self.answer == "blank":
            self.with_text = False

    def describe(self) -> str:
        """The choices in one line."""
        return " ".join(f"{name}={value!r}" for name, value in vars(self).items())


def compose(seed: int) -> tuple[str, list[dict[str, Any]], str]:
    """(text, gold, layout in words) of a paper."""
    chance = random.Random(seed)
    layout = Layout(chance)
    kinds = [kind for kind in KINDS if chance.random() < 0.6] or ["single"]
    if layout.sections == "plain":
        kinds = [kind for kind in kinds if kind in ("single", "multiple", "judge")] or ["single"]
    parts: list[str] = []
    gold: list[dict[str, Any]] = []
    keys: list[str] = []
    used: set[str] = set()
    number = layout.first
    if layout.title:
        parts.append("安全生产知识考试试卷（A卷）\n姓名：______ 得分：______")
    for place, kind in enumerate(kinds):
        if layout.sections == "headed":
            score = chance.choice(("", "（每题2分，共20分）", "(每题1分)"))
            parts.append(f"{CN[place]}、{KINDS[kind]}{score}")
        if not layout.running:
            number = layout.first if place == 0 else 1
        answers = []
        for _ in range(chance.randrange(2, 6)):
            item = question(kind, chance, used)
            parts.append(_written(item, number, layout, chance))
            answers.append((number, item.pop("shown", None) or _told(item, layout, chance)))
            gold.append(item)
            if layout.place == "none":
                gold[-1]["answer"] = None
            number += 1
        keys.append(_key(place, kind, answers, chance))
        if layout.pages and layout.separator == "lines":
            parts.append(f"安全环保部 第{place + 1}页 共9页")
    text = layout.between.join(parts)
    if layout.place == "key":
        text += "\n\n参考答案\n" + "\n".join(keys)
    text = _shaped(text, layout)
    return text.replace("\n", layout.lines) + layout.lines, gold, layout.describe()


def _shaped(text: str, layout: Layout) -> str:
    """The text as copying, printing or another program leaves it."""
    if layout.shape == "wrapped":
        lines = [
            line[at : at + 34]
            for line in text.split("\n")
            for at in range(0, max(len(line), 1), 34)
        ]
        return "\n".join(lines)
    if layout.shape == "one line":
        return text.replace("\n", "")
    if layout.shape == "spaced":
        return "\n".join(" ".join(line) if len(line) > 3 else line for line in text.split("\n"))
    if layout.shape == "open":
        return text.replace("\n", "\n\n")
    if layout.shape == "markdown":
        lines = []
        for line in text.split("\n"):
            if line[:1].isdigit():
                line = f"**{line}**"
            elif line and line[0] in "ABCDE":
                line = f"- {line}"
            lines.append(line)
        return "\n".join(lines)
    return text


def _told(item: dict[str, Any], layout: Layout, chance: random.Random) -> str:
    answer = item["answer"]
    if isinstance(answer, bool):
        return layout.verdicts[0 if answer else 1]
    if isinstance(answer, list):
        return "；".join(answer)
    if item["type"] in ("single", "multiple"):
        return layout.joint.join(answer)
    return str(answer)


def _key(place: int, kind: str, answers: list[tuple[int, str]], chance: random.Random) -> str:
    head = f"{CN[place]}、{KINDS[kind]}"
    if kind in ("blank", "short"):
        return head + "\n" + "\n".join(f"{number}、{told}" for number, told in answers)
    letters = [
        told if kind == "judge" else "".join(x for x in told if x.isalpha()) for _, told in answers
    ]
    if kind == "single" and chance.random() < 0.5:
        return f"{head}\n{answers[0][0]}-{answers[-1][0]} {''.join(letters)}"
    return (
        head
        + "\n"
        + "  ".join(f"{number}.{told}" for (number, _), told in zip(answers, letters, strict=True))
    )


def _written(item: dict[str, Any], number: int, layout: Layout, chance: random.Random) -> str:
    kind, told = item["type"], _told(item, layout, chance)
    stem = item["stem"]
    mark = f"【{KINDS[kind]}】" if layout.sections == "marked" else ""
    inside = layout.place == "bracket"
    if kind in ("single", "multiple"):
        stem = stem.replace("（）", layout.gap)
        if inside:
            stem = (
                stem.replace(layout.gap, f"（ {told} ）")
                if layout.gap in stem
                else f"{stem}（{told}）"
            )
            item["stem"] = item["stem"] if "（）" in item["stem"] else f"{item['stem']}（）"
    elif kind == "judge":
        stem += (
            f"（{told}）"
            if inside
            else chance.choice(("", layout.gap))
            if layout.sections != "plain"
            else ""
        )
    elif kind == "blank" and inside:
        for word in item["answer"]:
            stem = stem.replace("____", f"（{word}）", 1)
    if kind == "judge" and layout.judged_by_letters and layout.place in ("after", "key"):
        words = chance.choice((("正确", "错误"), ("对", "错"), ("错误", "正确"), ("是", "否")))
        told = "AB"[
            words.index(next(w for w in words if (w in ("正确", "对", "是")) == item["answer"]))
        ]
        item["shown"] = told
        rows = {"type": kind, "options": dict(zip("AB", words, strict=True))}
        text = f"{NUMBERS[layout.number](number)}{mark}{stem}{_options(rows, layout)}"
        return text + (ANSWERS[layout.answer](told) if layout.place == "after" else "")
    text = f"{NUMBERS[layout.number](number)}{mark}{stem}"
    options = _options(item, layout)
    after = ""
    if layout.with_text and kind == "single":
        told = f"{told}.{item['options'][told]}"
    if layout.place in ("after", "before") or (inside and kind == "short"):
        after = f"\n答：{told}" if kind == "short" else ANSWERS[layout.answer](told)
        if kind in ("blank", "judge") and layout.answer in ("same", "glued"):
            after = f"\n答案：{told}"
        if layout.reasons and kind != "short":
            reason = chance.choice(REASONS)
            if layout.place == "after":
                after += layout.reason + reason
        if layout.meta and layout.place == "after" and kind != "short":
            after += "\n难度：易\n知识点：现场作业"
    if layout.place == "before" and kind in ("single", "multiple"):
        return text + after + ("\n" if not options.startswith("\n") else "") + options
    return text + options + after


def _options(item: dict[str, Any], layout: Layout) -> str:
    rows = [
        LETTERS[layout.letter](letter) + text for letter, text in item.get("options", {}).items()
    ]
    if not rows:
        return ""
    if layout.separator == "two":
        return "\n" + "\n".join("      ".join(rows[at : at + 2]) for at in range(0, len(rows), 2))
    return "\n" + SEPARATORS[layout.separator].join(rows)


def check(seed: int) -> tuple[Any, str, str]:
    """(score, text, layout) of one paper."""
    from importers import judge

    from jingzhong.exchange.questions.open_file import read_bytes

    text, gold, layout = compose(seed)
    found = [item.as_dict() for item in read_bytes(text.encode(), "x.txt").questions]
    return judge(str(seed), gold, found), text, layout


def run(count: int, first: int = 0) -> int:
    """Compose, read and print what went wrong."""
    wrong = 0
    for seed in range(first, first + count):
        score, _, layout = check(seed)
        if not score.perfect:
            wrong += 1
            if wrong <= 12:
                print(f"== seed {seed}: {layout}\n" + "\n".join(score.wrong[:4]))
    print(f"{count} papers, {wrong} not read as meant")
    return wrong


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root / "hooks"), str(root / "tests" / "bench")]
    sys.exit(bool(run(*[int(text) for text in sys.argv[1:3]] or [500])))
