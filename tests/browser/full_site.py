"""A site on which every kind of page stands, for tests that look at all of them.

The repository's own content has no case with a picture, no withdrawn page and no list that needs
a second page; this copy has them, with titles as long and numbers as missing as they ever get.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

INVENTED_CASES = 24
SYNTHETIC = Path(__file__).parents[1] / "bench" / "synthetic.py"

# Kind of page → its address.
KINDS = {
    "home": "index.html",
    "case list": "cases/index.html",
    "second page of a list": "cases/page-2.html",
    "year list": "cases/2015.html",
    "case": "cases/2015-08-12-tianjin-ruihai.html",
    "case with every field": "cases/2025-01-02-every-field.html",
    "case under investigation": "cases/2026-11-20-nothing-known.html",
    "sectors": "sectors/index.html",
    "sector": "sectors/fire.html",
    "regulations": "regulations/index.html",
    "regulation": "regulations/work-safety-law.html",
    "standard": "regulations/gb-6441-2025.html",
    "banks": "quizzes/index.html",
    "bank": "quizzes/community-home.html",
    "exam": "quizzes/exam.html",
    "wrong answers": "quizzes/book.html",
    "plan": "plans/safety-month.html",
    "offline copies": "offline.html",
    "search": "search.html",
    "data": "data.html",
    "month": "month.html",
    "report": "report.html",
    "about": "about.html",
    "manual": "editors/case.html",
    "coverage": "editors/coverage.html",
    "withdrawn": "cases/2019-01-01-withdrawn.html",
    "404": "no/such/page.html",
}

SETTINGS = """\
    contact: 滨江市人民路1号，邮编000000，值班电话 000-00000000
    corrections: jiucuo-anquan-shengchan-jingshi-jiaoyu@example.gov.cn
    icp: 某ICP备00000000号
    police_record: 某公网安备 00000000000000号
    site_code: "0000000000"
"""

WITHDRAWN = """\
- address: cases/2019-01-01-withdrawn.html
  date: 2026-11-23
  reason: 与另一篇合并
  see: cases/index.html
"""

EVERY_FIELD = """\
---
title: 滨江市滨海新区滨江经济技术开发区远大国际化工物流仓储供应链管理有限责任公司“1·2”特别重大危险化学品仓库火灾爆炸事故
aliases:
  - 滨江仓库爆炸
  - 远大化工
date: 2025-01-02
time: 22:51 起火
place:
  province: 天津市
  city: 天津市
  county: 滨海新区
  detail: 远大物流危险品仓库
company: 滨江市远大国际化工物流仓储供应链管理有限责任公司
sector:
  - 危险化学品
  - 消防
accident_type:
  current: 火灾
  legacy: 火灾
  basis: 编者判断
status: 已结案
grade: 特别重大
grade_basis: 按死亡人数定级
casualties:
  deaths: 165
  missing: 8
  serious_injuries: 58
  injuries: 798
  rescuers: 3
reported:
  deaths: 160
  injuries: 790
  until: 2025-02-01
economic_loss_wan: 686600.5
as_of: 2025-03-01
notes:
  deaths: 含送医后去世的人。
  injuries: 含重伤。
  loss: 按公布的核定数，不含环境修复。
  type: 按先发生的一种归类。
  grade: 按公布时的数字。
cause: 集装箱里的硝化棉湿润剂散失，天热放热，自燃后引燃相邻的危险货物。
timeline:
  - time: 22:51
    event: 仓库起火。
  - time: 次日凌晨
    event: 第一批消防人员到场。
  - event: 火被扑灭。
actions:
  - audience: 居民
    do: 看到仓库冒烟，先往上风处走，再打 119。
  - audience: 单位负责人
    do: 今天就查一遍仓库里存了什么、存了多少。
violations:
  - law: work-safety-law
    article: 第三十六条
    paragraph: 2
    gist: 安全设备要定期检测。
    basis: 报告认定
  - law_title: 天津市安全生产条例
    gist: 危险要告诉在场的每一个人。
    basis: 编者对照
accountability:
  officials: 123
  criminal: 49
  note: 人数以公布的处理结果为准。
report:
  title: 滨江市远大国际化工物流仓储供应链管理有限责任公司“1·2”特别重大火灾爆炸事故调查报告
  authority: 国务院调查组
  date: 2025-03-01
  number: 应急〔2025〕1号
  url: https://www.example.gov.cn/a/very/long/address/that/does/not/break/by-itself-20250301-000000000000000000.html
sources:
  - title: 事故后续处置情况
    publisher: 滨江日报
    date: 2025-03-02
    url: https://www.example.gov.cn/
images:
  - file: images/bench.svg
    alt: 现场平面示意图
    credit: 本站绘制
disputed: 受伤人数有 798 人和 800 人两种说法，本页取调查报告的数字。
reviewed: 2026-11-23
corrections:
  - date: 2026-11-23
    what: 受伤人数改为公布的数字。
---

## 事故经过

夜里，仓库起火，先后爆炸两次。

## 直接原因

硝化棉自燃。

## 间接原因

- **违规存放。** 存了不许存的。
- 应急处置不当。

## 事故教训

- 不知道存了什么，就不知道会怎样。

## 防范措施

1. 分开存放。
2. 有人看着。

## 责任追究

有关人员被追究责任。
"""

NOTHING_KNOWN = """\
---
title: 某地一处场所发生事故
date: 2026-11-20
place:
  province: 湖北省
  city: 襄阳市
sector:
  - 消防
accident_type:
  current: 火灾
status: 调查中
casualties:
  missing: 0
cause: 起因还没有公布。
actions:
  - audience: 居民
    do: 出门前看一眼灶和插座。
sources:
  - title: 情况通报
    publisher: 当地政府
reviewed: 2026-11-23
---

## 事故经过

情况还没有公布。

## 事故教训

- 等调查结论公布后补写。
"""


def invent_cases(project: Path, folder: Path, count: int) -> Path:
    """Copy a project to `folder` with so many invented cases more; returns the folder."""
    subprocess.run(
        [sys.executable, str(SYNTHETIC), str(project), str(folder), "--cases", str(count)],
        env=os.environ | {"PYTHONPATH": str(project / "hooks")},
        check=True,
        timeout=60,
    )
    return folder


def build_full_site(
    folder: Path, copy_project: Callable[..., Path], run_mkdocs: Callable[..., object]
) -> Path:
    """Build the site in `folder`; returns the folder to serve."""
    project = invent_cases(copy_project(folder / "copy"), folder / "project", INVENTED_CASES)
    (project / "cases/2025-01-02-every-field.md").write_text(EVERY_FIELD, "utf-8")
    (project / "cases/2026-11-20-nothing-known.md").write_text(NOTHING_KNOWN, "utf-8")
    removed = project / "removed.yml"
    known = removed.read_text("utf-8") if removed.is_file() else ""
    removed.write_text(known.rstrip() + "\n" + WITHDRAWN, "utf-8")
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8")
    added = "".join(
        line + "\n" for line in SETTINGS.splitlines() if line.split(":")[0] + ":" not in text
    )
    assert "\n  jingzhong:\n" in text
    config.write_text(text.replace("\n  jingzhong:\n", f"\n  jingzhong:\n{added}"), "utf-8")
    site = folder / "site"
    result = run_mkdocs(project, "build", "-d", str(site))
    assert result.returncode == 0, result.stdout  # type: ignore[attr-defined]
    missing = [name for name in KINDS.values() if not (site / name).is_file()]
    assert missing == [KINDS["404"]], missing
    return site
