"""What the words of a query may lead to, before any text is looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from operator import contains

from .synonyms import synonyms, synonyms_of
from .words import lemma_known, lemma_within, lemmas, parts_of


@dataclass(frozen=True)
class Asked:
    """A word of a query, or several that say something together: its lemmas, those of its parts, and synonyms."""

    text: str
    language: str
    lemmas: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    synonyms: frozenset[str] = frozenset()

    @property
    def terms(self) -> set[str]:
        return {*self.lemmas, *self.parts, *self.synonyms}

    @property
    def is_guessed(self) -> bool:
        """Whether no dictionary has the word, not even without endings, nor the list of synonyms."""
        is_known = lemma_known(self.text, self.language) or lemma_within(self.text, self.language)
        return not (is_known or any(lemma in synonyms(self.language) for lemma in self.lemmas))


def asked_by(word: str, language: str) -> Asked:
    """Return what one word may lead to."""
    found = lemmas(word, language)
    parts = tuple(part for lemma in found for part in parts_of(lemma, language))
    # A compound is a kind of what its last part says.
    meant = frozenset().union(*(synonyms_of(lemma, language) for lemma in (*found, *parts[-1:])))
    return Asked(word, language, found, parts, meant)


def asked_together(words: Sequence[Asked], language: str) -> Iterator[Asked]:
    """Return what words lead to together: two that others write as one, and what people mean who use them all."""
    for first, second in pairwise(words):
        joined = first.text + second.text
        found = lemmas(joined, language)
        # Else the second word was taken for an ending.
        if not {*first.lemmas, *second.lemmas} & set(found):
            yield Asked(joined, language, found)
    said = [{*word.lemmas, *word.synonyms} for word in words]
    possible = synonyms(language).combinations(set().union(*said))
    # Ways to say the same thing count once.
    meanings = {meant: names for names, meant in possible if are_said(names, said)}
    for meant, names in meanings.items():
        yield Asked(" ".join(sorted(names)), language, synonyms=meant)


def are_said(lemmas: frozenset[str], said: Sequence[set[str]]) -> bool:
    """Tell whether each of `lemmas` is said by another word."""
    return any(all(map(contains, words, lemmas)) for words in permutations(said, len(lemmas)))
