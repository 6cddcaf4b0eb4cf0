"""manage.py restore: the database as it was when a backup was made."""

import sys
from collections import deque
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils import timezone

from articles.progress import progress
from retention.backups.files import Backup, opened
from retention.backups.manifest import Refused
from retention.backups.restoring import check_fits, compared, lost, restored
from retention.backups.saving import Database, database


class Command(BaseCommand):
    help = "Put a backup in the place of the database, once all of it is known to be well; keep what was there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--yes", action="store_true", help="Don't ask.")
        parser.add_argument(
            "--keep", type=Path, metavar="FILE", help="Where what is there now is kept (default: a file beside FILE)."
        )

    def handle(self, file: Path, **options) -> None:
        file = file.absolute()
        keep = options["keep"] or file.with_name(f"before-{timezone.localtime():%Y-%m-%d-%H%M%S}.backup")
        try:
            with opened(file) as backup:
                self.restore(backup, keep.absolute(), is_agreed=options["yes"])
        except FileExistsError:
            reason = f"{keep} is there already. Give another name with --keep"
        except Refused as error:
            reason = f"{file}: {error}"
        except OSError as error:
            reason = f"{error.filename or file}: {error.strerror or error}"
        except Error as error:
            reason = f"The database: {str(error).strip().splitlines()[0]}"
        else:
            return
        raise CommandError(f"{reason}. Nothing was changed.")

    def restore(self, backup: Backup, keep: Path, *, is_agreed: bool) -> None:
        target = database()
        check_fits(target, backup.manifest)
        deque(compared(target.read(backup), backup.manifest), maxlen=0)
        if not is_agreed:
            self.ask(target, backup, keep)
        deque(progress(restored(target, backup, keep), len(backup.manifest.tables), self.stderr), maxlen=0)
        self.stdout.write(f"The database is what it was on {backup.manifest.made}. Everybody has to sign in again.")

    def ask(self, target: Database, backup: Backup, keep: Path) -> None:
        """Say what would be lost; end here unless somebody agrees."""
        self.stdout.write(f"{target} becomes what it was on {backup.manifest.made}:")
        for what, now, then in lost(target, backup.manifest):
            self.stdout.write(f"  {what}: {now:,} now, {then:,} then")
        self.stdout.write(f"What was saved since is lost, but for a backup of it: {keep}")
        if not sys.stdin.isatty():
            raise CommandError("Nobody is there to ask: give --yes. Nothing was changed.")
        if input("Restore it? Type yes: ") != "yes":
            raise CommandError("Nothing was changed.")
