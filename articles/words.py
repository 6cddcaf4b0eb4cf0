"""What a text says in words: the one analysis that the index of the search and every query share.

A word is brought into one spelling, then to the form under which dictionaries list it, its lemma. Finnish and Estonian
write compounds as one word; those are also found by their parts.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache, partial

from .dictionaries import dictionaries, lemmatizer
from .endings import forms_of_noun, forms_of_verb, stem_of_noun, without_endings
from .languages import LANGUAGES
from .stop_words import STOP_WORDS

# Raised when the same text would make other terms: `prepare` then makes the index anew.
ANALYSIS = 5

# Accents of stress, soft hyphens, and the Armenian marks of tone, which stand within a word.
MARKS = "\u0301\u00ad\u055b\u055c\u055e"
WORD = re.compile(rf"[\w{MARKS}]+")
SPELLING = {"ё": "е", "_": "", **dict.fromkeys(MARKS, ""), "եվ": "եւ"}
# Several words with capitals, or one that begins no sentence. The length of a word is bounded, and no target goes on
# beyond the next bracket, so that a text is read once, whatever it is made of.
NAME = re.compile(r"[A-Z]\w{1,40}(?:[- ][A-Z]\w{1,40})+|(?<=[\w,;:–(] )[A-Z]\w{2,}")
LINK_TARGET = re.compile(r"\]\([^)\]\s]*\)")

BULLET = re.compile(r"^ *(?:[-+>]|\d+[.)]) +", re.MULTILINE)
MARKUP = re.compile(r"[*_`#\[\]]")

# Longer ones are no words of any language, and PostgreSQL takes no lexeme without an end.
LONGEST = 40
PART = "+"
COMPOUNDING = {"fi", "et"}
SHORTEST_FIRST, SHORTEST_LAST = 3, 4
# Stricter for words that no dictionary has, since few of them are compounds; and laxer for what follows a long word.
SHORTEST_FIRST_UNKNOWN, SHORTEST_LAST_OF_LONG, LONG = 4, 3, 6
KNOWN_AT_ONCE = 50_000

# Where dictionaries prefer a rare word to a common one, or have one that isn't there.
COMMONER = {
    "en": {
        "goods": "goods",
        "fixed": "fix",
        "fixing": "fix",
        "growing": "grow",
        "thanked": "thank",
        "thanking": "thank",
    },
    "fi": {"työ": "työ", "osaa": "osata"},
}


@lru_cache(maxsize=KNOWN_AT_ONCE)
def spelling(word: str) -> str:
    """Return `word` as all words are compared, which it needn't be told apart by beyond LONGEST characters."""
    return comparable(unicodedata.normalize("NFC", word))[:LONGEST]


def comparable(text: str) -> str:
    """Return composed text in the spelling of the search: without case, ё as е, and և as եւ, whose capitals are ԵՎ."""
    text = text.casefold()
    # Several times as fast in a whole text as to look each letter up.
    for written, compared in SPELLING.items():
        text = text.replace(written, compared)
    return text


def term(lemma: str) -> str:
    """Return a lemma as the index has it: one run of letters and digits, though dictionaries have some of two words."""
    return "".join(WORD.findall(spelling(lemma)))


def lemma_known(word: str, language: str) -> str | None:
    """Return the lemma that a dictionary gives for `word`, or None."""
    if commoner := COMMONER.get(language, {}).get(word):
        return commoner
    dictionary = dictionaries.get_dictionary(language)
    found = dictionary.get(word)
    # Armenian dictionaries write the ligature.
    if found is None and "եւ" in word:
        found = dictionary.get(word.replace("եւ", "և"))
    return term(found) or None if found else None


def lemmas(word: str, language: str) -> tuple[str, ...]:
    """Return the lemmas of `word`, which is given in its spelling, the surest first.

    There are several where a lemma is itself a form, or a noun that is made of a verb as its forms are, or a verb that
    looks like a noun.
    """
    first = (
        lemma_known(word, language)
        or lemma_within(word, language)
        or lemma_of_compound(word, language)
        or lemma_guessed(word, language)
    )
    further = (lemma_known(first, language), verb_of(first, language), noun_of(first, language))
    return tuple(dict.fromkeys((first, *filter(None, further))))


def lemma_within(word: str, language: str) -> str | None:
    """Return the lemma of a word that the dictionary has without endings that any word may take, or None."""
    known = (lemma_known(stem, language) for stem in without_endings(word, language))
    return next(filter(None, known), None)


