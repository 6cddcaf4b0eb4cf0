"""manage.py dump_content: the content of the database as files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.collection import AUTHORED, write_collection
from articles.loading import dump
from articles.models import Advice, Article, Figure, Topic
from articles.progress import progress


class Command(BaseCommand):
    help = "Write the content of the database as files, from which load_content makes the same content again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=AUTHORED, help="default: articles/content")

    def handle(self, folder: Path, **options) -> None:
        total = sum(model.objects.count() for model in (Topic, Article, Advice, Figure))
        if not total:
            raise CommandError(f"The database holds no content. Nothing in {folder} was touched.")
        try:
            files = write_collection(progress(dump(), total, self.stderr), folder)
        except OSError as error:
            raise CommandError(f"{folder} can't be written: {error.strerror}.") from None
        self.stdout.write(f"Wrote {files} files to {folder}.")
