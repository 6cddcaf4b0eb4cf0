"""Texts out to translators and back: the formats, and what a file that comes back changes."""

import csv
import io
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from translate.storage.xliff import xlifffile

from articles import tables, xliff
from articles.languages import LANGUAGES
from articles.models import Advice, Article, Topic
from articles.returns import Plan, apply, planned
from articles.status import CURRENT, MISSING, OUTDATED, status_of
from articles.units import Refused, Unit, everything, left_to_translate, units_for, within

from .test_collisions import at_once

pytestmark = pytest.mark.django_db

SOURCE, BODY = "Tervehdi ensin", "Sano huomenta."


def csv_bytes(units) -> bytes:
    return "".join(tables.written_csv(units)).encode()


def xliff_bytes(units) -> bytes:
    return "".join(xliff.written(units)).encode()


FORMATS: dict[str, tuple[Callable, Callable]] = {
    "xliff": (xliff_bytes, xliff.parsed),
    "csv": (csv_bytes, tables.parsed_csv),
    "xlsx": (tables.written_xlsx, tables.parsed_xlsx),
}
each_format = pytest.mark.parametrize(("write", "parse"), FORMATS.values(), ids=FORMATS)


def units_of(article: Article, language: str = "en") -> list[Unit]:
    return list(units_for(within(Article.objects.filter(pk=article.pk)), language))


def unit(identity: str, units: list[Unit]) -> Unit:
    (found,) = [unit for unit in units if unit.id.endswith(identity)]
    return found


def plan_of(units, allowed=LANGUAGES) -> Plan:
    with transaction.atomic():
        return planned(units, allowed)


def brought_in(units, allowed=LANGUAGES) -> Plan:
    with transaction.atomic():
        plan = planned(units, allowed)
        apply(plan)
    return plan


def refusals(units, allowed=LANGUAGES) -> str:
    with pytest.raises(Refused) as refused:
        plan_of(units, allowed)
    return "\n".join(refused.value.reasons)


@pytest.fixture
def translated(tip: Advice) -> Advice:
    """A tip written in Finnish, with an English translation that is current."""
    tip.body_en = "Say good morning."
    tip.save()
    return tip


# --- Out --------------------------------------------------------------------------------------------------------------


def test_an_article_goes_out_with_its_advice_and_figures_but_not_with_slugs(article, tip, figure):
    figure.claim_fi = "15–20 % tervehdyksistä epäonnistuu."
    figure.save()
    assert [unit.id.partition("/")[0] + "/" + unit.field for unit in units_of(article)] == [
        *("article/title", "article/summary", "article/introduction"),
        *("advice/title", "advice/body"),
        "figure/claim",
    ]


def test_nothing_goes_out_into_the_language_of_the_source(article, tip):
    assert units_of(article, "fi") == []


def test_each_text_has_its_own_status(article, translated):
    translated.title_fi = "Tervehdi aina ensin"
    translated.save()
    units = units_of(article)
    assert unit("introduction", units).status == MISSING
    assert unit(f"{translated.key}/title", units).status == OUTDATED
    assert unit(f"{translated.key}/body", units).status == CURRENT


def test_what_is_finished_may_stay_at_home(article, translated):
    assert [unit.field for unit in left_to_translate(units_of(article))] == ["summary", "introduction"]


def test_everything_goes_out_once():
    units = list(units_for(everything(), "hy"))
    written_in_armenian = 4 + 9 * 3
    texts = 8 * 2 + 5 * 4 + 53 * 3 + 10 + 15 * 2
    assert len({unit.id for unit in units}) == len(units) == texts - written_in_armenian
    assert {unit.status for unit in units} == {CURRENT}


def test_a_batch_costs_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        list(units_for(everything(), "ru"))


# --- Formats ----------------------------------------------------------------------------------------------------------


@each_format
def test_what_is_written_is_read_again(write, parse):
    units = list(units_for(everything(), "hy"))
    back = parse(write(units))
    for sent, got in zip(units, back, strict=True):
        assert replace(got, place="", status=CURRENT) == sent


