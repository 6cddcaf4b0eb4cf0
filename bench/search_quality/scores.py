"""How well a way to search answers what is asked."""

from collections.abc import Callable
from typing import NamedTuple

from articles.models import Advice
from articles.searching import search

from .questions import Question

FIRST = 5
# What a search takes and gives: a query and its language, and the keys of the advice that it finds, the best first.
Way = Callable[[str, str], list[str]]


class Scores(NamedTuple):
    """Each as a mean over the queries: whether some right advice is in the first five rows (answered), which share of
    all right advice is there (recall), and the reciprocal of the rank of the first (MRR)."""

    answered: float
    recall: float
    mrr: float


def scores(asked: list[Question], language: str, way: Way) -> Scores:
    answered = recall = reciprocal = 0.0
    for question in asked:
        found = way(question.text, language)
        ranks = [found.index(key) + 1 for key in question.right if key in found]
        first = [rank for rank in ranks if rank <= FIRST]
        answered += bool(first)
        recall += len(first) / len(question.right)
        reciprocal += 1 / min(ranks, default=float("inf"))
    return Scores(answered / len(asked), recall / len(asked), reciprocal / len(asked))


def ours(text: str, language: str) -> list[str]:
    """Return the keys of the advice on the page of results.

    Rows of topics, articles and figures are there as well: they are never right, and take their places.
    """
    entries = search(text, language).entries
    advice = [entry.object_id for entry in entries if entry.model == "advice"]
    keys = dict(Advice.objects.filter(pk__in=advice).values_list("pk", "key"))
    return [keys[entry.object_id] if entry.model == "advice" else entry.kind for entry in entries]
