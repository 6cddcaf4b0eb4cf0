"""The side-by-side view: the source on the left, its translation on the right, field by field."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE
from django.core import signing
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_POST

from retention.audit.models import Kind
from retention.audit.noting import note

from .. import work
from ..abstract import Content
from ..agreement import Disagreement, disagreements
from ..comments import kept_comment
from ..differences import Part, between
from ..history import keep
from ..languages import LANGUAGES, column, translated_fields
from ..roles import languages_of, may_translate
from ..sentences import Sentence
from ..status import CURRENT, MISSING, OUTDATED, SEPARATOR, confirm, status_of, text_fields, texts_in
from ..unrecorded import keep_unrecorded
from .assurances import StaysValidForm, staying_valid, stays_valid
from .drafts import note_saved
from .forecasts import forecasts
from .forms import ContentForm
from .impact import impact_response
from .scripts import TRANSLATING_MEDIA

# The ways to save, each the name of its button.
MATCHES, SMALL_FIX, CHECKED, UNFINISHED = "_matches", "_small_fix", "_checked", "_unfinished"
SALT = "articles.source"
VERDICTS = {
    MATCHES: gettext_lazy("Save: it matches the source now"),
    SMALL_FIX: gettext_lazy("Save a small fix: still out of date"),
    CHECKED: gettext_lazy("Checked: no change needed"),
    UNFINISHED: gettext_lazy("Save unfinished: something is still missing"),
}
# Those that make sense for a translation of each status.
OFFERED = {MISSING: (MATCHES, UNFINISHED), OUTDATED: (MATCHES, SMALL_FIX, CHECKED), CURRENT: (MATCHES,)}
# Those that leave the translation as confirmed as it was.
UNCONFIRMING = (SMALL_FIX, UNFINISHED)
# What the history says of each.
RECORDS = {
    MATCHES: gettext_noop("Saved as matching the source."),
    SMALL_FIX: gettext_noop("Small fix saved."),
    CHECKED: gettext_noop("Checked; no change needed."),
    UNFINISHED: gettext_noop("Saved unfinished."),
}
SOURCE_RECORD = gettext_noop("Saved.")
KEPT_VALID_RECORD = gettext_noop("Saved; its translations stay valid.")


@dataclass
class Row:
    """One text: its field in the form, the source, what changed in that since the last confirmation, and warnings."""

    field: BoundField
    source: str
    changes: list[Part]
    warnings: list[Disagreement]


class TranslationForm(ContentForm):
    """The texts of one object in `language`, beside the source texts as they were when the page was opened."""

    opened = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why it is right all the same"),
        help_text=gettext_lazy("Kept in the history."),
        required=False,
        max_length=200,
    )
    language = ""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.names = {column(field, self.language): field for field in text_fields(type(self.instance))}
        self.source_language = self.instance.source_language
        self.is_source = self.language == self.source_language
        self.last_confirmed = getattr(self.instance, column("confirmed", self.language))
        self.warnings: dict[str, list[Disagreement]] = {}
        for name, field in self.fields.items():
            base = name.removesuffix(f"_{self.language}")
            if base in translated_fields(type(self.instance)):
                field.label = capfirst(self._meta.model._meta.get_field(base).verbose_name)
        source = texts_in(self.instance, self.source_language)
        self.initial["opened"] = signing.dumps(source, salt=self.salt, compress=True)
        self.source = self.source_as_opened() if self.is_bound else source
        self.is_source_changed = self.source != source

    @property
    def salt(self) -> str:
        return f"{SALT}.{self.instance._meta.model_name}.{self.instance.pk}"

    def source_as_opened(self) -> str:
        """Return the joined source texts that the translator had before their eyes."""
        try:
            return signing.loads(self.data.get("opened", ""), salt=self.salt)
        except signing.BadSignature:
            raise PermissionDenied from None

    @property
    def source_texts(self) -> dict[str, str]:
        return dict(zip(self.names, self.source.split(SEPARATOR), strict=True))

    @property
    def verdict(self) -> str:
        """Which of the ways to save was chosen; Enter in a field chooses none."""
        return next((verdict for verdict in (CHECKED, SMALL_FIX, UNFINISHED) if verdict in self.data), MATCHES)

    @property
    def source_heading(self) -> str:
        return getattr(self.instance, column(self.instance.HEADING, self.source_language))

    @property
    def heading(self) -> str:
        return column(self.instance.HEADING, self.language)

    def is_empty(self, name: str) -> bool:
        """Tell whether nothing was written in a field; where something was refused, there was."""
        return name not in self.errors and not self.cleaned_data.get(name)

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.is_empty(self.heading) and (self.is_source or self.verdict not in UNCONFIRMING):
            self.add_error(self.heading, gettext_lazy("Without this the text doesn’t exist in this language."))
        # What is unfinished is compared once it is said to match.
        if self.is_source or self.verdict == UNFINISHED:
            return cleaned
        if self.verdict == CHECKED and set(self.names) & set(self.changed_data):
            raise forms.ValidationError(
                gettext_lazy("You have changed the translation. Save it as matching the source, or as a small fix.")
            )
        for name, source in self.source_texts.items():
            if source and self.is_empty(name) and self.verdict != SMALL_FIX:
                self.add_error(name, gettext_lazy("The source has this text; the translation lacks it."))
            if found := disagreements(source, cleaned.get(name) or "", self.language, self.source_language):
                self.warnings[name] = found
        if self.warnings and self.is_empty("reason"):
            self.add_error("reason", gettext_lazy("Mend what is marked, or say why it is right all the same."))
        return cleaned

    def confirmed_source(self) -> str:
        """Return the source texts that the translation is true to, once it is saved."""
        return self.last_confirmed if self.verdict in UNCONFIRMING else self.source

    def rows(self) -> list[Row]:
        before = self.last_confirmed.split(SEPARATOR) if self.last_confirmed else []
        # After a change of the model the texts can't be told apart.
        old_texts = before if len(before) == len(self.names) else self.source.split(SEPARATOR)
        return [
            Row(self[name], source, between(old, source) if old != source else [], self.warnings.get(name, []))
            for (name, source), old in zip(self.source_texts.items(), old_texts, strict=True)
        ]

    @property
    def slug(self) -> BoundField | None:
        name = column("slug", self.language)
        return self[name] if name in self.fields else None

    @property
    def keeps_translations_valid(self) -> bool:
        return self.is_source and stays_valid(self.data)

    def comment(self) -> str:
        """Return what the history says of this save."""
        overruled = [each.sentence for found in self.warnings.values() for each in found]
        reason = self.cleaned_data["reason"] if overruled else ""
        return kept_comment(Sentence(self.record()), *overruled, language=self.language, reason=reason)

    def record(self) -> str:
        if self.keeps_translations_valid:
            return KEPT_VALID_RECORD
        return SOURCE_RECORD if self.is_source else RECORDS[self.verdict]


def form_class(model: type[Content], language: str) -> type[TranslationForm]:
    fields = [column(field, language) for field in translated_fields(model)]
    made = forms.modelform_factory(model, form=TranslationForm, fields=fields)
    made.language = language
    return made


def translate(request: HttpRequest, model: type[Content], pk: int, language: str) -> HttpResponse:
    """Show an object with its source and its translation into `language` side by side, and save the translation."""
    check_language(request, model, language)
    if request.method != "POST":
        obj = get_object_or_404(model, pk=pk)
        return show(request, obj, form_class(model, language)(instance=obj))
    with transaction.atomic():
        # Locked while it is saved, so that what another saves meanwhile is seen.
        obj = get_object_or_404(model.objects.select_for_update(of=("self",)), pk=pk)
        form = form_class(model, language)(request.POST, instance=obj)
        refuse_incomplete(request, form)
        if not form.is_valid():
            return show(request, model.objects.get(pk=pk), form)
        save(request, form)
    messages.success(request, outcome(form))
    return note_saved(request, redirect(request.path))


@require_POST
def translation_impact(request: HttpRequest, model: type[Content], pk: int, language: str) -> JsonResponse:
    """Answer with the impact that saving the posted form of `translate` would have."""
    check_language(request, model, language)
    obj = get_object_or_404(model, pk=pk)
    return impact_response(request, forecasts(form_class(model, language)(request.POST, instance=obj)))


def check_language(request: HttpRequest, model: type[Content], language: str) -> None:
    """Refuse who may not change texts in `language`, and a form that was made to change what the page doesn't show."""
    if language not in LANGUAGES:
        raise Http404
    if not may_translate(request.user, language):
        raise PermissionDenied
    texts = {column(field, code) for field in translated_fields(model) for code in LANGUAGES if code != language}
    if texts & set(request.POST):
        raise PermissionDenied


