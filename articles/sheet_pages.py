"""The pages of the team sheet: the sheet to arrange and to print, the same as a PDF, and the codes on it."""

from itertools import groupby
from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import qr, questions
from .addresses import Addresses
from .paths import path_in, path_of
from .public import depends_on, public
from .sheet_pdf import pdf
from .sheets import path_from_sheet, sheet_of
from .shown import ShownAdvice, ShownArticle

# More than anyone looks through in one list: so many pieces of advice, those of so many articles.
MOST_OFFERED, OFFERING = 200, 20


@public
@depends_on("advice")
def sheet_page(request: HttpRequest) -> HttpResponse:
    sheet = sheet_of(request.GET.getlist("advice"))
    context = {
        "sheet": sheet,
        "rows": list(sheet.rows()),
        "offered": [] if sheet.is_full else offered(sheet.advice),
        "home": request.build_absolute_uri(path_of("home")),
        "addresses": Addresses(request, lambda language: path_in(language, "sheet") + sheet.query),
        "is_unlisted": bool(request.GET),
        "section": "sheet",
    }
    return render(request, "articles/sheet.html", context)


@public
@depends_on("advice")
def sheet_pdf(request: HttpRequest) -> HttpResponse:
    sheet = sheet_of(request.GET.getlist("advice"))
    if not sheet.advice:
        # That page says what is the matter.
        return redirect(f"{path_of('sheet')}?{request.META['QUERY_STRING']}")
    response = HttpResponse(pdf(sheet.advice, request.build_absolute_uri), content_type="application/pdf")
    name = f"{_('Team sheet')}.pdf"
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw the QR code that leads to the page of one piece of advice."""
    advice = questions.advice_on_sheet.first(get_language(), keys=[pk])
    if advice is None:
        raise Http404
    return HttpResponse(qr.svg(request.build_absolute_uri(path_from_sheet(advice))), content_type="image/svg+xml")


def offered(chosen: tuple[ShownAdvice, ...]) -> list[tuple[ShownArticle, list[ShownAdvice]]]:
    """Return the advice that may be added to a sheet, article by article."""
    keys = [advice.pk for advice in chosen]
    found = questions.advice_offered(get_language(), OFFERING, MOST_OFFERED, chosen=keys)
    return [(article, list(group)) for article, group in groupby(found, attrgetter("article"))]
