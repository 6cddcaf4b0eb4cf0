"""A page as it is sent: its headers, and its body in each encoding that somebody asked for."""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache

import brotli
import deflate

Headers = list[tuple[str, str]]
StartResponse = Callable[[str, Headers], object]
# Status, headers, and the body in one piece or none.
Sent = tuple[str, Headers, list[bytes]]

# How bodies are encoded, the best way first. A page of 30 kB takes Brotli 0.4 ms so; gzip, for what doesn't know that,
# 0.1, where zlib takes 0.4 for 5% fewer bytes. ISA-L takes half of that, but leaves the vector registers in a state in
# which whatever the process does takes a tenth longer from then on.
ENCODE = {
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: bytes(deflate.gzip_compress(body, 1)),
    "": bytes,
}
DECODE = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
# How the types begin and end that shrink; a picture or a PDF is compressed in itself.
TEXT_BEGINS, TEXT_ENDS = ("text/", "application/json"), ("+xml", "/xml", "+json")
SMALLEST = 200
KEPT_STATUS = ("200", "301")
# What a reader who has the page already is told of it.
VALIDATING = ("Cache-Control", "ETag", "Vary")
MADE_HERE = ("content-length", "etag", "vary")
# What it takes in memory beside its bodies, in bytes.
OVERHEAD = 4096


class Answer:
    """What one edition of the site answers to whoever asks for one page."""

    __slots__ = ("_headers", "_is_text", "_ready", "_unchanged", "edition", "etag", "is_kept", "status")

    def __init__(self, edition: str, status: str, headers: Headers, body: bytes) -> None:
        named = {name.lower(): value for name, value in headers}
        self.edition, self.status = edition, status
        # What isn't public, or brings a cookie, is for one reader only.
        is_public = "public" in named.get("cache-control", "") and "set-cookie" not in named
        self.is_kept = is_public and status.startswith(KEPT_STATUS)
        self.etag = etag_of(body) if self.is_kept and body else ""
        self._is_text = is_text(named.get("content-type", ""), body)
        self._headers = [pair for pair in headers if pair[0].lower() not in MADE_HERE]
        self._headers += [("ETag", self.etag)] if self.etag else []
        self._headers += [("Vary", "Accept-Encoding")] if self._is_text else []
        self._unchanged = [pair for pair in self._headers if pair[0] in VALIDATING]
        self._ready = {"": self._with_length("", body)}

    @property
    def size(self) -> int:
        """How many bytes of memory it takes."""
        return OVERHEAD + sum(len(body) for _headers, body in self._ready.values())

    def prepare(self, accepted: str) -> bool:
        """Encode it for those who accept this; tell whether that hadn't been done yet."""
        encoding = self._encoding(accepted)
        if encoding in self._ready:
            return False
        self._encode(encoding)
        # Almost nobody asks for it plain; for those who do it is decoded.
        if encoding:
            self._ready.pop("", None)
        return True

    def take_over(self, former: "Answer") -> None:
        """Take over the bodies of an answer that says the same, since to encode one takes as long as to make it."""
        if self.etag and self.etag == former.etag:
            bodies = [(encoding, body) for encoding, (_headers, body) in former._ready.items()]
            self._ready = {encoding: self._with_length(encoding, body) for encoding, body in bodies}

    def sent(self, environ: Mapping, told: tuple[str, str]) -> Sent:
        """Return what a request is answered, with one header more that tells where the answer comes from."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self.etag and self.is_known_by(known):
            return "304 Not Modified", [*self._unchanged, told], []
        encoding = self._encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        headers, body = self._ready.get(encoding) or self._encode(encoding)
        return self.status, [*headers, told], [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def is_known_by(self, known: str) -> bool:
        """Tell whether an If-None-Match names this answer, by the weak comparison of RFC 9110, 8.8.3.2."""
        return known == "*" or self.etag[2:] in (each.strip().removeprefix("W/") for each in known.split(","))

    def _encoding(self, accepted: str) -> str:
        return best_encoding(accepted) if self._is_text else ""

    def _encode(self, encoding: str) -> tuple[Headers, bytes]:
        source, (_headers, body) = next(iter(self._ready.items()))
        pair = self._ready[encoding] = self._with_length(encoding, ENCODE[encoding](DECODE[source](body)))
        return pair

    def _with_length(self, encoding: str, body: bytes) -> tuple[Headers, bytes]:
        encoded = [("Content-Encoding", encoding)] if encoding else []
        return [*self._headers, *encoded, ("Content-Length", str(len(body)))], body


def etag_of(body: bytes) -> str:
    """Return what tells a body from others; it is the same in all encodings, which is what a weak one says."""
    # The fastest of its kind where processors know it.
    return f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'


@lru_cache(maxsize=1024)
def best_encoding(accepted: str) -> str:
    """Return the best of our encodings that an Accept-Encoding names, "" for none (RFC 9110, 12.5.3)."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        weights[name.strip()] = parameter.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((each for each in ENCODE if each and weights.get(each, weights.get("*", False))), "")


def is_text(content_type: str, body: bytes) -> bool:
    """Tell whether a body shrinks by being compressed."""
    kind = content_type.partition(";")[0]
    return len(body) >= SMALLEST and (kind.startswith(TEXT_BEGINS) or kind.endswith(TEXT_ENDS))
