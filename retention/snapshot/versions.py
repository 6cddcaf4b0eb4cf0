"""The folder of a snapshot: whole versions of the site, of which one is the current one.

    <folder>/current                 leads to the newest version; changes from one moment to the next
    <folder>/<version>/pages/        the pages, compressed ones beside them
    <folder>/<version>/manifest.json digest and headers of each page

What hasn't changed since the version before takes no room and no time: both have the same file.
"""

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import brotli
from django.core.files import locks

from ..page_cache.answers import Headers, is_text

CURRENT, UNFINISHED = "current", "unfinished-"
# What a directory's page is called, by its type.
INDEXES = {"text/html": "index.html", "application/atom+xml": "index.atom"}
# A server says these of a file by itself.
OF_THE_FILE = ("Content-Length", "Content-Encoding", "ETag", "Vary", "Last-Modified")
# Pages are read far more often than written here.
COMPRESSED = {".gz": lambda body: gzip.compress(body, 9, mtime=0), ".br": lambda body: brotli.compress(body)}


class Version:
    """One version of the site, while it is written and afterwards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        manifest = folder / "manifest.json"
        self.pages: dict[str, dict] = json.loads(manifest.read_text()) if manifest.exists() else {}

    def add(self, path: str, headers: Headers, body: bytes, former: "Version | None") -> bool:
        """Write the page at `path`; tell whether it differs from that of the version before."""
        kind = dict(headers)["Content-Type"].partition(";")[0]
        name = path[1:] + (INDEXES[kind] if path.endswith("/") else "")
        page = {
            "digest": hashlib.sha256(body).hexdigest(),
            "headers": {name: value for name, value in headers if name not in OF_THE_FILE},
        }
        self.pages[name] = page
        target = self.folder / "pages" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if former and former.pages.get(name, {}).get("digest") == page["digest"]:
            former.lend(name, target)
            return False
        target.write_bytes(body)
        for suffix, compress in COMPRESSED.items() if is_text(kind, body) else ():
            target.with_name(target.name + suffix).write_bytes(compress(body))
        return True

    def lend(self, name: str, target: Path) -> None:
        """Let another version have the files of a page, too."""
        own = self.folder / "pages" / name
        for suffix in ("", *COMPRESSED):
            file = own.with_name(own.name + suffix)
            if file.exists():
                os.link(file, target.with_name(target.name + suffix))

    def finish(self) -> None:
        (self.folder / "manifest.json").write_text(json.dumps(self.pages))


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time write versions into `folder`; raises BlockingIOError for another."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        if not locks.lock(file, locks.LOCK_EX | locks.LOCK_NB):
            raise BlockingIOError
        yield


def current(folder: Path) -> Version | None:
    """Return the version that is served now."""
    link = folder / CURRENT
    return Version(link.resolve()) if link.is_symlink() and link.exists() else None


@contextmanager
def new_version(folder: Path) -> Iterator[Version]:
    """Give a version to be written; it becomes the current one at the end, and vanishes if there is an error."""
    for left_over in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left_over)
    version = Version(Path(mkdtemp(prefix=UNFINISHED, dir=folder)))
    try:
        yield version
    except BaseException:
        shutil.rmtree(version.folder)
        raise
    # A web server is somebody else.
    version.folder.chmod(0o755)
    version.finish()
    before = current(folder)
    finished = version.folder.rename(folder / version.folder.name.removeprefix(UNFINISHED))
    link = folder / f"{UNFINISHED}link"
    link.unlink(missing_ok=True)
    link.symlink_to(finished.name)
    link.replace(folder / CURRENT)
    # Whoever opened a file of the version before goes on reading it; those still older nobody reads.
    kept = {finished.name, before.folder.name if before else ""}
    for version_folder in folder.iterdir():
        if version_folder.is_dir() and not version_folder.is_symlink() and version_folder.name not in kept:
            shutil.rmtree(version_folder)
