"""Numbers as readers of five languages write them."""

from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from articles import numerals
from articles.languages import LANGUAGES
from articles.numerals import read, read_whole

COMMA = ("fi", "et", "ru", "hy")
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False)


@pytest.fixture(params=LANGUAGES)
def language(request):
    with override(request.param):
        yield request.param


@pytest.mark.parametrize(
    "text",
    [
        *("1000,5", "1000.5", "1 000,50", "1 000.50", "1\u00a0000,50", "1\u202f000,50", "1\u2009000,50"),
        *(
            "1’000.50",
            "1'000,5",
            "1.000,50",
            "1,000.50",
            " 1 000,50 ",
            "1 000,50 €",
            "€1,000.50",
            "1 000,50 ₽",
            "֏1000,5",
        ),
        *("+1000,5", "1000,500", "１０００．５", "١٠٠٠,٥", "1000,50%"),
    ],
)
def test_what_can_mean_one_number_only_means_it_in_every_language(language, text):
    assert read(text) == (Decimal("1000.5"), False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("0", 0), ("007", 7), ("500", 500), ("12 345 678", 12_345_678), ("12.345.678", 12_345_678)),
        *(("12,345,678", 12_345_678), ("12.345.678,9", "12345678.9"), ("12,345,678.9", "12345678.9")),
        *(
            ("0,125", "0.125"),
            ("0.125", "0.125"),
            (".5", "0.5"),
            (",5", "0.5"),
            ("12,34", "12.34"),
            ("1.2345", "1.2345"),
        ),
        *(("17,5 %", "17.5"), ("17.5%", "17.5"), ("5×", 5), ("-3", -3), ("−3,5", "-3.5"), ("-€3", -3), ("€ -3", -3)),
    ],
)
def test_other_formats_are_understood(language, text, number):
    assert read(text) == (Decimal(number), False)


@pytest.mark.parametrize("mark", [",", "."])
def test_one_mark_before_three_digits_means_what_the_language_says(language, mark):
    is_decimal = mark == ("." if language == "en" else ",")
    reading = read(f"1{mark}250")
    assert reading.number == (Decimal("1.25") if is_decimal else 1250)
    assert reading.is_doubtful == ((language, mark) != ("en", ","))


@pytest.mark.parametrize("text", ["1,250", "1.250", "1 250", "1250"])
def test_where_only_whole_numbers_make_sense_a_mark_before_three_digits_groups(language, text):
    assert read_whole(text).number == 1250
    assert read_whole(f"-{text}").number == -1250
    assert read_whole("12,5").number == Decimal("12.5")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "%", "€", "-", "+", ".", ",", "--5", "abc", "nan", "NaN", "Infinity", "inf", "1e5", "0x10", "1_000"),
        *("5 % 5", "12 34", "1 00 000", "1,00,000", "1.000.00", "1,000,5", "1.000,000.5", "0 125", "5.", "5,", "½"),
        *("10²", "5 or 6", "5-6", "1\x0000", "\ud800", "9" * 41, "9" * 10_000, "<b>5</b>", "1 000'000"),
    ],
)
def test_nonsense_is_no_number(language, text):
    assert read(text) is None
    assert read_whole(text) is None


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(text):
    for language in LANGUAGES:
        with override(language):
            for reading in (read(text), read_whole(text)):
                assert reading is None or reading.number.is_finite()


@given(NUMBERS)
def test_what_a_page_writes_is_read_as_the_same_number_in_its_language(number):
    for language in LANGUAGES:
        with override(language):
            assert read(numerals.plain(number)).number == number
            assert read(numerals.in_full(number)).number == number


@given(st.decimals(min_value=0, max_value=10**7, places=0))
def test_whole_numbers_are_read_as_the_same_in_every_language(number):
    for language in LANGUAGES:
        with override(language):
            texts = [numerals.plain(number), numerals.in_full(number)]
        for reader in LANGUAGES:
            with override(reader):
                assert [read_whole(text).number for text in texts] == [number, number]


def test_numbers_are_written_as_the_language_writes_them():
    written = {}
    for language in LANGUAGES:
        with override(language):
            written[language] = (numerals.in_full(Decimal("1234567.50")), numerals.plain(Decimal("1000.50")))
    assert written["en"] == ("1,234,567.5", "1000.5")
    assert {written[language] for language in COMMA} == {("1\u00a0234\u00a0567,5", "1000,5")}


@pytest.mark.parametrize(
    ("number", "people", "money"),
    [
        *(("87.54", "87.5", "87.54"), ("87.5", "87.5", "87.50"), ("412.5", "413", "412.50"), ("5", "5", "5")),
        *(("1234.5", "1,235", "1,235"), ("0.001", "0", "0"), ("99.96", "100", "99.96"), ("0", "0", "0")),
    ],
)
def test_results_are_rounded_to_what_matters(number, people, money):
    assert (numerals.people(Decimal(number)), numerals.money(Decimal(number))) == (people, money)
