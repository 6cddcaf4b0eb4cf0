"""Words that people use for one another, a file a language beside this one.

A line of a file is either words that mean nearly the same, each of which also finds the others:

    customer client shopper guest

or what leads one way, to words of the texts that serve whoever types it: words, or several of them together:

    closing sunday evening customer+leave > hours open

All of this is less sure than the word itself. What lemmas the words have is worked out once, by `build`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from functools import cache, cached_property, lru_cache
from os import getpid
from pathlib import Path

from django.conf import settings
from marisa_trie import BytesTrie

from retention.fingerprint import fingerprint

from ..families import RELATED, SHORTEST_ROOT, likeness
from ..languages import LANGUAGES
from ..words import lemmas, spelling

FOLDER = Path(__file__).parent
MADE = Path(settings.VAR_DIR) / "synonyms"
# Between lemmas that mean something together; no lemma has it.
TOGETHER = "+"


class Synonyms:
    """The synonyms of one language, in a file that all processes look into.

    It leads from a lemma to its synonyms, and from several, put together in the order of the alphabet, to the number of
    that combination and what it means.
    """

    def __init__(self, path: Path) -> None:
        self._trie = BytesTrie().mmap(str(path))

    def __contains__(self, lemma: str) -> bool:
        return lemma in self._trie

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """All lemmas that have synonyms."""
        return tuple(key for key in self._trie if TOGETHER not in key)

    def of(self, lemma: str) -> frozenset[str]:
        """Return the synonyms of a lemma, as lemmas."""
        return frozenset(word for value in self._trie.get(lemma, ()) for word in value.decode().split())

    def beginning_with(self, letters: str) -> list[str]:
        """Return the lemmas that have synonyms and begin so."""
        return [key for key in self._trie.keys(letters) if TOGETHER not in key]

    def combinations(self, said: Set[str]) -> list[tuple[frozenset[str], frozenset[str]]]:
        """Return the lemmas, all of them `said`, that mean something together, each time with those that they mean."""
        found = []
        for lemma in said:
            for key, value in self._trie.items(lemma + TOGETHER):
                words = frozenset(key.split(TOGETHER))
                if words <= said:
                    number, *meant = value.decode().split()
                    found.append((int(number), words, frozenset(meant)))
        return [(words, meant) for _number, words, meant in sorted(found, key=lambda each: each[0])]


@cache
def synonyms(language: str) -> Synonyms:
    """Return the synonyms of a language."""
    return Synonyms(build_synonyms(language))


def build_all() -> None:
    """Make the files of all languages where they aren’t on disk yet."""
    for language in LANGUAGES:
        build_synonyms(language)


def build_synonyms(language: str) -> Path:
    """Return the file of the synonyms of a language, which is made if it isn’t there yet.

    It is this program's alone: another one may have other words, or other lemmas for them.
    """
    path = MADE / fingerprint() / f"{language}.dic"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Nobody reads half a file: it gets its name once it is whole.
        unnamed = path.with_suffix(f".{getpid()}")
        BytesTrie(entries(language)).save(str(unnamed))
        unnamed.rename(path)
    return path


def entries(language: str) -> Iterator[tuple[str, bytes]]:
    """Return what the file has of each lemma, and of each combination."""
    found: dict[str, set[str]] = defaultdict(set)
    combinations = []
    for typed, meant in lines(language):
        for words in typed:
            if len(words) > 1:
                combinations.append((words, meant))
                continue
            (lemma,) = words
            found[lemma] |= meant - {lemma}
    for lemma, meant in found.items():
        yield lemma, joined(meant)
    for number, (words, meant) in enumerate(combinations):
        yield TOGETHER.join(sorted(words)), b"%d " % number + joined(meant)


def joined(words: Iterable[str]) -> bytes:
    return " ".join(sorted(words)).encode()


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
    known = synonyms(language)
    if lemma in known:
        return known.of(lemma)
    alike = known.beginning_with(lemma[:SHORTEST_ROOT])
    family = [other for other in alike if likeness(lemma, other, language) >= RELATED]
    return frozenset(family).union(*map(known.of, family))
