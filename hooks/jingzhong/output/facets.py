"""Data for filtering in the browser: shards of a thousand cases, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator

from jingzhong.model.cases import GRADES
from jingzhong.model.library import Library
from jingzhong.output.page import TextFile

CASES_PER_SHARD = 1000


def facet_vocabulary(library: Library) -> dict[str, object]:
    """What the numbers in the shards stand for; written once, into the list page."""
    types = sorted({case.accident_type.current for case in library.cases})
    provinces = sorted({case.place.province for case in library.cases})
    used = {name for case in library.cases for name in case.sector}
    return {
        "sector": [s.name for s in library.vocabularies.sectors if s.name in used],
        "type": types,
        "grade": list(GRADES),
        "province": provinces,
        "shards": -(-len(library.cases) // CASES_PER_SHARD),
    }


def facet_files(library: Library) -> Iterator[TextFile]:
    """Rows `[id, title, [sector…], type, grade or -1, province, deaths or -1]`."""
    vocabulary = facet_vocabulary(library)
    index = {
        key: {name: at for at, name in enumerate(names)}
        for key, names in vocabulary.items()
        if isinstance(names, list)
    }
    for shard, first in enumerate(range(0, len(library.cases), CASES_PER_SHARD), 1):
        rows = [
            [
                case.id,
                case.title,
                [index["sector"][name] for name in case.sector],
                index["type"][case.accident_type.current],
                index["grade"].get(case.grade or "", -1),
                index["province"][case.place.province],
                -1 if case.casualties.deaths is None else case.casualties.deaths,
            ]
            for case in library.cases[first : first + CASES_PER_SHARD]
        ]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        yield TextFile(f"data/cases/{shard}.js", f'Jingzhong.register("cases","{shard}",{text});\n')
