"""Texts of any length and make: what reads them reads them once. Where it didn't, these tests would take hours."""

import pytest

from articles.agreement import disagreements
from articles.rendering import render
from articles.words import names, plain, split, terms

LENGTH = 300_000
PIECES = (
    "A",
    "Aa ",
    "Aa-",
    "](",
    "[a](",
    "1–2",
    "w1 ",
    "1,",
    "1 000 ",
    "a\n\n",
    "*a ",
    "# a\n",
    "5 % ",
    "(",
    "_",
    "a@",
    "www.",
)


@pytest.fixture(params=PIECES)
def text(request) -> str:
    return request.param * (LENGTH // len(request.param))


def test_a_long_text_is_taken_apart_into_words(text):
    assert all(len(word) <= LENGTH for word in names(text))
    assert len(plain(text)) <= LENGTH
    assert terms(split(text), "fi") is not None


def test_a_long_translation_is_compared_with_a_long_source():
    source, translation = (" ".join(str(number) for number in range(at, at + 60_000)) for at in (0, 1))
    found = {each.code: str(each.sentence) for each in disagreements(source, translation, "fi")}
    assert found.keys() == {"number-lacking", "number-added"}


def test_a_long_text_is_rendered(text):
    assert render.__wrapped__(text[:50_000])
