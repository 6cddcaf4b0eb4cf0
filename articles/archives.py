"""The content format of the repository as a ZIP file: all content out, and back in as load_content would load it."""

import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.utils.translation import gettext as _

from .collection import Record, files_of, group_of, read_collection
from .documents import ContentError
from .loading import Loaded, Outcome, digest, fields_of, load, model_named, records_of, with_relations
from .models import Article, Topic
from .units import BATCH, Refused, within
from .zips import Damaged, members

ARTICLES = 50
UNPACKED = 20_000_000  # bytes
# A folder and a file in it, and nothing that leads elsewhere.
MEMBER = re.compile(r"[\w-]{1,100}/[\w-]{1,100}\.(?:toml|md)", re.ASCII)
MACOS = re.compile(r"__MACOSX/.*|(?:.*/)?\.DS_Store", re.DOTALL)


@dataclass
class Loading:
    """What loading an archive does, or would do; `fingerprint` differs as soon as a text that it may change does."""

    loaded: list[Loaded]
    fingerprint: str

    @property
    def counts(self) -> list[tuple[Outcome, int]]:
        counts = Counter(each.outcome for each in self.loaded)
        return [(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]]

    @property
    def writes(self) -> bool:
        """Whether anything comes of it."""
        return any(each.written for each in self.loaded)


def written(file: IO[bytes]) -> None:
    """Write all content of the database to `file`, a few articles at a time."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for folder, records in groups():
            for name, text in files_of(records):
                if text:
                    archive.writestr(f"{folder}/{name}", text)


def groups() -> Iterator[tuple[str, list[Record]]]:
    """Return the records of each folder, with its name."""
    yield "topics", list(records_of(Topic.objects.all()))
    keys = list(Article.objects.values_list("key", flat=True))
    for start in range(0, len(keys), ARTICLES):
        by_folder: dict[str, list[Record]] = {}
        for queryset in within(Article.objects.filter(key__in=keys[start : start + ARTICLES])):
            for record in records_of(queryset):
                by_folder.setdefault(group_of(record), []).append(record)
        yield from by_folder.items()


def tried(content: bytes, *, overwrite: bool) -> Loading:
    """Return what loading this archive would do, and change nothing."""
    with transaction.atomic():
        loading = loaded_from(content, overwrite=overwrite)
        transaction.set_rollback(True)
    return loading


def loaded_from(content: bytes, *, overwrite: bool, user=None) -> Loading:
    """Load an archive, as done by `user`, in the caller's transaction, to be rolled back when Refused ends it."""
    with unpacked(content) as folder:
        try:
            records = read_collection(folder)
            if not records:
                raise Refused(_("There is no content in this archive."))
            before = fingerprint_of(records)
            loaded = list(load(records, overwrite=overwrite, user=user))
        except ContentError as error:
            reason = str(error).replace(f"{folder}/", "")
            raise Refused(_("This archive can’t be loaded: %(reason)s") % {"reason": reason}) from None
    outcomes = [(each.record.name, each.outcome.value, each.written, each.kept) for each in loaded]
    return Loading(loaded, digest([before, repr(outcomes)]))


@contextmanager
def unpacked(content: bytes) -> Iterator[Path]:
    """Unpack an archive into a folder for a while; raise Refused where it holds anything but content files."""
    files = content_files(content)
    check_members(name for name, _text in files)
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text)
        yield Path(folder)


def content_files(content: bytes) -> list[tuple[str, bytes]]:
    """Return name and content of the files in an archive, without what macOS puts in beside them."""
    try:
        found = list(members(content, UNPACKED))
    except Damaged:
        raise Refused(_("This file is damaged, or no ZIP file.")) from None
    return [(name, text) for name, text in found if not name.endswith("/") and not MACOS.fullmatch(name)]


def check_members(names: Iterable[str]) -> None:
    counts = Counter(names)
    if foreign := [name for name in counts if not MEMBER.fullmatch(name)]:
        message = _("“%(name)s” has no place in an archive of content: there are folders, with .toml and .md files.")
        raise Refused(*(message % {"name": name} for name in foreign))
    if doubled := [name for name, count in counts.items() if count > 1]:
        raise Refused(*(_("“%(name)s” is in the archive twice.") % {"name": name} for name in doubled))


def fingerprint_of(records: list[Record]) -> str:
    """Return what the objects of these records are known by, as the database holds them now."""
    state = hashlib.sha256()
    for model, group in groupby(records, key=attrgetter("model")):
        keys = [record.key for record in group]
        for start in range(0, len(keys), BATCH):
            rows = with_relations(model_named(model).objects.filter(key__in=keys[start : start + BATCH]))
            for obj in rows.order_by("key"):
                state.update(f"{model} {obj.key} {digest(list(map(str, fields_of(obj).items())))}".encode())
    return state.hexdigest()
