"""manage.py load_content: the authored texts into the database."""

from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.collection import AUTHORED, read_collection
from articles.documents import ContentError
from articles.indexing import has_grown, recount
from articles.loading import Loaded, Outcome, load
from articles.progress import progress
from retention.audit.models import Kind
from retention.audit.recording import record


class Command(BaseCommand):
    help = "Load the authored content into the database, keeping what editors changed; all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=AUTHORED, help="default: articles/content")
        parser.add_argument("--overwrite", action="store_true", help="let the files win over what editors changed")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, folder: Path, overwrite: bool, dry_run: bool, verbosity: int, **options) -> None:
        if not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        counts: Counter[Outcome] = Counter()
        try:
            records = read_collection(folder)
            with transaction.atomic():
                for loaded in progress(load(records, overwrite=overwrite), len(records), self.stderr):
                    counts[loaded.outcome] += 1
                    if dry_run or verbosity > 1:
                        self.tell(loaded)
                if has_grown():
                    recount()
                summary = ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome if counts[outcome])
                record(Kind.COMMAND, detail=f"load_content: {summary or 'nothing'}")
                transaction.set_rollback(dry_run)
        except ContentError as error:
            raise CommandError(f"{error}\nNothing was loaded.") from None
        self.stdout.write(f"{'Would be' if dry_run else 'Loaded'}: {summary or 'nothing'}.")

    def tell(self, loaded: Loaded) -> None:
        """Write a line on a record that isn't simply as the files have it."""
        if loaded.outcome == Outcome.UNCHANGED:
            return
        details = [", ".join(loaded.written)] if loaded.outcome == Outcome.UPDATED else []
        details += [f"editors' {', '.join(loaded.kept)} stay"] if loaded.kept else []
        self.stdout.write(
            ": ".join([f"{loaded.record.name} {loaded.outcome.value}", *filter(None, ["; ".join(details)])])
        )
