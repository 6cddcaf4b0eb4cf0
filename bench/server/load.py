"""Readers by the thousand: wrk, Debian's or whoever's."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from tests.unavailable import Unavailable

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


def ensure_wrk() -> None:
    """Install wrk where it is missing; raises Unavailable where it can't be had."""
    if shutil.which("wrk"):
        return
    if os.getuid() == 0 and shutil.which("apt-get"):
        print("Installing wrk …", flush=True)
        quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "wrk"]):
            subprocess.run(["apt-get", "--quiet", *arguments], check=False, **quiet)
    if not shutil.which("wrk"):
        raise Unavailable("wrk is missing; on Debian: apt-get install wrk")


def put_on(url: str, connections: int, seconds: float) -> Load:
    """Ask for one address over so many connections for so long."""
    command = [
        "wrk",
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
