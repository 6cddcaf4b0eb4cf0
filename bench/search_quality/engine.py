"""The figures of one engine, that of the settings, for each language and each way to search; see `scores`."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from articles.languages import LANGUAGES  # noqa: E402
from bench.search_quality import baselines  # noqa: E402
from bench.search_quality.questions import questions  # noqa: E402
from bench.search_quality.scores import Way, ours, scores  # noqa: E402


def show(language: str, name: str, way: Way, held_out: str = "") -> None:
    asked = questions(language, held_out)
    figures = "  ".join(f"{figure:8.3f}" for figure in scores(asked, language, way))
    print(f"{language}  {f'{name}, {len(asked)}':30}{figures}")


def main() -> None:
    call_command("build")
    call_command("prepare", verbosity=0)
    ways = {
        name: way for name, way in baselines.WAYS.items() if connection.vendor == "postgresql" or name == "icontains"
    }
    print("recall: the share of all right advice in the first five rows, of whatever kind they are; MRR: over all rows")
    print(f"{'':36}answered    recall       MRR")
    for language in LANGUAGES:
        show(language, "our search", ours)
        show(language, "our search, held out", ours, "held_out")
        for name, way in ways.items():
            if language in baselines.LACKING.get(name, ()):
                print(f"{language}  {name:30} there is none")
            else:
                show(language, name, way)


main()
