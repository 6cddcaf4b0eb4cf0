"""The way back: what is in a backup is looked at beside the database, and takes its place only if all is well."""

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_noop
from reversion.models import Revision

from articles.comments import kept_comment
from articles.models import Advice, Article, ContentStamp
from articles.sentences import Sentence

from ..audit.models import Kind
from ..audit.recording import record
from ..turns import alone
from .files import Backup
from .manifest import Manifest, Refused
from .rows import Sum
from .saving import Database, saved

ENGINES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
FROM_BACKUP = gettext_noop("On the command line, from the backup %(file)s of %(made)s.")


def check_fits(target: Database, manifest: Manifest) -> None:
    """Raise Refused if a backup is of another kind of database, or if this program is too old for it."""
    if manifest.engine != target.vendor:
        raise Refused(
            f"it is a backup of {ENGINES.get(manifest.engine, manifest.engine)}, and this site is on "
            f"{ENGINES[target.vendor]}. All content goes from one to the other as a ZIP file, at the desk"
        )
    known = MigrationLoader(None).disk_migrations
    if newer := [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]:
        raise Refused(f"it was made by a newer version of the program, which has migrated {newer[0]}")


def compared(sums: Generator[tuple[str, Sum], None, None], manifest: Manifest) -> Iterator[str]:
    """Compare tables with what a manifest says of them, telling of each that agrees; raise Refused if one doesn't."""
    missing = dict(manifest.tables)
    # What was unpacked to be looked at goes away at once.
    with closing(sums):
        for name, (rows, digest) in sums:
            said = missing.pop(name, None)
            if said is None or (said.rows, said.digest) != (rows, digest):
                raise Refused(f"it is damaged: the rows of {name} aren't those that were saved")
            yield name
    if missing:
        raise Refused(f"it is damaged: {min(missing)} is missing")


def restored(target: Database, backup: Backup, keep: Path) -> Iterator[str]:
    """Restore a backup, telling of each table that is as it was; what was there goes into a backup of its own.

    Until the very last step nothing has changed. Raises FileExistsError if a file is already there.
    """
    if keep.exists():
        raise FileExistsError
    with alone("prepare"), target.beside_it(backup):
        yield from compared(target.sums(backup), backup.manifest)
        call_command("prepare", verbosity=0)
        begin_anew()
        note(backup)
        target.swap(lambda: keep_what_is_there(target, keep))


def keep_what_is_there(target: Database, path: Path) -> None:
    """Make a backup of the database that is about to be replaced, if there is anything in it."""
    if target.holds_anything:
        deque(saved(target, path, overwrite=False), maxlen=0)


def lost(target: Database, manifest: Manifest) -> Iterator[tuple[str, int, int]]:
    """Return of what people care about how much there is now, and how much there was when a backup was made."""
    for model in (Article, Advice, Revision, User):
        then = manifest.tables.get(model._meta.db_table)
        now = model.objects.count() if target.holds_anything else 0
        yield str(model._meta.verbose_name_plural), now, then.rows if then else 0


def begin_anew() -> None:
    """End all sessions, some of which have ended since, and give the content a stamp that no page was made with."""
    import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects.all().delete()
    ContentStamp.leap()


def note(backup: Backup) -> None:
    """Have the audit log, which is another one from now on, tell where it comes from."""
    sentence = Sentence(FROM_BACKUP, {"file": backup.name, "made": backup.manifest.made})
    record(Kind.RESTORED, detail=kept_comment(sentence))
