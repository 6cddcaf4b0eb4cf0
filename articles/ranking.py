"""From a query to the entries that answer it, the best first, in the same order on every database.

The database's full text search finds candidates, a bounded number of them; they are ranked here, by BM25F.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import fsum, prod
from operator import itemgetter
from typing import NamedTuple

from .meanings import Meaning, Postings
from .search import Extent
from .statements import Found, Wanted, first_entries

# If no more entries have any of the words, all of them are looked at.
FEW_ENTRIES = 100
# Else these first ones; and where so many have more of the words, none that have fewer.
MOST_CANDIDATES, ENOUGH = 40, 20
# Of so many that are expected to have all words, those are preferred that have them in the title, if any are.
TITLED_AMONG = 1_000
# To tell which entries have all words takes a look-up of each term for each that has the rarest word. So many are made.
LOOKUPS = 8_000

# Groups of terms, of each of which an entry is to have one.
Groups = tuple[tuple[str, ...], ...]

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


def rank(candidates: Iterable[Found], meanings: list[Meaning]) -> list[Found]:
    """Return the candidates that answer well, the best first."""
    scales = Scales(meanings)
    scored = sorted(((-scales.weigh(entry), entry.pk, entry) for entry in candidates), key=itemgetter(0, 1))
    worst = WORST * scored[0][0] if scored else 0.0
    return [entry for place, (negative, _key, entry) in enumerate(scored) if negative < (worst if place >= FEW else 0)]


class Scales:
    """What weighs entries by how well they answer one query, which has several meanings, numbered as they come."""

    def __init__(self, meanings: list[Meaning]) -> None:
        self.rarities = [meaning.rarity for meaning in meanings]
        self.total = fsum(self.rarities)
        # By term: how surely it is meant by which of the meanings, and these as the bits of a number.
        self.meant: dict[str, list[tuple[int, float]]] = {}
        for number, meaning in enumerate(meanings):
            for term, sure in meaning.terms.items():
                self.meant.setdefault(term, []).append((number, sure))
        self.bits = {term: bits_of(number for number, _sure in meant) for term, meant in self.meant.items()}
        self.singly = bits_of(number for number, meaning in enumerate(meanings) if not meaning.is_combined)

    def weigh(self, entry: Found) -> float:
        """Return how well an entry answers the query."""
        frequencies, followed = self.hits(entry)
        answered = worth = 0.0
        for rarity, frequency in zip(self.rarities, frequencies, strict=True):
            strength = frequency / (SATURATION + frequency)
            worth += rarity * strength
            answered += rarity * min(1.0, 2 * strength)
        if followed:
            pairs = enumerate(pairwise(self.rarities))
            worth += TOGETHER * sum(min(rarities) for number, rarities in pairs if followed >> number & 1)
        if self.are_title(entry):
            worth *= BY_TITLE
        # Rounded, so that no last digit decides.
        return round(KINDS[entry.kind] * worth * (answered / self.total) ** COVERAGE, 6) if self.total else 0.0

    def hits(self, entry: Found) -> tuple[list[float], int]:
        """Return how often an entry has each meaning, by the weight of the places, and which the next one follows."""
        frequencies, followed, bits = [0.0] * len(self.rarities), 0, self.bits
        for place, weight in WEIGHTS.items():
            terms = getattr(entry, place).split()
            hits = [(number, term) for number, term in enumerate(terms) if term in bits]
            if not hits:
                continue
            share = weight / (1 - LENGTH_COUNTS + LENGTH_COUNTS * len(terms) / USUAL_LENGTHS[place])
            for _number, term in hits:
                for meaning, sure in self.meant[term]:
                    frequencies[meaning] += share * sure
            for step in range(1, min(NEAR + 1, len(hits)) if len(self.rarities) > 1 else 1):
                for (here, one), (there, other) in zip(hits, hits[step:], strict=False):
                    if there - here <= NEAR:
                        followed |= bits[one] & bits[other] >> 1
        return frequencies, followed

    def are_title(self, entry: Found) -> bool:
        """Tell whether the words of the query are those of the title of an entry, in whatever form."""
        said, length = 0, 0
        for term in filter(str.isalnum, entry.title.split()):
            bits = self.bits.get(term, 0) & self.singly
            if not bits:
                return False
            said, length = said | bits, length + 1
        return length >= LONG_TITLE and said == self.singly


def bits_of(numbers: Iterable[int]) -> int:
    """Return the number whose bits these are."""
    return sum(1 << number for number in numbers)


def candidates(
    language: str, meanings: list[Meaning], unwanted: tuple[str, ...], needed: Groups
) -> tuple[list[Found], bool]:
    """Return the entries that may answer, those that promise most if they aren't few, and whether there are more."""
    extent = meanings[0].extent

    def first(having: Combination, extent: Extent, most: int = MOST_CANDIDATES) -> dict[int, Found]:
        wanted = Wanted(tuple(dict.fromkeys((*needed, *having.groups))), unwanted, having.likely)
        return {entry.pk: entry for entry in first_entries(language, wanted, most + 1, extent)}

    any_of = one_of_each([[meaning.anywhere for meaning in meanings]])
    # Entries may have several of the words, and counts may be of before the last edits.
    if max(meaning.frequency.entries for meaning in meanings) <= FEW_ENTRIES:
        few = first(any_of, extent, FEW_ENTRIES)
        if len(few) <= FEW_ENTRIES:
            return list(few.values()), False
    promising: dict[int, Found] = {}
    surely = levels([meaning.surely for meaning in meanings])
    for sure, likely in zip(surely, levels(meanings), strict=True):
        anywhere, in_title = sure if sure.anywhere.expected * extent.entries > FEW_ENTRIES else likely
        reach = LOOKUPS / anywhere.lookups
        nearer = extent.beginning(min(reach, TITLED_AMONG / anywhere.expected))
        if anywhere.expected * extent.entries > ENOUGH and round(in_title.likely * nearer.entries):
            promising |= first(in_title, nearer)
        if len(promising) < ENOUGH:
            promising |= first(anywhere, extent.beginning(reach))
        if len(promising) >= ENOUGH:
            return list(promising.values())[:MOST_CANDIDATES], True
    promising |= first(any_of, extent)
    return list(promising.values())[:MOST_CANDIDATES], len(promising) > MOST_CANDIDATES


