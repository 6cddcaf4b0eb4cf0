"""The search: what it finds, in which order, and how it keeps in step with the content."""

from collections import Counter
from datetime import timedelta
from io import StringIO
from itertools import islice, permutations
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from articles import ranking
from articles.dictionaries import dictionaries
from articles.families import likeness
from articles.indexing import is_outdated, together
from articles.languages import LANGUAGES
from articles.meanings import Meaning, meanings
from articles.models import Advice, Article, Census, Entry, Figure, Topic, Word
from articles.ranking import levels
from articles.search import Extent, Frequency
from articles.searching import elsewhere, search
from articles.statements import Wanted, first_entries, first_objects, shelves
from articles.words import PART, lemmas, term, terms

from .rankings import key_of

pytestmark = pytest.mark.django_db


def found(text: str, language: str, **options) -> list[str]:
    """Return the keys of what is found, the best first."""
    return [key_of(entry) for entry in search(text, language, **options).entries]


# --- Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "complain complains complained complaining"),
        ("fi", "asiakas asiakkaan asiakkaita asiakkaiden ASIAKKAALLE"),
        ("et", "kaebus kaebuse kaebustega kaebusi"),
        ("ru", "жалоба жалобу жалобами Жалобы"),
        ("hy", "հաճախորդ հաճախորդներին հաճախորդների"),
        ("ru", "ещё еще"),
        ("ru", "все́ все"),
        ("hy", "կատարված կատարվա՞ծ"),
        ("hy", "կարեւոր կարևոր ԿԱՐԵՎՈՐ"),
        ("fi", "asiakas asiakkaamme asiakkaidenkin asiakkaallesikin"),
        ("et", "sõber sõpradelegi"),
        ("hy", "խոստանալ խոստացեք"),
        ("fi", "asiakaskato asiakaskadon"),
        ("fi", "remonttiala remonttialallakin"),
    ],
)
def test_the_forms_of_a_word_are_one_term(language, forms):
    assert len({terms([form], language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("language", "noun", "verb"),
    [
        ("fi", "kuunteleminen", "kuunnella"),
        ("fi", "ymmärtäminen", "ymmärtää"),
        ("fi", "tekeminen", "tehdä"),
        ("et", "kuulamine", "kuulama"),
        ("ru", "слушание", "слушать"),
    ],
)
def test_the_doing_of_a_verb_is_also_that_verb(language, noun, verb):
    assert lemmas(noun, language) == (noun, verb)


def test_a_verb_that_looks_like_a_noun_is_also_that_noun():
    assert lemmas("tunteilla", "fi") == ("tunteilla", "tunne")
    assert lemmas("kuunnella", "fi") == ("kuunnella",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_hold_nothing_but_letters_and_digits(language):
    for place in ("title", "lead", "body"):
        for text in Entry.objects.filter(language=language).values_list(place, flat=True):
            assert all(word.rstrip("+").partition("_")[0].isalnum() for word in text.split())
    listed = (lemma for _form, lemma in islice(dictionaries.get_dictionary(language).items(), 0, 300_000, 7))
    assert all(term(lemma).isalnum() for lemma in listed if term(lemma))


@pytest.mark.parametrize(
    ("language", "part", "key"),
    [
        ("fi", "uskollisuus", "seven-steps"),
        ("et", "teenindus", "best-practices"),
        ("fi", "standardi", "write-service-standards"),
    ],
)
def test_a_compound_is_found_by_its_parts(language, part, key):
    assert key in found(part, language)


def test_a_compound_that_no_text_has_finds_its_parts():
    assert "welcome-complaints" in found("hotellivalitus", "fi")


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("Ritz-Carlton", "en", "keep-training"),
        ("ritz carlton", "et", "keep-training"),
        ("Felicia", "fi", "choose-the-right-people"),
        ("Ֆելիսիա", "hy", "choose-the-right-people"),
        ("Ritz-Carlton", "ru", "keep-training"),
        ("Dave Carroll", "hy", "mind-the-other-side"),
    ],
)
def test_names_match_as_they_are(text, language, key):
    assert key in found(text, language)[:3]


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [
        ("how do I handle an angry customer", "en", "listen-before-you-speak"),
        ("miten kohtaan vihaisen asiakkaan", "fi", "listen-before-you-speak"),
        ("kuidas vihast klienti kuulata", "et", "listen-before-you-speak"),
        ("что делать с жалобами", "ru", "welcome-complaints"),
        ("ինչ անել բողոքների հետ", "hy", "welcome-complaints"),
    ],
)
def test_the_words_of_a_question_dont_sink_it(text, language, key):
    assert key in found(text, language)[:5]


