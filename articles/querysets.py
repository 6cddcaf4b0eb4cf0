"""The questions that pages, feeds, sitemaps and commands ask, in the words of the domain."""

from collections.abc import Iterable, Sequence
from typing import Self

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Model, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from .choices import Kind
from .languages import column, columns, fallbacks, is_translated
from .listings import COUNTED, MANY
from .slugs import FormerSlug, has_slug
from .status import OUTDATED, with_status


def is_published(article: str = "") -> Q:
    """Return the one definition of "published", of articles or along `article`, the path to one ("article__")."""
    return Q((f"{article}status", "published"), (f"{article}published_at__lte", timezone.now()))


# The same of articles in SQL, given the moment.
PUBLISHED = "status = 'published' AND published_at <= %s"


class ContentQuerySet(QuerySet):
    """What is asked of all content: texts in several languages."""

    # The language shown, and for each relation loaded along ("" for the rows themselves) its texts.
    _shown: tuple[str, dict[str, list[str]]] | None = None

    def _clone(self) -> Self:
        clone = super()._clone()
        clone._shown = self._shown
        return clone

    def shown_in(self, language: str, *paths: str) -> Self:
        """Load these fields only, of this model or along a relation ("article__title").

        Texts are loaded in `language` and its first fallback; rows with a text in neither get it from the other
        languages in one further query for all of them.
        """
        names: list[str] = []
        texts: dict[str, list[str]] = {}
        for path in paths:
            relation, _, field = path.rpartition("__")
            model = self.model._meta.get_field(relation).related_model if relation else self.model
            if is_translated(model, field):
                texts.setdefault(relation, []).append(field)
                names += [path.removesuffix(field) + column(field, code) for code in fallbacks(language)[:2]]
            else:
                names.append(path)
        clone = self.select_related(*filter(None, texts)).only(*names)
        clone._shown = language, texts
        return clone

    def _fetch_all(self) -> None:
        is_first_look = self._result_cache is None
        super()._fetch_all()
        if is_first_look and self._shown:
            self._fetch_further_fallbacks(*self._shown)

    def _fetch_further_fallbacks(self, language: str, texts: dict[str, list[str]]) -> None:
        near, far = fallbacks(language)[:2], fallbacks(language)[2:]

        def lacks(row: Model) -> bool:
            return any(
                not any(getattr(obj, column(field, code)) for code in near)
                for relation, fields in texts.items()
                for obj in [getattr(row, relation) if relation else row]
                for field in fields
            )

        lacking = {row.pk: row for row in self._result_cache if lacks(row)}
        if not lacking:
            return
        names = {
            (f"{relation}__" if relation else "") + column(field, code): (relation, column(field, code))
            for relation, fields in texts.items()
            for field in fields
            for code in far
        }
        for values in self.model.objects.filter(pk__in=lacking).values("pk", *names):
            row = lacking[values.pop("pk")]
            for path, text in values.items():
                relation, name = names[path]
                (getattr(row, relation) if relation else row).__dict__[name] = text

    def in_order_of(self, keys: Sequence[int]) -> list[Model]:
        """Return the rows with these primary keys in the order of the keys; what isn't there is left out."""
        rows = self.order_by().in_bulk(keys)
        return [rows[key] for key in keys if key in rows]

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

    def telling_outdated(self, language: str) -> Self:
        """Add `is_outdated`: whether the source has changed since the translation was confirmed."""
        is_outdated = ExpressionWrapper(Q((f"status_{language}", OUTDATED)), BooleanField())
        return self.with_status(language).annotate(is_outdated=is_outdated)

    def existing_in(self, language: str) -> Self:
        """Keep what exists in `language` itself, not as a fallback."""
        return self.filter(**{f"{column(self.model.HEADING, language)}__gt": ""})


