"""Whether translations agree with their sources: quiet where they do, one sentence where they don't."""

import pytest
from django.utils.translation import override

from articles.agreement import disagreements
from articles.collection import AUTHORED, read_collection
from articles.languages import LANGUAGES, column
from articles.loading import model_named
from articles.status import text_fields


def codes(source: str, translation: str, language: str = "fi", source_language: str = "en") -> list[str]:
    return [found.code for found in disagreements(source, translation, language, source_language)]


def test_the_authored_texts_agree_with_one_another():
    found = [
        f"{record.name}, {field}, {source} to {language}: {disagreement}"
        for record in read_collection(AUTHORED)
        for field in text_fields(model_named(record.model))
        for source in LANGUAGES
        for language in LANGUAGES
        if source != language
        for disagreement in disagreements(
            str(record.fields[column(field, source)]), str(record.fields[column(field, language)]), language, source
        )
    ]
    assert found == []


@pytest.mark.parametrize(("source", "translation"), [("", "Hei."), ("Hello.", ""), (" \n", "Hei."), ("", "")])
def test_with_one_text_only_there_is_nothing_to_compare(source, translation):
    assert codes(source, translation) == []


# --- Numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "translation"),
    [
        ("fi", "Se maksaa 1 000,50 tai 15–20 % enemmän kuin vuonna 2010."),
        ("fi", "Se maksaa 1\u00a0000,50 tai 15–20\u00a0% enemmän kuin vuonna 2010."),
        ("et", "See maksab 1000,50 ehk 15–20% rohkem kui 2010. aastal."),
        ("et", "See maksab 1.000,5 ehk 15–20 protsenti rohkem kui 2010. aastal."),
        ("ru", "Это стоит 1\u202f000,50, или на 15–20\u00a0% больше, чем в 2010-м."),
        ("hy", "Արժե 1 000,50, կամ 15–20 տոկոսով ավելի, քան 2010-ին։"),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(language, translation):
    assert codes("It costs 1,000.50, or 15–20% more than in 2010.", translation, language) == []


@pytest.mark.parametrize(
    ("source_language", "source"),
    [("fi", "Hinta on 1 000,50."), ("et", "Hind on 1000,50."), ("ru", "Цена — 1 000,50."), ("hy", "Գինը 1 000,50 է։")],
)
def test_numbers_are_read_so_in_the_source_too(source_language, source):
    assert codes(source, "The price is 1,000.50.", "en", source_language) == []


@pytest.mark.parametrize(
    ("language", "translation", "wanted"),
    [
        ("fi", "Joka 3. asiakas palaa.", ["number-lacking", "number-added"]),
        ("et", "Iga klient tuleb tagasi.", ["number-lacking"]),
        ("ru", "Каждый 5-й из 10 клиентов возвращается.", ["number-added"]),
        ("hy", "Ամեն 5-րդ հաճախորդը վերադառնում է։", []),
        ("en", "Every 5th customer returns.", []),
    ],
)
def test_a_number_that_differs_is_told(language, translation, wanted):
    assert codes("Every 5th customer comes back.", translation, language) == wanted


def test_a_thousand_with_the_comma_of_english_is_told_in_finnish():
    assert codes("They counted 1,000 guests.", "He laskivat 1,000 vierasta.") == ["number-lacking", "number-added"]


def test_a_number_must_stand_there_as_often():
    assert codes("From 5 to 5 in a day.", "Viidestä 5:een päivässä.") == ["number-lacking"]


def test_number_words_are_nobodys_business():
    assert codes("Nine of ten come back.", "Yhdeksän kymmenestä palaa.") == []


def test_a_number_spelt_out_on_one_side_only_is_told():
    assert codes("Nine of ten come back.", "9 kymmenestä palaa.") == ["number-added"]


@pytest.mark.parametrize(("language", "translation"), [("ru", "Лавка XXI века"), ("et", "21. sajandi pood")])
def test_a_century_may_have_a_roman_number(language, translation):
    assert codes("A shop of the 21st century", translation, language) == []


def test_times_and_dates_are_compared_too():
    assert codes("Open until 16:30.", "Avoinna klo 16.30 asti.") == []
    assert codes("Open until 16:30.", "Avoinna klo 17.30 asti.") == ["number-lacking", "number-added"]
    assert codes("On 5/8/2010.", "Päivänä 5.8.2010.") == []


def test_the_sentence_names_the_numbers_as_they_are_written():
    (found,) = disagreements("From 1,500 to 2,000.", "Alkaen 1 500.", "fi")
    assert str(found) == "The translation lacks numbers that the source has: 2,000."


def test_the_sentence_comes_in_the_language_of_the_reader():
    with override("fi"):
        assert str(disagreements("See page 4.", "Katso sivua.", "fi")[0]).endswith(": 4.")


@pytest.mark.parametrize(
    ("language", "translation"),
    [("fi", "9 asiakasta"), ("et", "9 klienti"), ("ru", "9 клиентов"), ("hy", "9 հաճախորդ"), ("en", "9 customers")],
)
def test_per_cent_that_got_lost_is_told(language, translation):
    assert codes("9% of customers", translation, language) == ["percent"]


def test_per_cent_that_came_in_is_told():
    assert codes("9 customers", "9 % asiakkaista") == ["percent"]


# --- Markdown ---------------------------------------------------------------------------------------------------------

LINK = "Read [the rule](https://example.org/rule-1) first."


@pytest.mark.parametrize(
    ("translation", "wanted"),
    [
        ("Lue ensin [sääntö](https://example.org/rule-1).", []),
        ("Lue ensin sääntö.", ["link-lacking"]),
        ("Lue ensin [sääntö](https://example.org/rule-2).", ["link-lacking", "link-added"]),
        ("Lue [ensin](https://example.org/rule-1) [sääntö](https://example.org/rule-1).", ["link-added"]),
        ("Lue ensin [sääntö(https://example.org/rule-1).", ["link-lacking", "brackets"]),
    ],
)
def test_links_lead_to_the_same_targets(translation, wanted):
    assert codes(LINK, translation) == wanted


def test_a_page_of_ours_has_an_address_in_each_language():
    source = "See [this tip](/en/tips/greet-first/)."
    assert codes(source, "Katso [vinkki](/fi/tips/tervehdi-ensin/).") == []
    assert codes(source, "Katso [vinkki](/fi/rules/tervehdi-ensin/).") == ["link-lacking", "link-added"]


def test_numbers_in_addresses_are_those_of_links():
    assert codes("Write to https://example.org/2010/?p=3 today.", "Kirjoita jo tänään: https://example.org/.") == []


def test_a_bracket_that_isnt_closed_is_told():
    assert codes("Greet them (all of them).", "Tervehdi heitä (ihan kaikkia.") == ["brackets"]


@pytest.mark.parametrize(
    ("language", "translation"),
    [("fi", "- Hymyile\n- Kuuntele"), ("et", "* Naerata\n* Kuula"), ("ru", "1. Улыбнитесь\n2. Слушайте")],
)
def test_lists_have_as_many_items(language, translation):
    assert codes("- Smile\n- Listen", translation, language) == []
    assert codes("- Smile\n- Listen\n- Wait", translation, language) == ["items"]


def test_one_line_with_an_ordinal_first_is_no_list():
    assert codes("In 2010 the shop opened.", "2010. aastal poodi avati.", "et") == []


def test_headings_are_as_many():
    assert codes("## First\n\nSmile.\n\n## Then\n\nWait.", "## Ensin\n\nHymyile.\n\n**Sitten**\n\nOdota.") == [
        "headings"
    ]


# --- Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("ru", "Сначала поздоровайтесь с каждым", "Snatchala pozdorovaites s kazhdym"),
        ("hy", "Նախ ողջունեք բոլորին", "Сначала поздоровайтесь с каждым"),
        ("fi", "Tervehdi ensin jokaista", "Сначала поздоровайтесь с каждым"),
        ("et", "Tervita kõigepealt igaüht", "Նախ ողջունեք բոլորին"),
        ("en", "Do greet everybody first", "Сначала поздоровайтесь с каждым"),
    ],
)
def test_a_language_is_written_in_its_letters(language, right, wrong):
    assert codes("Greet everyone first", right, language) == []
    assert codes("Greet everyone first", wrong, language) == ["script"]


def test_names_may_keep_their_letters():
    assert codes("The Conference Board", "Conference Board", "ru") == []
    assert codes("The song “United Breaks Guitars”", "Песня об одной гитаре United Breaks Guitars", "ru") == []


@pytest.mark.parametrize("language", ["fi", "et", "ru", "hy"])
def test_a_copy_of_the_source_is_no_translation(language):
    assert codes("Greet everyone first.", " Greet everyone first.", language) == ["untranslated"]


@pytest.mark.parametrize("name", ["American Express", "Radisson SAS, 2010", "TARP", "42", "Internet"])
def test_a_name_stays_as_it_is(name):
    assert codes(name, name) == []


def test_a_text_much_shorter_or_longer_is_suspicious():
    short, long = "Tervehdi ensin.", "Tervehdi ensin. " * 8
    assert codes("Greet everyone who comes in, whoever it is, before you do anything else.", short) == ["short"]
    assert codes("Greet everyone first.", long) == ["long"]
