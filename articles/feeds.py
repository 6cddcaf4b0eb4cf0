"""The Atom feeds of each language: the newest articles and the advice in them, and the advice of the days."""

import datetime as dt
from itertools import chain

from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .abstract import SluggedContent
from .days import Day, days
from .languages import column
from .models import Advice, Article
from .paths import path_of
from .rendering import render

ENTRIES = 60
DAYS = dt.timedelta(days=14)


class LanguageFeed(Atom1Feed):
    """Atom whose entries bring the whole text."""

    def add_item_elements(self, handler, item) -> None:
        super().add_item_elements(handler, item)
        if item["html"]:
            handler.addQuickElement("content", item["html"], {"type": "html"})


class LatestFeed(Feed):
    """Only texts that really exist in the language of the feed."""

    feed_type = LanguageFeed

    def title(self) -> str:
        return _("Come again: new advice on keeping customers")

    def subtitle(self) -> str:
        return _("Articles, tips, rules and mistakes for everyone who serves customers.")

    def link(self) -> str:
        return path_of("home")

    def author_name(self) -> str:
        return _("Come again")

    def items(self) -> list[SluggedContent]:
        language = get_language()
        articles = Article.objects.published().existing_in(language).newest_first()
        advice = Advice.objects.published().existing_in(language).newest_first().select_related("article")
        everything = chain(articles[:ENTRIES], advice[:ENTRIES])
        return sorted(everything, key=self.item_pubdate, reverse=True)[:ENTRIES]

    def item_title(self, item: SluggedContent) -> str:
        return item.title

    def item_description(self, item: SluggedContent) -> str:
        return escape(text_in(item, item.LEAD))

    def item_guid(self, item: SluggedContent) -> str:
        # Addresses may change with their slugs; the key never does, nor does the year in a tag URI.
        return f"tag:come-again,2026:{get_language()}:{item._meta.model_name}:{item.key}"

    def item_pubdate(self, item: SluggedContent) -> dt.datetime:
        return item.published_at if isinstance(item, Article) else item.article.published_at

    def item_updateddate(self, item: SluggedContent) -> dt.datetime:
        return item.updated_at

    def item_extra_kwargs(self, item: SluggedContent) -> dict[str, str]:
        return {"html": render(text_in(item, "introduction" if isinstance(item, Article) else "body"))}


class DailyFeed(Feed):
    """The advice of today and of the days before it; what isn't translated is shown in another language."""

    feed_type = LanguageFeed

    def title(self) -> str:
        return _("Come again: one piece of advice a day")

    def subtitle(self) -> str:
        return _("The same day, the same advice in all languages.")

    def link(self) -> str:
        return path_of("today")

    def author_name(self) -> str:
        return _("Come again")

    def items(self) -> list[Day]:
        today = timezone.localdate()
        found = days(today - DAYS, today, get_language(), "body", "updated_at")
        return [day for day in reversed(found) if day.advice]

    def item_title(self, item: Day) -> str:
        return item.advice.title

    def item_description(self, item: Day) -> str:
        return escape(item.advice.action)

    def item_guid(self, item: Day) -> str:
        return f"tag:come-again,2026:{get_language()}:day:{item.date}:{item.advice.key}"

    def item_pubdate(self, item: Day) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(item.date, dt.time.min))

    def item_updateddate(self, item: Day) -> dt.datetime:
        return max(self.item_pubdate(item), item.advice.updated_at)

    def item_extra_kwargs(self, item: Day) -> dict[str, str]:
        return {"html": render_to_string("articles/day_entry.html", {"advice": item.advice})}


def text_in(item: SluggedContent, field: str) -> str:
    """Return a text of `item` in the language of the feed only; what stands in elsewhere has no place in it."""
    return getattr(item, column(field, get_language())) or ""
