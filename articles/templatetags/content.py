"""What templates say of content: texts with their language, Markdown, figures, structured data."""

import json

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles import addresses, figures, rendering, structured_data
from articles.abstract import Content, SluggedContent
from articles.models import Figure

register = template.Library()

# Whole sentences, since most languages inflect the name of a language.
STAND_INS = {
    "en": _("This text isn’t translated yet. You are reading it in English."),
    "fi": _("This text isn’t translated yet. You are reading it in Finnish."),
    "et": _("This text isn’t translated yet. You are reading it in Estonian."),
    "ru": _("This text isn’t translated yet. You are reading it in Russian."),
    "hy": _("This text isn’t translated yet. You are reading it in Armenian."),
}
OPEN_GRAPH_LOCALES = {"en": "en_GB", "fi": "fi_FI", "et": "et_EE", "ru": "ru_RU", "hy": "hy_AM"}


@register.simple_tag
def lang_of(obj: Content, field: str) -> SafeString:
    """Return ` lang="…"` for the element that shows `field`, where its text stands in for a missing translation."""
    language = obj.language_of(field)
    return mark_safe("") if language == get_language() else format_html(' lang="{}"', language)


@register.simple_tag
def text(obj: Content, field: str) -> SafeString:
    """Return a short text, marked with its language where it stands in for a missing translation."""
    value, lang = getattr(obj, field), lang_of(obj, field)
    return format_html("<span{}>{}</span>", lang, value) if lang else format_html("{}", value)


@register.simple_tag
def stand_in(obj: Content, *fields: str) -> str:
    """Return what a reader is told where one of these texts isn't written in their language; "" where all are."""
    languages = (obj.language_of(field) for field in fields)
    return next((STAND_INS[language] for language in languages if language != get_language()), "")


@register.simple_tag
def original_url(obj: SluggedContent, language: str) -> str:
    """Return the path of the page of `obj` in the language that it was first written in."""
    return obj.url_in(language)


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Return code and name of each language, the name in the language itself."""
    return settings.LANGUAGES


@register.simple_tag
def page_query(after: int | None, topic: str | None = None) -> str:
    """Return the end of the address of one page of a list, as its canonical address has it."""
    return addresses.query_of(after, topic) or "?"


@register.filter
def og_locale(language: str) -> str:
    """Return a language as Open Graph names it."""
    return OPEN_GRAPH_LOCALES[language]


@register.filter
def markdown(value: str, top_heading: int = 2) -> SafeString:
    """Return Markdown as safe HTML, its highest headings being of rank `top_heading`."""
    return rendering.render(value, top_heading)


@register.filter
def value_text(figure: Figure) -> str:
    """Return the number of a figure as a reader expects it."""
    return figures.value_text(figure)


@register.inclusion_tag("includes/drawing.html")
def drawing(figure: Figure) -> dict:
    """Draw a figure, where a picture says more than its number."""
    picture = figures.drawing(figure)
    return {"picture": picture, "shape": type(picture).__name__.lower()}


@register.simple_tag
def json_ld(request: HttpRequest, structured: list[dict], crumbs: list[tuple[str, str]]) -> SafeString:
    """Return the page's structured data as a script that holds data only."""
    graph = [*(structured or []), *([structured_data.breadcrumbs(request, crumbs)] if crumbs else [])]
    if not graph:
        return mark_safe("")
    document = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    # No "<" in the text can end the script or begin a comment.
    safe = document.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return mark_safe(f'<script type="application/ld+json">{safe}</script>')  # noqa: S308
