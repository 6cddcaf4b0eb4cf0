"""The database is away for a while, as when its server crashes or its disk is taken out."""

import os
import signal
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from ..page_types import LANGUAGES
from .editors import Desk, Editor
from .engines import PostgreSQL, SQLite
from .ledger import compare
from .outcome import Outcome
from .site import Site, seconds_until, serving

PROMISED = (
    "Pages that are known go on. Others, and the desk, say in the reader's language that it will pass: 503 with "
    "Retry-After. It is over a few seconds after the database is back, without a restart."
)
KNOWN = "/en/tips/"


def cause(engine: SQLite | PostgreSQL) -> Outcome:
    outcome = Outcome()
    with serving(engine.url) as site:
        desk = Desk(site, count=1)
        (editor,) = desk.editors
        # So many at a time that each worker gets some, and knows the page.
        with ThreadPoolExecutor(16) as readers:
            deque(readers.map(site.get, [KNOWN] * 160), maxlen=0)
        outcome.expect(editor.save("Save 1 of editor 0")[0] == 302, "saved before")
        engine.stop()
        known_pages_go_on(site, outcome)
        if isinstance(engine, SQLite):
            nothing_is_saved_elsewhere(editor, outcome)
            lose_the_file(engine, site, outcome)
        else:
            known_pages_are_stale(site, outcome)
        others_are_told(site, editor, outcome)
        engine.start()
        back = seconds_until(lambda: editor.save("Save 2 of editor 0")[0] == 302, patience=20)
        outcome.expect(back is not None and back < 5, f"saved again {back or 20:.1f} s after it was back")
        fresh = seconds_until(lambda: b"Save 2" in site.get(editor.page).body, patience=10)
        outcome.expect(fresh is not None and fresh < 5, f"readers see it after {fresh or 10:.1f} s")
        compare(desk, site, outcome)
    return outcome


def nothing_is_saved_elsewhere(editor: Editor, outcome: Outcome) -> None:
    """See that workers that still have the file open don't go on saving into it, wherever it is by now."""
    status, _body = editor.save("Save into a file that was moved away")
    outcome.expect(status == 503, f"nothing is saved into the file that was moved away: {status}")


def lose_the_file(engine: SQLite, site: Site, outcome: Outcome) -> None:
    """Let nobody have the file open any more: who has goes on with it wherever it is."""
    for pid in site.workers:
        os.kill(pid, signal.SIGKILL)
    # A new worker knows no page.
    back = seconds_until(lambda: answers(site), patience=20)
    outcome.expect(back is not None and not engine.path.exists(), "new workers make no empty database in its place")


def answers(site: Site) -> bool:
    with suppress(OSError):
        return site.get("/healthz").status == 200
    return False


def known_pages_go_on(site: Site, outcome: Outcome) -> None:
    known = {site.get(KNOWN).status for _ in range(40)}
    outcome.expect(known == {200}, f"40 known pages: {known}")


def known_pages_are_stale(site: Site, outcome: Outcome) -> None:
    """See that it is told; who has the file of SQLite open still reads it, and its pages aren't stale."""
    stale = seconds_until(lambda: "stale" in site.get(KNOWN).headers.get("Cache-Status", ""), patience=10)
    outcome.expect(stale is not None, f"Cache-Status says stale after {stale or 10:.1f} s")


def others_are_told(site: Site, editor: Editor, outcome: Outcome) -> None:
    status, body = editor.save("Save lost")
    outcome.expect(status == 503 and "Palaamme" in body, f"the desk, in Finnish: {status}")
    pages = [site.get(f"/{language}/search/?q=xyz") for language in LANGUAGES]
    titles = {page.body.partition(b"<title>")[2].partition(b"</title>")[0] for page in pages}
    told = {(page.status, page.headers.get("Retry-After")) for page in pages}
    outcome.expect(told == {(503, "30")}, f"pages that aren't known: {told}")
    outcome.expect(len(titles) == len(LANGUAGES), f"in {len(titles)} languages")
    outcome.expect(site.get("/healthz").status == 200 and site.get("/readyz").status == 503, "healthz 200, readyz 503")
