"""The style guide: each component of the pages once, for whoever works on them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from . import questions
from .choices import Ink, Kind
from .emblems import drawings
from .models import Advice, Figure
from .pages import Page
from .public import public
from .views import in_place, with_circles

COLOURS = ("paper", "card", "text", "quiet", "line", *Ink.values)
STEPS = ("small", "step-0", "step-1", "step-2", "step-3", "step-4")


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the components with what the site has to show in them, while the site is being worked on."""
    if not settings.DEBUG:
        raise Http404
    language = get_language()
    listed = Advice.objects.published().in_reading_order().listed_in(language)
    context = {
        "colours": COLOURS,
        "inks": Ink.values,
        "steps": STEPS,
        "emblems": drawings(),
        "articles": in_place(with_circles(*questions.cards_read(language)))[:2],
        "advice": [advice for kind in Kind for advice in listed.filter(kind=kind)[:1]],
        "rules": listed.filter(kind=Kind.RULE)[:2],
        "figures": Figure.objects.published().listed_in(language)[:4],
        "topics": questions.topics_counted(language)[:4],
        "page": Page(keys=[2], after=1, previous=None, has_next=True),
    }
    return render(request, "articles/styleguide.html", context)
