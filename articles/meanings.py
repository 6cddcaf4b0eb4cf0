"""Which terms of the index a word of a query may mean, and how surely."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from os.path import commonprefix

from .search import Census, Word
from .spelling import corrections
from .words import PART, is_known, lemmas, parts_of

# How surely a term is meant: the word itself, a compound that holds it, the parts of a compound that was asked for,
# a word of the same family, one that goes on, and what a misspelt word was taken for.
SELF, IN_COMPOUND, LAST_PART, FIRST_PART, RELATIVE, COMPLETION, CORRECTION = 1.0, 0.6, 0.5, 0.25, 0.5, 0.6, 0.8
MOST_RELATIVES, MOST_COMPLETIONS, MOST_CORRECTIONS = 12, 12, 2
MOST_LOOKED_AT = 400


@dataclass(frozen=True)
class Meaning:
    """What one word of a query stands for: terms with how surely they are meant, and how telling the word is.

    `corrected` is what the word was taken for where the texts don't have it.
    """

    word: str
    terms: dict[str, float]
    entries: int
    rarity: float
    corrected: str | None = None

    @property
    def postings(self) -> tuple[str, ...]:
        """The terms as the full text search knows them."""
        return tuple(sorted({term.removesuffix(PART) for term in self.terms}))


def meanings(words: Iterable[str], language: str, unfinished: str | None = None) -> list[Meaning]:
    """Return what those of `words` mean that the texts of `language` have, however spelt; `unfinished` may go on."""
    forms = {word: lemmas(word, language) for word in words}
    parts = {word: [part for lemma in found for part in parts_of(lemma, language)] for word, found in forms.items()}
    used = used_among({*chain(*forms.values(), *parts.values())}, language)
    families = families_of({*chain(*forms.values())}, language)
    total = Census.objects.filter(language=language).values_list("entries", flat=True).first() or 0
    found = []
    for word, of_word in forms.items():
        terms, entries, corrected = terms_for(of_word, parts[word], used), entries_with(of_word, parts[word], used), None
        if word == unfinished:
            terms = completions(word, language) | terms
        if not terms and not is_known(word, language):
            corrected = next(iter(corrections(word, language)), None)
        if corrected:
            again = used_among(lemmas(corrected, language), language)
            terms = {term: CORRECTION for term in again}
            entries = max(again.values())
        relatives = {term: sure for lemma in of_word for term, sure in relatives_of(lemma, families).items()}
        entries = entries or max((families[term] for term in relatives), default=1)
        if terms := relatives | terms:
            found.append(Meaning(word, terms, entries, rarity(entries, total), corrected))
    return found


def used_among(terms: Iterable[str], language: str) -> dict[str, int]:
    """Return those of `terms` that the texts use, with the number of entries that do."""
    rows = Word.objects.filter(language=language, entries__gt=0, text__in=list(terms))
    return dict(rows.values_list("text", "entries"))


def families_of(lemmas: Iterable[str], language: str) -> dict[str, int]:
    """Return the terms that begin like one of `lemmas`, the commonest of them, with their numbers of entries."""
    roots = {lemma[:4] for lemma in lemmas if len(lemma) >= 4 and lemma.isalpha()}
    rows = Word.objects.filter(language=language, root__in=roots, entries__gt=0).order_by("-entries", "id")
    return dict(rows.values_list("text", "entries")[:MOST_LOOKED_AT])


def terms_for(lemmas: tuple[str, ...], parts: list[str], used: dict[str, int]) -> dict[str, float]:
    terms = {part: FIRST_PART for part in parts} | {part: LAST_PART for part in parts[-1:]}
    terms |= {lemma: SELF for lemma in lemmas} | {lemma + PART: IN_COMPOUND for lemma in lemmas}
    return {term: sure for term, sure in terms.items() if term.removesuffix(PART) in used}


def entries_with(lemmas: tuple[str, ...], parts: list[str], used: dict[str, int]) -> int:
    """Return in how many entries a word stands, itself if it does, else its last part."""
    return max(used.get(lemma, 0) for lemma in lemmas) or max((used.get(part, 0) for part in parts[-1:]), default=0)


def relatives_of(lemma: str, families: dict[str, int]) -> dict[str, float]:
    """Return the terms that share most of their beginning with `lemma`: complain and complaint, доверие and доверять."""
    found = {}
    for other in families:
        shared = len(commonprefix([lemma, other]))
        shorter, longer = sorted((len(lemma), len(other)))
        if other != lemma and shared >= 4 and 3 * shared >= 2 * shorter and 5 * shared >= 2 * longer:
            found[other] = RELATIVE * shared / longer
    closest = sorted(found, key=lambda term: (-found[term], term))[:MOST_RELATIVES]
    return {term: found[term] for term in closest}


def completions(beginning: str, language: str) -> dict[str, float]:
    """Return the terms of the commonest words that go on from `beginning`."""
    if len(beginning) < 2:
        return {}
    column, length = ("root", 4) if len(beginning) >= 4 else ("head", 2)
    rows = Word.objects.filter(language=language, text__startswith=beginning, **{column: beginning[:length]})
    forms = rows.order_by("-entries", "id").values_list("text", flat=True)[:MOST_COMPLETIONS]
    terms = {lemma for form in forms for lemma in lemmas(form, language)}
    return dict.fromkeys(used_among(terms, language), COMPLETION)


def rarity(entries: int, total: int) -> float:
    """Return how much finding a word tells that stands in `entries` of `total` texts."""
    return math.log(1 + (max(total - entries, 0) + 0.5) / (entries + 0.5))