def refuse_incomplete(request: HttpRequest, form: TranslationForm) -> None:
    """Refuse a form that came without some of its texts: they aren't meant to be emptied."""
    if not set(form.fields) - {"reason"} <= set(request.POST):
        raise BadRequest("Texts are missing in this form.")


def save(request: HttpRequest, form: TranslationForm) -> None:
    keep_unrecorded(form.instance)
    with staying_valid([form.instance] if form.keeps_translations_valid else []):
        obj = form.save()
    if not form.is_source:
        confirm(obj, [form.language], form.confirmed_source())
    comment = form.comment()
    keep([obj], request.user, comment)
    note(request, [obj], CHANGE, Kind.CHANGED, comment)


def outcome(form: TranslationForm) -> SafeString:
    """Return what the translator is told after saving, and where work is left."""
    if form.is_source:
        said = _("The text was saved.")
    elif form.is_source_changed:
        said = _("The translation was saved. The source was changed meanwhile, so it is still out of date.")
    elif (status := status_of(form.instance, form.language)) == OUTDATED:
        said = _("The translation was saved. It is still out of date.")
    elif status == MISSING:
        said = _("The translation was saved. Some of its texts are still missing.")
    else:
        said = _("The translation was saved and matches the source.")
    if following := next_left(form):
        url = reverse(f"admin:articles_{following['model']}_translate", args=[following["id"], form.language])
        return format_html('{} <a href="{}">{}</a>', said, url, _("To the next one that is left to do"))
    return format_html("{} {}", said, _("Nothing else is left to do in this language."))