@pytest.mark.parametrize(
    ("text", "language", "key"),
    [("обучить", "ru", "keep-training"), ("tunnustamine", "et", "reward-good-service")],
)
def test_a_word_finds_others_of_its_family(text, language, key):
    assert key in found(text, language)[:5]


def test_words_that_only_begin_alike_are_no_family():
    assert likeness("переманить", "перед", "ru") == 0
    assert likeness("обучить", "обучение", "ru") > 0


def test_a_sound_that_is_long_here_and_short_there_parts_no_family():
    assert likeness("hankkia", "hankinta", "fi") > likeness("hallita", "halinta", "fi")


def test_a_compound_finds_what_is_said_for_its_last_part():
    assert "looking-unprofessional" in found("työvaatteet", "fi")


def test_the_last_word_may_go_on_while_typing():
    assert "welcome-complaints" in found("complai", "en", is_unfinished=True)
    assert "welcome-complaints" in found("valituk", "fi", is_unfinished=True)


# --- Spelling ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language", "corrected", "key"),
    [
        ("complaimts", "en", "complaints", "welcome-complaints"),
        ("cusotmer complaimts", "en", "customer complaints", "welcome-complaints"),
        ("plautus", "fi", "palautus", "painful-returns"),
        ("жолобы", "ru", "жалобы", "welcome-complaints"),
        ("բողոգ", "hy", "բողոք", "welcome-complaints"),
        ("viltes", "et", "vilets", "shoddy-work"),
        ("tyytyvainen", "fi", "tyytyväinen", "weight-in-gold"),
        ("vaivatomasti", "fi", "vaivattomasti", "make-it-effortless"),
        ("tyontekijoiden", "fi", "työntekijöiden", "treat-staff-as-first-customers"),
        ("tootajate", "et", "töötajate", "treat-staff-as-first-customers"),
    ],
)
def test_a_misspelt_word_is_taken_for_one_of_the_texts(text, language, corrected, key):
    answer = search(text, language)
    assert answer.corrected == corrected
    assert key in found(text, language)[:5]


def test_what_misspelt_words_mean_together_is_found():
    assert "right-people" in found("serching staf", "en")[:5]
    assert [meaning.word for meaning in search("serching staf", "en").meanings if meaning.is_combined]


def test_a_word_in_quotes_isnt_corrected():
    assert found('"complaimts"', "en") == []


def test_what_another_language_has_isnt_corrected_but_found_there():
    assert search("complaint", "fi").entries == []
    assert elsewhere("complaint", "fi")["en"] > 3


# --- Phrases and what is unwanted -------------------------------------------------------------------------------------


def test_a_phrase_stands_in_the_text_as_it_is():
    assert set(found('"word of mouth"', "en")) == {"mind-the-other-side", "shoddy-work"}
    assert found('"mouth of word"', "en") == []
    assert found('"asiakkaan"', "fi") != found('"asiakas"', "fi")
    assert found('"teeb seda keegi teine"', "et")[0] == "take-care-of-the-customer"


