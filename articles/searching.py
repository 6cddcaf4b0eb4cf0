"""The answer to a query: what was found, in which order, and how its words were understood."""

from dataclasses import dataclass, field

from .meanings import Meaning, meanings
from .queries import Query, parse
from .ranking import MOST_CANDIDATES, Ranked, candidates, rank
from .search import Entry
from .words import WORD, lemmas, spelling


@dataclass(frozen=True)
class Answer:
    """What a query found. `is_cut` tells that more may answer than was looked at."""

    query: Query
    meanings: list[Meaning] = field(default_factory=list)
    ranked: list[Ranked] = field(default_factory=list)
    is_cut: bool = False

    @property
    def corrected(self) -> str:
        """The query as it was understood, if that is with another spelling; "" otherwise."""
        spelt = {meaning.word: meaning.corrected for meaning in self.meanings if meaning.corrected}
        if not spelt:
            return ""
        return WORD.sub(lambda word: spelt.get(spelling(word[0]), word[0]), self.query.text)


def search(text: str, language: str, *, is_unfinished: bool = False) -> Answer:
    """Return what is published in `language` and answers `text`; if that is unfinished, its last word may go on."""
    query = parse(text, language)
    if not query.words:
        return Answer(query)
    found = meanings(query.words, language, query.words[-1] if is_unfinished else None)
    needed = needed_groups(query, found)
    if not found or needed is None:
        return Answer(query, found)
    entries = Entry.objects.published().filter(language=language)
    unwanted = tuple(sorted({lemma for words in query.unwanted if len(words) == 1 for lemma in lemmas(words[0], language)}))
    looked_at = candidates(entries, found, unwanted, needed)
    ranked = rank(looked_at, found)
    return Answer(query, found, ranked, len(looked_at) >= MOST_CANDIDATES)


def needed_groups(query: Query, found: list[Meaning]) -> tuple[tuple[str, ...], ...] | None:
    """Return the terms that entries must have for the phrases of a query; None if the texts lack one of its words."""
    by_word = {meaning.word: meaning for meaning in found}
    words = {word for phrase in query.phrases for word in phrase if word in query.words}
    if any(word not in by_word or by_word[word].corrected for word in words):
        return None
    return tuple(by_word[word].postings for word in sorted(words))
