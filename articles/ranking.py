"""From a query to the entries that answer it, the best first, in the same order on every database.

The database's full text search finds candidates, a bounded number of them; they are ranked here, by BM25F.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import fsum
from operator import itemgetter
from typing import Self

from .meanings import Meaning
from .search import IN_TITLE, Entry, EntryQuerySet, Wanted

# No query looks at more entries, and no reader at more results.
MOST_CANDIDATES = 120

# How much a term weighs by its place, how many terms such a place usually has, and how soon more of the same word in
# one text tells no more.
WEIGHTS = {"title": 5.0, "lead": 2.0, "body": 1.0}
USUAL_LENGTHS = {"title": 5, "lead": 8, "body": 60}
LENGTH_COUNTS = 0.4
SATURATION = 1.5
KINDS = {"tip": 1.0, "rule": 1.0, "mistake": 1.0, "topic": 0.3, "article": 0.4, "figure": 0.3}
# What two words of a query are worth that stand together in the text, and how near that is.
TOGETHER, NEAR = 0.4, 2
# How much more an entry is worth whose title, of so many words at least, was typed as it is.
BY_TITLE, LONG_TITLE = 3.0, 3
# What stays of the score of an entry that answers only half of the query.
COVERAGE = 0.7
# Entries are left out that answer a query so much worse than the best, but for the first few.
WORST, FEW = 0.2, 5


def rank(candidates: Iterable[Entry], meanings: list[Meaning]) -> list[Entry]:
    """Return the candidates that answer well, the best first."""
    wanted = frozenset().union(*(meaning.terms for meaning in meanings))
    scored = sorted(((-score(entry, meanings, wanted), entry.pk, entry) for entry in candidates), key=itemgetter(0, 1))
    worst = WORST * scored[0][0] if scored else 0.0
    return [entry for place, (negative, _key, entry) in enumerate(scored) if negative < (worst if place >= FEW else 0)]


def score(entry: Entry, meanings: list[Meaning], wanted: frozenset[str]) -> float:
    """Return how well an entry answers a query, whose terms are all `wanted`."""
    found = [hits for place in WEIGHTS if (hits := Hits.of(entry, place, wanted)).places]
    total = answered = worth = 0.0
    for meaning in meanings:
        frequency = fsum(hits.frequency(meaning) for hits in found)
        total += meaning.rarity
        strength = frequency / (SATURATION + frequency)
        worth += meaning.rarity * strength
        answered += meaning.rarity * min(1.0, 2 * strength)
    for first, second in pairwise(meanings):
        if any(hits.stand_together(first.terms, second.terms) for hits in found):
            worth += TOGETHER * min(first.rarity, second.rarity)
    if is_title(entry, meanings):
        worth *= BY_TITLE
    # Rounded, so that no last digit decides.
    return round(KINDS[entry.kind] * worth * (answered / total) ** COVERAGE, 6) if total else 0.0


def is_title(entry: Entry, meanings: list[Meaning]) -> bool:
    """Tell whether the words of a query are those of the title of an entry, in whatever form."""
    words = [word for word in entry.title.split() if word.isalnum()]
    singly = [meaning.terms for meaning in meanings if not meaning.is_combined]
    return (
        len(words) >= LONG_TITLE
        and all(any(word in terms for terms in singly) for word in words)
        and all(any(word in terms for word in words) for terms in singly)
    )


@dataclass(frozen=True, slots=True)
class Hits:
    """The terms of a query that stand in one place of an entry, each with its number there, and what one is worth."""

    places: list[tuple[int, str]]
    weight: float

    @classmethod
    def of(cls, entry: Entry, place: str, wanted: frozenset[str]) -> Self:
        words = getattr(entry, place).split()
        length = 1 - LENGTH_COUNTS + LENGTH_COUNTS * len(words) / USUAL_LENGTHS[place]
        return cls([(number, word) for number, word in enumerate(words) if word in wanted], WEIGHTS[place] / length)

    def frequency(self, meaning: Meaning) -> float:
        """Return how often the terms of `meaning` stand here, each as much as it is meant, by weight."""
        terms = meaning.terms
        return self.weight * fsum([terms[word] for _number, word in self.places if word in terms])

    def stand_together(self, first: Container[str], second: Container[str]) -> bool:
        """Tell whether one of the `first` terms stands just before one of the `second`."""
        before = [number for number, word in self.places if word in first]
        return bool(before) and any(
            0 < number - each <= NEAR for number, word in self.places if word in second for each in before
        )


def candidates(
    entries: EntryQuerySet, meanings: list[Meaning], unwanted: tuple[str, ...], needed: tuple[tuple[str, ...], ...]
) -> list[Entry]:
    """Return at most MOST_CANDIDATES of `entries` that may answer, those first that promise most.

    If all that have any of the words fit in, they are all there.
    """
    any_of = (tuple(sorted({term for meaning in meanings for term in meaning.postings})),)

    # Keys are cheap to find and to sort; only then are the texts of so many entries loaded.
    def first(groups: tuple[tuple[str, ...], ...]) -> list[int]:
        keys = entries.matching(Wanted((*needed, *groups), unwanted)).values_list("pk", flat=True)
        return list(keys[: MOST_CANDIDATES + 1])

    # Counts may be of before the last edits.
    if sum(meaning.entries for meaning in meanings) <= MOST_CANDIDATES and len(few := first(any_of)) <= MOST_CANDIDATES:
        return loaded(few)
    promising: dict[int, None] = {}
    for groups in (*groups_by_promise(meanings), any_of):
        promising |= dict.fromkeys(first(groups))
        if len(promising) >= MOST_CANDIDATES:
            break
    return loaded(list(promising)[:MOST_CANDIDATES])


def loaded(keys: list[int]) -> list[Entry]:
    return list(Entry.objects.filter(pk__in=keys).order_by())


def groups_by_promise(meanings: list[Meaning]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Return ever fewer groups of terms to have one of each of: all words, then without the commonest, and so on.

    Of each number of words, those are asked for in the title first.
    """
    rarest = sorted(meanings, key=lambda meaning: -meaning.rarity)
    for number in range(len(rarest), 0, -1):
        groups = tuple(meaning.postings for meaning in rarest[:number])
        yield tuple(tuple(term + IN_TITLE for term in group) for group in groups)
        yield groups