@pytest.mark.parametrize(
    ("language", "body", "phrase"),
    [
        ("en", "A quokka, – *numbat* – [Wombat](https://example.org/dingo) bilby.", "quokka numbat WOMBAT bilby"),
        ("fi", "Kvokka_numbatti vompatti", "kvokkanumbatti vompatti"),
        ("ru", "Квокка всё ещё зовёт вомбата", "все еще зовет вомбата"),
        ("hy", "Ինչո՞ւ կվոկկան և ՈՒՐԵՎ նումբատը", "ինչու կվոկկան եւ ուրեւ նումբատը"),
        ("et", "Kvok\u00adka läks o\u0308o\u0308seks koju", "kvokka läks ööseks"),
    ],
)
def test_a_phrase_is_words_that_follow_one_another(article, language, body, phrase):
    Advice.objects.create(article=article, kind="tip", key="it", **{f"title_{language}": "X", f"body_{language}": body})
    assert found(f'"{phrase}"', language) == ["it"]
    # Nor are words found in longer ones.
    for other in (" ".join(reversed(phrase.split())), phrase[1:], phrase[:-1]):
        assert "it" not in found(f'"{other}"', language)


def test_a_phrase_stands_within_one_text(article):
    texts = {"title_en": "Quokka", "action_en": "Numbat", "body_en": "Quokka.\n\nNumbat wombat"}
    Advice.objects.create(article=article, kind="tip", key="it", **texts)
    assert found('"quokka numbat"', "en") == ["it"]
    Advice.objects.filter(key="it").update(body_en="Numbat wombat")
    assert found('"quokka numbat"', "en") == []
    assert found('"numbat wombat"', "en") == ["it"]


def test_an_unwanted_word_leaves_out_all_its_forms():
    assert "recover-well" in found("complaints", "en")
    texts = [entry.body + entry.lead + entry.title for entry in search("complaints -waitress", "en").entries]
    assert texts
    assert not any("waitress" in text for text in texts)
    assert "mind-the-other-side" not in found('complain -"word of mouth"', "en")


# --- Order ------------------------------------------------------------------------------------------------------------


def test_a_title_weighs_more_than_an_action_and_that_more_than_a_body(article):
    words = {"title_en": "Quokka", "action_en": "A quokka.", "body_en": "One quokka among many other words."}
    for number, (column, text) in enumerate(reversed(words.items())):
        texts = {"title_en": f"Number {number}"} | {column: text}
        Advice.objects.create(article=article, kind="tip", key=column, **texts)
    assert found("quokka", "en") == ["title_en", "action_en", "body_en"]


def test_a_few_are_always_shown_however_much_better_the_best_is(article):
    for number in range(3):
        Advice.objects.create(
            article=article, kind="tip", title_en=f"Number {number}", body_en="A quokka.", key=f"q{number}"
        )
    Advice.objects.create(article=article, kind="tip", title_en="Quokka and numbat", key="best")
    assert found("quokka numbat", "en")[:4] == ["best", "q0", "q1", "q2"]


def test_equal_answers_come_in_the_order_of_their_entries(article):
    for key in ("first", "second", "third"):
        Advice.objects.create(article=article, kind="tip", title_en="Quokka", key=key)
    assert found("quokka", "en") == ["first", "second", "third"]


def make_tips(article: Article, count: int, **texts: str) -> None:
    with together():
        for _ in range(count):
            # A name of its own for each: to find one that is free takes the longer the more of one title there are.
            name = uuid4().hex
            Advice.objects.create(article=article, kind="tip", key=name, slug_en=name, **texts)


@pytest.mark.parametrize(("count", "shown"), [(100, 100), (101, 40)])
def test_a_hundred_results_are_all_ranked_and_the_first_of_more(article, count, shown):
    make_tips(article, count, title_en="Quokka")
    answer = search("quokka", "en")
    assert len(answer.entries) == shown
    assert answer.is_cut is (count > shown)


def test_where_enough_have_all_words_none_that_have_fewer_is_looked_at(article):
    make_tips(article, 60, title_en="Quokka")
    make_tips(article, 60, title_en="Quokka", body_en="A numbat.")
    answer = search("quokka numbat", "en")
    assert len(answer.entries) == 40
    assert all("numbat" in entry.body for entry in answer.entries)
    assert answer.is_cut


def test_of_many_that_have_a_word_those_are_looked_at_that_have_it_in_their_title(article):
    make_tips(article, 60, title_en="Another", body_en="A quokka.")
    make_tips(article, 60, title_en="Quokka")
    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    answer = search("quokka", "en")
    assert len(answer.entries) == 40
    assert all("quokka" in entry.title for entry in answer.entries)


