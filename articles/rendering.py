"""Markdown to safe HTML."""

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "hr", "h2", "h3", "h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
LOWEST_HEADING = 6

markdown = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=4096)
def render(text: str, top_heading: int = 2) -> SafeString:
    """Return Markdown as HTML that is safe to show, its highest headings being of rank `top_heading` on the page.

    HTML in the text is shown as text; links lead to http, https, mailto, tel and this site only.
    """
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) - 1 + top_heading, LOWEST_HEADING)}"
    html = markdown.renderer.render(tokens, markdown.options, {})
    schemes = {"http", "https", "mailto", "tel"}
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=schemes))  # noqa: S308
