"""The paths of the pages of each language, as their map has them: asked of it once, then filled in."""

from functools import cache

from django.urls import reverse
from django.utils.translation import override

# Without the desk, which has three times as many addresses: all are gone through to find one, in each language anew.
READERS = "retention.readers"
# What stands in a path for its parts until they are known, be they slugs or numbers.
PART = "987654321{}"


def path_of(name: str, *parts: object) -> str:
    """Return the path of the page `name` in the active language."""
    # The pages of the desk bear its name before their own.
    return reverse(name, None if ":" in name else READERS, parts)


def path_in(language: str, name: str, *parts: str | int) -> str:
    """Return the path of the page `name` in `language`, of which `parts` are the slugs and the like."""
    return pattern(language, name, len(parts)).format(*parts)


@cache
def pattern(language: str, name: str, count: int) -> str:
    places = [PART.format(number) for number in range(count)]
    with override(language):
        path = path_of(name, *places)
    for place in places:
        path = path.replace(place, "{}")
    return path
