"""Texts as accidents leave them: cut, glued, doubled, wrapped; by hand for a long run.

`python tests/exchange/mutate.py 100000` mutates that many texts (and containers) and prints what
broke or took too long; the test suite runs a few seconds of the same.
"""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

PAPERS = Path(__file__).resolve().parent / "papers"
SLOW = 5.0
TOKENS = (
    *(
        "答案：",
        "【答案】",
        "正确答案 ",
        "答：",
        "解析：",
        "参考答案",
        "我的答案：A",
        "（ ）",
        "( B )",
        "____",
        "√",
        "×",
    ),
    *(
        "A.",
        "B、",
        "（C）",
        "D ",
        "①",
        "②",
        "1.",
        "2、",
        "（3）",
        "第4题",
        "5",
        "一、单选题",
        "判断题",
        "[多选题]",
        "1-5 ABCDA",
    ),
    *(
        "\n",
        "\n\n",
        "\t",
        " " * 40,
        "\r",
        "\x00",
        "\u200b",
        "\ufeff",
        "\ud800",
        "\u2028",
        "|",
        "||",
        "**",
        "<b>",
        "&nbsp;",
    ),
    *(
        "(" * 60,
        ")" * 60,
        "【" * 40,
        "A、B、C、D",
        "1.1.1",
        "99999999999",
        "{",
        "}",
        "~=",
        "::",
        "^*^",
        "#",
        "$",
        '"',
        ",",
        ";",
    ),
)


def mutate(text: str, chance: random.Random) -> str:
    """One to eight accidents."""
    for _ in range(chance.randint(1, 8)):
        kind = chance.randrange(9)
        at = chance.randrange(len(text) + 1)
        length = chance.randrange(1, 60)
        if kind == 0:
            text = text[:at] + chance.choice(TOKENS) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + length :]
        elif kind == 2:
            text = text[:at] + text[at : at + length * 4] * chance.randrange(2, 5) + text[at:]
        elif kind == 3:
            text = text.replace("\n", "", chance.randrange(1, 30))
        elif kind == 4:
            text = text.replace(
                chance.choice("ABCD、.．：（）答"), chance.choice(TOKENS), chance.randrange(1, 6)
            )
        elif kind == 5:
            lines = text.split("\n")
            chance.shuffle(lines)
            text = "\n".join(lines)
        elif kind == 6:
            text = text[:at] + chance.choice(TOKENS) * chance.randrange(1, 200) + text[at:]
        elif kind == 7:
            text = text[:at][::-1] + text[at:]
        else:
            text = text[:at] + chr(chance.randrange(0x11000)) * chance.randrange(1, 30) + text[at:]
        text = text[:60_000]
    return text


def mutate_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes turned over, cut and doubled."""
    body = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(body) + 1)
        kind = chance.randrange(4)
        if kind == 0 and body:
            body[min(at, len(body) - 1)] = chance.randrange(256)
        elif kind == 1:
            del body[at : at + chance.randrange(1, 400)]
        elif kind == 2:
            body[at:at] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 40)))
        else:
            body = body[: max(at, 4)]
    return bytes(body)


def repack(data: bytes, chance: random.Random) -> bytes:
    """A zip container with one part's text mutated, so that the XML readers are reached."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        names = before.namelist()
        chosen = chance.choice(names)
        for name in names:
            body = before.read(name)
            if name == chosen:
                body = mutate(body.decode("utf-8", "replace"), chance).encode("utf-8", "replace")
            after.writestr(name, body)
    return out.getvalue()


def seeds() -> list[tuple[str, bytes]]:
    """(name, bytes) of every sample of ours."""
    return [
        (path.name, path.read_bytes())
        for path in sorted(PAPERS.iterdir())
        if path.suffix != ".json" or "shape" in path.name
    ]


def attempt(name: str, data: bytes) -> tuple[float, str]:
    """(seconds, what broke or "") of reading one file's bytes."""
    from jingzhong.exchange.questions.found import TYPE_NAMES, RefusedError
    from jingzhong.exchange.questions.open_file import read_bytes

    started = time.perf_counter()
    try:
        haul = read_bytes(data, name)
        for found in haul.questions:
            assert found.line >= 1, found
            assert found.type in TYPE_NAMES, found
            if found.type in ("single", "multiple") and found.answer is not None:
                assert isinstance(found.answer, str) and found.answer, found
            found.as_dict()
    except RefusedError as refusal:
        assert refusal.message and "\n" not in refusal.message and refusal.line >= 1
    except Exception as error:
        return time.perf_counter() - started, f"{type(error).__name__}: {error}"
    return time.perf_counter() - started, ""


def run(count: int, seed: int = 0) -> int:
    """Mutate and read; prints a summary and returns how many broke or were slow."""
    chance = random.Random(seed)
    samples = seeds()
    faults: Counter[str] = Counter()
    slowest, started = 0.0, time.perf_counter()
    for number in range(count):
        name, data = chance.choice(samples)
        if data[:2] == b"PK" and chance.random() < 0.7:
            mutated = repack(data, chance)
        elif data[:2] == b"PK" or chance.random() < 0.1:
            mutated = mutate_bytes(data, chance)
        else:
            text = (
                data.decode("utf-8", "replace")
                if chance.random() < 0.95
                else data.decode("gb18030", "replace")
            )
            mutated = mutate(text, chance).encode("utf-8", "replace")
        seconds, fault = attempt(name, mutated)
        slowest = max(slowest, seconds)
        if fault or seconds > SLOW:
            faults[fault.split(":")[0] if fault else "slow"] += 1
            path = Path(f"fault-{seed}-{number}-{name}")
            path.write_bytes(mutated)
            print(f"{path}: {fault or f'{seconds:.1f} s'}")
    total = time.perf_counter() - started
    print(f"{count} inputs in {total:.0f} s, slowest {slowest:.2f} s, faults {dict(faults)}")
    return sum(faults.values())


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "hooks"))
    arguments = [int(text) for text in sys.argv[1:3]]
    sys.exit(bool(run(*(arguments or [2000]))))
