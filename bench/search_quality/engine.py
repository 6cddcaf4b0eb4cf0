"""The figures of one engine, that of the settings.

For each language and each way to search: the share of the queries of which some right advice is in the first five
rows (answered), the share of all right advice that is there, as a mean over the queries (recall), and the mean
reciprocal rank of the first (MRR). Rows of topics, articles and figures are never right and take their places.
"""

from collections.abc import Callable

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from articles.languages import LANGUAGES  # noqa: E402
from articles.models import Advice  # noqa: E402
from articles.searching import search  # noqa: E402
from bench.search_quality import baselines  # noqa: E402
from bench.search_quality.questions import Question, questions  # noqa: E402

FIRST = 5


def ours(text: str, language: str) -> list[str]:
    """Return the keys of the advice on the page of results; other rows are there as well and take their places."""
    keys = dict(Advice.objects.values_list("pk", "key"))
    return [keys.get(entry.advice_id, entry.kind) for entry in search(text, language).entries]


def figures(asked: list[Question], language: str, way: Callable[[str, str], list[str]]) -> str:
    answered = recall = reciprocal = 0.0
    for question in asked:
        found = way(question.text, language)
        ranks = [found.index(key) + 1 for key in question.right if key in found]
        first = [rank for rank in ranks if rank <= FIRST]
        answered += bool(first)
        recall += len(first) / len(question.right)
        reciprocal += 1 / min(ranks, default=float("inf"))
    return "  ".join(f"{total / len(asked):8.3f}" for total in (answered, recall, reciprocal))


def main() -> None:
    call_command("build")
    call_command("prepare", verbosity=0)
    ways = {"our search": ours} | {
        name: way for name, way in baselines.WAYS.items() if connection.vendor == "postgresql" or name == "icontains"
    }
    print("recall: the share of all right advice in the first five rows, of whatever kind they are; MRR: over all rows")
    print(f"{'':36}answered    recall       MRR")
    for language in LANGUAGES:
        everything = questions(language)
        for name, way in ways.items():
            if name in baselines.LACKING and language in baselines.LACKING[name]:
                print(f"{language}  {name:30} there is none")
                continue
            print(f"{language}  {name + ', ' + str(len(everything)):30}{figures(everything, language, way)}")
        unseen = questions(language, "held_out")
        print(f"{language}  {f'our search, held out, {len(unseen)}':30}{figures(unseen, language, ours)}")


main()
