"""The disk of SQLite's database is full."""

import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from ..unavailable import Unavailable
from .editors import Desk
from .engines import SQLite
from .ledger import compare
from .outcome import Outcome
from .site import serving

PROMISED = (
    "A save that doesn't fit is refused in words (503), readers notice nothing, the database stays sound, and saving "
    "goes on when there is room."
)
ENGINES = ("SQLite",)
SIZE = "32m"


@contextmanager
def small_disk():
    """Give a folder that holds as much as SIZE."""
    with tempfile.TemporaryDirectory(prefix="retention-disk-") as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True, text=True, check=False
        )
        if mounted.returncode:
            raise Unavailable(f"a small disk can't be mounted here: {mounted.stderr.strip()}")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def cause(engine: SQLite) -> Outcome:
    outcome = Outcome()
    with small_disk() as folder:
        shutil.copy(engine.path, folder)
        full = SQLite(folder)
        with serving(full.url) as site:
            desk = Desk(site, count=1)
            (editor,) = desk.editors
            outcome.expect(editor.save("Save 1 of editor 0")[0] == 302, "saved before")
            fill(folder / "other")
            # What is in the log already may be written over.
            refused = [editor.save(f"Save {number} of editor 0") for number in range(2, 20)]
            refused = [(status, body) for status, body in refused if status != 302]
            statuses = {status for status, _body in refused}
            outcome.expect(statuses == {503}, f"{len(refused)} saves refused with {statuses or 'nothing'}")
            outcome.expect(all("Palaamme" in body for _status, body in refused), "in the editor's language")
            pages = {site.get(path).status for path in ("/en/tips/", "/fi/articles/", "/hy/search/?q=xyz")}
            outcome.expect(pages == {200}, f"readers: {pages}")
            (folder / "other").unlink()
            outcome.expect(editor.save("Save 99 of editor 0")[0] == 302, "saved when there was room")
            compare(desk, site, outcome)
        with sqlite3.connect(full.path) as database:
            (sound,) = database.execute("PRAGMA integrity_check").fetchone()
        outcome.expect(sound == "ok", f"integrity_check: {sound}")
    return outcome


def fill(path: Path) -> None:
    """Take up all the room that there is."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
