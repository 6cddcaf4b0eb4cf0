"""ZIP files from elsewhere: what is looked at before anything is unpacked."""

import io
import struct
import zlib
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from .units import Refused

MOST_FILES = 5_000
ENCRYPTED = 0x1


class Damaged(Exception):
    """A file that is no ZIP file, or one no longer."""


def members(content: bytes, limit: int) -> Iterator[tuple[str, bytes]]:
    """Give name and content of each member of a ZIP file.

    Raises Damaged if it is none, and Refused if it unpacks to more than `limit` bytes or to too many files; reading a
    member gives no more bytes than its header has announced.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            check(archive.infolist(), limit)
            for member in archive.infolist():
                yield member.filename, archive.read(member)
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, struct.error, zlib.error):
        raise Damaged from None


def check(found: list[ZipInfo], limit: int) -> None:
    if len(found) > MOST_FILES or sum(member.file_size for member in found) > limit:
        raise Refused(_("This file unpacks to more than is taken at once."))
    if any(member.flag_bits & ENCRYPTED for member in found):
        raise Refused(_("This file is protected by a password."))
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in found):
        raise Refused(_("This file is compressed in an unusual way. Pack it as an ordinary ZIP file."))
