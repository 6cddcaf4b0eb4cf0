"""Which terms of the index a word of a query may mean, and how surely."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from os.path import commonprefix

from .languages import LANGUAGES
from .search import Census, Word
from .spelling import corrections
from .words import PART, is_known, lemmas, parts_of

# How surely a term is meant: the word itself, a compound that holds it, the parts of a compound that was asked for,
# a word of the same family, one that goes on, and what a misspelt word was taken for.
SELF, IN_COMPOUND, LAST_PART, FIRST_PART, COMPLETION, CORRECTION = 1.0, 0.6, 0.5, 0.25, 0.6, 0.8
RELATIVE, RELATIVE_BESIDE, PARTS_BESIDE = 0.8, 0.3, 0.3
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
        sure = terms_for(of_word, parts[word], used)
        counts, corrected = used | families, None
        if word == unfinished:
            going_on = completions(word, language)
            sure, counts = dict.fromkeys(going_on, COMPLETION) | sure, counts | going_on
        if not sure and is_misspelt(word, language) and (corrected := correction(word, language)):
            again = used_among(lemmas(corrected, language), language)
            sure, counts = dict.fromkeys(again, CORRECTION), counts | again
        related = {term: some for lemma in of_word for term, some in relatives_of(lemma, families).items()}
        factor = RELATIVE_BESIDE if sure else RELATIVE
        terms = {term: factor * some for term, some in related.items()} | sure
        if terms:
            found.append(weighed(word, terms, counts, total, corrected))
    return found


def weighed(word: str, terms: dict[str, float], counts: dict[str, int], total: int, corrected: str | None) -> Meaning:
    """Return a meaning whose surest term tells how rare it is; its commoner terms count less."""
    rarities = {term: rarity(counts[term.removesuffix(PART)], total) for term in terms}
    surest = max(terms.values())
    rare = max(rarities[term] for term, sure in terms.items() if sure == surest)
    counted = {term: sure * min(1.0, rarities[term] / rare) for term, sure in terms.items()}
    entries = sum(counts[term] for term in {term.removesuffix(PART) for term in terms})
    return Meaning(word, counted, entries, rare, corrected)


def is_misspelt(word: str, language: str) -> bool:
    """Tell whether `word` is in no dictionary of `language` and in no text of the site, whatever its language."""
    return not is_known(word, language) and not Word.objects.filter(language__in=LANGUAGES, text=word).exists()


def correction(word: str, language: str) -> str | None:
    return next(iter(corrections(word, language)), None)


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
    """Return the terms of a word itself, those of its parts the less sure if the texts have the whole."""
    own = {lemma: SELF for lemma in lemmas} | {lemma + PART: IN_COMPOUND for lemma in lemmas}
    own = {term: sure for term, sure in own.items() if term.removesuffix(PART) in used}
    factor = PARTS_BESIDE if own else 1.0
    split = {part: FIRST_PART * factor for part in parts} | {part: LAST_PART * factor for part in parts[-1:]}
    return {term: sure for term, sure in split.items() if term in used} | own


def relatives_of(lemma: str, families: dict[str, int]) -> dict[str, float]:
    """Return the terms that share most of their beginning with `lemma`: complain and complaint, доверие and доверять."""
    found = {}
    for other in families:
        shared = len(commonprefix([lemma, other]))
        shorter, longer = sorted((len(lemma), len(other)))
        if other != lemma and shared >= 4 and 3 * shared >= 2 * shorter and 5 * shared >= 2 * longer:
            found[other] = shared / longer
    closest = sorted(found, key=lambda term: (-found[term], term))[:MOST_RELATIVES]
    return {term: found[term] for term in closest}


def completions(beginning: str, language: str) -> dict[str, int]:
    """Return the terms of the commonest words that go on from `beginning`, with their numbers of entries."""
    if len(beginning) < 2:
        return {}
    column, length = ("root", 4) if len(beginning) >= 4 else ("head", 2)
    rows = Word.objects.filter(language=language, text__startswith=beginning, **{column: beginning[:length]})
    forms = rows.order_by("-entries", "id").values_list("text", flat=True)[:MOST_COMPLETIONS]
    terms = {lemma for form in forms for lemma in lemmas(form, language)}
    return used_among(terms, language)


def rarity(entries: int, total: int) -> float:
    """Return how much finding a word tells that stands in `entries` of `total` texts."""
    return math.log(1 + (max(total - entries, 0) + 0.5) / (entries + 0.5))
