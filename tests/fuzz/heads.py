"""What stands at the head of a request: methods and headers, and what is no head at all."""

from django.conf import settings
from hypothesis import strategies as st

from articles.languages import LANGUAGES

from .requests import Request
from .values import anything, short, value

METHODS = (b"GET", b"POST", b"HEAD", b"HEAD", b"PUT", b"DELETE", b"OPTIONS", b"PATCH", b"TRACE", b"get", b"PROPFIND")
HEADERS = {
    b"Host": [b"localhost:8000", b"LOCALHOST", b"localhost.", b"127.0.0.1", b"[::1]", b"user@localhost"],
    b"Accept-Language": [b"hy", b"ru,et;q=0.5", b"xx", b"*", b"fi-FI;q=2"],
    b"Accept-Encoding": [b"br", b"gzip", b"*", b"identity;q=0"],
    b"Cookie": [b"sessionid=x", b"csrftoken=x", b"messages=x", b"django_language=hy"],
    b"Authorization": [b"Basic eDp4", b"Bearer x"],
    b"If-None-Match": [b"*", b'W/"x"', b'"a", "b"'],
    b"If-Modified-Since": [b"Fri, 27 Nov 2026 00:00:00 GMT", b"Thu, 01 Jan 1970 00:00:00 GMT"],
    b"Range": [b"bytes=0-1", b"bytes=-1", b"bytes=5-1"],
    b"Referer": [b"http://localhost/admin/", b"http://evil.example/"],
    b"Origin": [b"http://localhost", b"null", b"http://evil.example"],
    b"User-Agent": [b"Mozilla/5.0"],
    b"Content-Type": [b"application/json", b"multipart/form-data", b"multipart/form-data; boundary=x", b"text/plain"],
    b"Content-Length": [b"0", b"5"],
    b"Transfer-Encoding": [b"chunked"],
    b"Expect": [b"100-continue"],
    b"X-Forwarded-For": [b"203.0.113.7", b"::1, 10.0.0.1"],
    b"X-Forwarded-Host": [b"evil.example"],
    b"X-Forwarded-Proto": [b"https"],
    b"Forwarded": [b"for=1;host=evil.example;proto=https"],
    b"X-HTTP-Method-Override": [b"DELETE"],
    b"X-Original-URL": [b"/admin/"],
    b"X-Request-ID": [b"0123456789abcdef"],
    b"X-Requested-With": [b"XMLHttpRequest"],
    b"Upgrade": [b"h2c", b"websocket"],
}
# The desk speaks the language of a cookie.
SPOKEN = st.sampled_from(LANGUAGES).map(lambda code: ((b"Cookie", f"{settings.LANGUAGE_COOKIE_NAME}={code}".encode()),))


def headers() -> st.SearchStrategy[tuple[tuple[bytes, bytes], ...]]:
    name = st.sampled_from(sorted(HEADERS))
    known = name.flatmap(lambda each: st.tuples(st.just(each), short(value(HEADERS[each]))))
    foreign = st.tuples(st.binary(min_size=1, max_size=20), short(anything))
    return st.lists(st.one_of(*[known] * 8, foreign), min_size=1, max_size=3).map(tuple)


def raw_requests() -> st.SearchStrategy[Request]:
    """Return requests that no client sends: broken lines, lengths that contradict, requests within requests."""
    pieces = st.sampled_from(
        [
            *(
                b"GET / HTTP/1.1",
                b"GET /en/ HTTP/1.0",
                b"GET /en/",
                b"GET http://evil.example/en/ HTTP/1.1",
                b"PRI * HTTP/2.0",
            ),
            *(
                b"POST /en/ HTTP/1.1",
                b"GET  /en/  HTTP/1.1",
                b"GET /en/ HTTP/9.9",
                b"GET * HTTP/1.1",
                b"\x16\x03\x01\x02\0",
            ),
            *(b"Host: localhost", b"Host: evil.example", b"Host:", b" folded", b"\tfolded", b"Host : localhost"),
            *(
                b"Content-Length: 5",
                b"Content-Length: -1",
                b"Content-Length: +5",
                b"Content-Length: 5, 6",
                b"Content-Length: x",
            ),
            *(b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"Transfer-Encoding:\x0bchunked"),
            *(
                b"0",
                b"5",
                b"ffffffffff",
                b"zz",
                b"",
                b"",
                b"hello",
                b"Connection: close",
                b"X: " + b"y" * 9000,
                b"X\0: 1",
            ),
        ]
    )
    end = st.sampled_from([b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r", b"\0"])
    line = st.builds(bytes.__add__, st.one_of(pieces, pieces, pieces, short(anything)), end)
    return st.lists(line, min_size=1, max_size=12).map(lambda lines: Request(raw=b"".join(lines) or b"\r\n"))
