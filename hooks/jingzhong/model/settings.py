"""Site settings: the mapping `extra.jingzhong` of mkdocs.yml, read by site and command line."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from jingzhong.errors import Report, nearest
from jingzhong.model.fields import (
    At,
    Boolean,
    Choice,
    Date,
    Nested,
    Record,
    Text,
    Url,
    read_record,
    spec,
)
from jingzhong.model.source import Mapping, load_source, parse_yaml


@dataclass(frozen=True, kw_only=True)
class Desk(Record):
    """Where the form editor saves: a repository on a host. Without it, on the editor's machine."""

    name: str = spec(Choice("代码平台", ("gitlab", "gitea", "forgejo", "github")), "平台", "gitlab")
    repo: str = spec(Text("仓库（组/名）", r"[\w./-]+/[\w.-]+"), "仓库", "anquan/jingzhong")
    branch: str = spec(Text(), "分支", "main", default="main")
    host: str | None = spec(Url(), "平台的网址", "https://git.example.gov.cn", default=None)
    app_id: str | None = spec(Text(), "在平台登记的应用 ID", "0123abcd", default=None)


@dataclass(frozen=True, kw_only=True)
class Settings(Record):
    """What differs from city to city, and the date the content speaks for."""

    city: str = spec(Text(), "城市名", "滨江市")
    unit: str = spec(Text(), "主办单位", "滨江市安全生产委员会办公室")
    as_of: datetime.date = spec(Date(), "内容口径日期", "2026-11-23")
    hotline: str = spec(
        Text("电话号码（数字和连字符）", r"[0-9-]{3,20}"), "举报电话", "12350", default="12350"
    )
    hotline_backup: str = spec(
        Text("电话号码（数字和连字符）", r"[0-9-]{3,20}"), "备用电话", "12345", default="12345"
    )
    contact: str | None = spec(Text(), "联系方式", "地址、邮编、值班电话", default=None)
    corrections: str | None = spec(Text(), "纠错邮箱或电话", "jiucuo@example.gov.cn", default=None)
    logo: str | None = spec(
        Text(), "单位标志（content/ 下的路径）", "images/logo.svg", default=None
    )
    icp: str | None = spec(Text(), "ICP 备案号", "某ICP备00000000号", default=None)
    police_record: str | None = spec(
        Text(), "公安备案号", "某公网安备 00000000000000号", default=None
    )
    site_code: str | None = spec(
        Text("10 位网站标识码", r"[0-9a-zA-Z]{10}"), "网站标识码", "0000000000", default=None
    )
    offline: bool = spec(Boolean(), "离线使用", "true", default=True)
    admin: bool = spec(Boolean(), "表单编辑器", "true", default=False)
    desk: Desk | None = spec(Nested(Desk), "表单编辑器存到哪里", "", default=None)


def load_settings(root: Path, config: Path, report: Report) -> Settings | None:
    """Read `extra.jingzhong`; None after every fault in it was reported."""
    source = load_source(root, config, report)
    if source is None:
        return None
    node = parse_yaml(source.text, source.path, report, lenient=True)
    extra = node.get("extra") if isinstance(node, Mapping) else None
    settings = extra.get("jingzhong") if isinstance(extra, Mapping) else None
    at = At(source.path, "extra.jingzhong", report)
    if settings is not None:
        read = read_record(Settings, settings, at)
        desk = read.desk if read else None
        if desk and desk.name in ("gitea", "forgejo") and not desk.host:
            # Without it the editor would turn to somebody else's public host.
            example = "host: https://git.example.gov.cn"
            at.child("desk").child("host").fail(desk.origin.line, "平台的网址", "没有写", example)
            return None
        return read
    if node is not None:
        got = "没有写"
        for key, _ in extra.entries if isinstance(extra, Mapping) else ():
            if nearest("jingzhong", (key.text,)):
                got = f"没有写；第 {key.line} 行的 {key.text} 是不是“jingzhong”？"
        example = "extra: 下一行缩进写 jingzhong: 再下一行缩进写 city: 滨江市"
        at.fail(extra.line if extra is not None else 1, "站点设置", got, example)
    return None
