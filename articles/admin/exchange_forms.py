"""What is asked before texts go out, and the file that comes back."""

from collections.abc import Iterator

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Article, Topic
from ..units import Unit, everything, left_to_translate, units_for, within

MOST_BYTES = 5_000_000


class ExportForm(forms.Form):
    """Which texts go out, for which language, and in which format; `chosen` are the articles marked in the list."""

    language = forms.ChoiceField(label=gettext_lazy("Translation into"), choices=settings.LANGUAGES)
    what = forms.ChoiceField(label=gettext_lazy("Texts"), widget=forms.RadioSelect)
    only_unfinished = forms.BooleanField(
        label=gettext_lazy("Only what is missing or out of date"), required=False, initial=True
    )
    suffix = forms.ChoiceField(
        label=gettext_lazy("Format"),
        widget=forms.RadioSelect,
        initial="xlf",
        choices=[
            ("xlf", gettext_lazy("XLIFF, for translation software")),
            ("xlsx", gettext_lazy("XLSX, for a spreadsheet")),
            ("csv", gettext_lazy("CSV, for a spreadsheet or a program of your own")),
        ],
    )

    def __init__(self, *args, chosen: QuerySet[Article], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.chosen = list(chosen)
        choices = [("everything", _("All articles and topics")), ("topics", _("The topics"))]
        if self.chosen:
            choices.insert(0, ("chosen", _("The chosen articles, with their advice and figures")))
        self.fields["what"].choices = choices
        self.fields["what"].initial = choices[0][0]

    def querysets(self) -> list[QuerySet]:
        match self.cleaned_data["what"]:
            case "chosen":
                return within(Article.objects.filter(pk__in=[article.pk for article in self.chosen]))
            case "topics":
                return [Topic.objects.all()]
        return everything()

    def units(self) -> Iterator[Unit]:
        units = units_for(self.querysets(), self.cleaned_data["language"])
        return left_to_translate(units) if self.cleaned_data["only_unfinished"] else units

    def file_name(self) -> str:
        """Return a name that says what the file holds: "come-again-fi-2026-11-21.xlf"."""
        stem = {"everything": "come-again", "topics": "topics", "chosen": "articles"}[self.cleaned_data["what"]]
        if stem == "articles" and len(self.chosen) == 1:
            stem = self.chosen[0].key
        return f"{stem}-{self.cleaned_data['language']}-{timezone.localdate()}.{self.cleaned_data['suffix']}"


class UploadForm(forms.Form):
    """A file that comes back, known by the end of its name."""

    SUFFIXES = ("xlf", "xliff", "csv", "xlsx")

    file = forms.FileField(label=gettext_lazy("File"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{suffix}" for suffix in self.SUFFIXES)

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if suffix_of(file.name) not in self.SUFFIXES:
            known = ", ".join(f".{suffix}" for suffix in self.SUFFIXES)
            raise forms.ValidationError(_("The name of the file must end in %(known)s.") % {"known": known})
        if file.size > MOST_BYTES:
            message = _("The file is larger than %(count)s MB: export and import fewer texts at once.")
            raise forms.ValidationError(message % {"count": MOST_BYTES // 1_000_000})
        return file


class ArchiveForm(UploadForm):
    """An archive of content, and whether it wins over what editors changed."""

    SUFFIXES = ("zip",)

    overwrite = forms.BooleanField(
        label=gettext_lazy("The file wins over what editors changed"),
        help_text=gettext_lazy("Otherwise texts that were changed here since they were loaded stay as they are."),
        required=False,
    )


def suffix_of(name: str) -> str:
    return name.rpartition(".")[2].lower()
