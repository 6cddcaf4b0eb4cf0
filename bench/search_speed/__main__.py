"""How fast the search is: `python -m bench.search_speed [count]`.

On a site of 500 and on one of 50,000 pieces of advice (or `count`), each in all five languages and of the length of the
authored ones: how fast the index is made, and how long a query that shows a full page of results takes until its answer
is known, and until all that the page shows is; in the middle, and by how much it grows for nine tenths of the queries
at most. Both are asked in turn, query by query, since what else the machine does changes by the minute.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import NamedTuple, Self

from bench.engines import ENGINES, ROOT, Site, site
from bench.search_quality.questions import questions
from tests.page_types import LANGUAGES

SMALL, LARGE = 500, 50_000
ROUNDS = 3


@contextmanager
def indexed(database: dict[str, str], count: int) -> Iterator[Site]:
    """Have a site of `count` pieces of advice, telling how fast its index was made."""
    with site("bench.search_speed.engine", database, count) as ready:
        made = ready.read()
        print(f"{count:,} pieces of advice: {made['entries']:,} entries indexed in {made['clock']:.1f} s", end="")
        print(
            f" ({made['process']:.1f} s of this process): {made['entries'] / made['clock']:,.0f} a second", flush=True
        )
        yield ready


class Times(NamedTuple):
    """The milliseconds that one query takes at best, on the small site and on the large one."""

    small: float
    large: float

    @classmethod
    def of(cls, sites: tuple[Site, Site], text: str, language: str) -> dict[str, Self] | None:
        """Return them until the answer was known, and until its page was; None if that isn't full on both."""
        rounds = [[each.ask(text, language) for each in sites] for _ in range(ROUNDS)]
        if not all(is_full for _answer, _page, is_full in rounds[0]):
            return None
        best = [[min(times) for times in zip(*own, strict=True)] for own in zip(*rounds, strict=True)]
        return {name: cls(*(own[place] for own in best)) for place, name in enumerate(("answer", "page"))}


def compare(sites: tuple[Site, Site], language: str) -> None:
    taken = [Times.of(sites, question.text, language) for question in questions(language)]
    full = [times for times in taken if times]
    for name in ("answer", "page"):
        small, large = (median(own) for own in zip(*(times[name] for times in full), strict=True))
        grown = quantiles((times[name].large / times[name].small for times in full), n=10)
        told = f"{language}  {len(full)} queries, median until the {name}"
        print(
            f"{told:40} {small:5.1f} ms, then {large:5.1f} ms ({large / small:.2f} times, nine tenths {grown[-1]:.2f})",
            flush=True,
        )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    subprocess.run([sys.executable, "manage.py", "build"], cwd=ROOT, check=True)
    for name, engine in ENGINES.items():
        print(f"\n=== {name} ===", flush=True)
        with engine() as one, engine() as other, indexed(one, SMALL) as small, indexed(other, count) as large:
            for language in LANGUAGES:
                compare((small, large), language)


if __name__ == "__main__":
    main()
