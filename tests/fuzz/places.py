"""Every kind of page, walked from the URLconf: what is added there is visited by itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

# In a route: <slug> or <int:pk>; in a regular expression: (?P<name>…).
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")
LANGUAGE = "interface language"


@dataclass(frozen=True)
class Place:
    """A kind of page: its path, in which each parameter stands between angle brackets, and what its query may hold."""

    route: str
    parameters: tuple[str, ...] = ()
    is_public: bool = field(default=False, compare=False)

    @property
    def pieces(self) -> list[str]:
        """The literal parts of the path, and at odd places the names of its parameters."""
        return re.split("<([^>]+)>", self.route)

    @property
    def is_desk(self) -> bool:
        return self.route.startswith("/admin/")


def places() -> list[Place]:
    """Return all kinds of pages; those of the desk last, and what deletes at the very end."""
    found = {place.route: place for place in walk(get_resolver().url_patterns, "/")}
    return sorted(found.values(), key=lambda place: ("delete" in place.route, place.is_desk, place.route))


def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Place]:
    for each in patterns:
        route = before + route_of(each.pattern)
        if isinstance(each, URLResolver):
            yield from walk(each.url_patterns, route)
        else:
            parameters = getattr(each.callback, "parameters", None)
            yield Place(route, tuple(parameters or ()), parameters is not None)


def route_of(pattern: object) -> str:
    if isinstance(pattern, LocalePrefixPattern):
        return f"<{LANGUAGE}>/"
    if isinstance(pattern, RegexPattern):
        return GROUP.sub(r"<\1>", str(pattern)).strip("^$")
    return PARAMETER.sub(r"<\1>", str(pattern))
