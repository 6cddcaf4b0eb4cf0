"""A line for each request, of which nobody can tell whose it was."""

import logging
import re
from collections.abc import Callable, Iterable, MutableMapping
from time import perf_counter

logger = logging.getLogger(__name__)

# What addresses of ours are made of. Anything else may be a name, an address, a key or a forged line.
SHOWN = re.compile(r"[A-Za-z0-9._-]{0,80}")
HIDDEN = "*"
# What comes after it is a key to what isn't published yet.
SECRET = ("preview",)


def shown(path: str) -> str:
    """Return of a path what may be logged: no secret, nothing that can't be part of an address of the site."""
    parts = path[:500].split("/")
    return "/".join(
        part if SHOWN.fullmatch(part) and before not in SECRET else HIDDEN
        for before, part in zip(["", *parts], parts, strict=False)
    )


class AccessLog:
    """A WSGI application that logs what another one answers, as soon as that is ready to be sent."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: MutableMapping, start_response: Callable) -> Iterable[bytes]:
        begun = perf_counter()
        answer = ["500", []]

        def start(status: str, headers: list[tuple[str, str]], *exc_info: object) -> object:
            answer[:] = status, headers
            return start_response(status, headers, *exc_info)

        try:
            return self.application(environ, start)
        finally:
            log(environ, *answer, perf_counter() - begun)


def log(environ: MutableMapping, status: str, headers: Iterable[tuple[str, str]], seconds: float) -> None:
    named = dict(headers)
    told = {
        "method": shown(environ["REQUEST_METHOD"]),
        "path": shown(environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]),
        "status": int(status[:3]),
        "ms": round(seconds * 1000, 2),
        "bytes": int(named.get("Content-Length", 0)),
        # "pages; hit" and the like
        "cache": named.get("Cache-Status", "").partition("; ")[2],
    }
    logger.info("%(method)s %(path)s %(status)s %(ms)s ms %(bytes)s bytes %(cache)s", told, extra=told)
