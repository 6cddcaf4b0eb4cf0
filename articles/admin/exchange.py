"""Texts out to translators and back: export, and import by way of a preview."""

from collections.abc import Callable
from dataclasses import astuple
from functools import wraps
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from retention.audit.models import Kind
from retention.audit.noting import note

from .. import differences, tables, xliff
from ..abstract import Content
from ..comments import kept_comment
from ..documents import CONTROL
from ..history import keep
from ..models import Article
from ..returns import Change, Plan, apply, planned
from ..roles import languages_of
from ..sentences import Sentence
from ..status import STATUS_NAMES
from ..units import MODELS, Refused, Unit
from ..unrecorded import keep_unrecorded
from .attempts import looking_again
from .exchange_forms import ExportForm, UploadForm, suffix_of
from .sealing import sealed, unsealed

MOST_CHOSEN = 200
# What the history says of an import.
IMPORTED = gettext_noop("Imported from %(name)s.")
WRITERS = {"xlf": xliff.written, "csv": tables.written_csv, "xlsx": tables.written_xlsx}
PARSERS = {"xlf": xliff.parsed, "xliff": xliff.parsed, "csv": tables.parsed_csv, "xlsx": tables.parsed_xlsx}
TYPES = {
    "xlf": "application/x-xliff+xml",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


View = Callable[[HttpRequest], HttpResponse]


def last_step(start: str) -> Callable[[View], View]:
    """Let a view be reached by its form only: who comes without it, having had to sign in again, is led to `start`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if request.method == "POST":
                return view(request)
            message = _("Nothing was done yet: you had to sign in first. If you had chosen a file, choose it again.")
            messages.warning(request, message)
            return redirect(start)

        return guarded

    return decorate


class ExchangePages(admin.ModelAdmin):
    """What the pages of the exchange have in common: `again` is where each is shown in another language."""

    def exchange_page(self, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **context}
        return TemplateResponse(request, f"admin/articles/exchange/{template}.html", context)


class TranslationExchange(ExchangePages):
    """Export and import of translations, and the export of articles chosen in the list."""

    actions = ("export_chosen",)

    def get_urls(self) -> list[URLPattern]:
        view, last = self.admin_site.admin_view, last_step("admin:exchange_import")
        own = [
            path("export/", view(self.export_view), name="exchange_export"),
            path("import/", view(self.import_view), name="exchange_import"),
            path("import/preview/", view(last(self.preview_view)), name="exchange_preview"),
            path("import/apply/", view(last(self.apply_view)), name="exchange_apply"),
        ]
        return own + super().get_urls()

    @admin.action(description=gettext_lazy("Export chosen for translation"), permissions=["view"])
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[Article]) -> HttpResponseRedirect | None:
        chosen = list(queryset.order_by().values_list("pk", flat=True)[: MOST_CHOSEN + 1])
        if len(chosen) > MOST_CHOSEN:
            message = _("Choose %(count)s articles at most, or export all.")
            self.message_user(request, message % {"count": MOST_CHOSEN}, messages.WARNING)
            return None
        return redirect(f"{reverse('admin:exchange_export')}?chosen={','.join(map(str, chosen))}")

    def export_view(self, request: HttpRequest) -> HttpResponse:
        require(may_see(request))
        initial = {"language": next(iter(languages_of(request.user)), None)}
        form = ExportForm(request.POST or None, initial=initial, chosen=chosen_articles(request))
        if form.is_valid() and (response := download(form)):
            return response
        return self.exchange_page(request, "export", _("Export for translation"), form=form)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        require(may_see(request) and languages_of(request.user))
        form = UploadForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self.upload_page(request, form)
        file = form.cleaned_data["file"]
        try:
            units = PARSERS[suffix_of(file.name)](file.read())
            with transaction.atomic():
                plan = planned(units, languages_of(request.user))
            return self.preview(request, file.name, units, plan)
        except Refused as refusal:
            return self.upload_page(request, form, refusal.reasons)

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """Show the preview once more, in the language that is spoken now."""
        require(may_see(request) and languages_of(request.user))
        try:
            name, rows, _fingerprint = unsealed(request, "translations")
            units = [Unit(*row) for row in rows]
            with transaction.atomic():
                plan = planned(units, languages_of(request.user))
            return self.preview(request, name, units, plan)
        except Refused as refusal:
            return self.upload_page(request, UploadForm(), refusal.reasons)

    @looking_again
    def apply_view(self, request: HttpRequest) -> HttpResponse:
        require(may_see(request) and languages_of(request.user))
        try:
            name, rows, fingerprint = unsealed(request, "translations")
            units = [Unit(*row) for row in rows]
            with transaction.atomic():
                plan = planned(units, languages_of(request.user))
                if fault := self.objection(request, plan, fingerprint):
                    return self.preview(request, name, units, plan, fault)
                objects = whole_objects(plan)
                keep_unrecorded(*objects)
                apply(plan)
                comment = kept_comment(Sentence(IMPORTED, {"name": name}), reason=reason_of(request))
                keep(objects, request.user, comment)
                note(request, plan.objects, CHANGE, Kind.IMPORTED, comment)
        except Refused as refusal:
            return self.upload_page(request, UploadForm(), refusal.reasons)
        count = len(plan.changes)
        message = ngettext("%(count)s translation was imported.", "%(count)s translations were imported.", count)
        self.message_user(request, message % {"count": count}, messages.SUCCESS)
        return redirect("admin:exchange_import")

    def objection(self, request: HttpRequest, plan: Plan, fingerprint: str) -> str:
        """Return why what was previewed isn't written yet, or ""."""
        if plan.fingerprint != fingerprint:
            return _("Texts have changed since the preview. Nothing was imported; this is what would change now.")
        if has_warnings(plan) and not reason_of(request):
            return _("Say below why the warnings don’t matter, or mend the file and choose it again.")
        return ""

    def upload_page(self, request: HttpRequest, form: UploadForm, refusals: tuple[str, ...] = ()) -> HttpResponse:
        languages = [name for code, name in settings.LANGUAGES if code in languages_of(request.user)]
        context = {"form": form, "refusals": [*refusals, *form["file"].errors], "languages": languages}
        again = reverse("admin:exchange_import")
        return self.exchange_page(request, "import", _("Import translations"), again=again, **context)

    def preview(
        self, request: HttpRequest, name: str, units: list[Unit], plan: Plan, objection: str = ""
    ) -> HttpResponse:
        context = {
            "again": reverse("admin:exchange_preview"),
            "kept": sealed(request, "translations", name, [astuple(unit) for unit in units], plan.fingerprint),
            "file_name": name,
            "objection": objection,
            "reason": reason_of(request),
            "plan": plan,
            "has_warnings": has_warnings(plan),
            "pieces": [(piece, [shown(change) for change in piece.changes]) for piece in plan.pieces],
        }
        return self.exchange_page(request, "preview", _("What the import would change"), **context)


# --- Who may ----------------------------------------------------------------------------------------------------------


def require(is_allowed: object) -> None:
    if not is_allowed:
        raise PermissionDenied


def may_see(request: HttpRequest) -> bool:
    """Tell whether all content is open to whoever asks."""
    may = request.user.has_perm
    return all(may(f"articles.view_{name}") or may(f"articles.change_{name}") for name in MODELS)


# --- Out --------------------------------------------------------------------------------------------------------------


def chosen_articles(request: HttpRequest) -> QuerySet[Article]:
    numbers = request.GET.get("chosen", "").split(",")[:MOST_CHOSEN]
    return Article.objects.filter(pk__in=[number for number in numbers if number.isdecimal() and len(number) < 19])


def download(form: ExportForm) -> HttpResponse | None:
    """Return the file that the form asks for, or None with the form saying why there is none."""
    units = form.units()
    first = next(units, None)
    if first is None:
        form.add_error(None, _("Nothing is left to translate there."))
        return None
    suffix = form.cleaned_data["suffix"]
    try:
        content = WRITERS[suffix](chain([first], units))
    except Refused as refusal:
        form.add_error(None, list(refusal.reasons))
        return None
    make = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    disposition = f'attachment; filename="{form.file_name()}"'
    return make(content, content_type=TYPES[suffix], headers={"Content-Disposition": disposition})


# --- Back -------------------------------------------------------------------------------------------------------------


def reason_of(request: HttpRequest) -> str:
    """Return why warnings are overruled, in the words of whoever does."""
    return CONTROL.sub(" ", request.POST.get("reason", "")).strip()[:200]


def whole_objects(plan: Plan) -> list[Content]:
    """Return what the history keeps of an import: articles as a whole, and advice and figures of other articles."""
    objects = dict.fromkeys(plan.objects)
    return [obj for obj in objects if getattr(obj, "article", None) not in objects]


def has_warnings(plan: Plan) -> bool:
    return any(change.warnings for change in plan.changes)


def shown(change: Change) -> dict[str, Any]:
    """Return what the preview shows of one change."""
    field = MODELS[change.unit.model]._meta.get_field(change.unit.field)
    return {
        "change": change,
        "name": capfirst(field.verbose_name),
        "status_before": STATUS_NAMES[change.status_before],
        "status": STATUS_NAMES[change.status],
        "parts": differences.between(change.before, change.after),
    }