@each_format
@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_an_untouched_file_changes_nothing(write, parse, language):
    plan = plan_of(parse(write(units_for(everything(), language))))
    assert plan.changes == []


@each_format
def test_an_untouched_file_confirms_nothing(write, parse, article, translated):
    translated.body_fi = "Sano huomenta aina."
    translated.save()
    assert plan_of(parse(write(units_of(article)))).changes == []


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40)


@each_format
@settings(deadline=None, max_examples=40)
@given(
    text=st.one_of(
        TEXT, st.sampled_from(["=1+1", "'=1", "-x", "@a", "+1", "a\nb", "  a ", "1e5", "\ta", "<b>&amp;", "]]>"])
    )
)
def test_every_text_survives(write, parse, text):
    if "\ufffe" in text or "\uffff" in text:
        return
    sent = Unit("advice", "a", "body", "en", "fi", text or "x", text, CURRENT, "t1")
    (got,) = parse(write([sent]))
    assert (got.source, got.translation) == (sent.source, sent.translation)


def test_a_table_computes_nothing(article, translated):
    translated.body_en = "=HYPERLINK(0)"
    translated.save()
    rows = list(csv.DictReader(io.StringIO(csv_bytes(units_of(article)).decode("utf-8-sig"))))
    assert "'=HYPERLINK(0)" in {row["translation"] for row in rows}
    sheet = load_workbook(io.BytesIO(tables.written_xlsx(units_of(article)))).active
    assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "n", "inlineStr"}


def test_excel_knows_a_csv_file_for_utf_8(article, tip):
    assert csv_bytes(units_of(article)).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_csv_file_may_come_back_with_the_signs_of_another_country(article, tip, delimiter):
    rows = list(csv.reader(io.StringIO(csv_bytes(units_of(article)).decode("utf-8-sig"))))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert len(tables.parsed_csv(out.getvalue().encode())) == len(rows) - 1


def test_an_xliff_unit_tells_tools_its_state_and_limit(article, translated):
    file = xlifffile.parsestring(xliff_bytes(units_of(article)))
    units = {unit.getid().rpartition("\x04")[2]: unit for unit in file.units}
    missing, current = units[f"article/{article.key}/summary"], units[f"advice/{translated.key}/title"]
    assert not missing.istranslated()
    assert current.istranslated()
    assert missing.xmlelement.get("maxwidth") == "160"
    assert current.xmlelement.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    assert (file.sourcelanguage, file.targetlanguage) == ("fi", "en")


def test_a_change_by_a_translators_tool_is_exactly_the_change(article, translated):
    file = xlifffile.parsestring(xliff_bytes(units_of(article)))
    changed = next(unit for unit in file.units if unit.getid().endswith("/summary"))
    changed.target = "A greeting decides & wins."
    plan = brought_in(xliff.parsed(bytes(file)))
    (change,) = plan.changes
    assert (change.unit.id, change.before, change.after) == (
        f"article/{article.key}/summary",
        "",
        "A greeting decides & wins.",
    )
    article.refresh_from_db()
    assert article.summary_en == "A greeting decides & wins."


def test_a_tool_may_mark_sentences():
    sent = xliff_bytes([Unit("advice", "a", "title", "en", "fi", "Hello.", "XX", MISSING)]).decode()
    marked = sent.replace("XX", '<mrk mtype="seg" mid="0">Hei.</mrk> <mrk mtype="seg" mid="1">Hyvä.</mrk>')
    assert xliff.parsed(marked.encode())[0].translation == "Hei. Hyvä."


# --- What a file changes ----------------------------------------------------------------------------------------------


def test_a_translation_that_came_back_is_current(article, tip):
    units = [replace(each, translation="Good morning.") for each in units_of(article) if each.model == "advice"]
    brought_in([replace(each, status="") for each in units])
    tip.refresh_from_db()
    assert (tip.title_en, tip.body_en, status_of(tip, "en")) == ("Good morning.", "Good morning.", CURRENT)


