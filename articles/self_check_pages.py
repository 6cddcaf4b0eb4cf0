"""The pages of the self-check: its questions, and the result at an address that holds the answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import questions
from .addresses import Addresses
from .buckets import Bucket
from .paths import path_in, path_of
from .public import depends_on, public
from .self_check import Answer, SelfCheck
from .shown import Several

# Nobody answers more questions than that.
MOST_ASKED = 20


@public
@depends_on("*")
def questions_page(request: HttpRequest) -> HttpResponse:
    """Ask, with the answers that the address brings along filled in."""
    check = SelfCheck(questions.mistakes_asked(get_language(), MOST_ASKED), request.GET)
    context = context_of(request, check, "check") | {"answers": Answer.choices, "is_unlisted": check.is_begun}
    return render(request, "articles/self_check.html", context)


@public
@depends_on("*")
def result_page(request: HttpRequest) -> HttpResponse:
    """Say what the answers in the address mean."""
    language = get_language()
    mistakes = questions.mistakes_asked(language, MOST_ASKED)
    remedies = questions.remedies_of(language, mistakes=[mistake.pk for mistake in mistakes])
    for mistake in mistakes:
        mistake.remedies = Several(remedy for remedy in remedies if remedy.mistake_id == mistake.pk)
    check = SelfCheck(mistakes, request.GET)
    context = context_of(request, check, "check-result") | {
        "bucket": Bucket(check.questions),
        "crumbs": [(_("Are we losing customers?"), path_of("check")), (_("Result"), request.path)],
        "is_unlisted": True,
    }
    return render(request, "articles/self_check_result.html", context)


def context_of(request: HttpRequest, check: SelfCheck, name: str) -> dict[str, object]:
    def address_in(language: str) -> str:
        return path_in(language, name) + check.query

    return {
        "check": check,
        "addresses": Addresses(request, address_in),
        "canonical": request.build_absolute_uri(path_of("check")),
        "own_address": request.build_absolute_uri(address_in(get_language())),
        "section": "mistakes",
    }
