"""One question's stretch of a paper, understood: what is asked, offered, answered, explained."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jingzhong.exchange.questions import blanks
from jingzhong.exchange.questions.answers import bare, read_answer, value_end
from jingzhong.exchange.questions.blank_answers import blanks_below
from jingzhong.exchange.questions.cutting import BARE_LINE, PICTURE, Cut, cut_stretch
from jingzhong.exchange.questions.found import Found
from jingzhong.exchange.questions.marks import (
    ASKS_SEVERAL,
    CHOSEN,
    IN_BRACKET,
    Mark,
)
from jingzhong.exchange.questions.pairs import read_pairs, settle_match
from jingzhong.exchange.questions.settling import settle
from jingzhong.exchange.questions.stems import (
    Chunk,
    letters_behind,
    read_head,
    without_bare_scores,
    without_clause,
    without_lead_bracket,
    without_option_line,
    without_type_marks,
)
from jingzhong.exchange.questions.tidy import SCAN, Paper, join_lines, plain
from jingzhong.exchange.questions.unlettered import take_unlettered
from jingzhong.exchange.questions.unnumbered import NOTE
from jingzhong.exchange.questions.value import Value

CHOICES = ("single", "multiple", "choice", "order")
_NOTHING = re.compile(
    r"^[\s:：]*(?:略|无|暂无|见附件|见教材|暂无解析|没有|无解析|none|null|-+)?[\s。.;；]*$",
    re.IGNORECASE,
)
_SURVEY = re.compile(
    r"^(?:请(?:输入|填写|选择))?(?:您|你)?(?:的|所在的?|所属的?)?(?:真实)?(?:姓名|名字|部门|工号|单位|单位名称|公司|手机号?码?|电话|联系电话|联系方式|性别|岗位|职务|年龄|班组|班级|学号|学院|身份证号?码?|所在部门|所在单位|邮箱|车间|工种|科室)[ \t]*(?:[:：(（【\[_]|$)"
)
# 考试题库（单选）: a title with a type mark behind it; so is the first line of a paper.
_TITLE = re.compile(
    r"^[^。？?！!（）_]*(?:题库|试题|试卷|练习|考试|竞赛|测试|复习|习题)[^。？?！!（）_，]{0,6}$"
)

_TO_TICK = re.compile(r"^[ \t]*[○◯□☐☆▢◇√]", re.MULTILINE)
_ASKED = re.compile(r"[?]|\([^()\n]*\)|_{2,}|[是为有]:?\s*$")


def read_body(
    paper: Paper,
    chunk: Chunk,
    marks: Sequence[Mark],
    *,
    scored: bool = False,
    filled: bool = False,
    lettered: bool = False,
    lined: bool = False,
) -> Found | None:
    """One question, or None where the stretch holds none.

    `scored`: bare numbers in brackets at the edges of stems are scores in this paper. `filled`:
    its questions are answered in brackets of their stems, so words in a bracket may answer too.
    `lined`: the words for the blanks of a stem stand on the lines below it, one a line.
    `lettered`: several of its section's stems end with a letter behind their last stop: …（ ）。C
    """
    at, declared = read_head(paper, chunk)
    typed = declared or chunk.type
    inside = [mark for mark in marks if at <= mark.start < chunk.end]
    inside = _without_notes(paper, inside)
    if typed == "short":
        inside = _corrections(inside) or [mark for mark in inside if mark.kind != "basis"]
    cut = cut_stretch(paper, at, chunk.end, inside, typed)
    stem, marked = without_type_marks(without_clause(cut.stem))
    declared = declared or marked
    typed = declared or chunk.type
    if scored:
        stem = without_bare_scores(stem)
    if lettered and len(cut.options) >= 2 and not cut.answers and not cut.rights:
        stem, letters = letters_behind(stem)
        if letters:
            cut.answers.append((Mark("answer", chunk.at, chunk.at), letters))
    if len(cut.options) >= 2:
        stem = without_option_line(without_lead_bracket(stem), cut.options)
    if ASKS_SEVERAL.search(stem.translate(SCAN)) and typed in ("", "choice", "single"):
        typed = "multiple"
    found = Found(
        typed,
        "",
        paper.line_of(chunk.at),
        number=chunk.number,
        section=chunk.section,
        declared=typed,
    )
    lead = IN_BRACKET.search(paper.scan, chunk.at, chunk.text)
    if lead and (lead["letters"] or lead["judged"]):
        # （√）1、…: the answer stands before the number.
        cut.answers.insert(
            0, (Mark("answer", chunk.at, chunk.at), lead["letters"] or lead["judged"])
        )
    if lined and not cut.options and not cut.answers and typed in ("", "blank"):
        stem, cut.below = blanks_below(stem)
    paired = [words for _, words in cut.answers if read_pairs(words)]
    if paired or typed == "match":
        until = min([mark.start for mark in inside] or [chunk.end])
        settle_match(found, paper.text[at:until], paired[0] if paired else "")
        found.explanation = _reasons(cut.reasons, "")
        return found
    offered = bool(cut.options)
    take_unlettered(found, cut, stem, typed)
    stem = found.stem or stem
    if not offered and cut.options and not chunk.number and not typed and not cut.rights:
        told = cut.answers or cut.tinted or _ASKED.search(stem.translate(SCAN))
        told = told or _TO_TICK.search(cut.stem)
        if not told and not any(mark.kind == "answer" for mark in inside):
            # A list below a heading asks nothing.
            return None
    found.stem = ""
    if filled and chunk.number and _is_filled_in(cut, stem, typed):
        found.declared = typed = "blank"
    _understand(found, cut, stem, typed, declared)
    found.explanation = _reasons(cut.reasons, found.explanation)
    if not bare(found.stem) and (not found.options or (found.answer is None and not chunk.number)):
        return None
    asked = blanks.count_gaps(blanks.tidy_gaps(plain(stem))) > 0
    if not declared and _is_no_question(
        found, cut, chunk, asked=asked and bool(typed or chunk.number)
    ):
        return None
    if not chunk.number and not cut.options and not cut.answers:
        first = marked and not paper.text[: chunk.at].strip() and found.answer is None
        if first or _TITLE.search(found.stem):
            return None
    if _SURVEY.match(plain(found.stem)) and found.answer is None and not cut.rights:
        found.doubt("survey_field", "像是登记信息（姓名、部门一类），不是题目")
    return found


def _without_notes(paper: Paper, marks: Sequence[Mark]) -> list[Mark]:
    """Marks without those inside the items of an indented list below 解析: - …？:答案:快照"""
    kept: list[Mark] = []
    explained = False
    for mark in marks:
        line = paper.line_start(mark.start)
        note = explained and NOTE.match(paper.scan, line, mark.start)
        if not (note and paper.scan[note.end() : mark.start].strip()):
            kept.append(mark)
            explained = explained or mark.kind == "explain"
    return kept


def _corrections(marks: Sequence[Mark]) -> list[Mark]:
    """改正：… answers a 改错题 that nothing else answers."""
    if any(mark.kind == "answer" for mark in marks):
        return []
    told = [mark for mark in marks if mark.kind == "basis" and "正" in mark.word]
    return [Mark("answer", mark.start, mark.end, "", "worded") for mark in told[:1]]


def _is_filled_in(cut: Cut, stem: str, typed: str) -> bool:
    """Whether a stem of no declared type is a fill-in whose bracket holds its answer: 每（三）年。"""
    if typed or cut.options or cut.answers or blanks.pick_verdict(plain(stem))[1] is not None:
        return False
    told = blanks.fill_in(stem, answered=False)
    return bool(told.answers) and not told.doubts


def _understand(found: Found, cut: Cut, stem: str, typed: str, declared: str) -> None:
    """Read the answer from wherever it stands, then settle type and problems."""
    found.options = cut.options
    if cut.pictured:
        found.extra["picture"] = True
        found.doubt("picture", "题里有图，图没有导入，请自己放进题库")
        if PICTURE in cut.options.values():
            found.doubt("picture_option", "选项是图片，题库里不能用")
    if cut.restored:
        found.doubt(
            "option_letters_restored", f"选项字母 {cut.restored} 丢了，按行的顺序补上，请核对"
        )
    values = _values(cut, typed, stem, declared)
    if cut.below:
        values = [Value(cut.below, kind="blank")]
    if any(value.kind == "short" for value in values) and typed in CHOICES:
        found.doubt("type_conflict", "用“答：”作答、没有选项，按问答题读；文件把它列在选择题")
        typed = "short"
    stem, tail_value, reason = _trailing(cut, stem, typed, bool(values))
    if reason:
        cut.reasons.append(reason)
    if not values and tail_value:
        values = [tail_value]
    if not values and not cut.rights:
        values, stem = _chosen(cut, stem, typed)
    if not values and not cut.rights and 0 < len(cut.tinted) < len(cut.options):
        doubt = (
            "answer_is_implicit",
            f"选项 {cut.tinted} 用了红字、底色或星号，文件没有说明这表示正确",
        )
        kind = "single" if len(cut.tinted) == 1 else "multiple"
        values = [Value(None, implied=cut.tinted, convention="tinted", doubts=[doubt], kind=kind)]
    if cut.rights:
        letters = "".join(sorted(set(cut.rights)))
        values.insert(0, Value(letters, kind="single" if len(letters) == 1 else "multiple"))
    for value in values:
        if value.rest.strip() and typed != "short":
            cut.reasons.insert(0, value.rest)
    settle(found, stem, values, typed)


def _chosen(cut: Cut, stem: str, typed: str) -> tuple[list[Value], str]:
    """故选A in a reason or on a line of its own, where nothing else answers."""
    told = [
        match
        for text in [*cut.reasons, *cut.tail]
        if (match := CHOSEN.search(text.translate(SCAN)))
    ]
    if not told and (match := CHOSEN.search(stem.translate(SCAN))):
        told, stem = [match], stem[: match.start()]
    if len({match["letters"] for match in told}) != 1:
        return [], stem
    return [read_answer(told[0]["letters"], cut.options, typed)], stem


def _is_value(words: str) -> bool:
    scan = words.translate(SCAN).strip()
    end = value_end(scan, 0, len(scan))
    return end > 0 and not bare(scan[end:])


def _values(cut: Cut, typed: str, stem: str, declared: str) -> list[Value]:
    """The answers that marks lead in, the readable ones first to last."""
    values = []
    gaps = (
        blanks.count_gaps(blanks.tidy_gaps(blanks.open_runs(plain(stem))))
        if typed in ("", "blank")
        else 0
    )
    kind = typed
    for mark, words in cut.answers:
        if _NOTHING.match(words):
            continue
        said = mark.word == "said" and not cut.options
        if said and typed in CHOICES and not declared and not _is_value(words):
            # 答：… under a heading that went on too long: a question to be answered in words.
            values.append(Value(words.strip(), kind="short"))
            continue
        if typed == "" and said:
            kind = "" if _is_value(words) else "short"
        value = read_answer(words, cut.options, kind, gaps)
        if value.answer is not None or value.implied is not None or value.kind:
            values.append(value)
    return values


def _trailing(cut: Cut, stem: str, typed: str, answered: bool) -> tuple[str, Value | None, str]:
    """A bare answer line behind options or stem; stray verdict lines before options 对/错."""
    reason = ""
    for tail in cut.tail:
        lines = [line for line in tail.split("\n") if line.strip()]
        if lines and not answered and (match := BARE_LINE.match(lines[0].translate(SCAN))):
            return stem, read_answer(match["word"], cut.options, typed), "\n".join(lines[1:])
        reason = "\n".join(lines) if answered else reason
    lines = [line for line in stem.split("\n") if line.strip()]
    last = BARE_LINE.match(lines[-1].translate(SCAN)) if len(lines) > 1 else None
    if last and re.fullmatch("[TFYNVXx]", last["word"]) and lines[-2].strip()[-1:].isalnum():
        # The end of a wrapped stem: …不得超过36 / V。
        last = None
    if last and cut.options and not answered and re.fullmatch("[A-H ,、]+", last["word"]):
        # （ A C D ）。 wrapped onto a line of its own.
        return "\n".join(lines[:-1]), read_answer(last["word"], cut.options, typed), reason
    if last and (cut.options or answered):
        while len(lines) > 1 and BARE_LINE.match(lines[-1].translate(SCAN)):
            lines.pop()
        return "\n".join(lines), None, reason
    if last and not cut.options and typed not in ("blank", "short"):
        value = read_answer(last["word"], {}, typed)
        if value.answer is not None:
            return "\n".join(lines[:-1]), value, reason
    return stem, None, reason


def _reasons(reasons: Sequence[str], before: str) -> str:
    parts = [join_lines(plain(part)) for part in [before, *reasons]]
    kept = [part for part in parts if not _NOTHING.match(part) and bare(part)]
    return "\n".join(dict.fromkeys(kept))


def _is_no_question(found: Found, cut: Cut, chunk: Chunk, *, asked: bool) -> bool:
    """Notes, clauses and lists: nothing is asked (no blank is left), answered or offered."""
    if found.answer is not None or found.implied is not None or found.answer_text is not None:
        return False
    if len(found.options) >= 2 or cut.answers or cut.rights:
        return False
    return not asked and not (chunk.type and chunk.number)
