"""What a misspelt word may have meant."""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Q

from .search import Word
from .synonyms import synonyms
from .words import factory, lemmas

FARTHEST = 2
SHORTEST = 4
MOST_LOOKED_AT = 600
ALPHABETS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "fi": "abcdefghijklmnopqrstuvwxyzäö",
    "et": "abcdefghijklmnopqrstuvwxyzäöüõšž",
    "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
}


def corrections(word: str, language: str) -> list[str]:
    """Return words that `word` may have been meant for, the likeliest first.

    They are of the texts, forms of such words, or lead to the texts by their synonyms.
    """
    if len(word) < SHORTEST:
        return []
    farthest = 1 if len(word) < 6 else FARTHEST
    near = {text: distance(word, text, farthest) for text in similar_words(word, language)}
    near = {text: far for text, far in near.items() if far <= farthest}
    if 1 not in near.values():
        near |= dict.fromkeys(neighbours_in_use(word, language), 1)
    used = counts(language, near)
    # Slips at the first letter are rare, and a letter is rather missed than mistaken.
    return sorted(near, key=lambda text: (near[text], text[0] != word[0], len(text) <= len(word), -used[text], text))


def similar_words(word: str, language: str) -> list[str]:
    """Return words about as long as `word`: those of the texts that begin or end like it, and those with synonyms."""
    alike = Q(head=word[:2]) | Q(tail=word[-3:])
    found = Word.objects.filter(alike, language=language).order_by("id").values_list("text", flat=True)
    letters = set(word)
    return [
        text
        for text in chain(found[:MOST_LOOKED_AT], synonyms(language))
        if abs(len(text) - len(word)) <= FARTHEST and len(letters ^ set(text)) <= 2 * FARTHEST
    ]


def neighbours_in_use(word: str, language: str) -> list[str]:
    """Return the forms that the dictionary has one slip away from `word`, of words that the texts use."""
    dictionary = factory.get_dictionary(language)
    known = {form for form in one_slip_away(word, ALPHABETS[language]) if dictionary.get(form)}
    by_lemma = {form: lemmas(form, language) for form in known}
    used = set(
        Word.objects.filter(
            language=language, entries__gt=0, text__in={lemma for found in by_lemma.values() for lemma in found}
        ).values_list("text", flat=True)
    )
    return [form for form, found in by_lemma.items() if used & set(found)]


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
    """Return how many slips part two words: letters too many, missing, wrong or swapped; at most `farthest` + 1."""
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
