"""What proxies tell of a request: believed of those in TRUSTED_PROXIES alone, and then said where WSGI says it.

Nothing behind this sees of such headers what anybody can write.
"""

import re
from collections.abc import Callable, Iterable, MutableMapping

from .networks import Networks, address
from .request_ids import REQUEST_ID, answered

FOR, PROTO = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
TOLD = (
    *(FOR, PROTO, REQUEST_ID, "HTTP_FORWARDED", "HTTP_X_REAL_IP"),
    *(f"HTTP_X_FORWARDED_{name}" for name in ("HOST", "PORT", "PREFIX", "SSL", "SERVER")),
)
# Says that whoever asks does so for somebody else, and that it isn't known for whom.
HEARSAY = "retention.hearsay"
WELL_FORMED_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Proxies:
    """A WSGI application that settles what proxies tell before another one is asked."""

    def __init__(self, application: Callable[..., Iterable[bytes]], trusted: Networks) -> None:
        self.application = application
        self.trusted = trusted

    def __call__(self, environ: MutableMapping, start_response: Callable) -> Iterable[bytes]:
        if not environ.keys().isdisjoint(TOLD):
            self.settle(environ)
        before = answered.set(environ)
        try:
            return self.application(environ, start_response)
        finally:
            answered.reset(before)

    def settle(self, environ: MutableMapping) -> None:
        """Take away what is told; of a trusted proxy, let address, scheme and request id be as it says."""
        told = {name: environ.pop(name) for name in TOLD if name in environ}
        peer = environ.get("REMOTE_ADDR", "")
        if peer not in self.trusted:
            environ[HEARSAY] = True
            return
        environ["REMOTE_ADDR"] = self.client(peer, told.get(FOR, ""))
        # Where several proxies have told, the last is the one that we trust.
        scheme = told.get(PROTO, "").rpartition(",")[2].strip().lower()
        if scheme in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme
        if WELL_FORMED_ID.fullmatch(told.get(REQUEST_ID, "")):
            environ[REQUEST_ID] = told[REQUEST_ID]

    def client(self, peer: str, forwarded: str) -> str:
        """Return the nearest address that isn't a trusted proxy's: further ones are hearsay."""
        for hop in reversed(forwarded.split(",")):
            known = address(hop)
            if known is None:
                break
            peer = known
            if peer not in self.trusted:
                break
        return peer
