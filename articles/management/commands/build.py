"""manage.py build: what is made from the source files and needs no database."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files import locks
from django.core.management import call_command
from django.core.management.base import BaseCommand

from articles.catalogues import compile_catalogues
from articles.words import build_dictionaries


class Command(BaseCommand):
    help = "Compile the interface strings, collect the static files and make the dictionaries, where they aren't yet."

    def handle(self, **options) -> None:
        with alone():
            compile_catalogues()
            build_dictionaries()
            collect_static_files(Path(settings.STATIC_ROOT) / "fingerprint")


@contextmanager
def alone() -> Iterator[None]:
    """Let one process build at a time: those that come meanwhile wait, and find it done."""
    folder = Path(settings.VAR_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("w") as file:
        locks.lock(file, locks.LOCK_EX)
        yield


def collect_static_files(stamp: Path) -> None:
    """Collect the static files unless `stamp` says that just these are collected already."""
    fingerprint = fingerprint_of_sources()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)


def fingerprint_of_sources() -> str:
    """Return a digest that changes when a static file, or the Django that processes them, does."""
    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
