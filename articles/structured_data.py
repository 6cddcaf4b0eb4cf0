"""What search engines are told of a page, as JSON-LD in the terms of schema.org."""

import datetime as dt
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .abstract import SluggedContent


def text(request: HttpRequest, obj: SluggedContent, published_at: dt.datetime) -> dict:
    """Return an Article that `obj`, an article or a piece of advice, is read as."""
    url = absolute(request, obj)
    return {
        "@type": "Article",
        "headline": obj.title,
        "description": obj.lead,
        "inLanguage": obj.language_of("title"),
        "datePublished": published_at.isoformat(),
        "dateModified": obj.updated_at.isoformat(),
        "mainEntityOfPage": url,
        "url": url,
        "publisher": {"@type": "Organization", "name": _("Come again")},
    }


def item_list(request: HttpRequest, objects: Iterable[SluggedContent]) -> dict:
    """Return an ItemList of the pages of `objects`."""
    return {
        "@type": "ItemList",
        "inLanguage": get_language(),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": str(obj), "url": absolute(request, obj)}
            for number, obj in enumerate(objects, 1)
        ],
    }


def breadcrumbs(request: HttpRequest, crumbs: Iterable[tuple[str, str]]) -> dict:
    """Return a BreadcrumbList of `crumbs`, pairs of name and path."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": str(name), "item": request.build_absolute_uri(path)}
            for number, (name, path) in enumerate(crumbs, 1)
        ],
    }


def absolute(request: HttpRequest, obj: SluggedContent) -> str:
    return request.build_absolute_uri(obj.get_absolute_url())