def verb_of(noun: str, language: str) -> str | None:
    """Return the lemma of the verb whose doing `noun` names, as kuunteleminen does of kuunnella, or None."""
    known = (lemma_known(form, language) for form in forms_of_verb(noun, language))
    # Dictionaries also list adjectives that are made of the verb: tekemä beside tehdä.
    return min(filter(None, known), key=len, default=None)


def noun_of(verb: str, language: str) -> str | None:
    """Return the lemma of the noun of which `verb` is a form as well, as tunne is of tunteilla, or None."""
    known = (lemma_known(form, language) for form in forms_of_noun(verb, language))
    return next(filter(None, known), None)


def lemma_of_compound(word: str, language: str) -> str | None:
    """Return the lemma of a compound that the dictionary lacks, as of remonttialalla, or None."""
    if language not in COMPOUNDING:
        return None
    for first, last in halves(word, SHORTEST_FIRST_UNKNOWN):
        if lemma_known(first, language) and (lemma := lemma_known(last, language) or lemma_within(last, language)):
            return first + lemma
    return None


def halves(word: str, shortest_first: int) -> Iterator[tuple[str, str]]:
    """Return what may be the two words of a compound, the shortest first."""
    for cut in range(shortest_first, len(word) - SHORTEST_LAST_OF_LONG + 1):
        if len(word) - cut >= SHORTEST_LAST or cut >= LONG:
            yield word[:cut], word[cut:]


def lemma_guessed(word: str, language: str) -> str:
    """Return what the rules of simplemma make of a word that the dictionary lacks; itself if little of it is left."""
    guess = term(lemmatizer().lemmatize(stem_of_noun(word, language), language))
    shared = SequenceMatcher(None, guess, word, autojunk=False).find_longest_match().size
    return guess if 2 * shared >= len(word) else word


@lru_cache(maxsize=KNOWN_AT_ONCE)
def parts_of(lemma: str, language: str) -> tuple[str, ...]:
    """Return the lemmas of the words that the compound `lemma` is made of; none where it isn't one."""
    if language not in COMPOUNDING:
        return ()
    for first, last in halves(lemma, SHORTEST_FIRST):
        # The last part is a lemma, since the whole is, or a plural without singular, as in työvaatteet; the first may
        # stand in the genitive.
        # Estonian verbal nouns lose a letter there: otsustamisvabadus.
        lemma_of_first = lemma_known(first, language) or lemma_known(first + "e", language)
        lemma_of_last = lemma_known(last, language)
        if lemma_of_first and lemma_of_last and (lemma_of_last == last or last.endswith("t")):
            return (lemma_of_first, *parts_of(lemma_of_last, language), lemma_of_last)
    return ()


def terms_of(word: str, language: str) -> str:
    """Return the terms that stand for `word` in the index, parted by spaces; a part of a compound ends in PART."""
    word = spelling(word)
    if not word or word in STOP_WORDS[language]:
        return ""
    found = lemmas(word, language)
    if found[0] in STOP_WORDS[language]:
        return ""
    parts = [part for lemma in found for part in parts_of(lemma, language)]
    return " ".join([*found, *(part + PART for part in parts)])


class Analysis(dict):
    """The terms of every word met so far, by the word as it stands; full, it begins anew."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, word: str) -> str:
        if len(self) >= KNOWN_AT_ONCE:
            self.clear()
        self[word] = terms = self.make(word)
        return terms


analyses = {language: Analysis(partial(terms_of, language=language)) for language in LANGUAGES}


def plain(text: str) -> str:
    """Return Markdown as the text that readers see, on one line."""
    text = MARKUP.sub("", BULLET.sub("", without_links(text)))
    return " ".join(text.split())


def without_links(text: str) -> str:
    """Return Markdown without the addresses that it links to, composed as Unicode wants it."""
    text = unicodedata.normalize("NFC", text)
    return LINK_TARGET.sub("]", text) if "](" in text else text


def split(text: str) -> list[str]:
    """Return the words of a text in Markdown as they stand there."""
    return WORD.findall(without_links(text))


def names(text: str) -> list[str]:
    """Return the words of a text in Markdown that names are made of, as far as capitals tell."""
    return [word for name in NAME.findall(without_links(text)) for word in WORD.findall(name)]


def terms(words: Iterable[str], language: str) -> str:
    """Return the terms of these words in their order, parted by spaces."""
    return " ".join(filter(None, map(analyses[language].__getitem__, words)))
