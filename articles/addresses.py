"""Where a page stands in each language: for the switcher, search engines, and whoever shares it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import get_language

from .languages import LANGUAGES, fallbacks
from .paths import path_in
from .readable import Addressed


@dataclass(frozen=True)
class Address:
    """A page in one language. `is_written` tells whether its text really exists in it."""

    language: str
    name: str
    url: str
    is_written: bool


class Addresses:
    """The addresses of one page: `path_in` gives its path in a language, `written` the languages it exists in."""

    def __init__(
        self, request: HttpRequest, path_in: Callable[[str], str], written: Collection[str] = LANGUAGES
    ) -> None:
        origin, self.language = origin_of(request), get_language()
        self.all = [Address(code, name, origin + path_in(code), code in written) for code, name in settings.LANGUAGES]
        self._by_language = {address.language: address for address in self.all}

    @cached_property
    def canonical(self) -> str:
        """The address of the text itself: of a stand-in, that is the page in its own language."""
        return self._best(self.language).url

    @property
    def default(self) -> str:
        """The address for readers of other languages."""
        return self._best("en").url

    @property
    def alternates(self) -> list[Address]:
        """The languages in which the page really exists."""
        return [address for address in self.all if address.is_written]

    @property
    def others(self) -> list[Address]:
        """The languages beside the reader's in which the page really exists."""
        return [address for address in self.alternates if address.language != self.language]

    def _best(self, language: str) -> Address:
        order = [self._by_language[code] for code in fallbacks(language)]
        return next((address for address in order if address.is_written), order[0])


def origin_of(request: HttpRequest) -> str:
    """Return what stands before every path of the site."""
    # Asked for by all that a page says of itself.
    if not hasattr(request, "origin"):
        request.origin = request.build_absolute_uri("/").removesuffix("/")
    return request.origin


def of_page(request: HttpRequest) -> Addresses:
    """Return the addresses of a page that is the same in all languages, its query left out."""
    below = request.path.removeprefix(path_in(get_language(), "home"))
    return Addresses(request, lambda language: path_in(language, "home") + below)


def of_list(request: HttpRequest, name: str, after: int | None, topic: Addressed | None = None) -> Addresses:
    """Return the addresses of one page of the list `name`, kept to `topic` if there is one."""

    def list_in(language: str) -> str:
        # The slug of the topic is that of the language, too.
        return path_in(language, name) + query_of(after, topic and topic.slug_in(language))

    return Addresses(request, list_in)


def of_object(request: HttpRequest, obj: Addressed, after: int | None = None) -> Addresses:
    """Return the addresses of the page of `obj`, or of one page of the list on it."""
    written = [language for language in LANGUAGES if obj.exists_in(language)]
    return Addresses(request, lambda language: obj.url_in(language) + query_of(after), written)


def query_of(after: int | None, topic: str | None = None) -> str:
    """Return the end of the address of the page of a list that goes on after a row; None is the first page."""
    query = {"topic": topic} if topic else {}
    query |= {"after": after} if after else {}
    return f"?{urlencode(query)}" if query else ""
