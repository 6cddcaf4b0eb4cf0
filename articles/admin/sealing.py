"""What a preview keeps of an upload until it is applied: signed, in the form itself.

So it survives whichever worker answers next, needs no cleaning up, and can't be forged.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..units import Refused

SALT = "articles.sealing"
# Below DATA_UPLOAD_MAX_MEMORY_SIZE, with room for the rest of the form.
LONGEST = 2_300_000
HOLDS = 6 * 60 * 60  # seconds


def sealed(request: HttpRequest, kind: str, *values: Any) -> str:
    """Return `values` for the form to bring back to this person; raise Refused if they are too much for one."""
    seal = signing.dumps([kind, request.user.pk, *values], salt=SALT, compress=True)
    if len(seal) > LONGEST:
        raise Refused(_("There is too much text in this file: export and import fewer texts at once."))
    return seal


def unsealed(request: HttpRequest, kind: str) -> list[Any]:
    """Return the values that were `sealed`; raise Refused if they aren't as they were, are old, or somebody else's."""
    try:
        kind_then, user, *values = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        raise Refused(_("This preview holds no more. Choose the file again.")) from None
    if (kind_then, user) != (kind, request.user.pk):
        raise Refused(_("This preview holds no more. Choose the file again."))
    return values
