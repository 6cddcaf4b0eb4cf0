"""What templates say of team sheets."""

from django import template
from django.http import HttpRequest

from articles import sheets
from articles.models import Advice

register = template.Library()


register.filter(sheets.states)


@register.simple_tag
def has_changed(request: HttpRequest, advice: Advice) -> bool | None:
    """Tell a reader who comes from a sheet whether `advice` has changed since; None for those who come otherwise."""
    return sheets.has_changed(advice, request.GET.get("sheet", ""))
