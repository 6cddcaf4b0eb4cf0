"""All measurements, one after the other; see `bench.server`."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from bench.engines import sqlite
from tests.postgres import postgres

from . import edits, programs, snapshots
from .load import ACCEPTED, put_on
from .machine import memory, processor_time, tree
from .programs import KINDS, ROOT, Program, read_once
from .report import Report

ARTICLE = "/en/articles/seven-steps-to-customer-loyalty/"
TIPS = "/en/tips/"
# What every worker has done before its memory is looked at: each kind of page, a PDF, a picture, the search.
FEATURES = (
    *("", "articles/", "tips/", "rules/", "mistakes/", "topics/", "figures/", "today/", "check/", "calculator/"),
    *("search/?q=complaint", "search/suggestions/?q=cus", "sheet/?advice=1", "sheet.pdf?advice=1", "share.png"),
    *("feed/", "today/feed/", "today.ics", "accessibility/"),
)
# Which worker gets which connection, and what lies where in memory, is another each time that a server starts.
STARTS, ROUNDS, SECONDS, VISITS = 5, 8, 1, 4
CACHED, OF_SQLITE = 0.90, 0.7
# Of pages that aren't ready: their path, what part of the bare program's answers they reach, and milliseconds.
COLD = {"a cold article": (ARTICLE, 0.17, 2.2), "a cold list of tips": (TIPS, 0.10, 3.5)}
MEMORY, BOOT, FIRST = 110, 0.8, 50


def main() -> None:
    report = Report()
    cold = {}
    for name, engine in (("SQLite", sqlite), ("PostgreSQL", postgres)):
        with engine() as database:
            environment = {"DJANGO_SETTINGS_MODULE": "retention.settings", "CACHE_URL": ""} | database
            for command in ("build", "prepare"):
                subprocess.run(
                    [sys.executable, "manage.py", command], cwd=ROOT, env=os.environ | environment, check=True
                )
            for kind in KINDS:
                report.say(f"\n=== {name}, {kind} workers ===")
                measure_ready(report, kind, environment)
            report.say(f"\n=== {name}, pages that aren't ready ===")
            cold[name] = measure_cold(report, environment)
            report.say(f"\n=== {name}: one server ===")
            measure_one(report, environment)
            edits.measure(report, environment)
    report.say("\n=== PostgreSQL, compared with SQLite ===")
    for name in COLD:
        report.at_least(name, cold["PostgreSQL"][name] / cold["SQLite"][name], OF_SQLITE)
    report.say("\n=== The snapshot, through nginx ===")
    with sqlite() as database:
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=os.environ | database, check=True)
        with tempfile.TemporaryDirectory(prefix="retention-snapshot-") as folder:
            snapshots.measure(report, database, Path(folder))
    report.end()


def measure_ready(report: Report, kind: str, environment: dict[str, str]) -> None:
    """Compare pages that are ready with a bare program."""
    found, loads = Measured(), defaultdict(list)
    for _start in range(STARTS):
        with ExitStack() as running:
            site = running.enter_context(programs.gunicorn("retention.wsgi", kind, environment, ARTICLE))
            bare = running.enter_context(programs.bare(kind, page(site, ARTICLE)))
            rivals = {"bare": (bare, "/"), "ready": (site, ARTICLE)}
            rivals["bare through nginx"] = running.enter_context(programs.through_nginx(bare)), "/"
            rivals["ready through nginx"] = running.enter_context(programs.through_nginx(site)), ARTICLE
            found.take_turns(rivals)
            for connections in (8, 64):
                loads[connections].append(put_on(site.address + ARTICLE, connections, SECONDS))
    found.tell(report)
    report.at_least(f"ready pages, {kind}", found.ratio("ready", "bare"), CACHED)
    through = found.ratio("ready through nginx", "bare through nginx")
    report.at_least(f"ready pages through nginx, {kind}", through, CACHED)
    for connections, own in loads.items():
        half, most = median(load.half for load in own), median(load.most for load in own)
        report.say(f"  ready, {connections} connections: half within {half:.1f} ms, 99% within {most:.1f} ms")


def measure_cold(report: Report, environment: dict[str, str]) -> dict[str, float]:
    """Compare pages that aren't ready with a bare program; return the ratios by name.

    Nothing is kept here. With one thread a worker nobody gets what was made for somebody else.
    """
    found = Measured()
    kept_nowhere = environment | {"PAGE_CACHE_MB": "0"}
    for _start in range(STARTS):
        with ExitStack() as running:
            site = running.enter_context(programs.gunicorn("retention.wsgi", "sync", kept_nowhere, ARTICLE))
            bare = running.enter_context(programs.bare("sync", page(site, ARTICLE)))
            found.take_turns({"bare": (bare, "/")} | {name: (site, path) for name, (path, *_budgets) in COLD.items()})
    found.tell(report)
    for name, (_path, least, most) in COLD.items():
        report.at_least(name, found.ratio(name, "bare"), least)
        report.at_most(name, found.time(name), most, "ms")
    return {name: found.ratio(name, "bare") for name in COLD}


class Measured:
    """Answers a second, and milliseconds of processor time an answer, of each rival in each round."""

    def __init__(self) -> None:
        self.rates: dict[str, list[float]] = defaultdict(list)
        self.times: dict[str, list[float]] = defaultdict(list)

    def take_turns(self, rivals: dict[str, tuple[Program, str]]) -> None:
        """Put load on each rival in turn, round after round: what else the machine does changes by the minute."""
        for name, (program, path) in list(rivals.items()) * ROUNDS:
            before = processor_time(program.pid)
            load = put_on(program.address + path, 8, SECONDS)
            seconds = processor_time(program.pid) - before
            if load.errors:
                raise SystemExit(f"{name}: {load.errors} of {load.answers} requests failed")
            self.rates[name].append(load.rate)
            self.times[name].append(1000 * seconds / load.answers)

    def ratio(self, name: str, other: str) -> float:
        """Return how many times as fast one is as another, each by its median: with threads one round tells little."""
        return median(self.rates[name]) / median(self.rates[other])

    def time(self, name: str) -> float:
        return median(self.times[name])

    def tell(self, report: Report) -> None:
        for name, rates in self.rates.items():
            time_each = self.time(name)
            report.say(f"  {name:20} {median(rates):7.0f} a second  {time_each:6.3f} ms of processor time an answer")


def page(site: Program, path: str) -> tuple[list[tuple[str, str]], bytes]:
    """Return the headers and the bytes with which a page is sent."""
    request = urllib.request.Request(site.address + path, headers={"Accept-Encoding": ACCEPTED})
    with urllib.request.urlopen(request) as response:
        own = ("server", "date", "connection", "cache-status")
        return [pair for pair in response.getheaders() if pair[0].lower() not in own], response.read()


def measure_one(report: Report, environment: dict[str, str]) -> None:
    """Look at what a server takes to start, and what its workers take in memory once they have done everything."""
    starts = []
    for _ in range(3):
        with programs.gunicorn("retention.wsgi", "gthread", environment, "/healthz") as site:
            starts.append(site.started_in)
    report.at_most("ready after the start", median(starts), BOOT, "s")
    with programs.gunicorn("retention.wsgi", "gthread", environment, "/healthz") as site:
        begun = time.perf_counter()
        read_once(site.address + ARTICLE)
        report.at_most("the first visit", 1000 * (time.perf_counter() - begun), FIRST, "ms")
        for language in ("en", "fi", "et", "ru", "hy"):
            for feature in FEATURES * VISITS:
                read_once(f"{site.address}/{language}/{feature}")
        put_on(site.address + ARTICLE, 64, SECONDS)
        for worker in tree(site.pid)[1:]:
            report.at_most("memory of a worker after all features were used", memory(worker), MEMORY, "MB")


if __name__ == "__main__":
    main()
