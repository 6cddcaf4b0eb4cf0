"""A large site to measure and to look at: `python -m bench.fill ARTICLES ADVICE`.

It goes into the database of DATABASE_URL, which must be empty. With --search the index of the search is made as well,
which takes longer than all the rest.
"""

import argparse
import os
import sys
from collections import deque

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "retention.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.core.management.base import OutputWrapper  # noqa: E402
from django.db import connection  # noqa: E402

from articles import enlisting, roster  # noqa: E402
from articles.models import Article  # noqa: E402
from articles.progress import progress  # noqa: E402
from bench import made_up  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fill", description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("advice", type=int)
    parser.add_argument("--search", action="store_true", help="make the index of the search as well")
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    if Article.objects.exists():
        parser.error("there is content in this database already")
    made = made_up.make(asked.articles, asked.advice)
    deque(progress(made, asked.articles, OutputWrapper(sys.stderr)), maxlen=0)
    print("The lists and the rotation of the days", flush=True)
    enlisting.enlist_all()
    roster.follow()
    if asked.search:
        call_command("rebuild_search")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As it does by itself after a while; SQLite never does.
            cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    main()
