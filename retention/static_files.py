"""How static files are kept for serving."""

import datetime as dt
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Blanks that mean nothing. One before a colon does: it makes a descendant of a pseudo-class.
BLANKS = re.compile(r"(?<=[{};:,])\s+|\s+(?=[{}])")
IMPORT = re.compile(r'@import "([^"]+)";')
# Each of these names the style sheets of one kind of page.
PAGES = "css/pages/"


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Keeps style sheets without comments and blanks, all files compressed, under names that tell their content.

    A style sheet is kept with what it imports in place of its imports, so that a page asks for one file.
    """

    def _save(self, name: str, content: File) -> str:
        if not name.endswith(".css"):
            return super()._save(name, content)
        style = with_imports(b"".join(content.chunks()).decode(), name)
        return super()._save(name, ContentFile(BLANKS.sub("", COMMENT.sub("", style)).strip().encode()))

    def post_process(self, paths: dict, **options) -> Iterator[tuple]:
        # What is given names and compressed is what is kept, not what it was made from.
        return super().post_process({name: (self, name) for name in paths}, **options)

    def get_modified_time(self, name: str) -> dt.datetime:
        # What it imports may be newer than a page's style sheet, so it is always made again.
        return dt.datetime.min.replace(tzinfo=dt.UTC) if name.startswith(PAGES) else super().get_modified_time(name)


def with_imports(style: str, name: str) -> str:
    """Return the style sheet called `name` with those that it imports in their places."""

    def imported(found: re.Match) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[1]))
        return with_imports(Path(finders.find(path)).read_text(), path)

    return IMPORT.sub(imported, style)
