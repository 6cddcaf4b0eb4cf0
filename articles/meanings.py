"""Which terms of the index a word of a query may mean, and how surely."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple, Self

from . import questions
from .asked import Asked, asked_by, asked_together
from .families import RELATED, likeness
from .languages import LANGUAGES
from .search import IN_TITLE, Extent, Frequency, Word
from .spelling import corrections
from .words import PART, lemmas

# How surely a term is meant: the word itself, a compound that holds it, the parts of a compound that was asked for,
# a word that goes on from an unfinished one, and what a misspelt word was taken for.
SELF, IN_COMPOUND, LAST_PART, FIRST_PART, COMPLETION, CORRECTION = 1.0, 0.6, 0.5, 0.4, 0.6, 0.8
# Parts, words of the same family and synonyms: where the texts have the word itself, and where they don't.
PARTS_BESIDE, PARTS_ALONE = 0.6, 1.0
RELATIVE_BESIDE, RELATIVE_ALONE = 0.45, 0.65
SYNONYM_BESIDE, SYNONYM_ALONE = 0.3, 0.6
# What several words mean together.
TOGETHER = 0.8
# Terms that count for so much less than the one that counts most are asked for where few have any of the others.
SURELY = 0.3
# Two words that share so much of their letters are forms of one: nothing was misspelt.
SAME = 0.85
MOST_RELATIVES, MOST_COMPLETIONS, MOST_CORRECTIONS = 12, 12, 6
# With how many words of the texts a query compares its own.
MOST_COMPARED = 400

# Terms of the index with how surely they are meant, and with how frequent they are.
Sure = dict[str, float]
Counts = dict[str, Frequency]


class Postings(NamedTuple):
    """Terms as the full text search knows them, and the part of all entries that has one of them, at most."""

    terms: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Meaning:
    """What a word of a query, or several together, stands for: terms with how much they count, and how telling it is.

    `counts` tells how frequent terms are, these among others, in an index that goes as far as `extent`; `corrected`
    what the word was taken for where neither the texts nor the dictionary have it.
    """

    word: str
    terms: Sure
    counts: Counts
    extent: Extent
    rarity: float
    corrected: str | None = None
    is_combined: bool = False

    @cached_property
    def indexed(self) -> tuple[str, ...]:
        """The terms as the full text search knows them."""
        return tuple(sorted({term.removesuffix(PART) for term in self.terms}))

    @cached_property
    def frequency(self) -> Frequency:
        """In how many entries any of the terms stands at most, and in how many titles."""
        spread = zip(*(self.counts[term] for term in self.indexed), strict=True)
        return Frequency(*(min(self.extent.entries, sum(counts)) for counts in spread))

    @cached_property
    def surely(self) -> Self:
        """The same with those terms only that it most surely stands for."""
        least = SURELY * max(self.terms.values())
        return replace(self, terms={term: worth for term, worth in self.terms.items() if worth >= least})

    @cached_property
    def anywhere(self) -> Postings:
        return Postings(self.indexed, self.share(self.frequency.entries))

    @cached_property
    def in_title(self) -> Postings:
        return Postings(tuple(term + IN_TITLE for term in self.indexed), self.share(self.frequency.titles))

    def share(self, entries: int) -> float:
        """Return which part of all so many entries are."""
        return entries / self.extent.entries if self.extent.entries else 1.0


def meanings(words: Iterable[str], language: str, unfinished: str | None = None) -> list[Meaning]:
    """Return what `words` mean, singly and together, that the texts of `language` have; `unfinished` may go on."""
    asked = [asked_by(word, language) for word in words]
    further = list(asked_together(asked, language))
    used, families, extent = looked_up([*asked, *further], language)
    found = []
    for each in asked:
        own, kin, counts = terms_of(each, used), relatives_of(each.lemmas, families, language), used | families
        if each.text == unfinished:
            going_on = completions(each.text, language)
            own, counts = dict.fromkeys(going_on, COMPLETION) | own, counts | going_on
        terms, corrected = beside(own, each, kin, used) | own, None
        if better := correction_of(each, own, kin):
            corrected, terms, counts = better
        if terms:
            found.append(counted(each.text, terms, counts, extent, corrected))
    if spelt := {meaning.word: meaning.corrected for meaning in found if meaning.corrected}:
        meant = [asked_by(spelt[each.text], language) if each.text in spelt else each for each in asked]
        further = list(asked_together(meant, language))
        used, _families, _extent = looked_up(further, language)
    together = (
        (each.text, dict.fromkeys(each.synonyms & used.keys(), TOGETHER) | terms_of(each, used)) for each in further
    )
    return found + [replace(counted(text, terms, used, extent), is_combined=True) for text, terms in together if terms]


def looked_up(asked: Collection[Asked], language: str) -> tuple[Counts, Counts, Extent]:
    """Return which terms that the words lead to the texts use, and the commonest that begin like their lemmas.

    The third is how far the index goes.
    """
    terms = set().union(*(each.terms for each in asked))
    lemmas = {lemma for each in asked for lemma in each.lemmas}
    roots = {lemma[:4] for lemma in lemmas if len(lemma) >= 4 and lemma.isalpha()}
    rows = questions.terms(language, texts=list(terms), roots=list(roots))
    used = {text: Frequency(*counts) for text, _root, *counts in rows if text in terms}
    alike = {text: Frequency(*counts) for text, root, *counts in rows if root in roots}
    commonest = dict(sorted(alike.items(), key=lambda pair: (-pair[1].entries, pair[0]))[:MOST_COMPARED])
    return used, commonest, Extent.told_by(rows)


def correction_of(asked: Asked, own: Sure, kin: Sure) -> tuple[str, Sure, Counts] | None:
    """Return the word that a misspelt one was meant for, with its terms, or None if nothing is wrong with it.

    A word that something is made of all the same yields only to one that is a slip away within it: letters more or less
    at its end are rather an ending that dictionaries lack.
    """
    if not asked.is_guessed or Word.objects.filter(language__in=LANGUAGES, text=asked.text).exists():
        return None
    is_understood = own or max(kin.values(), default=0) >= SAME
    for text, slips in islice(corrections(asked.text, asked.language).items(), MOST_CORRECTIONS):
        meant = asked_by(text, asked.language)
        if is_understood and (slips > 1 or is_beginning(text, asked.text) or set(meant.lemmas) & set(asked.lemmas)):
            return None
        terms, counts = meant_by(meant)
        if terms:
            return text, terms, counts
    return None


def is_beginning(first: str, second: str) -> bool:
    """Tell whether one of two words is the beginning of the other."""
    return first.startswith(second) or second.startswith(first)


def meant_by(asked: Asked) -> tuple[Sure, Counts]:
    """Return the terms of a word that a misspelt one was taken for, all of them less sure for that."""
    used, families, _extent = looked_up([asked], asked.language)
    own = terms_of(asked, used)
    kin = relatives_of(asked.lemmas, families, asked.language)
    # What is only like a word that was itself guessed is far from what was typed.
    close = {term: share for term, share in kin.items() if own or share >= RELATED}
    terms = beside(own, asked, close, used) | own
    return {term: CORRECTION * sure for term, sure in terms.items()}, used | families


def used_among(terms: Iterable[str], language: str) -> Counts:
    """Return those of `terms` that the texts use."""
    rows = Word.objects.filter(language=language, entries__gt=0, text__in=set(terms))
    return {text: Frequency(*counts) for text, *counts in rows.values_list("text", *Frequency._fields)}


def terms_of(asked: Asked, used: Counts) -> Sure:
    """Return the terms of a word itself, or else those of its parts."""
    own = dict.fromkeys(asked.lemmas, SELF) | {lemma + PART: IN_COMPOUND for lemma in asked.lemmas}
    own = {term: sure for term, sure in own.items() if term.removesuffix(PART) in used}
    return parts_terms(asked, used, PARTS_BESIDE if own else PARTS_ALONE) | own


def parts_terms(asked: Asked, used: Counts, factor: float) -> Sure:
    sure = dict.fromkeys(asked.parts, FIRST_PART * factor) | dict.fromkeys(asked.parts[-1:], LAST_PART * factor)
    return {part: sure[part] for part in sure if part in used}


def relatives_of(lemmas: Iterable[str], families: Counts, language: str) -> Sure:
    """Return the terms that are of one family with a lemma, the closest of them, with how alike they are."""
    shares: Sure = {}
    for lemma in lemmas:
        for other in families:
            if other != lemma and (share := likeness(lemma, other, language)):
                shares[other] = max(share, shares.get(other, 0))
    closest = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(closest[:MOST_RELATIVES])


def beside(own: Sure, asked: Asked, kin: Sure, used: Counts) -> Sure:
    """Return the terms that a word leads to beside its own: its synonyms and the words of its family."""
    terms = dict.fromkeys(asked.synonyms & used.keys(), SYNONYM_BESIDE if own else SYNONYM_ALONE)
    factor = RELATIVE_BESIDE if own else RELATIVE_ALONE
    for term, share in kin.items():
        terms[term] = max(factor * share, terms.get(term, 0))
    return terms


def completions(beginning: str, language: str) -> Counts:
    """Return the terms of the commonest words that go on from `beginning`."""
    if len(beginning) < 2:
        return {}
    column, length = ("root", 4) if len(beginning) >= 4 else ("head", 2)
    rows = Word.objects.filter(language=language, text__startswith=beginning, **{column: beginning[:length]})
    forms = rows.order_by("-entries", "id").values_list("text", flat=True)[:MOST_COMPLETIONS]
    return used_among({lemma for form in forms for lemma in lemmas(form, language)}, language)


def counted(text: str, terms: Sure, counts: Counts, extent: Extent, corrected: str | None = None) -> Meaning:
    """Return the meaning with these terms: the surest tells how rare it is, and commoner ones count for less."""
    rarities = {term: rarity(counts[term.removesuffix(PART)].entries, extent.entries) for term in terms}
    surest = max(terms.values())
    rare = max(rarities[term] for term, sure in terms.items() if sure == surest)
    worth = {term: sure * min(1.0, rarities[term] / rare) for term, sure in terms.items()}
    return Meaning(text, worth, counts, extent, rare, corrected)


def rarity(entries: int, total: int) -> float:
    """Return how much finding a word tells that stands in `entries` of `total` entries."""
    return math.log(1 + (max(total - entries, 0) + 0.5) / (entries + 0.5))
