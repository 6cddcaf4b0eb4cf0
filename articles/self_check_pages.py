"""The pages of the self-check: its questions, and the result at an address that holds the answers."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .addresses import Addresses, path_in
from .buckets import Bucket
from .listings import List
from .models import Advice, Listing
from .public import public
from .querysets import AdviceQuerySet
from .self_check import Answer, SelfCheck

# Nobody answers more questions than that.
MOST_ASKED = 20


@public
def questions_page(request: HttpRequest) -> HttpResponse:
    """Ask, with the answers that the address brings along filled in."""
    check = SelfCheck(asked(Advice.objects.asked_in(get_language())), request.GET)
    context = context_of(request, check, "check") | {"answers": Answer.choices, "is_unlisted": check.is_begun}
    return render(request, "articles/self_check.html", context)


@public
def result_page(request: HttpRequest) -> HttpResponse:
    """Say what the answers in the address mean."""
    language = get_language()
    remedies = Prefetch("remedies", Advice.objects.published().in_reading_order().listed_in(language))
    check = SelfCheck(asked(Advice.objects.asked_in(language).prefetch_related(remedies)), request.GET)
    context = context_of(request, check, "check-result") | {
        "bucket": Bucket(check.questions),
        "crumbs": [(_("Are we losing customers?"), reverse("check")), (_("Result"), request.path)],
        "is_unlisted": True,
    }
    return render(request, "articles/self_check_result.html", context)


def asked(mistakes: AdviceQuerySet) -> AdviceQuerySet:
    """Keep the mistakes that are asked about, the first in reading order."""
    first = Listing.objects.of(List.QUESTIONS).items()[:MOST_ASKED]
    return mistakes.filter(pk__in=first).in_reading_order()


def context_of(request: HttpRequest, check: SelfCheck, name: str) -> dict[str, object]:
    def address_in(language: str) -> str:
        return path_in(language, name) + check.query

    return {
        "check": check,
        "addresses": Addresses(request, address_in),
        "canonical": request.build_absolute_uri(reverse("check")),
        "own_address": request.build_absolute_uri(address_in(get_language())),
        "section": "mistakes",
    }
