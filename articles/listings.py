"""The lists that readers turn the pages of, kept ready in their order.

A list takes its order and what is published from articles, its rows from what belongs to them, and what it is narrowed
to from topics. No index reaches over all of these; so the place of each row in each list is a row of its own. It
follows from the content and can be made anew at any time.
"""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Expression, IntegerChoices
from django.utils import timezone

from .choices import Kind


class List(IntegerChoices):
    """What is listed. On the page of a topic the first three follow one another in this order."""

    TIPS = 1
    RULES = 2
    MISTAKES = 3
    # The mistakes that the self-check asks about.
    QUESTIONS = 4
    FIGURES = 5
    ARTICLES = 6


# One that is known, or the place of one in a question that is asked again and again.
Moment = dt.datetime | Expression
OF_KIND = {Kind.TIP: List.TIPS, Kind.RULE: List.RULES, Kind.MISTAKE: List.MISTAKES}
# The same in SQL, given the name of the advice.
CHOICES = " ".join(f"WHEN {kind.value!r} THEN {number}" for kind, number in OF_KIND.items())
NUMBER_OF_KIND = f"CASE {{}}.kind {CHOICES} END"
# Where the list of everything has its place, not one of a topic.
WHOLE = 0
# Within one list.
ORDER = ("article_position", "article_id", "position", "item")

# What a topic has is counted up to here: readers of a large site needn't know it to the last one.
MANY = 50
# In order, or PostgreSQL would look through all lists for the first that come.
COUNTED = """(SELECT COUNT(*) FROM (SELECT 1 FROM articles_listing
    WHERE topic = articles_topic.id AND shown_from <= %s
    ORDER BY list, article_position, article_id, position, item LIMIT %s) AS listed)"""


class ListingQuerySet(models.QuerySet):
    """What is asked of all lists."""

    def shown(self, moment: Moment | None = None) -> Self:
        """Keep what readers may see now, or at a moment; what isn't published at all has no place in a list."""
        return self.filter(shown_from__lte=moment or timezone.now())

    def of(self, number: List | None, topic: int | Expression = WHOLE, moment: Moment | None = None) -> Self:
        """Keep one list, the whole or what is on a topic, in order; without a number all lists of a topic."""
        places = self.shown(moment).filter(topic=topic)
        return places.filter(list=number).order_by(*ORDER) if number else places.order_by("list", *ORDER)

    def items(self) -> Self:
        """Give the primary keys of what is listed."""
        return self.values_list("item", flat=True)


class Listing(models.Model):
    """The place of an article, a piece of advice or a figure, told by its primary key, in one list."""

    topic = models.PositiveBigIntegerField()
    list = models.PositiveSmallIntegerField(choices=List)
    article_position = models.PositiveIntegerField()
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    item = models.PositiveBigIntegerField()
    shown_from = models.DateTimeField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "list", *ORDER]
        constraints = [
            # Also the index by which a page finds the row that it goes on from, and a save the rows that it replaces.
            models.UniqueConstraint(fields=["item", "topic", "list"], name="listing_unique"),
        ]
        indexes = [
            # The pages of all lists, the numbers beside topics, related advice, the self-check.
            models.Index(fields=["topic", "list", *ORDER, "shown_from"], name="listing_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_list_display()}: {self.item}"
