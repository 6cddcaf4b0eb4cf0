"""All content out as a ZIP file in the format of the repository, and back in by way of a preview."""

import base64
import tempfile

from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from retention.audit.models import Kind
from retention.audit.noting import note

from .. import archives
from ..comments import kept_comment
from ..loading import Outcome
from ..prospects import prospects_of
from ..sentences import Sentence
from ..units import MODELS, Refused
from .exchange import IMPORTED, ExchangePages, last_step, may_see, require
from .exchange_forms import ArchiveForm
from .sealing import sealed, unsealed

# What becomes of an object, told before; and after.
PROSPECTS = {
    Outcome.CREATED: gettext_lazy("to be added"),
    Outcome.UPDATED: gettext_lazy("to be changed"),
    Outcome.UNCHANGED: gettext_lazy("stays as it is"),
    Outcome.KEPT: gettext_lazy("stays as edited here"),
    Outcome.LEFT_DELETED: gettext_lazy("stays deleted"),
}
OUTCOMES = {
    Outcome.CREATED: gettext_lazy("created"),
    Outcome.UPDATED: gettext_lazy("updated"),
    Outcome.UNCHANGED: gettext_lazy("unchanged"),
    Outcome.KEPT: gettext_lazy("kept as edited"),
    Outcome.LEFT_DELETED: gettext_lazy("left deleted"),
}


class Stale(Exception):
    """A preview that doesn't tell any more what loading does; ends the transaction."""


class ContentExchange(ExchangePages):
    """The pages of the archive of all content."""

    def get_urls(self) -> list[URLPattern]:
        view, last = self.admin_site.admin_view, last_step("admin:exchange_archive")
        own = [
            path("content/", view(self.archive_view), name="exchange_archive"),
            path("content/download/", view(last(self.download_view)), name="exchange_archive_download"),
            path("content/preview/", view(last(self.archive_preview_view)), name="exchange_archive_preview"),
            path("content/apply/", view(last(self.apply_archive_view)), name="exchange_archive_apply"),
        ]
        return own + super().get_urls()

    def archive_view(self, request: HttpRequest) -> HttpResponse:
        require(may_see(request))
        form = ArchiveForm(request.POST or None, request.FILES or None)
        if request.method != "POST":
            return self.archive_page(request, form)
        require(may_load(request))
        if not form.is_valid():
            return self.archive_page(request, form)
        file, overwrite = form.cleaned_data["file"], form.cleaned_data["overwrite"]
        try:
            return self.archive_preview(request, file.name, file.read(), overwrite)
        except Refused as refusal:
            return self.archive_page(request, form, refusal.reasons)

    def download_view(self, request: HttpRequest) -> HttpResponse:
        require(may_see(request))
        file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
        archives.written(file)
        file.seek(0)
        return FileResponse(file, as_attachment=True, filename=f"come-again-content-{timezone.localdate()}.zip")

    def archive_preview_view(self, request: HttpRequest) -> HttpResponse:
        """Show the preview once more, in the language that is spoken now."""
        require(may_load(request))
        try:
            name, packed, overwrite, _fingerprint = unsealed(request, "content")
            return self.archive_preview(request, name, base64.b85decode(packed), overwrite)
        except Refused as refusal:
            return self.archive_page(request, ArchiveForm(), refusal.reasons)

    def apply_archive_view(self, request: HttpRequest) -> HttpResponse:
        require(may_load(request))
        try:
            name, packed, overwrite, fingerprint = unsealed(request, "content")
            content = base64.b85decode(packed)
            with transaction.atomic():
                loading = archives.loaded_from(content, overwrite=overwrite, user=request.user)
                if loading.fingerprint != fingerprint:
                    raise Stale
                note_written(request, loading, name)
        except Stale:
            return self.archive_preview(request, name, content, overwrite, is_repeated=True)
        except Refused as refusal:
            return self.archive_page(request, ArchiveForm(), refusal.reasons)
        self.message_user(request, _("Loaded: %(summary)s.") % {"summary": summary(loading)}, messages.SUCCESS)
        return redirect("admin:exchange_archive")

    def archive_page(self, request: HttpRequest, form: ArchiveForm, refusals: tuple[str, ...] = ()) -> HttpResponse:
        context = {"form": form, "refusals": [*refusals, *form["file"].errors], "may_load": may_load(request)}
        again = reverse("admin:exchange_archive")
        return self.exchange_page(request, "archive", _("All content as a file"), again=again, **context)

    def archive_preview(
        self, request: HttpRequest, name: str, content: bytes, overwrite: bool, is_repeated: bool = False
    ) -> HttpResponse:
        loading = archives.tried(content, overwrite=overwrite)
        packed = base64.b85encode(content).decode()
        context = {
            "again": reverse("admin:exchange_archive_preview"),
            "kept": sealed(request, "content", name, packed, overwrite, loading.fingerprint),
            "file_name": name,
            "overwrite": overwrite,
            "is_repeated": is_repeated,
            "counts": [(PROSPECTS[outcome], count) for outcome, count in loading.counts],
            "prospects": [(PROSPECTS[each.outcome], each) for each in prospects_of(loading.loaded)],
            "writes": loading.writes,
        }
        return self.exchange_page(request, "archive_preview", _("What loading would change"), **context)


def may_load(request: HttpRequest) -> bool:
    """Tell whether whoever asks may add and change all content."""
    return all(request.user.has_perm(f"articles.{action}_{name}") for action in ("add", "change") for name in MODELS)


def note_written(request: HttpRequest, loading: archives.Loading, file_name: str) -> None:
    """Note what was created and what was changed."""
    comment = kept_comment(Sentence(IMPORTED, {"name": file_name}))
    written = [each for each in loading.loaded if each.written]
    for action, is_new in ((ADDITION, True), (CHANGE, False)):
        records = [each.record for each in written if (each.outcome == Outcome.CREATED) == is_new]
        for name, model in MODELS.items():
            objects = model.objects.filter(key__in=[record.key for record in records if record.model == name])
            note(request, objects, action, Kind.IMPORTED, comment)


def summary(loading: archives.Loading) -> str:
    return ", ".join(f"{OUTCOMES[outcome]}: {count}" for outcome, count in loading.counts)
