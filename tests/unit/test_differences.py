"""The difference of two texts."""

import sys
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from articles.differences import ADDED, REMOVED, SAME, Part, between, changed_words

TEXTS = st.lists(st.sampled_from(["a", "b", "word", "слово", " ", "  ", "\n", "\n\n", "\t"])).map("".join) | st.text()


def joined(parts: list[Part], *kinds: str) -> str:
    return "".join(part.text for part in parts if part.kind in kinds)


@given(TEXTS, TEXTS)
def test_both_texts_are_in_their_difference(old, new):
    parts = between(old, new)
    assert joined(parts, SAME, REMOVED) == old
    assert joined(parts, SAME, ADDED) == new


@given(TEXTS, TEXTS)
def test_no_part_is_empty_or_continues_the_one_before(old, new):
    parts = between(old, new)
    assert all(part.text for part in parts)
    assert all(one.kind != other.kind for one, other in pairwise(parts))


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert between(text, text) == ([Part(SAME, text)] if text else [])


def test_one_word_is_exchanged_for_another():
    assert between("Greet every customer.", "Greet each customer.") == [
        Part(SAME, "Greet"),
        Part(REMOVED, " every"),
        Part(ADDED, " each"),
        Part(SAME, " customer."),
    ]


def test_a_paragraph_that_moves_nothing_else_is_one_part():
    assert between("One.\n\nThree.", "One.\n\nTwo.\n\nThree.") == [
        Part(SAME, "One."),
        Part(ADDED, "\n\nTwo."),
        Part(SAME, "\n\nThree."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("", "", 0),
        ("one two", "one two", 0),
        ("one two", "one three", 1),
        ("one two", "one", 1),
        ("", "one two three", 3),
        ("one two three", "four two five", 2),
    ],
)
def test_changed_words_are_counted(old, new, count):
    assert changed_words(old, new) == count


WORDS = [f"w{number * 7919 % 499}" for number in range(20_000)]
CHANGED = ["changed" if number % 10 == 0 else word for number, word in enumerate(WORDS)]


def lines(words: list[str]) -> str:
    return "\n".join(" ".join(words[start : start + 60]) for start in range(0, len(words), 60))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(WORDS), " ".join(CHANGED)),
        (lines(WORDS), lines(CHANGED)),
        ("a " * 20_000, "b a " * 10_000),
        ("a b\n" * 10_000, "b a\n" * 10_000),
        ("a b\n\n" * 10_000, "b\n\n" + "a b\n\n" * 9_000),
        (("a " * 20 + "\n") * 1_000, ("b a " * 10 + "\n") * 1_000),
    ],
)
def test_twenty_thousand_words_take_a_bounded_number_of_steps_each(old, new):
    left = 500 * 20_000

    def step(frame, event, arg):
        nonlocal left
        left -= 1
        assert left, "a line of Python too many"
        return step

    sys.settrace(step)
    try:
        between(old, new)
    finally:
        sys.settrace(None)


def test_a_change_in_every_line_of_a_long_text_is_told_word_by_word():
    assert joined(between(lines(WORDS), lines(CHANGED)), ADDED).split() == ["changed"] * 2_000


def test_a_difference_is_told_in_words_and_escaped():
    html = render_to_string("admin/includes/difference.html", {"parts": between("a <b> c", "a <i> c")})
    assert "removed: </span> &lt;b&gt;<" in html
    assert "added: </span> &lt;i&gt;<" in html
