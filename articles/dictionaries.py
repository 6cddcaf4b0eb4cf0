"""The dictionaries that lemmas come from, and the rules for words that they lack: simplemma's."""

from collections.abc import Iterator, Mapping
from functools import cache
from os import getpid
from os.path import commonprefix
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from marisa_trie import BytesTrie

from .languages import LANGUAGES

if TYPE_CHECKING:
    from simplemma import Lemmatizer

FOLDER = Path(settings.VAR_DIR) / "dictionaries"


class Dictionary(Mapping[str, str]):
    """The lemmas of words, in a file that all processes look into: only what is looked up takes memory, and only once.

    A lemma is written as what to change at the end of a word, which many words share. So the files take 27 MB; those
    that simplemma makes itself take 43, and it reads them into each process.
    """

    def __init__(self, path: Path) -> None:
        self._trie = BytesTrie().mmap(str(path))

    def __getitem__(self, word: str) -> str:
        return changed(word, self._trie[word][0])

    def get(self, word: str, default: str | None = None) -> str | None:
        # Most of what is looked up isn't there, and exceptions are slow.
        found = self._trie.get(word)
        return changed(word, found[0]) if found else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._trie)

    def __len__(self) -> int:
        return len(self._trie)


class Dictionaries:
    """The dictionaries by language, as simplemma asks for them."""

    def __init__(self) -> None:
        self._open: dict[str, Dictionary] = {}

    def get_dictionary(self, lang: str) -> Dictionary:
        if lang not in self._open:
            self._open[lang] = Dictionary(build_dictionary(lang))
        return self._open[lang]


dictionaries = Dictionaries()


def change(word: str, lemma: str) -> bytes:
    """Return how `word` becomes `lemma`: how many letters go at its end, as the code of one, and which ones come."""
    kept = len(commonprefix((word, lemma)))  # noqa: RUF071 - letter by letter
    return (chr(len(word) - kept) + lemma[kept:]).encode()


def changed(word: str, change: bytes) -> str:
    """Return what becomes of `word` by a change."""
    going, coming = ord(change[:1]), change[1:]
    return word[: len(word) - going] + coming.decode()


def build_dictionaries() -> None:
    """Make the dictionaries of all languages where they aren’t on disk yet."""
    for language in LANGUAGES:
        build_dictionary(language)


def build_dictionary(language: str) -> Path:
    """Return the file of a dictionary, which is made if it isn’t there yet."""
    path = FOLDER / f"{language}.trie"
    if not path.exists():
        from simplemma.strategies.dictionaries import DefaultDictionaryFactory

        lemmas = DefaultDictionaryFactory().get_dictionary(language)
        FOLDER.mkdir(parents=True, exist_ok=True)
        # Nobody reads half a file: it gets its name once it is whole.
        unnamed = path.with_suffix(f".{getpid()}")
        BytesTrie((word, change(word, lemma)) for word, lemma in lemmas.items()).save(str(unnamed))
        unnamed.rename(path)
    return path


@cache
def lemmatizer() -> "Lemmatizer":
    """Return simplemma's rules, for words that no dictionary has."""
    # Each start would take 60 ms more: the rules of all languages that there are get compiled.
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=dictionaries), cache_max_size=0)