def test_of_many_that_have_what_a_word_surely_means_none_are_looked_at_that_only_have_what_it_may_mean(article):
    make_tips(article, 160, title_en="Cost")
    make_tips(article, 120, title_en="Price")
    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    [meaning] = meanings(["price"], "en")
    assert "cost" in meaning.terms
    answer = search("price", "en")
    assert len(answer.entries) == 40
    assert all("price" in entry.title for entry in answer.entries)


def test_titles_are_looked_at_only_if_any_of_them_has_the_word(article, django_assert_num_queries):
    make_tips(article, 120, title_en="Another", body_en="A quokka.")
    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    # The word, whether it is spelt so, and the entries.
    with django_assert_num_queries(3):
        assert len(search("quokka", "en").entries) == 40
    make_tips(article, 1, title_en="Quokka")
    with django_assert_num_queries(4):
        assert search("quokka", "en").entries[0].title.startswith("quokka")


def test_common_words_are_looked_for_together_among_the_first_but_phrases_among_all(article, monkeypatch):
    both = {"title_en": "Both", "body_en": "A quokka numbat."}
    make_tips(article, 1, **both)
    make_tips(article, 120, title_en="One", body_en="A quokka.")
    make_tips(article, 120, title_en="Other", body_en="A numbat.")
    make_tips(article, 1, **both)
    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    near, far = (entry.pk for entry in Entry.objects.filter(title__startswith="both", language="en"))

    def found(text: str) -> set[int]:
        return {entry.pk for entry in search(text, "en").entries} & {near, far}

    assert found("quokka numbat") == {near, far}
    ends = Entry.objects.aggregate(first=Min("pk"), last=Max("pk"))
    part = ((near + far) / 2 - ends["first"]) / (ends["last"] - ends["first"])
    # One for each of both words.
    monkeypatch.setattr(ranking, "LOOKUPS", 2 * 122 * part)
    assert found("quokka numbat") == {near}
    assert found('"quokka numbat"') == {near, far}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("expected", [0.9, 0.1, 0.001])
def test_the_first_that_have_a_word_are_found_however_far_apart_they_are(language, expected):
    # As if there were many more between them, and some gone before them.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_entry SET id = 123456 + 997 * id")
    entries = Entry.objects.filter(language=language)
    extent = Extent(10_000, *Entry.objects.aggregate(first=Min("pk"), last=Max("pk")).values())
    words = {entry.pk: terms_of(entry) for entry in entries}
    for word in ("asiakas", "customer", "klient", "quokka", "клиент", "հաճախորդ"):
        having = [key for key, terms in words.items() if word in terms]
        for most in (1, 3, 20, 101):
            wanted = Wanted(((word,),), (), expected)
            assert [entry.pk for entry in first_entries(language, wanted, most, extent)] == having[:most]
            part = extent.beginning(5_000)
            within = [key for key in having if key <= part.last]
            assert [entry.pk for entry in first_entries(language, wanted, most, part)] == within[:most]


def test_what_another_language_has_alike_is_not_looked_at(article):
    tip = Advice.objects.create(article=article, kind="tip", title_en="Quokka", key="q")
    extent = Extent(100, *Entry.objects.aggregate(first=Min("pk"), last=Max("pk")).values())
    wanted = Wanted((("quokka",),), (), 0.01)
    found = {language: first_objects("advice", language, wanted, 10, extent) for language in LANGUAGES}
    assert found == {language: [tip.pk] if language == "en" else [] for language in LANGUAGES}


@pytest.mark.parametrize("unwanted", [(), ("waiter",), ("waiter", "price")])
def test_the_first_that_have_one_of_each_group_are_found(unwanted):
    groups = (("recover", "repair", "mend"), ("complaint", "complain"), ("customer", "guest"))
    extent = Extent(1_000, *Entry.objects.aggregate(first=Min("pk"), last=Max("pk")).values())
    having = [
        entry.pk
        for entry in Entry.objects.filter(language="en").order_by("pk")
        if all(terms_of(entry) & set(group) for group in groups) and not terms_of(entry) & set(unwanted)
    ]
    assert having
    for some in permutations(groups):
        assert [each.pk for each in first_entries("en", Wanted(some, unwanted, 0.01), 50, extent)] == having