class Combination(NamedTuple):
    """Groups of terms to have one of each of, the rarest first, and what share of all entries has each at most."""

    groups: Groups
    shares: tuple[float, ...]

    @property
    def lookups(self) -> float:
        """How many look-ups of a term there are for each entry, whether it has the rarest group or not."""
        return self.shares[0] * sum(map(len, self.groups))

    @property
    def expected(self) -> float:
        """What share of all entries has all of it, if no group has to do with another."""
        return prod(self.shares)

    @property
    def likely(self) -> float:
        """What share may well have all of it, since words that are asked for together often stand together.

        Each further group counts for the square root of the one before: what SQL Server calls exponential backoff.
        """
        return prod(share**0.5**place for place, share in enumerate(self.shares))


class Level(NamedTuple):
    """What entries are to have all of, wherever it stands in them, and the same in their titles."""

    anywhere: Combination
    in_title: Combination


def levels(meanings: list[Meaning]) -> Iterator[Level]:
    """Give what to have, ever less of it: all that is meant, all words, then without the commonest, and so on.

    What several words say together stands for each of them.
    """
    rarest = sorted(meanings, key=lambda meaning: -meaning.rarity)
    words = [meaning for meaning in rarest if not meaning.is_combined]
    together = [meaning for meaning in rarest if meaning.is_combined]
    if together:
        yield level_of([[meaning] for meaning in rarest])
    for number in range(len(words), 0, -1):
        yield level_of([[word, *together] for word in words[:number]])


def level_of(groups: list[list[Meaning]]) -> Level:
    """Return the level at which one meaning of each group is to be there."""
    return Level(
        one_of_each([meaning.anywhere for meaning in group] for group in groups),
        one_of_each([meaning.in_title for meaning in group] for group in groups),
    )


def one_of_each(groups: Iterable[list[Postings]]) -> Combination:
    """Return what asks for one of the postings of each group."""
    shared = sorted((min(1.0, fsum(each.share for each in group)), terms_of(group)) for group in groups)
    return Combination(tuple(terms for _share, terms in shared), tuple(share for share, _terms in shared))


def terms_of(group: Iterable[Postings]) -> tuple[str, ...]:
    return tuple(sorted({term for each in group for term in each.terms}))