class SluggedQuerySet(ContentQuerySet):
    """What is asked of content that has an address."""

    def find(self, slug: str, language: str):
        """Return the object that `slug` leads a reader of `language` to, or None.

        A present slug of this language wins, then one of another language, then a former one, this language's first.
        """
        present = list(self.filter(has_slug(slug)))
        if present:
            return min(present, key=lambda found: getattr(found, column("slug", language)) != slug)
        former = FormerSlug.objects.filter(model=self.model._meta.model_name, slug=slug)
        keys = dict(former.values_list("language", "key"))
        key = keys.get(language) or next(iter(keys.values()), None)
        return key and self.filter(key=key).first()


class TopicQuerySet(SluggedQuerySet):
    def with_counts(self) -> Self:
        """Add `advice_count`, the number of published pieces of advice on each topic, or MANY if it is more."""
        moment = connection.ops.adapt_datetimefield_value(timezone.now())
        return self.annotate(advice_count=RawSQL(COUNTED, [moment, MANY + 1]))  # noqa: S611


class ArticleQuerySet(SluggedQuerySet):
    def published(self) -> Self:
        """Keep what readers may see now."""
        return self.filter(is_published())

    def newest_first(self) -> Self:
        """Order by the moment of publication."""
        return self.order_by("-published_at", "position", "id")


class AdviceQuerySet(SluggedQuerySet):
    def published(self) -> Self:
        """Keep what readers may see now."""
        return self.filter(is_published("article__"))

    def newest_first(self) -> Self:
        """Order by the moment at which the article was published, and by place in it."""
        return self.order_by("-article__published_at", "article__position", "article_id", "position", "id")

    def in_reading_order(self) -> Self:
        """Order by article and by place in the article."""
        return self.order_by("article__position", "article_id", "position", "id")

    def by_kind(self) -> Self:
        """Order tips before rules before mistakes, each kind in reading order."""
        return self.order_by("-kind", "article__position", "article_id", "position", "id")

    def asked(self) -> Self:
        """Keep the mistakes that the self-check asks about: those with a question in any language."""
        has_question = Q(*((f"{name}__gt", "") for name in columns("question")), _connector=Q.OR)
        return self.filter(has_question, kind=Kind.MISTAKE)

    def on_topic(self, topic) -> Self:
        """Keep the advice on one topic."""
        return self.filter(topics=topic)

    def read_in(self, language: str) -> Self:
        """Load what an article shows of its advice."""
        fields = ("kind", "position", "article", "key", "title", "slug", "body", "action")
        return self.shown_in(language, *fields).telling_outdated(language)

    def asked_in(self, language: str) -> Self:
        """Load what the self-check shows of a mistake."""
        own = ("kind", "position", "key", "title", "slug", "action", "question")
        return self.shown_in(language, *own, *ARTICLE_OF_ROW)

    def listed_in(self, language: str) -> Self:
        """Load what a row of a list shows, with the article it belongs to."""
        own = ("kind", "position", "title", "slug", "action")
        return self.shown_in(language, *own, *ARTICLE_OF_ROW)

    def on_sheet_in(self, language: str) -> Self:
        """Load what a team sheet shows, and what its codes stand for."""
        own = ("kind", "title", "slug", "action", "body", "updated_at")
        return self.shown_in(language, *own, *ARTICLE_OF_ROW).telling_outdated(language)


class FigureQuerySet(ContentQuerySet):
    def published(self) -> Self:
        """Keep what readers may see now."""
        return self.filter(is_published("article__"))

    def read_in(self, language: str) -> Self:
        """Load what is shown of a figure beside a text."""
        return self.shown_in(language, "article", "advice", *FIGURE).telling_outdated(language)

    def listed_in(self, language: str) -> Self:
        """Load what the page of all figures shows, with the article each belongs to."""
        return self.shown_in(language, *FIGURE, *ARTICLE_OF_ROW).telling_outdated(language)


FIGURE = ("key", "unit", "low", "high", "founded", "year", "claim", "source")
ARTICLE_OF_ROW = ("article", "article__key", "article__title", "article__slug", "article__ink")
