"""What to say of a file that holds no question that could be read."""

from __future__ import annotations

from jingzhong.exchange.questions.found import Haul

_TEXT = (
    "没有读到题目。找的是这样的文字：题号和题干一行，选项每个以 A．B．C．开头，答案写作“答案：B”或写在题干的括号里。"
    "例：1．灭火器应当放在（ ）。 A．明显处 B．柜子里 答案：A"
)
_TABLE = (
    "没有读到题目。找的是一张表，第一行写栏目名，每行一题。"
    "例：第一行“题干、选项A、选项B、答案”，第二行“灭火器应当放在（ ）、明显处、柜子里、A”"
)
_JSON = (
    "没有读到题目。找的是一组对象，每个有题干、选项、答案。"
    '例：[{"题干": "灭火器应当放在（ ）", "选项": ["明显处", "柜子里"], "答案": "A"}]'
)
_PAGE = (
    "没有读到题目。找的是网页上看得见的题号、题干、选项 A．B．和“答案：B”，有“题干、选项A、答案”表头的表格，"
    "和脚本里的题目数据。题目由网页程序另外取来时，文件里没有题目：请在浏览器里全选复制，存成 .txt 再导入。"
    "例：1．灭火器应当放在（ ）。 A．明显处 B．柜子里 答案：A"
)
_XML = "没有读到题目。找的是 Moodle XML 的 <question>，或 QTI 的 assessmentItem。请让平台重新导出，并选“含题目”"
_TOLD = {
    **dict.fromkeys(("csv", "tsv", "xlsx", "xlsm", "xls", "ods", "et"), _TABLE),
    **dict.fromkeys(("json", "jsonl", "ndjson"), _JSON),
    **dict.fromkeys(("html", "htm", "mhtml"), _PAGE),
    **dict.fromkeys(("xml", "zip"), _XML),
}


def tell_none(haul: Haul, name: str) -> None:
    """Note that a file gave nothing, what was looked for, and an example that would be read.

    What a reader has told already of its columns comes first and stays.
    """
    ending = name.rpartition(".")[2].lower()
    haul.note(1, "no_questions", _TOLD.get(ending, _TEXT))
