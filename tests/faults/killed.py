"""Processes are ended by SIGKILL during a thousand saves at the desk: a worker, the whole server, the database."""

import os
import signal

from .editors import Desk
from .ledger import compare
from .outcome import Outcome
from .site import serving

PROMISED = (
    "Every save that was acknowledged is there, none is there by half: text, revision, log and search entries agree. "
    "A worker is replaced, the server starts again, the database recovers by itself."
)
SAVES = 1000


def cause(engine) -> Outcome:
    outcome = Outcome()
    with serving(engine.url) as site:
        desk = Desk(site)
        desk.open()
        try:
            desk.wait_for(SAVES // 4)
            os.kill(site.workers[0], signal.SIGKILL)
            desk.wait_for(SAVES // 2)
            site.kill()
            site.start()
            desk.wait_for(3 * SAVES // 4)
            if engine.name == "PostgreSQL":
                engine.kill()
                engine.start()
            else:
                os.kill(site.workers[-1], signal.SIGKILL)
            desk.wait_for(SAVES)
        finally:
            desk.close()
        failures = sum(len(editor.failures) for editor in desk.editors)
        last = "the database" if engine.name == "PostgreSQL" else "another worker"
        outcome.tell(f"a worker, the server and {last} killed")
        outcome.tell(f"{failures} requests without an acknowledgement")
        compare(desk, site, outcome)
        site.manage("check", "--database", "default", "--fail-level", "WARNING")
    return outcome
