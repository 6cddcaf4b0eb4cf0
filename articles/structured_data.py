"""What search engines are told of a page, as JSON-LD in the terms of schema.org."""

import datetime as dt
import json
from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup

from .addresses import origin_of
from .readable import Addressed


def json_ld(request: HttpRequest, structured: list[dict] | None, crumbs: list[tuple[str, str]] | None) -> Markup:
    """Return the structured data of a page as a script that holds data only."""
    graph = [*(structured or []), *([breadcrumbs(request, crumbs)] if crumbs else [])]
    document = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    # No "<" in the text can end the script or begin a comment.
    safe = document.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(f'<script type="application/ld+json">{safe}</script>')  # noqa: S704


def text(request: HttpRequest, obj: Addressed, published_at: dt.datetime) -> dict:
    """Return an Article that `obj`, an article or a piece of advice, is read as."""
    url = origin_of(request) + obj.get_absolute_url()
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


def item_list(request: HttpRequest, objects: Iterable[Addressed]) -> dict:
    """Return an ItemList of the pages of `objects`."""
    origin = origin_of(request)
    return {
        "@type": "ItemList",
        "inLanguage": get_language(),
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": str(obj), "url": origin + obj.get_absolute_url()}
            for number, obj in enumerate(objects, 1)
        ],
    }


def breadcrumbs(request: HttpRequest, crumbs: Iterable[tuple[str, str]]) -> dict:
    """Return a BreadcrumbList of `crumbs`, pairs of name and path."""
    origin = origin_of(request)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": str(name), "item": origin + path}
            for number, (name, path) in enumerate(crumbs, 1)
        ],
    }
