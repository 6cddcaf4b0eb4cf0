"""What is going to be asked of one kind of page: drawn by Hypothesis, then filled into the forms that are there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from articles.models import Topic

from ..unit.pages import Page
from . import content, forms
from .answers import Answer
from .heads import METHODS, SPOKEN, headers
from .people import NOBODY, TOKEN, signed_in
from .places import Place
from .requests import Pairs, Request
from .values import LONGEST_LINE, anything, exact, nasty, short, value

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
