"""What the site consists of: articles, the advice and figures in them, and the topics that advice is browsed by."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .abstract import Content, SluggedContent
from .choices import Founded, Ink, Kind, Status, Unit
from .content_stamps import ContentStamp
from .languages import LANGUAGES
from .listings import Listing
from .paths import path_in
from .querysets import AdviceQuerySet, ArticleQuerySet, ContentQuerySet, FigureQuerySet, TopicQuerySet
from .search import Census, Entry, Word
from .slugs import MAX_LENGTH as SLUG_LENGTH
from .slugs import FormerSlug
from .stints import Stint

__all__ = [
    "Advice",
    "Article",
    "Baseline",
    "Census",
    "ContentStamp",
    "Entry",
    "Figure",
    "FormerSlug",
    "Listing",
    "Part",
    "Stint",
    "Topic",
    "Word",
]


class Topic(SluggedContent):
    """A subject that advice is browsed by."""

    HEADING = "name"
    page = "topic"

    name = models.CharField(_("name"), max_length=70, blank=True)
    summary = models.CharField(_("summary"), max_length=160, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta(SluggedContent.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


def check_moment(moment: dt.datetime) -> None:
    """Raise ValidationError unless the moment is one in every time zone, and one that somebody may mean."""
    if not 1900 <= moment.year <= 9998:
        raise ValidationError(_("Give a year from 1900 to 9998."))


class Article(SluggedContent):
    """One of the articles, which its advice and figures belong to."""

    SOURCE_COLUMN = "source_language"
    page = "article"

    source_language = models.CharField(
        _("source language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("The language in which the article is written first; translations are judged against it."),
    )
    ink = models.CharField(
        _("ink"), max_length=10, choices=Ink, default=Ink.PINE, help_text=_("The colour of the article’s card.")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        validators=[check_moment],
        help_text=_("A published article is shown from this moment on. Left empty it is the moment of saving."),
    )
    title = models.CharField(_("title"), max_length=70, blank=True)
    summary = models.CharField(
        _("summary"), max_length=160, blank=True, help_text=_("One or two sentences for lists and search engines.")
    )
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("Markdown."))
    closing = models.TextField(_("closing"), blank=True, help_text=_("Markdown."))

    objects = ArticleQuerySet.as_manager()

    class Meta(SluggedContent.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            *SluggedContent.Meta.constraints,
            models.CheckConstraint(condition=Q(status__in=Status.values), name="article_status_known"),
            models.CheckConstraint(condition=Q(source_language__in=LANGUAGES), name="article_source_language_known"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="article_published_has_moment"
            ),
        ]
        permissions = [(f"translate_{code}", f"Can translate into {code}") for code in LANGUAGES]
        indexes = [
            *SluggedContent.Meta.indexes,
            # The feed: the newest of what is published.
            # Not by status: SQLite would look through all that is published for whatever is asked of it.
            models.Index(fields=["-published_at", "position", "id"], name="article_newest"),
            # The board and the list of articles of the desk.
            models.Index(fields=["position", "id"], name="article_order"),
            # Filters of the desk.
            models.Index(fields=["position", "id"], condition=Q(status="draft"), name="article_drafts"),
            models.Index(fields=["source_language", "position", "id"], name="article_written_in"),
        ]

    def save(self, *args, **kwargs) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            for parts in (self.advice, self.figures):
                parts.exclude(judged_by=self.source_language).update(judged_by=self.source_language)

    def is_key_taken(self, key: str) -> bool:
        # The folder of the topics' files bears this name among those of the articles.
        return key == "topics" or super().is_key_taken(key)

    def clean(self) -> None:
        self.set_moment_of_publication()
        super().clean()

    def complete(self) -> None:
        super().complete()
        self.set_moment_of_publication()

    def set_moment_of_publication(self) -> None:
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()


class Part(Content):
    """What belongs to an article: it is written first in the language of that."""

    SOURCE_COLUMN = "judged_by"

    # The source language of the article, so that the database can judge translations without looking there. Where it
    # was never told, all of them are missing.
    judged_by = models.CharField(max_length=2, blank=True, default="", editable=False)

    class Meta(Content.Meta):
        abstract = True

    def complete(self) -> None:
        super().complete()
        # As it is stored: the article that came with the object may be older than that. A new object isn't there yet
        # for whoever changes the language meanwhile, who therefore has to wait.
        articles = Article.objects.select_for_update(no_key=True) if self._state.adding else Article.objects.all()
        self.judged_by = articles.filter(pk=self.article_id).values_list("source_language", flat=True).first() or ""

    @property
    def source_language(self) -> str:
        return self.article.source_language

    def siblings(self) -> ContentQuerySet:
        return type(self).objects.filter(article=self.article_id)


class Advice(Part, SluggedContent):
    """One piece of advice of an article: a tip, a rule, or a mistake with its remedies."""

    LEAD = "action"

    article = models.ForeignKey(Article, models.CASCADE, related_name="advice", verbose_name=_("article"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    topics = models.ManyToManyField(Topic, related_name="advice", verbose_name=_("topics"), blank=True)
    remedies = models.ManyToManyField(
        "self",
        related_name="remedied",
        symmetrical=False,
        blank=True,
        verbose_name=_("remedies"),
        help_text=_("For a mistake: the advice that repairs it."),
    )
    title = models.CharField(_("title"), max_length=70, blank=True)
    body = models.TextField(_("body"), blank=True, help_text=_("Markdown, 60 to 160 words."))
    action = models.CharField(
        _("today"), max_length=140, blank=True, help_text=_("One sentence: what a team can do today.")
    )
    question = models.CharField(
        _("question"),
        max_length=140,
        blank=True,
        help_text=_(
            "For a mistake: what the self-check asks; “yes” says that customers leave. Left empty, it isn’t asked."
        ),
    )

    objects = AdviceQuerySet.as_manager()

    class Meta(SluggedContent.Meta):
        ordering = ["article__position", "article_id", "position", "id"]
        verbose_name = _("piece of advice")
        verbose_name_plural = _("advice")
        constraints = [
            *SluggedContent.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="advice_kind_known"),
        ]
        indexes = [
            *SluggedContent.Meta.indexes,
            # The article page; previous and next on the page of one piece of advice.
            models.Index(fields=["article", "position", "id"], name="advice_in_article"),
            # A filter of the desk. That by topic has one on the table of who is filed where: migration 0015.
            models.Index(fields=["kind", "article", "position", "id"], name="advice_of_kind"),
        ]

    @property
    def page(self) -> str:
        return self.kind

    def check_remedies(self, remedies: Collection[str]) -> None:
        """Raise ValidationError unless the advice may have these remedies, which are given by key."""
        if remedies and self.kind != Kind.MISTAKE:
            raise ValidationError({"remedies": _("Only a mistake has remedies.")})
        if self.key in remedies:
            raise ValidationError({"remedies": _("A mistake isn’t its own remedy.")})


class Figure(Part, Content):
    """A number with its claim, its source, and how well it is founded.

    Most figures are one number (`low`); a range or a ratio has a second one (`high`).
    """

    HEADING = "claim"

    article = models.ForeignKey(Article, models.CASCADE, related_name="figures", verbose_name=_("article"))
    advice = models.ForeignKey(
        Advice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="figures",
        verbose_name=_("piece of advice"),
        help_text=_(
            "The piece of advice beside which the figure stands; without one it stands at the article’s introduction."
        ),
    )
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    low = models.DecimalField(
        _("number"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(10**9)]
    )
    high = models.DecimalField(
        _("second number"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(10**9)],
        help_text=_("The end of a range or the second part of a ratio."),
    )
    founded = models.CharField(
        _("founded on"),
        max_length=10,
        choices=Founded,
        help_text=_("Survey: a named study. Attributed: a named body, study not named. Estimate: a rule of thumb."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    claim = models.CharField(
        _("claim"), max_length=200, blank=True, help_text=_("One whole sentence with the number in it.")
    )
    source = models.CharField(_("source"), max_length=160, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta(Content.Meta):
        ordering = ["article__position", "article_id", "position", "id"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="figure_unit_known"),
            models.CheckConstraint(condition=Q(founded__in=Founded.values), name="figure_founded_known"),
            models.CheckConstraint(
                condition=Q(high__isnull=True) | Q(unit="ratio") | Q(high__gt=F("low")),
                name="figure_range_ascends",
                violation_error_message=_("The second number of a range is greater than the first."),
            ),
            models.CheckConstraint(
                condition=~Q(unit="ratio") | Q(high__isnull=False),
                name="figure_ratio_has_two_numbers",
                violation_error_message=_("A ratio needs a second number."),
            ),
        ]
        indexes = [
            *Content.Meta.indexes,
            # The list of the desk; the article page.
            models.Index(fields=["article", "position", "id"], name="figure_in_article"),
            # A filter of the desk.
            models.Index(fields=["founded", "article", "position", "id"], name="figure_founded"),
        ]

    def get_absolute_url(self) -> str:
        return f"{path_in(get_language(), 'figures')}#figure-{self.key}"

    def clean(self) -> None:
        super().clean()
        if self.advice and self.article_id and self.advice.article_id != self.article_id:
            raise ValidationError({"advice": _("This piece of advice belongs to another article.")})


class Baseline(models.Model):
    """What load_content last wrote for one object, by which it tells an editor's change from an older text of ours.

    It outlives the object, so that what an editor deleted stays deleted.
    """

    model = models.CharField(max_length=20)
    key = models.CharField(max_length=SLUG_LENGTH)
    fields = models.JSONField(help_text="A digest of each field's value.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="baseline_unique")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