def next_left(form: TranslationForm) -> dict | None:
    """Return what has waited longest in the language, but for what was just saved."""
    saved = (form.instance._meta.model_name, form.instance.pk)
    first_two = work.Unfinished(form.language)[:2]
    return next((row for row in first_two if (row["model"], row["id"]) != saved), None)


def show(request: HttpRequest, obj: Content, form: TranslationForm) -> HttpResponse:
    language, model = form.language, type(obj)
    status = status_of(obj, language)
    name = _("Original") if form.is_source else _("Translation")
    context = {
        **admin.site.each_context(request),
        "title": f"{name}: {dict(settings.LANGUAGES)[language]}",
        "subtitle": str(obj),
        "original": obj,
        "opts": model._meta,
        "form": form,
        "errors": form.errors,
        "language": language,
        "status": status,
        "verdicts": {verdict: VERDICTS[verdict] for verdict in OFFERED[status]},
        "others": [
            (code, status_of(obj, code), code in languages_of(request.user)) for code in LANGUAGES if code != language
        ],
        "media": form.media + TRANSLATING_MEDIA,
    }
    if form.is_source:
        context["assurance_form"] = StaysValidForm(request.POST or None)
        context["impact_url"] = reverse(
            f"admin:articles_{model._meta.model_name}_translation_impact", args=[obj.pk, language]
        )
    return render(request, "admin/articles/translate.html", context)
