"""What a page depends on, told from the request alone."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from .routes import parameters_of

# More than any page asks for: what has more is no request of a reader.
MOST_PARAMETERS = 100


class Key(NamedTuple):
    """The address of a page, all of which it may depend on: it names itself with scheme and host."""

    is_secure: bool
    host: str
    mount: str
    path: str
    query: str


def key_of(environ: Mapping) -> Key | None:
    """Return the key of the page that a request asks for; None if its answer can't be kept."""
    query = environ["QUERY_STRING"]
    if query:
        query = canonical(environ["PATH_INFO"], query)
        if query is None:
            return None
    host = environ.get("HTTP_HOST")
    if not host:
        return None
    is_secure = environ["wsgi.url_scheme"] == "https"
    return Key(is_secure, host.lower(), environ.get("SCRIPT_NAME", ""), environ["PATH_INFO"], query)


@lru_cache(maxsize=4096)
def canonical(path: str, query: str) -> str | None:
    """Return what of a query the page at `path` depends on, in one order; None if its answer can't be kept."""
    known = parameters_of(path)
    if known is None or "*" in known:
        return None
    try:
        # WSGI hands bytes over as if they were Latin-1.
        text = query.encode("latin-1").decode()
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        return None
    kept = urlencode(sorted((pair for pair in pairs if pair[0] in known), key=lambda pair: pair[0]))
    # What no text has is refused by the application.
    return None if "%00" in kept else kept
