"""What has the words that somebody types in its title, in any language and published or not: the search of the desk."""

from collections.abc import Collection, Iterator, Mapping

from . import questions
from .languages import LANGUAGES
from .queries import MOST_WORDS, tidy
from .search import IN_TITLE, RARER, Extent, Word, titles_of
from .statements import Wanted, first_objects
from .words import PART, analyses, spelling, split

# So many objects of a model are found in a language at most.
MOST_FOUND = 300
# So many letters a word has at least that may go on; and so many words go on from one.
SHORTEST, MOST_FORMS = 2, 100

# For each word that is typed: terms of which a title is to have one, with how many titles have each.
Counted = list[dict[str, int]]


def titled(text: str, models: Collection[str]) -> dict[str, set[int]]:
    """Return by model the primary keys of the first objects whose title has all words of `text`; the last may go on."""
    found: dict[str, set[int]] = {model: set() for model in models}
    words = list(dict.fromkeys(filter(None, map(spelling, split(tidy(text))))))[:MOST_WORDS]
    going_on = forms(words[-1]) if words else {}
    for language in LANGUAGES:
        asked, extent = counted(language, list(terms(language, words, going_on.get(language, ()))))
        if not asked or not all(asked):
            continue
        for model in models:
            found[model].update(first_objects(model, language, wanted(model, asked, extent), MOST_FOUND, extent))
    return found


def forms(beginning: str) -> Mapping[str, list[str]]:
    """Return by language the words of the texts that go on from `beginning`, the commonest of them."""
    found: dict[str, list[str]] = {}
    if len(beginning) < SHORTEST:
        return found
    column, length = ("root", 4) if len(beginning) >= 4 else ("head", 2)
    words = Word.objects.filter(language__in=LANGUAGES, text__startswith=beginning, **{column: beginning[:length]})
    for language, form in words.order_by("-entries", "id").values_list("language", "text")[:MOST_FORMS]:
        found.setdefault(language, []).append(form)
    return found


def terms(language: str, words: list[str], going_on: Collection[str]) -> Iterator[set[str]]:
    """Give the terms of each word that isn't a stop word; those that go on from the last one are among its own."""
    own = [terms_of(word, language) for word in words]
    before = list(filter(None, own[:-1]))
    yield from before
    # A title may end in a stop word, and one letter may go on as anything.
    if own and not (before and (not own[-1] or len(words[-1]) < SHORTEST)):
        yield own[-1].union(*(terms_of(form, language) for form in going_on))


def terms_of(word: str, language: str) -> set[str]:
    return {term for term in analyses[language][word].split() if not term.endswith(PART)}


def counted(language: str, asked: list[set[str]]) -> tuple[Counted, Extent]:
    """Keep the terms that the texts of a language use, and return how far its index goes."""
    if not any(asked):
        return [], Extent()
    rows = questions.terms(language, texts=sorted(set().union(*asked)), roots=[])
    used = {text: titles for text, _root, _entries, titles in rows if text}
    return [{term: used[term] for term in group & used.keys()} for group in asked], Extent.told_by(rows)


def wanted(model: str, asked: Counted, extent: Extent) -> Wanted:
    """Return the condition that a title of `model` has one of each of these terms."""
    end = titles_of(model) if model in RARER else IN_TITLE
    rarest, *further = sorted(asked, key=lambda group: sum(group.values()))
    groups = tuple(tuple(sorted(term + end for term in group)) for group in (rarest, *further))
    others = [titles_of(rarer) for rarer in RARER] if end == IN_TITLE else []
    none_of = tuple(sorted(term + other for term in rarest for other in others))
    # One may be there all the same: words are counted later.
    titles = max(1, sum(rarest.values()))
    return Wanted(groups, none_of, min(1.0, titles / extent.entries) if extent.entries else 1.0)
