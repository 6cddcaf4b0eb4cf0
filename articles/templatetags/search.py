"""What the templates of the search need of it."""

from django import template
from django.utils.http import urlencode

register = template.Library()


@register.simple_tag
def search_query(**parameters: str) -> str:
    """Return the end of the address of a page of results; what is empty, and the first page, is left out."""
    return "?" + urlencode(
        {name: value for name, value in parameters.items() if value and (name, value) != ("page", 1)}
    )
