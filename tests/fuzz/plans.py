"""What is going to be asked of one kind of page: drawn by Hypothesis, then filled into the forms that are there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote_from_bytes

from django.conf import settings
from hypothesis import strategies as st

from articles.languages import LANGUAGES
from articles.models import Topic

from ..unit.pages import Page
from . import content, forms
from .answers import Answer
from .people import NOBODY, TOKEN, signed_in
from .places import Place
from .requests import Pairs, Request
from .values import LONGEST_LINE, anything, exact, nasty, short, value

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
AT_THE_DESK = {
    **{name: [b"1"] for name in ("p", "o", "all", "e", "_popup", "_to_field", "_selected_action", "select_across")},
    "q": [b"customer"],
    "term": [b"cu"],
    "next": [b"/admin/"],
    "_changelist_filters": [b"q=x"],
    "action": [b"x"],
    "app_label": [b"articles"],
    "model_name": [b"advice"],
    "field_name": [b"topics", b"article"],
    "old": [b"1"],
    "new": [b"now"],
    "chosen": [b"1,2"],
    "language": [b"fi"],
    "page": [b"1"],
}
LOOKUPS = ("", "__exact", "__in", "__isnull", "__year", "__month", "__gte", "__contains", "__id__exact", "__regex")
NONE: st.SearchStrategy[Pairs] = st.just(())
# The desk speaks the language of a cookie.
SPOKEN = st.sampled_from(LANGUAGES).map(lambda code: ((b"Cookie", f"{settings.LANGUAGE_COOKIE_NAME}={code}".encode()),))
Drawn = Callable[[list[bytes]], st.SearchStrategy[bytes]]


@dataclass(frozen=True)
class Plan:
    """A request that is made once the form is there which it fills in."""

    request_without_form: Request
    # Which field, by a number that is larger than there are fields, and what it is filled with.
    changes: tuple[tuple[int, bytes], ...]
    button: int
    file: tuple[bytes, bytes] | None
    filled: Callable[["Plan"], Request]

    def request(self) -> Request:
        return self.filled(self) if self.request_without_form.method == b"POST" else self.request_without_form


class Planner:
    """Makes plans for one kind of page, of which it looks at one with `ask` before."""

    def __init__(self, place: Place, ask: Callable[[Request], Answer]) -> None:
        content.replenished()
        self.place, self.ask = place, ask
        self.cookies = signed_in()
        self.model = content.model_of(place.route)
        self.in_paths = content.values_in_paths(place.route) | {
            "object_id": content.keys_of(self.model),
            "id": [b"1", b"2"],
        }
        if self.model and self.model._meta.app_label == "articles":
            self.in_paths["pk"] = content.keys_of(self.model)
        self.people = [NOBODY, "newcomer", "translator", "editor", "administrator"] if place.is_desk else [NOBODY]
        # Whoever may see most of it.
        self.guide = self.people[-1]

    def plans(self) -> st.SearchStrategy[Plan]:
        """Return plans of which most are odd in one way only, so that they get further than to the first refusal."""
        path, query, method = self.paths(exact), self.queries(exact), st.just(b"GET")
        odd_path, odd_query = self.paths(value), self.queries(value)
        found = [
            self.plan(method, odd_path, NONE, SPOKEN),
            self.plan(method, path, odd_query, SPOKEN),
            self.plan(method, path, odd_query, SPOKEN),
            self.plan(method, path, query, headers()),
            self.plan(st.sampled_from(METHODS), path, query, SPOKEN),
            self.plan(st.sampled_from(METHODS), odd_path, odd_query, headers()),
        ]
        if self.place.is_desk:
            post = st.just(b"POST")
            found += [self.plan(post, path, NONE, SPOKEN)] * 5 + [self.plan(post, path, odd_query, SPOKEN)]
        return st.one_of(found)

    def plan(self, method, path, query, headers) -> st.SearchStrategy[Plan]:
        # The later somebody stands, the more they may do.
        who = st.sampled_from(self.people + self.people[2:] * 3)
        request = st.builds(Request, who=who, method=method, path=path, query=query, headers=headers)
        changes = st.lists(st.tuples(st.integers(0, 10**6), anything), max_size=4).map(tuple)
        files = self.files() if self.place.is_desk else st.none()
        return st.builds(Plan, request, changes, st.integers(0, 10**6), files, st.just(self.filled))

    def paths(self, value: Drawn) -> st.SearchStrategy[bytes]:
        parts = [
            short(value(self.in_paths.get(piece, []))).map(segment) if place % 2 else st.just(piece.encode())
            for place, piece in enumerate(self.place.pieces)
        ]
        whole = st.tuples(*parts).map(b"".join)
        return whole if value is exact else st.one_of(whole, st.builds(bytes.__add__, whole, short(nasty).map(segment)))

    def queries(self, value: Drawn) -> st.SearchStrategy[Pairs]:
        names = sorted(self.asked)
        pair = st.tuples(short(anything), short(anything))
        if names:
            known = st.sampled_from(names).flatmap(
                lambda name: st.tuples(st.just(name.encode()), short(value(self.asked[name])))
            )
            pair = known if value is exact else st.one_of(known, known, known, known, pair)
        # As long as a server takes a line.
        return st.lists(pair, max_size=4).map(tuple).filter(lambda pairs: len(str(pairs)) < LONGEST_LINE)

    @cached_property
    def asked(self) -> dict[str, list[bytes]]:
        """What may be asked in the query, by name: what the view says, what the page has, what any list takes."""
        found: dict[str, list[bytes]] = {name: [] for name in self.place.parameters if name != "*"}
        if self.place.is_desk:
            found |= AT_THE_DESK
            fields = self.model._meta.get_fields() if self.model else ()
            found |= {f"{each.name}{lookup}": [b"1", b"a"] for each in fields for lookup in LOOKUPS}
        path = b"".join(
            segment(self.in_paths.get(piece, [b"1"])[0]) if place % 2 else piece.encode()
            for place, piece in enumerate(self.place.pieces)
        )
        for name, text in forms.asked_in(self.page_at(path, self.guide)):
            found.setdefault(name, []).append(text)
        return found | {"topic": content.slugs_of(Topic)} if "topic" in found else found

    def files(self) -> st.SearchStrategy[tuple[bytes, bytes] | None]:
        contents = {name.encode(): content for name, content in forms.files().items()}
        names = st.sampled_from(sorted(contents))
        whole = names.map(lambda name: (name, contents[name]))
        places = st.integers(0, 10**6)
        cut = st.builds(lambda file, at: (file[0], file[1][: at % len(file[1])]), whole, places)
        changed = st.builds(lambda file, at, odd: (file[0], with_odd(file[1], at, odd)), whole, places, anything)
        foreign = st.tuples(names, anything)
        renamed = st.tuples(short(nasty).map(lambda name: name + b".csv"), anything)
        return st.one_of(st.none(), whole, whole, cut, changed, changed, foreign, renamed)

    def filled(self, plan: Plan) -> Request:
        """Return the request with the fields of the form that is there now, some changed."""
        request = plan.request_without_form
        page = self.form_page(request)
        buttons = sorted(forms.buttons_of(page))
        fields = [(name.encode(), text) for name, text in forms.fields_of(page) if name not in buttons]
        fields = [(name, TOKEN.encode() if name == b"csrfmiddlewaretoken" else text) for name, text in fields]
        if not fields:
            fields = [
                (b"csrfmiddlewaretoken", TOKEN.encode()),
                (b"text", b"*x*"),
                (b"kept", b"a:b:c"),
                (b"next", b"/admin/"),
            ]
        for number, odd in plan.changes:
            place = number % len(fields)
            fields[place] = (fields[place][0], odd)
        if buttons:
            fields.append((buttons[plan.button % len(buttons)].encode(), b"1"))
        names = sorted(forms.file_fields_of(page))
        file = (names[0].encode(), *plan.file) if names and plan.file else None
        return replace(request, fields=tuple(fields), file=file)

    def form_page(self, request: Request) -> Page:
        """Return the page that has the form whose answer goes to the path of a request: that one, or one above it."""
        above = request.path.rstrip(b"/").rpartition(b"/")[0] + b"/"
        for path in (request.path, above, above + b"change/"):
            page = self.page_at(path, request.who)
            if forms.fields_of(page):
                return page
        return page

    def page_at(self, path: bytes, who: str) -> Page:
        answer = self.ask(Request(who=who, path=path))
        is_page = answer.status == 200 and answer.header("content-type").startswith("text/html")
        return Page(answer.body.decode(errors="replace") if is_page else "")


def with_odd(content: bytes, place: int, odd: bytes) -> bytes:
    place %= len(content)
    return content[:place] + odd + content[place + 1 :]


def segment(text: bytes) -> bytes:
    """Return text as it stands in a path; a few kinds of it as it is."""
    if text[:1] in (b".", b";", b"\\") and b"\n" not in text and b" " not in text and b"?" not in text:
        return text
    return quote_from_bytes(text, safe="/:" if len(text) % 3 else "").encode()


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
