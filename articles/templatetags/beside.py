"""What the page of two languages side by side asks of a text."""

from django import template

from articles import beside
from articles.abstract import Content

register = template.Library()


@register.simple_tag
def cells(obj: Content, field: str, pair: beside.Pair) -> list[beside.Cell]:
    """Return a text of `obj` in both languages; nothing where it is in neither, unless it is the heading."""
    return beside.cells(obj, field, pair)
