"""What readers see while somebody edits, and while everybody asks for the same cold page."""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from . import programs
from .load import Load, put_on
from .programs import ROOT, WORKERS, Program, read_once
from .report import Report

PATH = "/en/topics/people/"
OTHER = "/en/rules/"
REQUESTS, RUSH = 10_000, 200
# Prints the moment at which the edit was made.
EDIT = """
import time
from articles.models import Topic
topic = Topic.objects.get(key="people")
topic.name_en = "Edited"
topic.save()
print(time.time())
"""


def measure(report: Report, environment: dict[str, str]) -> None:
    with programs.gunicorn("retention.wsgi", "gthread", environment, "/healthz") as site:
        measure_rush(report, site)
        measure_edit(report, site, environment)


def measure_rush(report: Report, site: Program) -> None:
    """Let RUSH readers ask for one page at the same moment that nobody has asked for yet."""
    together = Barrier(RUSH)
    before = made(site)

    def read(_number: int) -> bytes:
        together.wait()
        return read_once(site.address + OTHER)

    with ThreadPoolExecutor(RUSH) as readers:
        pages = set(readers.map(read, range(RUSH)))
    report.say(f"  {RUSH} readers of one cold page got {len(pages)} page")
    report.at_most(
        f"a cold page that {RUSH} ask for is made, by {WORKERS} workers", made(site) - before, WORKERS, "times"
    )


def measure_edit(report: Report, site: Program, environment: dict[str, str]) -> None:
    """Edit a page while it is asked for all the time; see when the last reader got it as it was."""
    read_once(site.address + PATH)
    done = Event()
    with ThreadPoolExecutor(2) as others:
        load = others.submit(keep_asking, site, done)
        last_old = others.submit(last_seen_unedited, site, done)
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", EDIT]
        told = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True, capture_output=True).stdout
        time.sleep(3)
        done.set()
    asked, failed = load.result().answers, load.result().errors
    report.say(f"  {asked:,} requests around an edit, {failed} failed")
    report.at_most("requests that failed around an edit", failed, 0, "")
    report.at_least(f"requests around an edit, in {REQUESTS:,}", asked / REQUESTS, 1)
    report.at_most(
        "the page before the edit was seen for, after it", max(0.0, last_old.result() - float(told.split()[-1])), 1, "s"
    )


def keep_asking(site: Program, done: Event) -> Load:
    """Ask until `done`, in portions; return them together."""
    portions = []
    while not done.is_set():
        portions.append(put_on(site.address + PATH, 8, 1))
    answers, errors = sum(load.answers for load in portions), sum(load.errors for load in portions)
    return Load(portions[-1].rate, portions[-1].half, portions[-1].most, answers, errors)


def last_seen_unedited(site: Program, done: Event) -> float:
    last = 0.0
    while not done.is_set():
        begun = time.time()
        if b"Edited" not in read_once(site.address + PATH):
            last = begun
        time.sleep(0.005)
    return last


def made(site: Program) -> int:
    """Return how many pages the workers have made."""
    return int(re.search(r'from="miss"} (\d+)', read_once(f"{site.address}/metrics").decode())[1])
