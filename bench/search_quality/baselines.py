"""Three ordinary ways to search the same advice, each as it is usually written."""

import math
from collections import Counter

from django.db import connection
from django.db.models import Q

from articles.languages import column
from articles.models import Advice
from articles.words import WORD

CONFIGURATIONS = {"en": "english", "fi": "finnish", "ru": "russian", "hy": "armenian"}
# PostgreSQL 15 knows nothing of Estonian.
LACKING = {"PostgreSQL's configuration": {"et"}, "Snowball stems": {"et"}}
FIELDS = ("title", "action", "body")


def icontains(text: str, language: str) -> list[str]:
    """Return the advice that has every word somewhere, in reading order."""
    wanted = Q()
    for word in text.replace('"', " ").split():
        wanted &= Q(*((f"{column(field, language)}__icontains", word) for field in FIELDS), _connector=Q.OR)
    return list(Advice.objects.published().filter(wanted).in_reading_order().values_list("key", flat=True))


def configuration(text: str, language: str) -> list[str]:
    """Return what PostgreSQL finds with its own configuration for the language, titles weighing most."""
    name = CONFIGURATIONS[language]
    vector = " || ".join(
        f"setweight(to_tsvector('{name}', coalesce({column(field, language)}, '')), '{weight}')"
        for field, weight in zip(FIELDS, "ABC", strict=True)
    )
    query = f"websearch_to_tsquery('{name}', %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key FROM articles_advice WHERE {vector} @@ {query} ORDER BY ts_rank({vector}, {query}) DESC, id",
            [text, text],
        )
        return [key for (key,) in cursor.fetchall()]


def snowball(text: str, language: str) -> list[str]:
    """Return what has any of the words' Snowball stems, ranked by how rare they are, titles counting three times."""
    stems = stemmed({word.casefold() for word in WORD.findall(text)}, language)
    documents = stemmed_advice(language)
    wanted = {
        stem: math.log(1 + len(documents) / (1 + sum(stem in found for found in documents.values()))) for stem in stems
    }
    scores = {
        key: sum(worth * found[stem] / (1.5 + found[stem]) for stem, worth in wanted.items())
        for key, found in documents.items()
    }
    return sorted((key for key, score in scores.items() if score), key=lambda key: -scores[key])


def stemmed_advice(language: str) -> dict[str, Counter[str]]:
    if language not in advice_by_language:
        texts = Advice.objects.order_by("pk").values_list("key", *(column(field, language) for field in FIELDS))
        words = {
            key: WORD.findall(" ".join([title] * 3 + [action, body]).casefold()) for key, title, action, body in texts
        }
        stems = stem_of({word for found in words.values() for word in found}, language)
        advice_by_language[language] = {key: Counter(stems[word] for word in found) for key, found in words.items()}
    return advice_by_language[language]


def stemmed(words: set[str], language: str) -> set[str]:
    return set(stem_of(words, language).values())


def stem_of(words: set[str], language: str) -> dict[str, str]:
    """Return the Snowball stem of each word, as PostgreSQL brings the stemmers along."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, coalesce((ts_lexize(%s, word))[1], word) FROM unnest(%s::text[]) AS word",
            [f"{CONFIGURATIONS[language]}_stem", list(words)],
        )
        return dict(cursor.fetchall())


advice_by_language: dict[str, dict[str, Counter[str]]] = {}
WAYS = {"icontains": icontains, "PostgreSQL's configuration": configuration, "Snowball stems": snowball}