def test_a_file_made_against_an_older_source_is_out_of_date(article, translated):
    units = units_of(article)
    translated.body_fi = "Sano aina huomenta."
    translated.save()
    plan = brought_in([replace(unit("/body", units), translation="Do say good morning.", status="")])
    assert "The source has changed since the file was made." in plan.changes[0].warnings
    translated.refresh_from_db()
    assert (translated.body_en, status_of(translated, "en")) == ("Do say good morning.", OUTDATED)
    translated.body_fi = BODY
    translated.save()
    assert status_of(translated, "en") == CURRENT


def test_texts_that_arent_in_the_file_answer_to_what_they_did_before(article, translated):
    translated.title_fi, translated.body_fi = "Tervehdi aina", "Sano aina huomenta."
    translated.save()
    brought_in([replace(unit("/body", units_of(article)), translation="Always say good morning.", status="")])
    translated.refresh_from_db()
    assert status_of(translated, "en") == OUTDATED
    translated.title_fi = SOURCE
    translated.save()
    assert status_of(translated, "en") == CURRENT


def test_a_text_never_confirmed_isnt_confirmed_along_with_another(article, tip):
    Advice.objects.filter(pk=tip.pk).update(body_ru="Слова.")
    brought_in([replace(unit(f"{tip.key}/title", units_of(article, "ru")), translation="Привет", status="")])
    tip.refresh_from_db()
    assert status_of(tip, "ru") == OUTDATED


def test_an_unchanged_translation_is_confirmed_where_the_file_says_so(article, translated):
    translated.body_fi = "Sano aina huomenta."
    translated.save()
    plan = brought_in([replace(unit("/body", units_of(article)), status=CURRENT)])
    assert [(change.is_text, change.status_before, change.status) for change in plan.changes] == [
        (False, OUTDATED, CURRENT)
    ]
    translated.refresh_from_db()
    assert status_of(translated, "en") == CURRENT


def test_what_needs_another_look_is_taken_but_not_confirmed(article, translated):
    brought_in([replace(unit("/body", units_of(article)), translation="Say morning.", status=OUTDATED)])
    translated.refresh_from_db()
    assert (translated.body_en, status_of(translated, "en")) == ("Say morning.", OUTDATED)


def test_one_file_may_bring_several_languages(article, tip):
    units = [replace(unit("/body", units_of(article, language)), status="") for language in ("en", "ru")]
    brought_in([replace(each, translation=text) for each, text in zip(units, ["Say it.", "Скажите."], strict=True)])
    tip.refresh_from_db()
    assert (tip.body_en, tip.body_ru) == ("Say it.", "Скажите.")


def test_an_empty_translation_deletes_nothing(article, translated):
    assert plan_of([replace(unit("/body", units_of(article)), translation="", status=CURRENT)]).changes == []


def test_a_translation_that_was_changed_here_isnt_undone_by_the_file_as_it_was_sent(article, translated):
    units = units_of(article)
    translated.body_en = "Say a good morning."
    translated.save()
    assert plan_of(units).changes == []


def test_who_overwrites_a_change_made_here_is_told(article, translated):
    units = units_of(article)
    translated.body_en = "Say a good morning."
    translated.save()
    plan = plan_of([replace(unit("/body", units), translation="Do say good morning.")])
    assert any("was changed here after the file was made" in warning for warning in plan.changes[0].warnings)


def test_a_disagreement_with_the_source_is_told(article, tip):
    plan = plan_of([replace(unit("/body", units_of(article)), translation="Say 5 things.", status="")])
    assert plan.changes[0].warnings == ("The translation has numbers that the source lacks: 5.",)


def test_planning_changes_nothing(article, tip):
    plan_of([replace(unit("/body", units_of(article)), translation="Say good morning.", status="")])
    tip.refresh_from_db()
    assert not tip.body_en


def test_a_plan_is_known_again_until_a_text_changes(article, translated):
    units = [replace(unit("/body", units_of(article)), translation="Do say it.", status="")]
    before = plan_of(units).fingerprint
    assert plan_of(units).fingerprint == before
    Advice.objects.filter(pk=translated.pk).update(body_fi="Sano se.")
    assert plan_of(units).fingerprint != before


