"""The answer to a query: what was found, in which order, and how its words were understood."""

import re
from dataclasses import dataclass, field
from operator import attrgetter

from . import questions
from .languages import LANGUAGES
from .meanings import Meaning, meanings
from .queries import Query, parse
from .ranking import Groups, candidates, rank
from .statements import Found
from .words import LONGEST, WORD, comparable, lemmas, spelling, without_links

# What no phrase reaches over: an underscore is no letter of the search's spelling.
APART = " _ "


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
    words = {word for phrase in query.phrases for word in phrase} & set(query.words)
    if not words <= by_word.keys():
        return None
    needed = sorted((by_word[word] for word in words), key=attrgetter("frequency.entries", "word"))
    return tuple(meaning.indexed for meaning in needed)


def verbatim(entries: list[Found], query: Query, language: str) -> list[Found]:
    """Keep the entries whose texts have all phrases of the query as they are, and none that it doesn't want."""
    wanted = [phrase(words) for words in query.phrases]
    unwanted = [phrase(words) for words in query.unwanted if len(words) > 1]
    texts = texts_by_entry(entries, language)
    return [
        entry
        for entry in entries
        if all(each.search(texts[entry.pk]) for each in wanted)
        and not any(each.search(texts[entry.pk]) for each in unwanted)
    ]


def phrase(words: tuple[str, ...]) -> re.Pattern:
    """Return what finds words of the search's spelling one right after the other."""
    whole = r"\W+".join(word + r"\w*" if len(word) == LONGEST else word for word in words)
    return re.compile(rf"(?<!\w){whole}(?!\w)")


def texts_by_entry(entries: list[Found], language: str) -> dict[int, str]:
    """Return the texts that the entries are made from, in the spelling of the search, by the entries' primary keys."""
    found = dict.fromkeys((entry.pk for entry in entries), "")
    for model in {entry.model for entry in entries}:
        keys = {entry.object_id: entry.pk for entry in entries if entry.model == model}
        for key, *texts in questions.texts(language, model, keys=list(keys)):
            found[keys[key]] = APART.join(comparable(without_links(text)) for text in texts if text)
    return found


def elsewhere(text: str, language: str) -> dict[str, int]:
    """Return how much answers `text` in the other languages, as far as they have its words as they are spelt."""
    answers = [search(text, other) for other in LANGUAGES if other != language]
    return {answer.language: len(answer.entries) for answer in answers if answer.entries and not answer.corrected}
