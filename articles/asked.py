"""What the words of a query may lead to, before any text is looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .synonyms import combinations, synonyms_of
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
        """Whether no dictionary has the word, not even without endings."""
        return not (lemma_known(self.text, self.language) or lemma_within(self.text, self.language))


def asked_by(word: str, language: str) -> Asked:
    """Return what one word may lead to."""
    found = lemmas(word, language)
    parts = tuple(part for lemma in found for part in parts_of(lemma, language))
    # A compound is a kind of what its last part says.
    synonyms = frozenset().union(*(synonyms_of(lemma, language) for lemma in (*found, *parts[-1:])))
    return Asked(word, language, found, parts, synonyms)


def asked_together(words: Sequence[Asked], language: str) -> Iterator[Asked]:
    """Return what words lead to together: two that others write as one, and what people mean who use them all."""
    for first, second in pairwise(words):
        joined = first.text + second.text
        yield Asked(joined, language, lemmas(joined, language))
    reached = {lemma for word in words for lemma in (*word.lemmas, *word.synonyms)}
    for combination, meant in combinations(language):
        if combination <= reached and len(combination) <= len(words):
            yield Asked(" ".join(sorted(combination)), language, synonyms=meant)