# --- What is refused --------------------------------------------------------------------------------------------------


@pytest.fixture
def good(article, tip) -> Iterator[Unit]:
    return replace(unit("/body", units_of(article)), translation="Say good morning.", status="", place="Row 2")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"model": "user"}, "Row 2: there is no text “user/tervehdi-ensin/body”."),
        ({"key": "nothing"}, "Row 2: there is no text “advice/nothing/body”."),
        ({"key": "no\0thing"}, "Row 2: there is no text"),
        ({"field": "slug"}, "Row 2: there is no text “advice/tervehdi-ensin/slug”."),
        ({"field": "pk"}, "Row 2: there is no text"),
        ({"language": "sv"}, "Row 2: “sv” is no language of this site."),
        ({"language": "ru"}, "Row 2: you may not change texts in this language (Русский)."),
        ({"language": "fi"}, "Row 2: “Suomi” is the language of the source."),
        ({"source_language": "en"}, "Row 2: the source is in “Suomi”, not in “English”."),
        ({"field": "title", "translation": "x" * 71}, "Row 2: the translation has 71 characters, and may have 70."),
    ],
)
def test_a_unit_that_cant_be_taken_is_refused_with_its_place(good, change, reason):
    key = good.key
    said = refusals([replace(good, **change)], allowed={"en", "fi", "hy"})
    assert said.startswith(reason.replace("tervehdi-ensin", key))


def test_a_text_that_comes_twice_is_refused(good):
    assert refusals([good, replace(good, place="Row 3")]) == "Row 3: this text comes a second time."


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"language": ""}, "Row 2: the language of the translation is missing."),
        ({"source_language": ""}, "Row 2: the language of the source is missing."),
    ],
)
def test_that_a_language_is_missing_is_told_once(good, change, reason):
    units = [replace(good, **change), replace(good, **change, place="Row 3")]
    assert refusals(units) == reason


def test_one_bad_unit_stops_all(good, tip):
    with pytest.raises(Refused):
        brought_in([good, replace(good, field="title", key="nothing")])
    tip.refresh_from_db()
    assert not tip.body_en


@pytest.mark.django_db(transaction=True)
def test_an_import_and_the_form_of_an_article_wait_for_one_another_only_in_turn(article, tip):
    topic = Topic.objects.create(name_en="Smiles", name_fi="Hymyt")
    everything_of = [Topic.objects.filter(pk=topic.pk), *within(Article.objects.filter(pk=article.pk))]
    units = [replace(unit, translation="Hello.") for code in LANGUAGES for unit in units_for(everything_of, code)]
    is_locked = threading.Event()

    def save_in_form() -> None:
        with transaction.atomic():
            held = Article.objects.select_for_update().get(pk=article.pk)
            is_locked.set()
            time.sleep(0.5)
            advice = held.advice.get()
            advice.save()
            advice.topics.add(topic)

    def bring_in() -> Plan:
        is_locked.wait()
        return brought_in(units)

    _saved, plan = at_once(save_in_form, bring_in)
    assert len(plan.changes) == len(units)


def test_a_file_without_texts_is_refused():
    assert refusals([]) == "There is no text in this file."


def refusal_of(parse: Callable, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        parse(content)
    return refused.value.reasons[0]


HEAD = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "well-formed"),
        (b"<xliff>", "well-formed XML: line 1"),
        (b"\xff\xfe<\0", "UTF-8"),
        ("<a>é</a>".encode("latin-1"), "UTF-8"),
        (b"<html/>", "XLIFF 1.2"),
        (b'<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "XLIFF 1.2"),
        (b'<!DOCTYPE xliff SYSTEM "http://example.org/x.dtd"><xliff/>', "document type or entities"),
        (b'<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x>&b;</x>', "document type or entities"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "document type or entities"),
        (
            f'{HEAD}<file><body><trans-unit id="a/b/c"><source/><target><g>x</g></target></trans-unit></body></file>'
            "</xliff>".encode(),
            "Unit a/b/c: it holds a tag <g>",
        ),
    ],
)
def test_an_xliff_file_that_cant_be_read_is_refused(content, reason):
    assert reason in refusal_of(xliff.parsed, content)


