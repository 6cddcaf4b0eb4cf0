"""The answer to a query: what was found, in which order, and how its words were understood."""

from dataclasses import dataclass, field
from itertools import chain

from django.apps import apps

from .indexing import columns_in, texts_of
from .languages import LANGUAGES
from .meanings import Meaning, meanings
from .queries import Query, parse
from .ranking import Groups, candidates, rank
from .statements import Found
from .words import WORD, lemmas, spelling, split


@dataclass(frozen=True)
class Answer:
    """What a query found in one language, the best first.

    `is_cut` tells that more may answer than was looked at.
    """

    query: Query
    language: str
    meanings: list[Meaning] = field(default_factory=list)
    entries: list[Found] = field(default_factory=list)
    is_cut: bool = False

    @property
    def corrected(self) -> str:
        """The query as it was understood, if that is in another spelling; "" otherwise."""
        spelt = {meaning.word: meaning.corrected for meaning in self.meanings if meaning.corrected}
        if not spelt:
            return ""
        return WORD.sub(lambda word: spelt.get(spelling(word[0]), word[0]), self.query.text)


def search(text: str, language: str, *, is_unfinished: bool = False) -> Answer:
    """Return what is published in `language` and answers `text`; while that is unfinished, its last word may go on."""
    query = parse(text, language)
    found = meanings(query.words, language, query.words[-1] if is_unfinished and query.words else None)
    needed = needed_groups(query, found)
    if not found or needed is None:
        return Answer(query, language)
    unwanted = {lemma for words in query.unwanted if len(words) == 1 for lemma in lemmas(words[0], language)}
    looked_at, is_cut = candidates(language, found, tuple(sorted(unwanted)), needed)
    if query.phrases or any(len(words) > 1 for words in query.unwanted):
        looked_at = verbatim(looked_at, query, language)
    return Answer(query, language, found, rank(looked_at, found), is_cut)


def needed_groups(query: Query, found: list[Meaning]) -> Groups | None:
    """Return the terms that entries must have for the phrases of a query; None if no text has one of the words."""
    by_word = {meaning.word: meaning for meaning in found if not meaning.corrected}
    words = sorted({word for phrase in query.phrases for word in phrase} & set(query.words))
    if any(word not in by_word for word in words):
        return None
    return tuple(by_word[word].postings for word in words)


def verbatim(entries: list[Found], query: Query, language: str) -> list[Found]:
    """Keep the entries whose texts have all phrases of the query as they are, and none that it doesn't want."""
    texts = texts_by_entry(entries, language)

    def has(entry: Found, words: tuple[str, ...]) -> bool:
        return any(f" {' '.join(words)} " in text for text in texts.get(entry.pk, ()))

    return [
        entry
        for entry in entries
        if all(has(entry, words) for words in query.phrases)
        and not any(has(entry, words) for words in query.unwanted if len(words) > 1)
    ]


def texts_by_entry(entries: list[Found], language: str) -> dict[int, list[str]]:
    """Return the texts that the entries are made from, in the spelling of the search."""
    found = {}
    for name in {entry.model for entry in entries}:
        keys = {entry.object_id: entry.pk for entry in entries if entry.model == name}
        model = apps.get_model("articles", name)
        for obj in model.objects.filter(pk__in=keys).only(*chain(*columns_in(model, language))):
            texts = [" ".join(map(spelling, split(text))) for text in texts_of(obj, language)]
            found[keys[obj.pk]] = [f" {text} " for text in texts]
    return found


def elsewhere(text: str, language: str) -> dict[str, int]:
    """Return how much answers `text` in the other languages, as far as they have its words as they are spelt."""
    answers = [search(text, other) for other in LANGUAGES if other != language]
    return {answer.language: len(answer.entries) for answer in answers if answer.entries and not answer.corrected}
