"""The fuzzer against one server: `python -m tests.fuzz.campaign REQUESTS SEED`, on the database of DATABASE_URL."""

import os
import re
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import django

from ..server import serving

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "retention.settings"
    django.setup()

from hypothesis import HealthCheck, Phase, given, seed, settings

from .answers import NO_PLACE, Answer, ask
from .heads import raw_requests
from .places import Place, places
from .plans import Plan, Planner
from .requests import Request

# Values that are long are meant to be.
warnings.filterwarnings("ignore", "Generating overly large repr")

TOGETHER = 4
# With the line before, which says what was asked for.
TRACEBACK = re.compile(r".*\n *Traceback \(most recent call last\):\n(?: .*\n)*.*")
# A server that is told to stop what it does at each fault is of no use: so many of a kind of page are enough to see.
MOST_FAULTS, MOST_SMALLER = 3, 60


@dataclass
class Row:
    """What came of all requests to one kind of page."""

    place: Place
    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def note(self, answer: Answer) -> None:
        self.statuses[answer.status] += 1
        self.slowest = max(self.slowest, answer.seconds)

    def __str__(self) -> str:
        said = " ".join(f"{status or 'closed'}:{count}" for status, count in sorted(self.statuses.items()))
        mark = f"  {len(self.faults)} FAULTS" if self.faults else ""
        return f"{self.place.route[:72]:<72} {self.statuses.total():>6} {self.slowest:>6.2f} s  {said}{mark}"


@dataclass
class Campaign:
    """Requests to every kind of page of the site that listens on `port` and writes to `log`."""

    port: int
    log: Path
    rows: list[Row] = field(default_factory=list)

    def visit(self, place: Place, count: int, number: int) -> None:
        row = Row(place)
        self.rows.append(row)
        start = self.log.stat().st_size
        if place == NO_PLACE:
            requests = generated(raw_requests(), count, number)
            cookies = {"nobody": ""}
        else:
            planner = Planner(place, lambda request: self.ask(request, cookies, row))
            cookies = planner.cookies
            requests = generated(planner.plans(), count, number)
        with ThreadPoolExecutor(TOGETHER) as pool:
            list(pool.map(lambda each: self.send(each, cookies, row), requests))
        self.read_log(start, row)

    def send(self, planned: Plan | Request, cookies: dict[str, str], row: Row) -> None:
        request = planned.request() if isinstance(planned, Plan) else planned
        fault = self.fault(request, cookies, row)
        if not fault:
            return
        row.faults.append(fault)
        if len(row.faults) <= MOST_FAULTS:
            smallest = smaller(request, lambda each: self.fault(each, cookies, row) == fault)
            print(f"{row.place.route}: {fault}\n    {smallest}", flush=True)

    def fault(self, request: Request, cookies: dict[str, str], row: Row) -> str:
        return self.ask(request, cookies, row).fault(row.place, request)

    def ask(self, request: Request, cookies: dict[str, str], row: Row) -> Answer:
        answer = ask(self.port, request.written(cookies[request.who]))
        row.note(answer)
        return answer

    def read_log(self, start: int, row: Row) -> None:
        with self.log.open("rb") as log:
            log.seek(start)
            said = log.read().decode(errors="replace")
        for found in sorted(set(TRACEBACK.findall(said))):
            row.faults.append("a traceback in the log")
            print(f"{row.place.route}: in the log\n{found}", flush=True)


def generated(strategy, count: int, number: int) -> list:
    """Return `count` values that Hypothesis makes, the same for the same number."""
    found = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value) -> None:
        found.append(value)

    collect()
    return found[:count]


def smaller(request: Request, fails: Callable[[Request], bool]) -> Request:
    """Return the request without all that isn't needed for it to fail."""
    left = MOST_SMALLER
    candidates = request.smaller()
    while candidates and left:
        left -= 1
        candidate = candidates.pop(0)
        if fails(candidate):
            request, candidates = candidate, candidate.smaller()
    return request


def main() -> int:
    count, number = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="retention-fuzz-log-") as folder:
        log = Path(folder) / "log"
        with serving(os.environ["DATABASE_URL"], log, WEB_CONCURRENCY="2") as (address, _process):
            campaign = Campaign(urlsplit(address).port, log)
            everywhere = [*places(), NO_PLACE]
            for at, place in enumerate(everywhere):
                campaign.visit(place, 1 + count // len(everywhere), number + at)
        print(*campaign.rows, sep="\n")
    faults = sum(len(row.faults) for row in campaign.rows)
    total = sum(row.statuses.total() for row in campaign.rows)
    print(f"{total} requests to {len(campaign.rows)} kinds of pages, {faults} faults")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
