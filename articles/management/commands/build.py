"""manage.py build: what is made from the source files and needs no database."""

import compileall
import hashlib
from pathlib import Path
from shutil import rmtree

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.template import engines

from articles import synonyms
from articles.catalogues import compile_catalogues
from articles.dictionaries import build_dictionaries
from retention.fingerprint import fingerprint
from retention.turns import locked


class Command(BaseCommand):
    help = (
        "Compile the program, the interface strings and the templates, collect the static files, "
        "make the dictionaries and the synonyms, once each."
    )

    def handle(self, **options) -> None:
        folder = Path(settings.VAR_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / "build.lock"):
            compile_program()
            compile_catalogues()
            build_dictionaries()
            collect_static_files(Path(settings.STATIC_ROOT) / "fingerprint")
            forget_former(folder / "templates")
            engines["jinja2"].env.compile_all()
            forget_former(synonyms.MADE)
            synonyms.build_all()


def compile_program() -> None:
    """Compile all modules: where Python writes nothing down, as in a container, each start would do it."""
    for folder in ("articles", "retention"):
        compileall.compile_dir(settings.BASE_DIR / folder, quiet=2)


def collect_static_files(stamp: Path) -> None:
    """Collect the static files unless `stamp` says that just these are collected already."""
    files = fingerprint_of_files()
    if stamp.exists() and stamp.read_text() == files:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(files)


def forget_former(folder: Path) -> None:
    """Take away what another program has made there."""
    for former in folder.glob("*"):
        if former.name != fingerprint():
            rmtree(former)


def fingerprint_of_files() -> str:
    """Return a digest that changes when a static file, or the Django that processes them, does."""
    digest = hashlib.sha256(django.__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