def terms_of(entry: Entry) -> set[str]:
    return set(f"{entry.title} {entry.lead} {entry.body}".replace(PART, "").split())


def test_a_part_of_the_index_is_what_its_first_entries_stand_in():
    extent = Extent(1_000, 500, 5_500)
    assert extent.beginning(100) == (100, 500, 1_000, True)
    assert extent.beginning(1_000) == extent.beginning(1e9) == extent
    assert Extent().beginning(100) == Extent()


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 3_400), (2_499, 2_500), (9_999, 40_000), (777_777, 4_200_000)])
@pytest.mark.parametrize("reach", [1, 9_999, 10_000, 50_000, 1e9])
def test_each_entry_stands_on_one_of_the_shelves_that_are_looked_at_and_there_are_few(first, last, reach):
    end = None
    looked_at = list(shelves(Extent(0, first, last), reach))
    for shelf in looked_at:
        size, number = map(int, shelf.strip("#").split("/"))
        begin = size * number
        assert begin <= first if end is None else begin == end
        end = begin + size
    assert end > last
    assert len(looked_at) <= 40


def test_ever_less_is_asked_for_and_what_words_say_together_stands_for_each_of_them():
    counted = {"counts": dict.fromkeys(("rare", "us", "scarce"), Frequency(30, 3)), "extent": Extent(300)}
    rare, common = (
        Meaning("rare", {"rare": 1.0}, rarity=5.0, **counted),
        Meaning("us", {"us": 1.0}, rarity=1.0, **counted),
    )
    both = Meaning("rare us", {"scarce": 1.0}, rarity=3.0, is_combined=True, **counted)
    assert [(level.groups, round(level.expected, 6)) for level, _titled in levels([common, rare, both])] == [
        ((("rare",), ("scarce",), ("us",)), 0.001),
        ((("rare", "scarce"), ("scarce", "us")), 0.04),
        ((("rare", "scarce"),), 0.2),
    ]
    assert [level.groups for level, _titled in levels([common, rare])] == [(("rare",), ("us",)), (("rare",),)]
    assert [(titled.groups, round(titled.expected, 6)) for _level, titled in levels([common, rare])] == [
        ((("rare_",), ("us_",)), 0.0001),
        ((("rare_",),), 0.01),
    ]


# --- In step with the content -----------------------------------------------------------------------------------------


def test_a_save_is_found_at_once_and_a_change_too(tip):
    tip.body_fi = "Sano kvokka."
    tip.save()
    assert found("kvokka", "fi") == [tip.key]
    tip.body_fi = "Sano vombatti."
    tip.save()
    assert found("kvokka", "fi") == []
    assert found("vombatti", "fi") == [tip.key]


def test_what_is_deleted_is_gone(tip, article, figure):
    assert tip.key in found("huomenta", "fi")
    tip.delete()
    assert tip.key not in found("huomenta", "fi")
    article.delete()
    assert not Entry.objects.filter(language="en", figure__isnull=False, title__contains="greeting").exists()


def test_what_isnt_published_isnt_found_and_what_is_scheduled_comes_at_its_time(article, tip):
    assert tip.key in found("huomenta", "fi")
    article.published_at = timezone.now() + timedelta(hours=1)
    article.save()
    assert tip.key not in found("huomenta", "fi")
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now() - timedelta(seconds=1))
    assert tip.key in found("huomenta", "fi")
    Article.objects.filter(pk=article.pk).update(status="draft")
    assert tip.key not in found("huomenta", "fi")


def test_a_text_is_found_in_its_own_language_only(tip):
    assert found("huomenta", "hy") == []
    assert not Entry.objects.filter(advice=tip, language="hy").exists()


def test_a_translation_that_is_taken_away_is_gone(tip):
    assert Entry.objects.filter(advice=tip, language="en").exists()
    tip.title_en = tip.slug_en = ""
    tip.save()
    assert not Entry.objects.filter(advice=tip, language="en").exists()


