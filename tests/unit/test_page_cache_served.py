"""The page cache in the real server: several workers, a database that goes away, a Redis between them."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

from django.db import connection

from ..redis import redis
from ..server import serving
from .databases import run_in, take_away
from .requests import get, read

WORKERS = 2
# Enough for each of the workers to answer some of them.
MANY = 40


def made(address: str) -> int:
    return int(re.search(r'retention_pages_total\{from="miss"\} (\d+)', read(f"{address}/metrics"))[1])


def names_of_people(address: str) -> set[str]:
    """Return what readers are told that the topic "people" is called, all of them."""
    pages = [read(f"{address}/en/topics/") for _ in range(MANY)]
    return {re.search(r'href="/en/topics/people/"[^>]*>([^<]+)<', page)[1] for page in pages}


def test_workers_share_nothing_but_show_the_same(database_url, tmp_path):
    with serving(database_url, tmp_path / "log") as (address, _process):
        readers = 200
        together = Barrier(readers)

        def rush(_number: int) -> bytes:
            together.wait()
            return get(f"{address}/en/tips/").body

        with ThreadPoolExecutor(readers) as pool:
            assert len(set(pool.map(rush, range(readers)))) == 1
        assert 1 <= made(address) <= WORKERS

        (before,) = names_of_people(address)
        run_in(database_url, "Topic.objects.filter(key='people').update(name_en='Other people')")
        time.sleep(1)
        assert before != "Other people"
        assert names_of_people(address) == {"Other people"}

        take_away(database_url)
        time.sleep(3)
        known = get(f"{address}/en/topics/")
        assert known.status == 200
        assert read(f"{address}/healthz") == "alive\n"
        # An open file stays there for who has it open.
        if connection.vendor == "postgresql":
            assert known.headers["Cache-Status"] == "pages; hit; detail=stale"
            assert get(f"{address}/en/rules/").status == 503


def test_processes_share_pages_through_redis_and_do_without(database_url, tmp_path):
    with ExitStack() as running:
        cache_url, process = running.enter_context(redis())
        one, two = (
            running.enter_context(serving(database_url, tmp_path / name, CACHE_URL=cache_url))[0]
            for name in ("one", "two")
        )
        # Their addresses are in their pages, so both are asked by the same name.
        page = get(f"{one}/en/tips/", host="localhost", accept_encoding="gzip")
        for _ in range(MANY):
            assert get(f"{two}/en/tips/", host="localhost", accept_encoding="gzip").body == page.body
        assert get(f"{two}/en/tips/", host="localhost", accept_encoding="br").status == 200
        assert made(two) == 0
        process.terminate()
        process.wait()
        assert get(f"{two}/en/rules/", host="localhost").status == 200
        assert made(two) == 1
        run_in(database_url, "Topic.objects.filter(key='people').update(name_en='Other people')")
        time.sleep(1)
        assert "Other people" in get(f"{two}/en/topics/", host="localhost").body.decode()
