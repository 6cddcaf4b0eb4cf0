"""The admin as a whole: the desk at which editors and translators work.

It stands outside the package of the admin, which registers its models with it.
"""

from http import HTTPStatus

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language


def choose_language(request: HttpRequest) -> HttpResponse:
    """Have the desk speak another language; a page that was made from what was uploaded is made from it anew."""
    response = set_language(request)
    if "kept" in request.POST:
        response.status_code = HTTPStatus.TEMPORARY_REDIRECT
    return response


class Desk(admin.AdminSite):
    """The admin site, which begins with a board of all translations."""

    site_header = site_title = _("Come again")
    index_title = _("The desk")
    index_template = "admin/articles/board.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from .admin import board

        own = [
            path("work/", self.admin_view(board.work_list), name="work"),
            path("language/", choose_language, name="language"),
        ]
        return own + super().get_urls()

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        from .admin import board

        return super().index(request, {**board.board(request), **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        from .admin.autocomplete import Choices

        return Choices.as_view(admin_site=self)(request)
