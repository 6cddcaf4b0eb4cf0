"""What a page costs on a large site and on a small one: `python -m bench.growth [articles]`.

Of each kind of page for readers, the search among them, and of each list of the desk one is asked for on a site of 100
articles and on one of 50,000 (or `articles`), each with ten pieces of advice an article, on both databases. Both sites
are asked in turn, since what else the machine does changes by the minute. It says where a page takes more than 1.25
times as long.
"""

import subprocess
import sys

from bench.engines import ENGINES, ROOT, Site, site

# The smallest site on which every list has a page and more to show.
SMALL, LARGE = 100, 50_000
ROUNDS, MOST = 9, 1.25


def compare(sites: tuple[Site, Site]) -> None:
    names, _same = (each.read() for each in sites)
    # All pages in each round, since a database has other things to do for a while after much was written.
    rounds = [{name: [each.ask(name) for each in sites] for name in names} for _round in range(ROUNDS)]
    for name in names:
        small, large = (min(taken) for taken in zip(*(each[name] for each in rounds), strict=True))
        verdict = "   MISSED" if large / small > MOST else ""
        print(f"  {name:36} {small:7.2f} {large:7.2f}  {large / small:.2f} times{verdict}", flush=True)


def main() -> None:
    subprocess.run([sys.executable, "manage.py", "build"], cwd=ROOT, check=True)
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    module = "bench.growth.engine"
    for name, engine in ENGINES.items():
        print(f"\n=== {name}: milliseconds a page with {SMALL} and with {articles:,} articles ===", flush=True)
        with (
            engine() as one,
            engine() as other,
            site(module, one, SMALL) as small,
            site(module, other, articles) as large,
        ):
            compare((small, large))


main()
