"""Readers by the thousand: wrk, Debian's or whoever's."""

import re
import subprocess
from dataclasses import dataclass

from tests.debian import program

MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
ACCEPTED = "gzip"


@dataclass(frozen=True)
class Load:
    """What a number of connections that ask again and again got: answers a second, milliseconds at which half and 99 of
    100 had their answer, how many answers in all, and how many of them were errors."""

    rate: float
    half: float
    most: float
    answers: int
    errors: int


def put_on(url: str, connections: int, seconds: float) -> Load:
    """Ask for one address over so many connections for so long."""
    command = [
        program("wrk", "wrk"),
        "-t1",
        f"-c{connections}",
        f"-d{seconds}s",
        "--latency",
        "-H",
        f"Accept-Encoding: {ACCEPTED}",
        url,
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    lost = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", told)
    return Load(
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]),
        half=milliseconds(told, "50%"),
        most=milliseconds(told, "99%"),
        answers=int(re.search(r"(\d+) requests in", told)[1]),
        errors=int(errors[1] if errors else 0) + sum(map(int, lost.groups() if lost else ())),
    )


def milliseconds(told: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", told)
    return float(found[1]) * MILLISECONDS[found[2]]
