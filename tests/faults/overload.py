"""Readers come twice as fast as the server can answer, for a minute."""

import re
import subprocess
import time

from bench.server.machine import memory

from ..debian import program
from .outcome import Outcome
from .site import Site, seconds_until, serving

PROMISED = (
    "Pages in the cache are answered without an error for 60 s, memory stays bounded, and answers are as fast as "
    "before within 5 s."
)
PATH = "/en/articles/seven-steps-to-customer-loyalty/"
SECONDS, GROWTH = 60, 40
# What keeps the server busy, and twice as many as its threads take up.
USUAL, MANY = 8, 512


def cause(engine) -> Outcome:
    outcome = Outcome()
    with serving(engine.url) as site:
        usual, _told = put_on(site, USUAL, 5)
        quick = latency(site)
        before = taken(site)
        rate, told = put_on(site, MANY, SECONDS)
        failed = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
        lost = re.search(r"Socket errors: (.+)", told)
        outcome.tell(f"{usual:,.0f} answers a second to {USUAL} connections, {rate:,.0f} to {MANY}")
        outcome.expect(
            not failed, f"{failed[1] if failed else 'no'} errors; sockets: {lost[1] if lost else 'none failed'}"
        )
        grown = taken(site) - before
        outcome.expect(grown < GROWTH, f"memory grew by {grown:.0f} MB in all")
        back = seconds_until(lambda: latency(site) < max(3 * quick, 0.02), patience=20)
        outcome.expect(
            back is not None and back < 5, f"as fast as before after {back or 20:.1f} s ({quick * 1000:.0f} ms)"
        )
    return outcome


def put_on(site: Site, connections: int, seconds: int) -> tuple[float, str]:
    """Let wrk ask for one page; return the answers a second and what it tells."""
    command = [program("wrk", "wrk"), "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    arguments = ["-H", "Accept-Encoding: gzip", site.address + PATH]
    told = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True).stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), told


def latency(site: Site) -> float:
    """Return how long an answer takes, the longest of a few."""
    times = []
    for _ in range(10):
        begun = time.monotonic()
        site.get(PATH)
        times.append(time.monotonic() - begun)
    return max(times)


def taken(site: Site) -> float:
    """Return the megabytes of all workers."""
    return sum(map(memory, site.workers))
