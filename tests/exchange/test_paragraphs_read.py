"""Documents read as plain paragraphs, for statutes and reports."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
import word_files as w

from jingzhong.exchange.paragraphs import paragraphs_of, read_paragraphs
from jingzhong.exchange.questions.found import RefusedError
from jingzhong.exchange.reports import command


def test_what_the_system_says_is_told_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "x.txt").write_text("第一条　总则", "utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(RefusedError) as refusal:
        read_paragraphs(tmp_path / "x.txt")
    assert refusal.value.message == "读不了这个文件（没有权限，或文件正被别的程序打开）"


def test_pinyin_above_a_character_is_no_text() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{w.run('yǔn')}</w:rt><w:rubyBase>{w.run('陨')}</w:rubyBase></w:ruby></w:r>"
    (paragraph,) = paragraphs_of(w.word(w.paragraph("防止", ruby, "落")), ".docx")
    assert paragraph.text == "防止陨落"


def test_the_help_of_import_case_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    with pytest.raises(SystemExit):
        parser.parse_args(["case", "--help"])
    shown = capsys.readouterr().out
    assert "--id 短名" in shown and "--id ID" not in shown
