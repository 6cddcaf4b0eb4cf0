"""A backup is made while editors save; a restore is killed; files are damaged."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from ..server import ROOT
from .editors import Desk
from .ledger import halves_of, told_by
from .outcome import Outcome
from .site import Site, serving

PROMISED = (
    "A backup holds one moment, though four editors go on saving. A restore that is killed has changed nothing, the "
    "next one restores all. No damaged file is restored."
)
DAMAGES = 12


def cause(engine) -> Outcome:
    outcome = Outcome()
    with TemporaryDirectory(prefix="retention-backup-") as folder, serving(engine.url) as site:
        path = Path(folder) / "site.backup"
        desk = Desk(site)
        desk.open()
        try:
            desk.wait_for(40)
            begun, saves = time.monotonic(), desk.saves
            site.manage("backup", str(path))
            took, meanwhile = time.monotonic() - begun, desk.saves - saves
            desk.wait_for(desk.saves + 20)
        finally:
            desk.close()
        outcome.expect(meanwhile > 0, f"{meanwhile} saves during the {took:.1f} s of a backup")
        now = told_by(site)
        is_killed = kill_restores(site, path)
        outcome.expect(is_killed and told_by(site) == now, "restores killed at three moments changed nothing")
        refused = sum(damaged(site, path, place) for place in range(DAMAGES))
        outcome.expect(refused == DAMAGES and told_by(site) == now, f"{refused} of {DAMAGES} damaged files refused")
        site.manage("restore", str(path), "--yes")
        then = told_by(site)
        outcome.expect(then != now, "restored")
        outcome.expect(halves_of(then) == 0, f"{halves_of(then)} objects whose text, revisions and log disagree")
        site.manage("restore", str(next(Path(folder).glob("before-*"))), "--yes")
        outcome.expect(told_by(site) == now, "what was there before came back")
    return outcome


def kill_restores(site: Site, path: Path) -> bool:
    """Kill restores after a while; tell whether all were still at it."""
    command = [sys.executable, "manage.py", "restore", str(path), "--yes"]
    ends = []
    for seconds in (1.0, 1.4, 1.8):
        process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        ends.append(process.wait())
    return set(ends) == {-signal.SIGKILL}


def damaged(site: Site, path: Path, place: int) -> bool:
    """Change a byte in one of DAMAGES places; tell whether the file is refused."""
    content = bytearray(path.read_bytes())
    content[(2 * place + 1) * len(content) // (2 * DAMAGES)] ^= 0x55
    other = path.with_name("damaged.backup")
    other.write_bytes(content)
    command = [sys.executable, "manage.py", "restore", str(other), "--yes"]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    return done.returncode == 1 and done.stderr.endswith("Nothing was changed.\n")
