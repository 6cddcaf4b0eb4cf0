"""manage.py backup: the whole database in one file."""

from collections import deque
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.progress import progress
from retention.backups.files import opened
from retention.backups.manifest import Refused
from retention.backups.restoring import check_fits, compared
from retention.backups.saving import database, saved, tables


class Command(BaseCommand):
    help = "Write the whole database to a file, as it is at one moment, while everybody goes on reading and writing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--overwrite", action="store_true", help="Replace FILE if it is there.")
        parser.add_argument("--check", action="store_true", help="Only look whether FILE could be restored.")

    def handle(self, file: Path, **options) -> None:
        file = file.absolute()
        try:
            if options["check"]:
                self.check_file(file)
            else:
                self.save(file, overwrite=options["overwrite"])
        except FileExistsError:
            raise CommandError(f"{file} is there already. Give another name, or --overwrite.") from None
        except Refused as error:
            raise CommandError(f"{file}: {error}.") from None
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {error.strerror or error}.") from None

    def save(self, file: Path, *, overwrite: bool) -> None:
        deque(progress(saved(database(), file, overwrite=overwrite), tables(), self.stderr), maxlen=0)
        self.stdout.write(f"{file} is written, {file.stat().st_size / 1e6:,.1f} MB. Keep it as you keep a password.")

    def check_file(self, file: Path) -> None:
        here = database()
        with opened(file) as backup:
            check_fits(here, backup.manifest)
            found = compared(here.read(backup), backup.manifest)
            deque(progress(found, len(backup.manifest.tables), self.stderr), maxlen=0)
            rows = sum(table.rows for table in backup.manifest.tables.values())
        self.stdout.write(f"{file} is whole: {rows:,} rows as they were saved on {backup.manifest.made}.")
