"""The pages that a long list is turned in: a page is named by the row that it goes on after.

So every page costs the same, however far back it is and however long the list; nothing is counted and nothing skipped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import F, Func, IntegerField, QuerySet
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import redirect

from .listings import ORDER, WHOLE, List
from .models import Listing
from .prepared import Parameter, Prepared

# As far as addresses lead on that counted pages, and how many rows these had.
LAST_NUMBER, FORMER_SIZE = 50, 30
LONGEST = 18  # digits
# What orders the places of all lists of a topic; within one list the first is always the same.
PLACE = ("list", *ORDER)

T = TypeVar("T")


class Row(Func):
    """Several values that are compared as one: a row of SQL."""

    template = "(%(expressions)s)"
    output_field = IntegerField()


@Prepared
def places_of(*, item: Parameter, moment: Parameter) -> QuerySet:
    """All places of what has this primary key: few, and SQLite can only look them up."""
    return Listing.objects.shown(moment).filter(item=item).order_by().values_list("topic", *PLACE)


@Prepared
def first(number: List | None, most: int, *, topic: Parameter, moment: Parameter) -> QuerySet:
    return Listing.objects.of(number, topic, moment).values_list("item")[:most]


@Prepared
def following(
    number: List | None,
    most: int,
    *,
    topic: Parameter,
    list: Parameter,
    article_position: Parameter,
    article_id: Parameter,
    position: Parameter,
    item: Parameter,
    moment: Parameter,
) -> QuerySet:
    there = (list, article_position, article_id, position, item)
    beyond = GreaterThan(*compared(number, there))
    return Listing.objects.of(number, topic, moment).filter(beyond).values_list("item")[:most]


@Prepared
def leading_to(
    number: List | None,
    most: int,
    *,
    topic: Parameter,
    list: Parameter,
    article_position: Parameter,
    article_id: Parameter,
    position: Parameter,
    item: Parameter,
    moment: Parameter,
) -> QuerySet:
    """The places up to one, backwards from it."""
    there = (list, article_position, article_id, position, item)
    before = LessThanOrEqual(*compared(number, there))
    return Listing.objects.of(number, topic, moment).filter(before).reverse().values_list("item")[:most]


def compared(number: List | None, there: Sequence[Parameter]) -> tuple[Row, Row]:
    """Return the place of a row and another one; in one list SQLite wants to hear nothing of the list."""
    start = 1 if number else 0
    return Row(*map(F, PLACE[start:])), Row(*there[start:])


@dataclass(frozen=True)
class Page:
    """The primary keys of the rows of a page, and of those that name it and the page before it; None is the first."""

    keys: Sequence[int]
    after: int | None
    previous: int | None
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.after is not None

    @property
    def next(self) -> int:
        """The row that the next page goes on after."""
        return self.keys[-1]


@dataclass(frozen=True)
class Pages:
    """A list, the whole or what is on a topic, in pages of `size` rows; without a list all lists of the topic."""

    size: int
    list: List | None
    topic: int = WHOLE

    def asked_for(self, request: HttpRequest) -> Page:
        """Return the page that a request asks for; a page that there isn't is not found."""
        after = request.GET.get("after")
        if after is None:
            keys = self.keys(first(self.list, self.size + 1, topic=self.topic))
            return Page(keys[: self.size], None, None, len(keys) > self.size)
        if not (after.isascii() and after.isdecimal() and len(after) <= LONGEST):
            raise Http404
        return self.page_after(int(after))

    def page_after(self, after: int) -> Page:
        there = self.place_of(after)
        keys = self.keys(following(self.list, self.size + 1, **there))
        if not keys:
            raise Http404
        before = self.keys(leading_to(self.list, self.size + 1, **there))
        previous = before[self.size] if len(before) > self.size else None
        return Page(keys[: self.size], after, previous, len(keys) > self.size)

    def place_of(self, item: int) -> dict[str, int]:
        """Return where in the list something stands; what doesn't stand there is not found."""
        for topic, *place in places_of(item=item):
            if topic == self.topic and self.list in (None, place[0]):
                return {"topic": topic, **dict(zip(PLACE, place, strict=True))}
        raise Http404

    def keys(self, rows: Iterable[tuple[int]]) -> list[int]:
        return [key for (key,) in rows]

    def moved(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        """Return where a page is now that the request asks for by its former number, if it does."""
        number = request.GET.get("page")
        if number is None:
            return None
        if number not in map(str, range(1, LAST_NUMBER + 1)):
            raise Http404
        query = request.GET.copy()
        del query["page"]
        if skipped := FORMER_SIZE * (int(number) - 1):
            last = Listing.objects.of(self.list, self.topic).items()[skipped - 1 : skipped].first()
            if last is None:
                raise Http404
            query["after"] = last
        return redirect(request.path + (f"?{query.urlencode()}" if query else ""), permanent=True)


def in_order_of(keys: Iterable[int], rows: Iterable[T]) -> list[T]:
    """Return the rows with these primary keys in the order of the keys; what isn't there is left out."""
    by_key = {row.pk: row for row in rows}
    return [by_key[key] for key in keys if key in by_key]
