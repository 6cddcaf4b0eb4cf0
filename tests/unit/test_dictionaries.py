"""The files that lemmas and synonyms are looked up in: they tell what they were made from."""

from itertools import chain, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from articles.dictionaries import change, changed, dictionaries
from articles.synonyms import lines, synonyms

words = st.text(max_size=40)


@given(word=words, lemma=words)
def test_a_word_becomes_its_lemma_whatever_both_are(word, lemma):
    assert changed(word, change(word, lemma)) == lemma


@pytest.mark.parametrize("language", ["en", "hy"])
def test_a_dictionary_has_what_simplemma_has(language):
    own, given = dictionaries.get_dictionary(language), DefaultDictionaryFactory().get_dictionary(language)
    assert len(own) == len(given)
    for word, lemma in islice(given.items(), 0, None, 97):
        assert own[word] == own.get(word) == lemma


def test_a_dictionary_lacks_what_simplemma_lacks():
    own = dictionaries.get_dictionary("en")
    assert own.get("qqq") is None
    assert "qqq" not in own
    with pytest.raises(KeyError):
        own["qqq"]


@pytest.mark.parametrize("language", ["en", "fi", "et", "ru", "hy"])
def test_synonyms_are_those_of_the_list(language):
    known, listed = synonyms(language), list(lines(language))
    for typed, meant in listed:
        for lemma in chain.from_iterable(lemmas for lemmas in typed if len(lemmas) == 1):
            assert lemma in known
            assert lemma in known.lemmas
            assert known.of(lemma) >= meant - {lemma}
    combined = [(lemmas, meant) for typed, meant in listed for lemmas in typed if len(lemmas) > 1]
    assert known.combinations(set().union(*(lemmas for lemmas, _meant in combined))) == combined
    for lemmas, meant in combined:
        assert (lemmas, meant) in known.combinations(lemmas | {"and", "more"})
        assert (lemmas, meant) not in known.combinations(lemmas - {min(lemmas)})


def test_a_lemma_has_only_its_own_synonyms():
    known = synonyms("en")
    assert known.of("qqq") == frozenset()
    assert all(lemma not in known.of(lemma) for lemma in known.lemmas)
    assert {lemma for lemma in known.lemmas if lemma.startswith("cust")} == set(known.beginning_with("cust"))
