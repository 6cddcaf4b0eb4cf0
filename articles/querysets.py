"""The questions that pages, feeds, sitemaps and commands ask, in the words of the domain."""

from collections.abc import Iterable
from typing import Self

from django.db import connection
from django.db.models import Case, Expression, IntegerField, Q, QuerySet, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from .languages import column, is_translated
from .listings import COUNTED, MANY, Moment
from .rows import Rows, ShownIterable
from .slugs import FormerSlug, has_slug
from .status import with_status


def is_published(article: str = "", moment: Moment | None = None) -> Q:
    """Return the one definition of "published", of articles or along `article`, the path to one ("article__").

    It is what holds now, or at a moment that is yet to be filled in.
    """
    return Q((f"{article}status", "published"), (f"{article}published_at__lte", moment or timezone.now()))


# The same of articles in SQL, given the moment.
PUBLISHED = "status = 'published' AND published_at <= %(moment)s"


class ContentQuerySet(QuerySet):
    """What is asked of all content: texts in several languages."""

    # How rows are made for readers; None for objects of the model.
    rows: Rows | None = None

    def _clone(self) -> Self:
        clone = super()._clone()
        clone.rows = self.rows
        return clone

    def shown_in(self, language: str, *paths: str) -> Self:
        """Give rows as readers of `language` see them, with these fields only.

        Fields are those of this model or along a relation ("article__title"); texts come in `language`, or else in the
        first other language that has them. `is_outdated` tells whether the source has changed since the translation was
        confirmed.
        """
        rows = Rows(self.model, language, paths)
        clone = self.rewrite(False).values_list(*rows.columns())
        clone._iterable_class = ShownIterable
        clone.rows = rows
        return clone

    def written_in(self, languages: Iterable[str], *fields: str) -> Self:
        """Load these fields only, texts in these languages, none of which stands in for another, with their status."""
        codes = tuple(languages)
        names = [
            name
            for field in fields
            for name in ([column(field, code) for code in codes] if is_translated(self.model, field) else [field])
        ]
        return self.only(*names).with_status(*codes)

    def with_status(self, *languages: str) -> Self:
        """Add `status_<language>` for each language: whether the translation is missing, outdated or current."""
        return with_status(self, *languages)

    def existing_in(self, language: str) -> Self:
        """Keep what exists in `language` itself, not as a fallback."""
        return self.filter(**{f"{column(self.model.HEADING, language)}__gt": ""})


class SluggedQuerySet(ContentQuerySet):
    """What is asked of content that has an address."""

    def called(self, slug: str | Expression, language: str) -> Self:
        """Keep the one object that has `slug` in `language`, or else in another language."""
        elsewhere = Case(When(**{column("slug", language): slug}, then=0), default=1)
        return self.filter(has_slug(slug)).order_by(elsewhere, "pk")[:1]

    def find(self, slug: str, language: str):
        """Return the object that `slug` leads a reader of `language` to, or None: a present slug, or a former one."""
        return self.called(slug, language).first() or self.find_former(slug, language)

    def find_former(self, slug: str, language: str):
        """Return the object that once had `slug`, if possible in `language`, or None."""
        former = FormerSlug.objects.filter(model=self.model._meta.model_name, slug=slug)
        keys = dict(former.values_list("language", "key"))
        key = keys.get(language) or next(iter(keys.values()), None)
        return key and self.filter(key=key).first()


class TopicQuerySet(SluggedQuerySet):
    def published(self, moment: Moment | None = None) -> Self:
        """Keep all: topics belong to no article."""
        return self.all()

    def with_counts(self, moment: Moment | None = None) -> Self:
        """Add `advice_count`, the number of pieces of advice on each topic that are published now, or at a moment.

        Of more than MANY it says only that it is more.
        """
        moment = moment or connection.ops.adapt_datetimefield_value(timezone.now())
        return self.annotate(advice_count=RawSQL(COUNTED, [moment, MANY + 1], IntegerField()))  # noqa: S611


class ArticleQuerySet(SluggedQuerySet):
    def published(self, moment: Moment | None = None) -> Self:
        """Keep what readers may see now, or at a moment."""
        return self.filter(is_published("", moment))

    def newest_first(self) -> Self:
        """Order by the moment of publication."""
        return self.order_by("-published_at", "position", "id")

    def on_cards_in(self, language: str) -> Self:
        """Give what a card shows, but for its circles."""
        return self.shown_in(language, "key", "position", "title", "slug", "summary", "ink")


class AdviceQuerySet(SluggedQuerySet):
    def published(self, moment: Moment | None = None) -> Self:
        """Keep what readers may see now, or at a moment."""
        return self.filter(is_published("article__", moment))

    def newest_first(self) -> Self:
        """Order by the moment at which the article was published, and by place in it."""
        return self.order_by("-article__published_at", "article__position", "article_id", "position", "id")

    def in_reading_order(self) -> Self:
        """Order by article and by place in the article."""
        return self.order_by("article__position", "article_id", "position", "id")

    def read_in(self, language: str) -> Self:
        """Give what an article shows of its advice."""
        fields = ("article_id", "position", "kind", "key", "title", "slug", "body", "action", "is_outdated")
        return self.shown_in(language, *fields)

    def asked_in(self, language: str) -> Self:
        """Give what the self-check shows of a mistake."""
        return self.shown_in(language, "kind", "key", "title", "slug", "action", "question", *ARTICLE_OF_ROW)

    def listed_in(self, language: str) -> Self:
        """Give what a row of a list shows, with the article it belongs to."""
        return self.shown_in(language, "kind", "title", "slug", "action", *ARTICLE_OF_ROW)

    def on_sheet_in(self, language: str) -> Self:
        """Give what a team sheet shows, and what its codes stand for."""
        own = ("kind", "title", "slug", "action", "body", "updated_at", "is_outdated")
        return self.shown_in(language, *own, *ARTICLE_OF_ROW)


class FigureQuerySet(ContentQuerySet):
    def published(self, moment: Moment | None = None) -> Self:
        """Keep what readers may see now, or at a moment."""
        return self.filter(is_published("article__", moment))

    def read_in(self, language: str) -> Self:
        """Give what is shown of a figure beside a text."""
        return self.shown_in(language, "article_id", "advice_id", "position", *FIGURE)

    def listed_in(self, language: str) -> Self:
        """Give what the page of all figures shows, with the article each belongs to."""
        return self.shown_in(language, *FIGURE, *ARTICLE_OF_ROW)


FIGURE = ("key", "unit", "low", "high", "founded", "year", "claim", "source", "is_outdated")
ARTICLE_OF_ROW = ("article__key", "article__title", "article__slug", "article__ink")
