"""Makes a project of N invented cases around this repository's own content, the same for a seed.

`PYTHONPATH=PROJECT/hooks python synthetic.py PROJECT FOLDER --cases 2000 --seed 1`, which
`build.py` runs as a process of its own. The folder gets a copy of PROJECT with N more cases. The text has the length and the form of
real cases (about 1,100 characters in six sections). A third of it are sentences from `words.yml`;
the rest are clauses of the project's own cases and regulations, shuffled, so that common and rare
words are mixed as in real text. It makes no sense to a reader and is published nowhere.
"""

from __future__ import annotations

import argparse
import datetime
import random
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from clauses import clauses

from jingzhong.errors import Problem, Report
from jingzhong.model.library import Library, load_library
from jingzhong.model.regulations import Regulation
from jingzhong.site import check

WORDS = Path(__file__).with_name("words.yml")
FIRST_DAY = datetime.date(2006, 1, 1)
DAYS = 20 * 365
IMAGE = "images/bench.svg"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7H1z"/></svg>\n'

# (deaths, injuries, loss in 万元) from which a grade begins; State Council order 493, article 3.
GRADES = (("特别重大", 30, 100, 10_000), ("重大", 10, 50, 5_000), ("较大", 3, 10, 1_000))


class PlainDumper(yaml.CSafeDumper):
    """Writes equal values out each time; the project's files have no YAML aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def main() -> None:
    """Copy the project and add the cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    shutil.copytree(options.project, options.folder, dirs_exist_ok=True)
    write_cases(options.folder, options.cases, options.seed)


def write_cases(folder: Path, count: int, seed: int) -> None:
    """Add `count` cases and the one picture they show."""
    config = folder / "mkdocs.yml"
    stop_on(check(folder, config), "项目自己的内容有错")
    library = load_library(folder, config, Report())
    assert library is not None
    picture = folder / "content" / IMAGE
    picture.parent.mkdir(exist_ok=True)
    picture.write_text(SVG, "utf-8")
    maker = CaseMaker(library, yaml.safe_load(WORDS.read_text("utf-8")))
    wanted = dict.fromkeys(range(count), "")
    for attempt in range(5):
        for number, former in wanted.items():
            if former:
                (folder / former).unlink()
            name, text = maker.case(number, random.Random(f"{seed}-{number}-{attempt}"))
            wanted[number] = f"cases/{name}.md"
            (folder / wanted[number]).write_text(text, "utf-8")
        # Shuffled clauses may by chance say what a rule forbids; such a case is made anew.
        problems = check(folder, config)
        paths = {problem.path for problem in problems}
        wanted = {number: path for number, path in wanted.items() if path in paths}
        if not wanted:
            return
    stop_on(problems, "模拟案例通不过检查")


def stop_on(problems: Iterable[Problem], why: str) -> None:
    """End with the errors among the problems, if there are any."""
    errors = [str(problem) for problem in problems if problem.severity == "error"]
    if errors:
        sys.exit("\n".join((f"synthetic.py: {why}：", *errors)))


