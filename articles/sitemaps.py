"""The sitemap: every page in every language in which it really exists, with its alternates."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from .abstract import SluggedContent
from .languages import LANGUAGES, columns, fallbacks
from .models import Advice, Article, Topic
from .paths import path_of


class LanguagePaginator(Paginator):
    """Cuts the items into parts first, so that a part reads only its own, then gives each in all its languages."""

    def __init__(self, sitemap: "LanguageSitemap") -> None:
        super().__init__(sitemap.items(), sitemap.limit)
        self.languages_of = sitemap.get_languages_for_item

    def _get_page(self, items: Sequence, *args) -> Page:
        pairs = [(item, language) for item in items for language in self.languages_of(item)]
        return super()._get_page(pairs, *args)


class PartsById(LanguagePaginator):
    """Cuts the items of a table by their primary keys, so that no part skips what stands in those before it.

    Parts differ in size by what isn't published or was deleted.
    """

    @cached_property
    def num_pages(self) -> int:
        last = self.object_list.model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        return 1 + last // self.per_page

    def page(self, number: int) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return self._get_page(self.object_list.filter(pk__gte=first, pk__lt=first + self.per_page), number, self)


class LanguageSitemap(Sitemap):
    """A sitemap whose alternates also name the page for readers of other languages."""

    i18n = True
    alternates = True
    # Items a part; each stands there in five languages, with as many alternates.
    limit = 250

    @property
    def paginator(self) -> LanguagePaginator:
        return LanguagePaginator(self)

    def get_urls(self, *args, **kwargs) -> list[dict]:
        urls = super().get_urls(*args, **kwargs)
        for url in urls:
            by_language = {alternate["lang_code"]: alternate["location"] for alternate in url["alternates"]}
            default = next(by_language[code] for code in fallbacks("en") if code in by_language)
            url["alternates"].append({"location": default, "lang_code": "x-default"})
        return urls


class PageSitemap(LanguageSitemap):
    """The pages that are there whatever the content."""

    def items(self) -> list[str]:
        lists = ("articles", "tips", "rules", "mistakes", "topics", "figures")
        return ["home", *lists, "today", "sheet", "check", "calculator", "search", "accessibility"]

    def location(self, item: str) -> str:
        return path_of(item)


class ContentSitemap(LanguageSitemap):
    """The pages of the objects of one model."""

    def get_languages_for_item(self, item: SluggedContent) -> list[str]:
        return [language for language in LANGUAGES if item.exists_in(language)]

    @property
    def paginator(self) -> PartsById:
        return PartsById(self)

    def lastmod(self, item: SluggedContent) -> dt.datetime:
        return item.updated_at

    def get_latest_lastmod(self) -> None:
        """Say nothing of when a part has changed: that would be the latest change of all, the same for each."""


class ArticleSitemap(ContentSitemap):
    def items(self) -> QuerySet[Article]:
        return Article.objects.published().order_by("id").only("updated_at", *columns("title", "slug"))


class AdviceSitemap(ContentSitemap):
    def items(self) -> QuerySet[Advice]:
        return Advice.objects.published().order_by("id").only("kind", "updated_at", *columns("title", "slug"))


class TopicSitemap(ContentSitemap):
    def items(self) -> QuerySet[Topic]:
        return Topic.objects.order_by("id").only("updated_at", *columns("name", "slug"))


SITEMAPS = {"pages": PageSitemap, "articles": ArticleSitemap, "advice": AdviceSitemap, "topics": TopicSitemap}
