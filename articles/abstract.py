"""What all content has in common: texts in five languages, a key, a place in an order, and mostly an address."""

from collections.abc import Callable, Iterable
from itertools import chain

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from .documents import CONTROL
from .indexing import index
from .languages import LANGUAGES, column, columns, fallbacks, translated_fields
from .querysets import ContentQuerySet
from .readable import Addressed, Readable
from .slugs import MAX_LENGTH as SLUG_LENGTH
from .slugs import FormerSlug, has_slug, slug_from
from .standing import indexes_of_work
from .status import text_fields, texts_in

HIGHEST_POSITION = 1_000_000


class Content(Readable, models.Model):
    """An object with texts in several languages.

    SOURCE_COLUMN is the column that holds the language it was first written in; without one that is the language of
    the code.
    """

    SOURCE_COLUMN: str | None = None

    # Whoever asks for it is told by `telling_outdated`.
    is_outdated = False

    key = models.CharField(_("key"), max_length=SLUG_LENGTH, unique=True, editable=False)
    position = models.PositiveIntegerField(
        _("position"),
        default=0,
        validators=[MaxValueValidator(HIGHEST_POSITION)],
        help_text=_("Lower numbers come first; 0 puts it last."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    # Since when translations wait for someone; set by save().
    source_changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        indexes = indexes_of_work()

    def save(self, *args, **kwargs) -> None:
        # modeltranslation fills the column without a language with the text in the active language.
        with override("en"), transaction.atomic():
            stored = self.stored_texts()
            self.complete()
            self.note_changes(stored)
            super().save(*args, **kwargs)
            index(self)

    def clean(self) -> None:
        super().clean()
        if not any(self.exists_in(language) for language in LANGUAGES):
            message = _("Write this text in one language at least.")
            raise ValidationError({column(self.HEADING, language): message for language in LANGUAGES})

    def complete(self) -> None:
        """Fill in what an editor may leave out; called inside the transaction of every save."""
        self.tidy_texts()
        self.key = self.key or free(slug_from(str(self)) or self._meta.model_name, self.is_key_taken)
        self.position = self.position or 1 + (self.siblings().aggregate(last=Max("position"))["last"] or 0)

    def tidy_texts(self) -> None:
        r"""Bring all loaded texts into the one form that files, forms and comparisons share.

        That is no control character and no space at either end, \n between the lines of a long text and no line end in
        a short one, and "" for no text.
        """
        for field in translated_fields(type(self)):
            is_long = isinstance(self._meta.get_field(field), models.TextField)
            for name in columns(field):
                if name in self.__dict__:
                    setattr(self, name, tidy(self.__dict__[name] or "", is_long))

    def stored_texts(self) -> dict[str, str]:
        """Return the texts of the object as the database holds them, by column; nothing for a new object."""
        names = columns(*translated_fields(type(self)), "confirmed")
        if self._state.adding:
            return {}
        # Locked, so that of two saves at once the later sees what the earlier has changed; not against what only points
        # at the object, which in turn may be locked by whoever waits for this one.
        return (
            type(self).objects.select_for_update(no_key=True).filter(pk=self.pk).order_by().values(*names).first() or {}
        )

    def note_changes(self, stored: dict[str, str]) -> None:
        """Take the translations that a save changes as confirmed, and note when the source changes."""
        changed = self.changed_languages(stored)
        source = texts_in(self, self.source_language)
        for language in LANGUAGES:
            is_translated = language in changed and language != self.source_language
            name = column("confirmed", language)
            setattr(self, name, source if is_translated else stored.get(name, ""))
        if self.source_language in changed:
            self.source_changed_at = timezone.now()

    def changed_languages(self, stored: dict[str, str]) -> list[str]:
        """Return the languages in which a text of the object differs from `stored`."""
        fields = text_fields(type(self))
        return [
            language
            for language in LANGUAGES
            if any(
                getattr(self, name) != (stored.get(name) or "")
                for name in [column(field, language) for field in fields]
            )
        ]

    @property
    def source_language(self) -> str:
        """The language that the object was first written in."""
        return settings.LANGUAGE_CODE

    def is_key_taken(self, key: str) -> bool:
        return type(self).objects.filter(key=key).exists()

    def siblings(self) -> ContentQuerySet:
        """Return the objects among which this one has its position."""
        return type(self).objects.all()

    def language_of(self, field: str) -> str:
        """Return the language in which `field` is shown to a reader of the active language.

        That is the active language, unless the text is missing there; with no text at all it is the active one.
        """
        active = get_language()
        return next((code for code in fallbacks(active) if getattr(self, column(field, code))), active)


class SluggedContent(Addressed, Content):
    """Content that has an address of its own."""

    slug = models.CharField(
        _("slug"),
        max_length=SLUG_LENGTH,
        blank=True,
        help_text=_("The last part of the address, in Latin letters. Left empty it is made from the title."),
    )

    class Meta(Content.Meta):
        abstract = True
        constraints = [
            # On PostgreSQL also the indexes by which the public pages look objects up.
            models.UniqueConstraint(
                fields=[column("slug", language)],
                condition=~Q(**{column("slug", language): ""}),
                name=f"%(class)s_slug_{language}_unique",
            )
            for language in LANGUAGES
        ]

    def clean(self) -> None:
        super().clean()
        slugs = {name: getattr(self, name) for name in columns("slug") if getattr(self, name)}
        taken = self.taken_slugs(self.slugs())
        errors = {name: _("Another object has this slug already.") for name, slug in slugs.items() if slug in taken}
        for name, slug in slugs.items():
            if slug_from(slug) != slug:
                errors[name] = _("Use lower-case Latin letters, digits and hyphens only.")
        if errors:
            raise ValidationError(errors)

    def complete(self) -> None:
        super().complete()
        for language in LANGUAGES:
            heading, name = getattr(self, column(self.HEADING, language)), column("slug", language)
            if heading and not getattr(self, name):
                setattr(
                    self, name, free(slug_from(heading) or self._meta.model_name, lambda slug: self.taken_slugs([slug]))
                )

    def taken_slugs(self, slugs: Iterable[str]) -> set[str]:
        """Return those of `slugs` that another object of this model has or had, in whatever language.

        The languages share their slugs, since a slug of another language redirects to this one's. A former slug stays
        with its object, whose old addresses lead on for ever.
        """
        slugs = set(slugs)
        others = type(self).objects.filter(has_slug(*slugs)).exclude(pk=self.pk)
        former = FormerSlug.objects.filter(model=self._meta.model_name, slug__in=slugs).exclude(key=self.key)
        in_use = former.filter(key__in=type(self).objects.values("key")).values_list("slug")
        return slugs & set(chain.from_iterable([*others.values_list(*columns("slug")), *in_use]))

    def note_changes(self, stored: dict[str, str]) -> None:
        """Keep the slugs that a save has replaced, so that their addresses lead on."""
        super().note_changes(stored)
        for language in LANGUAGES:
            name = column("slug", language)
            former = stored.get(name)
            if former and former != getattr(self, name):
                FormerSlug.objects.update_or_create(
                    model=self._meta.model_name, language=language, slug=former, defaults={"key": self.key}
                )


def tidy(text: str, is_long: bool) -> str:
    """Return `text` in the one form that texts are kept in."""
    text = CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip() if is_long else " ".join(text.split("\n")).strip()


def free(stem: str, is_taken: Callable[[str], object]) -> str:
    """Return `stem`, or `stem` with the lowest number from 2 up that makes it one that isn't taken."""
    candidate, number = stem, 1
    while is_taken(candidate):
        number += 1
        candidate = f"{stem[: SLUG_LENGTH - len(str(number)) - 1].rstrip('-')}-{number}"
    return candidate
