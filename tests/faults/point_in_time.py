"""Somebody deletes everything; the database goes back to the moment before, by a base copy and the log since."""

import datetime as dt
import shutil
import signal
import time

import psycopg

from ..postgres import Cluster
from .outcome import Outcome
from .site import Site, serving

PROMISED = "PostgreSQL comes back as it was at a given moment: what was saved before is there, what came after isn't."
ENGINES = ("PostgreSQL",)


def cause(engine) -> Outcome:
    outcome = Outcome()
    first = engine.cluster
    archive, base, moved = (first.folder / name for name in ("archive", "base", "data-after"))
    archive.mkdir()
    shutil.chown(archive, *owner(first))
    configure(
        first,
        f"""
        archive_mode = on
        archive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f'
    """,
    )
    first.stop()
    first.start()
    with serving(engine.url) as site:
        first.run("pg_basebackup", "-h", first.folder, "-U", "postgres", "-D", base, "-c", "fast", "-X", "none")
        site.run_in("Topic.objects.filter(key='care').update(name_en='Saved after the base copy')")
        time.sleep(1)
        moment = dt.datetime.now(dt.UTC)
        time.sleep(1)
        site.run_in("Article.objects.all().delete(); Topic.objects.all().delete()")
        with psycopg.connect(site.environment["DATABASE_URL"].replace("postgres://", "postgresql://")) as database:
            database.execute("SELECT pg_switch_wal()")
        time.sleep(1)
    begun = time.monotonic()
    first.stop(signal.SIGINT)
    first.data.rename(moved)
    base.rename(first.data)
    configure(
        first,
        f"""
        archive_mode = off
        restore_command = 'cp {archive}/%f %p'
        recovery_target_time = '{moment.isoformat()}'
        recovery_target_action = 'promote'
    """,
    )
    (first.data / "recovery.signal").touch()
    first.start()
    wait_until_it_writes(engine.url)
    outcome.tell(f"recovered in {time.monotonic() - begun:.1f} s")
    site = Site(engine.url)
    found = site.manage(
        "shell",
        "-v0",
        "-c",
        "from articles.models import *\nprint(Article.objects.count(), Topic.objects.get(key='care').name_en)",
    ).stdout.strip()
    outcome.expect(found == "5 Saved after the base copy", f"found: {found}")
    site.stop()
    return outcome


def configure(cluster: Cluster, lines: str) -> None:
    with (cluster.data / "postgresql.auto.conf").open("a") as file:
        file.write("\n".join(line.strip() for line in lines.strip().splitlines()) + "\n")


def owner(cluster: Cluster) -> tuple[int, int]:
    """Return user and group of the server."""
    found = cluster.folder.stat()
    return found.st_uid, found.st_gid


def wait_until_it_writes(url: str) -> None:
    """Wait until the recovery has come to its end."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with psycopg.connect(url.replace("postgres://", "postgresql://")) as database:
                if not database.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
                    return
        except psycopg.OperationalError:
            pass
        time.sleep(0.1)
    raise AssertionError("the recovery didn't come to its end")
