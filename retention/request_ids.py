"""A name for each request, by which what was logged of it is found: a trusted proxy's, or one of our own."""

from collections.abc import MutableMapping
from contextvars import ContextVar
from secrets import token_hex

REQUEST_ID = "HTTP_X_REQUEST_ID"
# The request that a thread answers. A page that is made for the page cache is made for it, too.
answered: ContextVar[MutableMapping] = ContextVar("answered")


def request_id() -> str:
    """Return the name of the request that is being answered, made when it is first asked for; "" beside requests."""
    environ = answered.get(None)
    if environ is None:
        return ""
    if REQUEST_ID not in environ:
        environ[REQUEST_ID] = token_hex(8)
    return environ[REQUEST_ID]
