"""The admin as a whole: the desk at which editors and translators work.

It stands outside the package of the admin, which registers its models with it.
"""

from functools import partial
from http import HTTPStatus

from django.conf import settings
from django.contrib import admin
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language


def choose_language(request: HttpRequest) -> HttpResponse:
    """Have the desk speak another language; a page that was made from what was uploaded is made from it anew."""
    response = set_language(request)
    if "kept" in request.POST:
        response.status_code = HTTPStatus.TEMPORARY_REDIRECT
    return response


def lacks_factor(request: HttpRequest) -> bool:
    """Tell whether somebody has yet to set up the second factor that everybody must have."""
    return settings.SECOND_FACTOR == "required" and not request.user.is_verified()


class Desk(admin.AdminSite):
    """The admin site, which begins with a board of all translations."""

    site_header = site_title = _("Come again")
    index_title = _("The desk")
    index_template = "admin/articles/board.html"

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from retention.sign_in import pages

        from .admin import board

        own = [
            path("work/", self.admin_view(board.work_list), name="work"),
            path("language/", choose_language, name="language"),
            *pages.urls(),
        ]
        return own + super().get_urls()

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        from .admin import board

        return super().index(request, {**board.board(request), **(extra_context or {})})

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not lacks_factor(request)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        from retention.sign_in.forms import CodeNeeded
        from retention.sign_in.steps import ask_for_code

        if request.method == "GET" and super().has_permission(request) and lacks_factor(request):
            return redirect("admin:two_step")
        try:
            return super().login(request, extra_context)
        except CodeNeeded as needed:
            return ask_for_code(request, needed.user)

    @property
    def login_form(self) -> type[Form]:
        from retention.sign_in.forms import PasswordForm

        return PasswordForm

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        from retention.sign_in.pages import change_password

        return change_password(request, partial(super().password_change, request, extra_context))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        from .admin.autocomplete import Choices

        return Choices.as_view(admin_site=self)(request)
