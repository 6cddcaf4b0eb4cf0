"""The pages that a long list is turned in: a page is named by the row that it goes on after.

So every page costs the same, however far back it is and however long the list; nothing is counted and nothing skipped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Func, IntegerField, Value
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.shortcuts import redirect

from .listings import ListingQuerySet

# As far as addresses lead on that counted pages, and how many rows these had.
LAST_NUMBER, FORMER_SIZE = 50, 30
LONGEST = 18  # digits


class Row(Func):
    """Several values that are compared as one: a row of SQL."""

    template = "(%(expressions)s)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Page:
    """The primary keys of the rows of a page, and of those that name it and the pages beside it.

    None names the first page. `has_previous` and `has_next` tell whether there are such pages.
    """

    keys: Sequence[int]
    after: int | None
    previous: int | None
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.after is not None

    @property
    def next(self) -> int:
        return self.keys[-1]


@dataclass(frozen=True)
class Pages:
    """The places of a list in their order, and how many make a page."""

    places: ListingQuerySet
    size: int

    @property
    def order(self) -> Sequence[str]:
        """The fields that order the places, and together tell one from another."""
        return self.places.query.order_by

    def asked_for(self, request: HttpRequest) -> Page:
        """Return the page that a request asks for; a page that there isn't is not found."""
        after = request.GET.get("after")
        if after is None:
            return self.page()
        if not (after.isascii() and after.isdecimal() and len(after) <= LONGEST):
            raise Http404
        return self.page(int(after))

    def page(self, after: int | None = None) -> Page:
        if after is None:
            keys = self.keys(self.places)
            return Page(keys[: self.size], None, None, len(keys) > self.size)
        # In no order, so that the row is looked up, not looked for.
        place = self.places.filter(item=after).order_by().values_list(*self.order)[:1]
        if not place:
            raise Http404
        here, there = Row(*map(F, self.order)), Row(*map(Value, place[0]))
        keys = self.keys(self.places.filter(GreaterThan(here, there)))
        if not keys:
            raise Http404
        before = self.keys(self.places.filter(LessThanOrEqual(here, there)).reverse())
        previous = before[self.size] if len(before) > self.size else None
        return Page(keys[: self.size], after, previous, len(keys) > self.size)

    def keys(self, places: ListingQuerySet) -> list[int]:
        return list(places.items()[: self.size + 1])

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
            last = self.places.items()[skipped - 1 : skipped].first()
            if last is None:
                raise Http404
            query["after"] = last
        return redirect(request.path + (f"?{query.urlencode()}" if query else ""), permanent=True)
