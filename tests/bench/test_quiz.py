"""The quiz benchmark still runs and prints its numbers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path


def test_prints_a_number_in_every_row() -> None:
    command = [sys.executable, str(Path(__file__).with_name("quiz.py")), "--quick"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.strip("| \n").split(" | ") for line in done.stdout.splitlines()[2:]]
    assert len(rows) == 13
    for name, value in rows:
        assert re.fullmatch(r"[\d.]+(，[\d.]+)?", value), name
        assert float(value.split("，")[0]) > 0, name
