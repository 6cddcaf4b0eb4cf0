"""What the search finds for many queries, in its order, for comparing one database with another."""

from articles.languages import LANGUAGES
from articles.questions import MODELS
from articles.searching import search
from articles.statements import Found
from bench.search_quality.questions import questions

Rankings = dict[str, dict[str, list[str]]]


def rankings() -> Rankings:
    """Return for each language and query the models and keys of what is found, the best first."""
    return {
        language: {question.text: found(question.text, language) for question in questions(language, "held_out")}
        for language in LANGUAGES
    }


def found(text: str, language: str) -> list[str]:
    return [f"{entry.model} {key_of(entry)}" for entry in search(text, language).entries]


def key_of(entry: Found) -> str:
    """Return the key of the object that was found."""
    return MODELS[entry.model].objects.get(pk=entry.object_id).key
