"""The file that holds a backup: a ZIP file with the manifest in it, there whole or not at all."""

import hashlib
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from .manifest import Manifest, Refused

MANIFEST = "manifest.json"
LARGEST_MANIFEST = 1_000_000  # bytes
BLOCK = 1 << 20


class Draft:
    """A backup that is being written."""

    def __init__(self, archive: ZipFile, folder: Path) -> None:
        self.folder = folder
        self.members: dict[str, str] = {}
        self._archive = archive

    def through(self, name: str, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """Write one of the files in it, and hand on what is written."""
        digest = hashlib.sha256()
        # How large it gets isn't known beforehand.
        with self._archive.open(name, "w", force_zip64=True) as member:
            for block in blocks:
                member.write(block)
                digest.update(block)
                yield block
        self.members[name] = digest.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        self._archive.writestr(MANIFEST, manifest.to_json())


@contextmanager
def drafted(path: Path, *, overwrite: bool) -> Iterator[Draft]:
    """Write a backup beside `path` and move it there in one step, readable for its owner only: it holds secrets.

    Raises FileExistsError if there is a file already that isn't to be overwritten.
    """
    if path.exists() and not overwrite:
        raise FileExistsError
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                yield Draft(archive, path.parent)
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link never replaces a file that somebody has put there meanwhile.
        (os.replace if overwrite else os.link)(draft, path)
        sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def sync(folder: Path) -> None:
    """Have the names of the files in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Backup:
    """A backup that is there, every byte of which was looked at."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        if self._archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise Refused("it is no backup of this program")
        self.manifest = Manifest.from_json(self._archive.read(MANIFEST))
        if sorted(self._archive.namelist()) != sorted([*self.manifest.members, MANIFEST]):
            raise Refused("it is damaged: files are missing in it, or too many")
        for name, digest in self.manifest.members.items():
            self._check(name, digest)

    @property
    def name(self) -> str:
        return Path(self._archive.filename).name

    @property
    def size(self) -> int:
        """How many bytes it takes unpacked."""
        return sum(member.file_size for member in self._archive.infolist())

    def read(self, name: str) -> Iterator[bytes]:
        """Return the content of one of the files in it, block by block."""
        with self._archive.open(name) as member:
            yield from blocks_of(member)

    def _check(self, name: str, digest: str) -> None:
        found = hashlib.sha256()
        for block in self.read(name):
            found.update(block)
        if found.hexdigest() != digest:
            raise Refused(f"it is damaged: {name} in it isn't what was saved")


def blocks_of(file: IO[bytes]) -> Iterator[bytes]:
    """Return what is left to read of a file, block by block."""
    while block := file.read(BLOCK):
        yield block


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open a backup; raise Refused if it is damaged or none."""
    try:
        archive = ZipFile(path)
    except BadZipFile:
        raise Refused("it is damaged, cut off, or no backup at all") from None
    with archive:
        try:
            backup = Backup(archive)
        except KeyError:
            raise Refused("it is no backup of this program") from None
        # What the library raises for bytes that are others than were written.
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            raise Refused("it is damaged: what is in it can't be read") from None
        yield backup


def check_space(folder: Path, needed: int) -> None:
    """Raise Refused if there is less room in a folder than will be needed."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused(f"{folder} has {free / 1e6:,.0f} MB free, and {needed / 1e6:,.0f} MB are needed")
