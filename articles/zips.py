"""ZIP files from elsewhere: what is looked at before anything is unpacked."""

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from .units import Refused

MOST_FILES = 5_000
ENCRYPTED = 0x1


@contextmanager
def opened(content: bytes, limit: int) -> Iterator[ZipFile]:
    """Open a ZIP file; raise Refused if it is none, or unpacks to more than `limit` bytes or to too many files.

    Reading a member gives no more bytes than its header has announced.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES or sum(member.file_size for member in members) > limit:
                raise Refused(_("This file unpacks to more than is taken at once."))
            if any(member.flag_bits & ENCRYPTED for member in members):
                raise Refused(_("This file is protected by a password."))
            yield archive
    except (BadZipFile, NotImplementedError, EOFError, OSError, zlib.error):
        raise Refused(_("This file is damaged, or no ZIP file.")) from None