CSV_HEAD = b"model,key,field,source_language,language,source,translation,status\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"model,key\nadvice,x\n", "lacks columns: field, source_language, language, source, translation, status"),
        (CSV_HEAD + "a,b,c,en,fi,é,é,".encode("latin-1"), "UTF-8"),
        (CSV_HEAD + b'a,b,c,en,fi,"x', "isn’t a CSV file"),
        (CSV_HEAD + b"a,b,c,en,fi,x,y,done\n", "Row 2: “done” is no status"),
        (CSV_HEAD + b"a,b,c,en,fi,x," + b"y" * 200_000, "isn’t a CSV file"),
        (CSV_HEAD + b"a,b,c,en,fi,x,y,\n" * 20_001, "more than 20000 rows"),
    ],
)
def test_a_csv_file_that_cant_be_read_is_refused(content, reason):
    assert reason in refusal_of(tables.parsed_csv, content)


def test_what_is_left_of_a_short_row_is_empty():
    (unit,) = tables.parsed_csv(CSV_HEAD + b"advice,a,body,en,fi\n\n")
    assert (unit.source, unit.translation, unit.place) == ("", "", "Row 2")


# --- Workbooks made to do harm ----------------------------------------------------------------------------------------


def workbook(**members: bytes) -> bytes:
    """Return a workbook with one unit, some of its members put in the place of what they were."""
    sent = tables.written_xlsx([Unit("advice", "a", "body", "en", "fi", "Hello.", "Hei.", MISSING, "t1")])
    content = io.BytesIO()
    with ZipFile(io.BytesIO(sent)) as old, ZipFile(content, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, members.get(stem, old.read(name)))
    return content.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"sheet1": b'<!DOCTYPE x [<!ENTITY a "aa">]>' + SHEET % b""}, "document type or entities"),
        ({"workbook": '<!DOCTYPE x [<!ENTITY a "aa">]><x/>'.encode("utf-16")}, "document type or entities"),
        ({"sheet1": b"<worksheet>"}, "isn’t a workbook"),
        ({"workbook": b"<x/>"}, "isn’t a workbook"),
        ({"sheet1": SHEET % b""}, "empty"),
        ({"sheet1": b" " * 40_000_001}, "unpacks to more"),
    ],
)
def test_a_workbook_that_cant_be_read_is_refused(members, reason):
    assert reason in refusal_of(tables.parsed_xlsx, workbook(**members))


def test_a_zip_file_that_is_no_workbook_is_refused():
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("a.txt", "a")
    assert "isn’t a workbook" in refusal_of(tables.parsed_xlsx, content.getvalue())


def test_a_sheet_that_claims_a_million_rows_is_refused_at_once():
    sheet = SHEET % b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "lacks columns" in refusal_of(tables.parsed_xlsx, workbook(sheet1=sheet))


def edited(**cells: str) -> bytes:
    """Return a workbook of one text, in which somebody has written these cells."""
    book = load_workbook(io.BytesIO(workbook()))
    for place, value in cells.items():
        book.active[place] = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_formula_in_the_place_of_a_text_is_refused():
    assert "Row 2 has a formula in “translation”" in refusal_of(tables.parsed_xlsx, edited(G2='=CONCAT("Hei", "!")'))


def test_a_formula_in_a_column_of_ones_own_does_no_harm():
    (unit,) = tables.parsed_xlsx(edited(J1="length", J2="=LEN(G2)"))
    assert unit.translation == "Hei."


def test_a_number_that_a_spreadsheet_made_of_a_text_is_a_text_again():
    assert [tables.text_in(value) for value in (42, 42.0, 1.5, None, True)] == ["42", "42", "1.5", "", "True"]


def test_too_long_a_text_for_a_cell_isnt_cut_off():
    with pytest.raises(Refused, match="too much for a spreadsheet"):
        tables.written_xlsx([Unit("advice", "a", "body", "en", "fi", "x" * 32_768, "", MISSING)])
