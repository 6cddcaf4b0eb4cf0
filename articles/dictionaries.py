"""The dictionaries that lemmas come from, and the rules for words that they lack: simplemma's."""

from collections.abc import Iterator, Mapping
from functools import cache
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

    Simplemma's own way reads the whole file: 43 MB for our languages, in each process.
    """

    def __init__(self, path: Path) -> None:
        self._trie = BytesTrie().mmap(str(path))

    def __getitem__(self, word: str) -> str:
        return self._trie[word][0].decode()

    def get(self, word: str, default: str | None = None) -> str | None:
        # Most of what is looked up isn't there, and exceptions are slow.
        found = self._trie.get(word)
        return found[0].decode() if found else default

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


def build_dictionaries() -> None:
    """Make the dictionaries of all languages where they aren’t on disk yet."""
    for language in LANGUAGES:
        build_dictionary(language)


def build_dictionary(language: str) -> Path:
    """Return the file of a dictionary, which is made if it isn’t there yet."""
    path = FOLDER / f"{language}.dic"
    if not path.exists():
        from simplemma.strategies.dictionaries import TrieDictionaryFactory

        TrieDictionaryFactory(disk_cache_dir=str(FOLDER)).get_dictionary(language)
    return path


@cache
def lemmatizer() -> "Lemmatizer":
    """Return simplemma's rules, for words that no dictionary has."""
    # Each start would take 60 ms more: the rules of all languages that there are get compiled.
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    return Lemmatizer(lemmatization_strategy=DefaultStrategy(dictionary_factory=dictionaries), cache_max_size=0)