class CaseMaker:
    """One invented case after the other; the same number and seed give the same case."""

    def __init__(self, library: Library, words: dict[str, Any]) -> None:
        self._words = words
        self._sectors = [sector.name for sector in library.vocabularies.sectors]
        self._audiences = library.vocabularies.audiences
        self._provinces = list(words["provinces"])
        self._regulations = library.regulations
        self._as_of = library.settings.as_of
        self._clauses = sorted(set(clauses(library)))
        if len(self._clauses) < 100:
            sys.exit("synthetic.py: 项目自己的案例和法规太少，凑不出模拟的正文")

    def case(self, number: int, rng: random.Random) -> tuple[str, str]:
        """(id, text of the file) of one case; sectors and provinces take turns."""
        day = FIRST_DAY + datetime.timedelta(rng.randrange(DAYS))
        sector = self._sectors[number % len(self._sectors)]
        second = rng.choice(self._sectors)
        # A sector that editors added since borrows the words of another.
        words = self._words["sectors"].get(sector) or self._words["sectors"]["消防"]
        slots = self._slots(words, number, day, rng)
        head = self._head(words, slots, [sector, second], day, rng)
        text = yaml.dump(head, Dumper=PlainDumper, allow_unicode=True, sort_keys=False, width=10**6)
        return f"{day}-bench-{number:05}", f"---\n{text}---\n{self._body(slots, rng)}"

    def _slots(
        self, words: dict[str, Any], number: int, day: datetime.date, rng: random.Random
    ) -> dict[str, Any]:
        province = self._provinces[number % len(self._provinces)]
        city = rng.choice(self._words["provinces"][province])
        county = self._name(rng) + rng.choice("县区市")
        return {
            "province": province,
            "city": city,
            "county": county,
            "place": county if province == city else city + county,
            "company": f"{self._name(rng)}{words['company']}有限公司",
            "date": f"{day.year}年{day.month}月{day.day}日",
            "time": f"{rng.randrange(24)}时{rng.randrange(60)}分",
            **{key: rng.sample(words[key], 2) for key in ("spot", "thing", "work", "cause")},
            "effect": self._words["effects"],
        }

    def _name(self, rng: random.Random) -> str:
        return "".join(rng.sample(self._words["name_characters"], 2))

    def _head(
        self,
        words: dict[str, Any],
        slots: dict[str, Any],
        sectors: list[str],
        day: datetime.date,
        rng: random.Random,
    ) -> dict[str, Any]:
        current, legacy = rng.choice(words["types"])
        deaths = min(int(rng.expovariate(0.25)), 120)
        serious = rng.randrange(0, 6)
        injuries = serious + int(rng.expovariate(0.1))
        loss = round(rng.expovariate(1 / 900), 1)
        grade = next(
            (n for n, d, i, w in GRADES if deaths >= d or injuries >= i or loss >= w), "一般"
        )
        short = f"{slots['city']}{slots['company'].removesuffix('有限公司')}"
        closed = rng.random() < 0.9
        published = min(day + datetime.timedelta(rng.randrange(60, 300)), self._as_of)
        title = f"{short}“{day.month}·{day.day}”{grade}{current}事故"
        until = day + datetime.timedelta(rng.randrange(1, 7))
        head: dict[str, Any] = {
            "title": title,
            "aliases": [f"{slots['company'][:2]}{current}", f"{slots['county']}{day.year}年事故"],
            "date": day,
            "time": f"{slots['time']}前后",
            "place": {
                "province": slots["province"],
                "city": slots["city"],
                "county": slots["county"],
                "detail": f"{self._name(rng)}路{rng.randrange(1, 900)}号，{rng.choice(words['spot'])}",
            },
            "company": slots["company"],
            "sector": list(dict.fromkeys(sectors)),
            "accident_type": {"current": current, "legacy": legacy, "basis": "编者判断"},
            "status": "已结案" if closed else "调查中",
            "grade": grade,
            "grade_basis": "按死亡人数、受伤人数和直接经济损失中最重的一项",
            "casualties": {
                "deaths": deaths,
                "missing": rng.choice((0, 0, 0, 1, 2)),
                "serious_injuries": serious,
                "injuries": injuries,
                "rescuers": rng.choice((0, 0, 1)),
            },
            "reported": {"deaths": max(deaths - 1, 0), "injuries": injuries, "until": until},
            "economic_loss_wan": loss,
            "as_of": published,
            "notes": {
                "deaths": "含送医后去世的人。",
                "injuries": "含重伤。",
                "loss": "按公布的核定数。",
                "type": "按先发生的一种归类。",
                "grade": "按公布时的数字。",
            },
            "cause": self._fill("{thing}出了毛病还在{work}：{cause}。", slots, rng),
            "timeline": [
                {"time": f"{hour}:{rng.randrange(60):02}", "event": self._fill(event, slots, rng)}
                for hour, event in enumerate(
                    (*rng.sample(self._words["process"], 2), *self._borrow(4, rng)), 9
                )
            ],
            "actions": [
                {"audience": audience, "do": self._fill(text, slots, rng)}
                for audience, text in zip(
                    rng.sample(self._audiences, 4),
                    rng.sample(self._words["actions"], 4),
                    strict=True,
                )
            ],
            "violations": list(self._violations(slots, day, rng)),
            "accountability": {
                "officials": rng.randrange(1, 40),
                "criminal": rng.randrange(1, 20),
                "note": "人数以公布的处理结果为准。",
            },
            "sources": [
                {"title": f"{title}调查报告", "publisher": f"{slots['city']}应急管理局"},
                {
                    "title": f"{short}事故后续处置情况",
                    "publisher": f"{slots['city']}人民政府",
                    "date": published,
                    "url": "https://www.example.gov.cn/",
                },
            ],
            "disputed": f"模拟数据，供性能测试；另有伤者{injuries + 1}人的说法。",
            "reviewed": self._as_of,
            "corrections": [{"date": self._as_of, "what": "受伤人数改为公布的数字。"}],
        }
        if closed:
            head["report"] = {
                "title": f"{title}调查报告",
                "authority": f"{slots['city']}应急管理局",
                "date": published,
                "number": f"应急〔{published.year}〕{rng.randrange(1, 200)}号",
                "url": "https://www.example.gov.cn/",
            }
        if rng.random() < 0.1:
            head["images"] = [{"file": IMAGE, "alt": "现场平面示意图", "credit": "本站绘制"}]
        return head

    def _violations(
        self, slots: dict[str, Any], day: datetime.date, rng: random.Random
    ) -> list[dict[str, Any]]:
        """Three articles of laws that were in force that day, and a law the site does not carry."""
        laws = [law for law in self._regulations if law.articles and _in_force(law, day)]
        rows: list[dict[str, Any]] = []
        for law in rng.sample(laws, min(3, len(laws))):
            article = rng.choice(law.articles)
            row = {"law": law.id, "article": article.name, "paragraph": rng.randrange(1, 4)}
            gist = self._fill("{work}要有方案、有人看着，{thing}要定期查。", slots, rng)
            rows.append(row | {"gist": gist, "basis": rng.choice(("报告认定", "编者对照"))})
        title = f"{slots['province']}安全生产条例"
        gist = self._fill("{spot}的危险要告诉在场的每一个人。", slots, rng)
        return [*rows, {"law_title": title, "gist": gist, "basis": "编者对照"}]

    def _body(self, slots: dict[str, Any], rng: random.Random) -> str:
        def pick(key: str, count: int) -> list[str]:
            return [self._fill(text, slots, rng) for text in rng.sample(self._words[key], count)]

        bold, lesson = rng.choice(self._words["lessons"])
        process = [*pick("openings", 1), *pick("process", 2), *self._borrow(7, rng)]
        lessons = [f"**{bold}。** {self._fill(lesson, slots, rng)}"]
        lessons += [f"**{rng.choice(self._clauses)}。** {text}" for text in self._borrow(4, rng)]
        parts = {
            "事故经过": "\n\n".join("".join(process[i : i + 3]) for i in range(0, len(process), 3)),
            "直接原因": "".join((*pick("direct", 1), *self._borrow(2, rng))),
            "间接原因": _listed((*pick("indirect", 2), *self._borrow(4, rng))),
            "事故教训": _listed(lessons),
            "防范措施": _listed((*pick("measures", 2), *self._borrow(4, rng))),
            "责任追究": "".join(pick("accountability", 1)),
        }
        return "".join(f"\n## {heading}\n\n{text}\n" for heading, text in parts.items())

    def _borrow(self, count: int, rng: random.Random) -> list[str]:
        """Sentences of three clauses that stand somewhere in the project's own content."""
        return [f"{'，'.join(rng.sample(self._clauses, 3))}。" for _ in range(count)]

    def _fill(self, template: str, slots: dict[str, Any], rng: random.Random) -> str:
        """A sentence with its blanks filled; a list among the slots gives one of its entries."""
        values = {
            key: rng.choice(value) if isinstance(value, list) else value
            for key, value in slots.items()
        }
        values |= {"n": rng.randrange(2, 9), "m": rng.randrange(10, 60)}
        values |= {"crew": rng.randrange(3, 30), "distance": rng.randrange(5, 90) * 10}
        return template.format(**values)


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _in_force(law: Regulation, day: datetime.date) -> bool:
    first = law.versions[0]
    return (first.effective or first.date) <= day.isoformat()


if __name__ == "__main__":
    main()
