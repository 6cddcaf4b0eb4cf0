"""One request: what goes over the wire, and how it is told to people."""

import shlex
from dataclasses import dataclass, replace
from urllib.parse import quote_from_bytes

LONGEST_TOLD = 2000
BOUNDARY = b"----fuzz----"
# Headers that say where a request ends: a server may close the connection instead of reading on.
ENDS = {b"content-length", b"transfer-encoding", b"expect", b"connection", b"upgrade"}
Pairs = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True)
class Request:
    """A request to be written out; `raw` is one that is written as it is."""

    who: str = "nobody"
    method: bytes = b"GET"
    path: bytes = b"/"
    query: Pairs = ()
    headers: Pairs = ()
    fields: Pairs = ()
    # A name and a content.
    file: tuple[bytes, bytes, bytes] | None = None
    raw: bytes = b""

    def written(self, cookies: str) -> bytes:
        """Return the request as it goes over the wire; a header of its own takes the place of an ordinary one."""
        if self.raw:
            return self.raw
        body, content_type = self.body()
        own = {name.lower() for name, _value in self.headers}
        ordinary = [(b"Host", b"localhost"), (b"Connection", b"close"), (b"Cookie", cookies.encode())]
        if body or self.method == b"POST":
            ordinary += [(b"Content-Type", content_type), (b"Content-Length", str(len(body)).encode())]
        headers = [*(pair for pair in ordinary if pair[1] and pair[0].lower() not in own), *self.headers]
        if b"cookie" in own and cookies:
            headers = [(n, v + b"; " + cookies.encode() if n.lower() == b"cookie" else v) for n, v in headers]
        head = b"\r\n".join(
            [self.method + b" " + self.target() + b" HTTP/1.1", *(b": ".join(pair) for pair in headers)]
        )
        return head + b"\r\n\r\n" + body

    @property
    def is_odd_http(self) -> bool:
        """Whether it may be none, to a server."""
        names = {name.lower() for name, _value in self.headers}
        return bool(self.raw or names & ENDS or b"\n" in b"".join(map(b"".join, self.headers)))

    def target(self) -> bytes:
        return self.path + (b"?" + urlencoded(self.query) if self.query else b"")

    def body(self) -> tuple[bytes, bytes]:
        """Return the body and its type."""
        if self.file is None:
            return urlencoded(self.fields), b"application/x-www-form-urlencoded"
        field, name, content = self.file
        start = b"--" + BOUNDARY + b'\r\nContent-Disposition: form-data; name="'
        parts = [start + key + b'"\r\n\r\n' + value for key, value in self.fields]
        parts.append(start + field + b'"; filename="' + name + b'"\r\nContent-Type: x/y\r\n\r\n' + content)
        return b"\r\n".join([*parts, b"--" + BOUNDARY + b"--\r\n"]), b"multipart/form-data; boundary=" + BOUNDARY

    def smaller(self) -> list["Request"]:
        """Return requests that leave out one thing each."""
        found = [replace(self, file=None)] if self.file else []
        for name in ("headers", "query", "fields"):
            pairs = getattr(self, name)
            found += [replace(self, **{name: pairs[:place] + pairs[place + 1 :]}) for place in range(len(pairs))]
        return found

    def __str__(self) -> str:
        """The request much like a command for curl, whoever sends it put before."""
        if self.raw:
            return f"(raw) {self.raw!r}"[:LONGEST_TOLD]
        parts = ["curl", "--path-as-is", "-X", self.method.decode("latin-1")]
        for name, value in self.headers:
            parts += ["-H", (name + b": " + value).decode("latin-1")]
        if self.fields:
            parts += ["-d", urlencoded(self.fields).decode()]
        if self.file:
            parts += ["-F", f"{self.file[0].decode()}=@{self.file[1]!r} {self.file[2][:200]!r}"]
        told = shlex.join([*parts, "http://localhost" + self.target().decode("latin-1")])
        return f"[{self.who}] {told[:LONGEST_TOLD]}"


def urlencoded(pairs: Pairs) -> bytes:
    return "&".join(f"{quote_from_bytes(name)}={quote_from_bytes(value)}" for name, value in pairs).encode()
