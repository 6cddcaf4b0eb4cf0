"""Words that people use for one another, a file a language beside this one.

A line of a file is either words that mean nearly the same, each of which also finds the others:

    customer client shopper guest

or what leads one way, to words of the texts that serve whoever types it: words, or several of them together:

    closing sunday evening customer+leave > hours open

All of this is less sure than the word itself.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from ..families import RELATED, SHORTEST_ROOT, likeness
from ..words import lemmas, spelling

FOLDER = Path(__file__).parent


@cache
def synonyms(language: str) -> dict[str, frozenset[str]]:
    """Return for each lemma that has synonyms these, as lemmas."""
    found: dict[str, set[str]] = defaultdict(set)
    for typed, meant in lines(language):
        for lemma in chain.from_iterable(words for words in typed if len(words) == 1):
            found[lemma] |= meant - {lemma}
    return {lemma: frozenset(meant) for lemma, meant in found.items()}


@cache
def combinations(language: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Return the lemmas that mean something together, each time with those that they mean."""
    return [(words, meant) for typed, meant in lines(language) for words in typed if len(words) > 1]


def lines(language: str) -> Iterator[tuple[list[frozenset[str]], frozenset[str]]]:
    """Return line by line what may be typed, lemmas that belong together, and the lemmas that are meant."""
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        typed, arrow, meant = (part.split() for part in line.partition(">"))
        yield (
            [lemmas_of(words.split("+"), language) for words in typed],
            lemmas_of(meant if arrow else typed, language),
        )


def lemmas_of(words: list[str], language: str) -> frozenset[str]:
    return frozenset(lemmas(spelling(word), language)[0] for word in words)


@lru_cache(maxsize=10_000)
def synonyms_of(lemma: str, language: str) -> frozenset[str]:
    """Return the synonyms of `lemma`; if it has none, the words of its family that have some, with theirs."""
    meant = synonyms(language)
    if lemma in meant:
        return meant[lemma]
    alike = (other for other in meant if other[:SHORTEST_ROOT] == lemma[:SHORTEST_ROOT])
    family = [other for other in alike if likeness(lemma, other, language) >= RELATED]
    return frozenset(family).union(*(meant[other] for other in family))
