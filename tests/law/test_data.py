"""The data under `law/data` agrees with the facts, with the corpus and with itself."""

from __future__ import annotations

import datetime
import re
from itertools import pairwise

import pytest
import yaml

from jingzhong.errors import ContentError
from jingzhong.law.records import Alias, KnownLaw, KnownNumber, load_names, load_records
from jingzhong.law.versions import DATA, load_numberings, starts
from jingzhong.model.articles import article_name, article_order, chinese_to_int, parse_article


@pytest.fixture(scope="module")
def regulations(facts):
    return yaml.safe_load((facts / "regulations.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def renumbered(facts):
    lint = yaml.safe_load((facts / "citation-lint.yaml").read_text(encoding="utf-8"))
    return lint["renumbered"]


def _tables(book):
    """(law, old version, {old article: current ones}) of every table."""
    for numbering in load_numberings():
        for table in numbering.renumbered:
            for date in table.versions:
                version = next(v for v in book.laws[numbering.law].versions if v.date == date)
                articles = {parse_article(old): new for old, new in table.articles.items()}
                yield numbering.law, version, table.article_count, articles


def test_every_fact_is_known(regulations, lexicon):
    """Each law of the facts has its id here, with every version and the day it ended."""
    for fact in regulations:
        law = lexicon.book.laws[fact["id"]]
        dates = {version.date for version in law.versions}
        assert {str(version["date"]) for version in fact["versions"]} <= dates, law.id
        if fact.get("repealed_on"):
            assert law.repealed_on == str(fact["repealed_on"])
        if fact.get("article_count"):
            assert law.article_count == fact["article_count"], law.id


def test_every_name_of_the_facts_is_understood(regulations, cite, lexicon):
    """Title and aliases of each law lead to it (or, where two share one, to one of the two)."""
    for fact in regulations:
        law = lexicon.book.laws[fact["id"]]
        title = re.sub(r"（总局令第30号）$", "", fact["title"])
        day = None
        if law.repealed_on:
            day = datetime.date.fromisoformat(law.repealed_on) - datetime.timedelta(days=1)
        for name in (title, *fact.get("aliases", ())):
            if re.fullmatch(r"[A-Z/]+ ?[\d-]+", name) or re.fullmatch(r".*\d+号[令文]", name):
                text = f"{name}第三条"
            else:
                text = name.replace("《", "").replace("》", "") if "《" in name else name
                text = f"《{text}》第三条"
            found = cite(text, day)
            assert [citation.law for citation in found] == [fact["id"]], (text, found)


def test_renumbering_of_the_facts_is_complete(renumbered, lexicon):
    """Each pair of the facts' tables; where one article was split, each of its successors."""
    seen = 0
    for law, old_key, version_date, new_key in (
        ("work-safety-law", "old_2014", "2014-08-31", "current_2021"),
        ("emergency-response-law", "old_2007", "2007-08-30", "current_2024"),
    ):
        version = next(v for v in lexicon.book.laws[law].versions if v.date == version_date)
        for row in renumbered[law]:
            old = parse_article(row[old_key])
            new = [parse_article(name) for name in row[new_key].split("、")]
            resolved = lexicon.book.resolve(law, old, version)
            assert [resolved.current, *resolved.also] == new, (law, old)
            seen += 1
    assert seen == 44


def test_predecessors_named_only_in_notes_are_known(cite):
    for text, law in (
        ("国家安全生产监督管理总局令第59号第三条", "confined-space-rules-2013"),
        ("总局令第30号第三条", "special-ops-training-old"),
        ("国家安全监管总局令第13号第三条", "accident-fine-rules-2007"),
        ("安监总管四〔2017〕129号第三条", "gongmao-major-hazard-2017"),
        ("安监总办〔2017〕140号第三条", "safety-liability-insurance-2017"),
        ("国务院令第75号第三条", "accident-report-rules-1991"),
    ):
        assert [(c.law, c.status) for c in cite(text)] == [(law, "repealed")], text
    (two_parts,) = cite("安监总管三〔2017〕121号第三条")
    assert two_parts.status in ("ambiguous", "ok")


def test_tables_agree_both_ways(lexicon):
    """Old → current → old: each direction contains the other, for every article of each table."""
    book = lexicon.book
    checked = 0
    for law, version, _, articles in _tables(book):
        for old, current in articles.items():
            resolved = book.resolve(law, old, version)
            assert (resolved.current, *resolved.also) == tuple(current)
            for article in current:
                assert old in book.articles_then(law, article, version)
                checked += 1
        for number in range(1, (book.laws[law].article_count or 0) + 1):
            for old in book.articles_then(law, str(number), version):
                assert str(number) in articles[old]
    assert checked > 300


def test_tables_keep_within_the_counts(lexicon):
    """No table names an article that its version, or the law in force, does not have."""
    book = lexicon.book
    for law, _, count, articles in _tables(book):
        for old, current in articles.items():
            assert count is None or article_order(old)[0] <= count, (law, old)
            for article in current:
                assert book.exists(law, article, book.laws[law].current) is not False


def test_full_tables_are_complete_and_in_order(lexicon):
    """The three numberings known in full: no gap; the main successors never run backwards
    except where the 2024 law moved an article."""
    full = {
        ("work-safety-law", "2014-08-31"): 114,
        ("work-safety-law", "2002-06-29"): 97,
        ("work-safety-law", "2009-08-27"): 97,
        ("emergency-response-law", "2007-08-30"): 70,
    }
    for law, version, _, articles in _tables(lexicon.book):
        count = full.pop((law, version.date), None)
        if count is None:
            continue
        numbers = list(range(1, count + 1))
        assert sorted(article_order(old)[0] for old in articles) == numbers
        if law == "work-safety-law":
            mains = [int(articles[str(number)][0]) for number in numbers]
            assert all(first < second for first, second in pairwise(mains))
    assert not full


def test_2002_goes_through_2014(lexicon):
    """What the 2002 numbering says agrees with the anchors that are known independently."""
    book = lexicon.book
    old = book.laws["work-safety-law"].versions[0]
    for then, now in (("41", "49"), ("46", "54"), ("47", "55"), ("70", "83"), ("21", "28")):
        assert book.resolve("work-safety-law", then, old).current == now


def test_unchanged_numbers_resolve_to_themselves(lexicon):
    book = lexicon.book
    fire = book.laws["fire-law"]
    old = {version.date: version for version in fire.versions}
    assert book.resolve("fire-law", "28", old["2008-10-28"]).current == "28"
    assert book.articles_then("fire-law", "28", old["2008-10-28"]) == ("28",)
    assert book.resolve("fire-law", "28", old["1998-04-29"]).current is None


def test_emergency_table_agrees_with_both_texts(corpus, lexicon):
    """Each 2007 article shares its wording with the 2024 articles the table gives for it."""

    def articles(path):
        found, number = {}, None
        for line in path.read_text(encoding="utf-8").split("\n"):
            match = re.match(r"第([一二三四五六七八九十百零]+)条[\s　]", line)
            number = str(chinese_to_int(match[1])) if match else number
            if number and not line.startswith("#"):
                found[number] = found.get(number, "") + line
        return found

    def grams(text):
        return {text[index : index + 3] for index in range(len(text) - 2)}

    old = articles(corpus / "行政法" / "突发事件应对法(2007-08-30).md")
    new = articles(corpus / "行政法" / "突发事件应对法(2024-06-28).md")
    book = lexicon.book
    version = book.laws["emergency-response-law"].versions[0]
    assert len(old) == 70 and len(new) == 106
    shared, shifted = [], []
    for number, text in old.items():
        resolved = book.resolve("emergency-response-law", number, version)
        now = "".join(new[article] for article in (resolved.current, *resolved.also))
        beside = new[str(min(106, int(resolved.current) + 1))]
        shared.append(len(grams(text) & grams(now)) / len(grams(text)))
        shifted.append(len(grams(text) & grams(beside)) / len(grams(text)))
        assert shared[-1] > 0.15, (article_name(number), shared[-1])
    assert sum(shared) / 70 > 0.75
    # The twin: a table shifted by one article does not agree.
    assert sum(shifted) / 70 < 0.3


def test_versions_are_in_order(lexicon):
    for law in lexicon.book.laws.values():
        dates = [version.date for version in law.versions]
        assert dates == sorted(dates), law.id
        begins = [starts(version) for version in law.versions]
        assert begins == sorted(begins), law.id
        if law.repealed_on:
            assert law.repealed_on >= begins[-1], law.id
        if law.superseded_by:
            assert law.superseded_by in lexicon.book.laws, law.id


def test_data_points_to_known_laws(lexicon):
    laws = lexicon.book.laws
    for number in load_records(KnownNumber, DATA / "numbers.yml"):
        assert number.law in laws, number
        dates = {version.date for version in laws[number.law].versions}
        assert number.version is None or number.version in dates, number
    for alias in load_records(Alias, DATA / "aliases.yml"):
        assert set(alias.laws) <= laws.keys(), alias
    for numbering in load_numberings():
        assert numbering.law in laws
        dates = {version.date for version in laws[numbering.law].versions}
        for table in numbering.renumbered:
            assert set(table.versions) <= dates, numbering.law
        assert numbering.unchanged_since is None or numbering.unchanged_since in dates
    ids = [law.id for law in load_records(KnownLaw, DATA / "laws.yml")]
    assert len(ids) == len(set(ids))


def test_names_are_only_of_laws_that_are_not_known(lexicon):
    names = load_names(DATA / "names.yml")
    assert len(names) == len(set(names)) > 900
    known = {law.short_title for law in lexicon.book.laws.values()}
    assert not known & set(names)


def test_a_fault_in_the_data_is_named(tmp_path):
    """The twin: a bad article number and an unknown key, each with its line."""
    (tmp_path / "numbering.yml").write_text(
        "- law: fire-law\n  renumbered:\n    - versions: [2008-10-28]\n"
        "      articles:\n        第五条: 第零条\n      extra: 1\n",
        encoding="utf-8",
    )
    with pytest.raises(ContentError) as caught:
        load_numberings(tmp_path)
    assert [problem.line for problem in caught.value.problems] == [5, 6]
    (tmp_path / "names.yml").write_text("a: b\n", encoding="utf-8")
    with pytest.raises(ContentError):
        load_names(tmp_path / "names.yml")
