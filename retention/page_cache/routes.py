"""Which pages may be kept, and which parameters of the query they depend on."""

from collections.abc import Collection
from functools import lru_cache

from django.core.handlers.wsgi import get_path_info
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import get_language_from_path, override


def parameters_of(path: str) -> Collection[str] | None:
    """Return the parameters that the page at `path`, a PATH_INFO, depends on; None if there is none to keep.

    Views tell by the attribute `parameters`, see `articles.public`.
    """
    match = match_of(get_path_info({"PATH_INFO": path}))
    return match and getattr(match.func, "parameters", None)


@lru_cache(maxsize=4096)
def match_of(path: str) -> ResolverMatch | None:
    """Return which view answers at `path`, and what its address tells it; None if there is none."""
    # Addresses with a language are known in that language only.
    with override(get_language_from_path(path)):
        try:
            return resolve(path)
        except Resolver404:
            return None