def test_figures_and_topics_are_found(figure, topic):
    assert figure.key in found("greetings", "en")
    assert topic.key in found("greetings", "en")


def test_what_is_saved_together_is_indexed_together(article, django_assert_max_num_queries):
    with together():
        Advice.objects.create(article=article, kind="tip", title_en="Quokka one")
        assert found("quokka", "en") == []
        Advice.objects.create(article=article, kind="tip", title_en="Quokka two")
    assert len(found("quokka", "en")) == 2


def test_what_was_only_a_form_becomes_a_term(article):
    Word.objects.filter(language="en", text="complaint").update(entries=0)
    Advice.objects.create(article=article, kind="tip", title_en="A complaint", key="quokka")
    assert "quokka" in found("complaint", "en")


def test_a_word_that_comes_into_a_title_for_the_first_time_counts_as_one_there(tip):
    known = Word.objects.filter(language="en", text="quokka").values_list("entries", "titles")
    tip.body_en = "A quokka."
    tip.save()
    assert list(known.all()) == [(1, 0)]
    tip.title_en = "Quokka"
    tip.save()
    assert list(known.all()) == [(1, 1)]
    tip.title_en = "Quokka and quokka"
    tip.save()
    assert list(known.all()) == [(1, 1)]


def test_what_is_saved_and_deleted_together_leaves_nothing(article):
    with together():
        Advice.objects.create(article=article, kind="tip", title_en="Quokka").delete()
    assert found("quokka", "en") == []


def test_loading_leaves_a_complete_index():
    assert Entry.objects.count() == 5 * (5 + 53 + 15 + 8)
    assert {row.language: row.entries for row in Census.objects.all()} == dict.fromkeys(LANGUAGES, 81)
    assert not is_outdated()
    assert Word.objects.get(language="fi", text="asiakas").entries > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_counted_in_entries_and_in_titles(language):
    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    entries, titles = Counter(), Counter()
    for entry in Entry.objects.filter(language=language):
        entries.update({text for text in terms_of(entry) if "_" not in text})
        titles.update({text for text in entry.title.replace(PART, "").split() if "_" not in text})
    words = Word.objects.filter(language=language)
    assert {word.text: word.entries for word in words if word.entries} == entries
    assert {word.text: word.titles for word in words if word.titles} == titles


def test_a_rebuilt_index_is_the_same_index():
    fields = ("language", "kind", "article", "topic", "advice", "figure", "title", "lead", "body")
    before = set(Entry.objects.values_list(*fields))
    call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())
    assert set(Entry.objects.values_list(*fields)) == before
    assert "welcome-complaints" in found("complaints", "en")


def test_content_that_was_there_before_the_index_gets_one():
    Entry.objects.all().delete()
    Word.objects.all().delete()
    Census.objects.all().delete()
    assert is_outdated()
    call_command("prepare", stdout=StringIO(), stderr=StringIO())
    assert "welcome-complaints" in found("complaints", "en")


def test_the_full_text_search_knows_just_the_entries(tip):
    tip.delete()
    Entry.objects.filter(language="fi").first().delete()
    for language in LANGUAGES:
        assert known(language) == set(Entry.objects.filter(language=language).values_list("pk", flat=True))


def known(language: str) -> set[int]:
    """Return the primary keys that the database's full text search knows in a language."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # FTS5 has tables of its own, which tell of their rows only this way.
            source = f"fts5vocab(main, articles_posting_{language}, instance)"
            cursor.execute(f"CREATE VIRTUAL TABLE temp.known_{language} USING {source}")
            cursor.execute(f"SELECT DISTINCT doc FROM temp.known_{language}")
        else:
            cursor.execute(f"SELECT id FROM articles_entry WHERE language = '{language}'")
        return {key for (key,) in cursor.fetchall()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_found_by_its_own_title(language):
    for model, name in ((Advice, "title"), (Article, "title"), (Figure, "claim")):
        for obj in model.objects.all():
            assert obj.key in found(getattr(obj, f"{name}_{language}"), language)[:3], obj
    for topic in Topic.objects.all():
        assert topic.key in found(getattr(topic, f"name_{language}"), language), topic
