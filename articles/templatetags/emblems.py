"""How a template shows an emblem."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.emblems import SPRITE, emblem_of

register = template.Library()


@register.simple_tag
def emblem(group: str, key: str) -> SafeString:
    """Draw the emblem of an article, a topic or a kind, beside the words that it stands for."""
    address = f"{static(SPRITE)}#{emblem_of(group, key)}"
    return format_html('<svg class="emblem" aria-hidden="true"><use href="{}"/></svg>', address)
