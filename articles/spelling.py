"""What a misspelt word may have meant."""

from collections.abc import Iterator
from itertools import chain, islice, product

from .dictionaries import dictionaries
from .search import Word
from .synonyms import synonyms
from .words import lemmas

FARTHEST = 2
SHORTEST = 4
MOST_LOOKED_AT = 600
MOST_ACCENTED = 1000
ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "fi": "abcdefghijklmnopqrstuvwxyzäö",
    "et": "abcdefghijklmnopqrstuvwxyzäöüõšž",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
}

ACCENTED = {"a": "ä", "o": "öõ", "u": "ü", "s": "š", "z": "ž"}
ACCENTS = {ord(accent): letter for letter, accents in ACCENTED.items() for accent in accents}


def corrections(word: str, language: str) -> dict[str, int]:
    """Return words that `word` may have been meant for, the likeliest first, with how many slips part it from them.

    They are words of the texts, words that have synonyms, and what the dictionary has one slip away.
    """
    if len(word) < SHORTEST:
        return {}
    farthest = 1 if len(word) < 6 else FARTHEST
    near = dict.fromkeys([*neighbours(word, language), *with_accents(word, language)], 1)
    near |= {text: distance(word, text, farthest) for text in similar_words(word, language)}
    near = {text: far for text, far in near.items() if far <= farthest}
    used = counts(language, near)

    def likelihood(text: str) -> tuple:
        # Whole keyboards lack accents. Slips at the first letter are rare; letters are rather swapped than missed, and
        # rather missed than mistaken.
        lacks_accents, is_swapped = word == plain(text), sorted(text) == sorted(word)
        kind = (text[0] != word[0], not is_swapped, len(text) <= len(word))
        return near[text], not lacks_accents, not used[text], *kind, -used[text], text

    return {text: near[text] for text in sorted(near, key=likelihood)}


def similar_words(word: str, language: str) -> list[str]:
    """Return words about as long as `word`: those of the texts that begin or end like it, and those with synonyms."""
    words = Word.objects.filter(language=language).values_list("id", "text")
    # Not "or": for that SQLite would read all words of the language.
    alike = words.filter(head__in=accented(word[:2])).union(words.filter(tail=word[-3:])).order_by("id")
    letters = set(plain(word))
    return [
        text
        for text in chain((text for _key, text in alike[:MOST_LOOKED_AT]), synonyms(language).lemmas)
        if abs(len(text) - len(word)) <= FARTHEST and len(letters ^ set(plain(text))) <= 2 * FARTHEST
    ]


def neighbours(word: str, language: str) -> list[str]:
    """Return the forms that the dictionary has one slip away from `word`."""
    dictionary = dictionaries.get_dictionary(language)
    return [form for form in one_slip_away(word, ALPHABETS[language]) if dictionary.get(form)]


def with_accents(word: str, language: str) -> list[str]:
    """Return the forms that the dictionary has of `word` if it was typed without some accents."""
    dictionary, alphabet = dictionaries.get_dictionary(language), ALPHABETS[language]
    letters = (letter + "".join(filter(alphabet.__contains__, ACCENTED.get(letter, ""))) for letter in word)
    forms = islice(map("".join, product(*letters)), MOST_ACCENTED)
    return [form for form in forms if form != word and dictionary.get(form)]


def plain(word: str) -> str:
    """Return `word` without what keyboards of other countries lack: hyva for hyvä."""
    return word.translate(ACCENTS)


def accented(letters: str) -> list[str]:
    """Return what `letters` may stand for on such a keyboard, themselves included."""
    return ["".join(each) for each in product(*(letter + ACCENTED.get(letter, "") for letter in letters))]


def one_slip_away(word: str, alphabet: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in alphabet:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def counts(language: str, forms: dict[str, int]) -> dict[str, int]:
    """Return for each form in how many entries its word stands."""
    by_form = {form: lemmas(form, language) for form in forms}
    used = dict(
        Word.objects.filter(
            language=language, text__in={lemma for found in by_form.values() for lemma in found}
        ).values_list("text", "entries")
    )
    return {form: max(used.get(lemma, 0) for lemma in found) for form, found in by_form.items()}


def distance(first: str, second: str, farthest: int) -> int:
    """Return how many slips part two words: letters too many, missing, wrong or swapped; at most `farthest` + 1.

    However many accents are left out, that is one.
    """
    if first != second and first == plain(second):
        return 1
    if abs(len(first) - len(second)) > farthest:
        return farthest + 1
    before, row = [], list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        last, row, older = row, [i], before
        for j, other in enumerate(second, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > farthest:
            return farthest + 1
        before = last
    return min(row[-1], farthest + 1)
