"""A backup is made while editors save; a restore is killed; files are damaged."""

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
    "A backup holds one moment, though four editors go on saving. A restore that is killed has restored nothing or "
    "all, and the next one restores all. No damaged file is restored."
)
DAMAGES = 12
# When a restore is killed, as a share of the time that it takes.
SHARES = (0.2, 0.35, 0.5, 0.65, 0.8)


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
        refused = sum(damaged(site, path, place) for place in range(DAMAGES))
        outcome.expect(refused == DAMAGES and told_by(site) == now, f"{refused} of {DAMAGES} damaged files refused")
        begun = time.monotonic()
        site.manage("restore", str(path), "--yes")
        took, then = time.monotonic() - begun, told_by(site)
        outcome.expect(then != now, f"restored in {took:.1f} s")
        outcome.expect(halves_of(then) == 0, f"{halves_of(then)} objects whose text, revisions and log disagree")
        kept = next(Path(folder).glob("before-*"))
        site.manage("restore", str(kept), "--yes")
        outcome.expect(told_by(site) == now, "what was there before came back")
        states = []
        for share in SHARES:
            states.append(state_after_a_kill(site, path, share * took))
            if states[-1] != now:
                site.manage("restore", str(kept), "--yes")
        halves = sum(state not in (now, then) for state in states)
        outcome.expect(halves == 0, f"{len(states)} restores killed, {states.count(then)} after all was restored")
    return outcome


def state_after_a_kill(site: Site, path: Path, seconds: float) -> dict:
    """Return what is stored after a restore that was killed after so many seconds."""
    command = [sys.executable, "manage.py", "restore", str(path), "--yes"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(seconds)
    process.kill()
    process.wait()
    return told_by(site)


def damaged(site: Site, path: Path, place: int) -> bool:
    """Change a byte in one of DAMAGES places; tell whether the file is refused."""
    content = bytearray(path.read_bytes())
    content[(2 * place + 1) * len(content) // (2 * DAMAGES)] ^= 0x55
    other = path.with_name("damaged.backup")
    other.write_bytes(content)
    command = [sys.executable, "manage.py", "restore", str(other), "--yes"]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    return done.returncode == 1 and done.stderr.endswith("Nothing was changed.\n")
