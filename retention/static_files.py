"""How static files are kept, and how they are served."""

import datetime as dt
import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile, File
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import Response, StaticFile
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


class Postponed:
    """A file whose headers are made when it is first asked for."""

    def __init__(self, make: Callable[[], StaticFile]) -> None:
        self._made = cache(make)

    def get_response(self, method: str, headers: Mapping[str, str]) -> Response:
        return self._made().get_response(method, headers)


class StaticFiles(WhiteNoiseMiddleware):
    """Serves the static files that are there when the site starts.

    Most are the desk's. To make ready what is sent with each of them took a tenth of the start.
    """

    def get_static_file(self, path: str, url: str, stat_cache: Mapping | None = None) -> StaticFile | Postponed:
        make = partial(super().get_static_file, path, url, stat_cache)
        # Without it, files are looked for with every request.
        return Postponed(make) if stat_cache is not None else make()
