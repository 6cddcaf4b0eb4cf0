"""manage.py rebuild_search: the index of the search, made anew."""

from collections import deque

from django.core.management.base import BaseCommand

from articles.indexing import rebuild, total
from articles.progress import progress


class Command(BaseCommand):
    help = "Make the index of the search anew from the content, and count its words."

    def handle(self, **options) -> None:
        objects = total()
        deque(progress(rebuild(), objects, self.stderr), maxlen=0)
        self.stdout.write(f"Indexed: {objects:,} objects.")
