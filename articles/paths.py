"""The paths of the pages of each language, as urls.py has them: asked of it once, then filled in."""

from functools import cache

from django.urls import reverse
from django.utils.translation import override

# What stands in a path for its parts until they are known; no slug has a capital.
PART = "PART-{}"


def path_in(language: str, name: str, *parts: str) -> str:
    """Return the path of the page `name` in `language`, of which `parts` are the slugs and the like."""
    return pattern(language, name, len(parts)).format(*parts)


@cache
def pattern(language: str, name: str, count: int) -> str:
    places = [PART.format(number) for number in range(count)]
    with override(language):
        path = reverse(name, args=places)
    for place in places:
        path = path.replace(place, "{}")
    return path
