"""Which advice is related to a piece of advice: what stands near it on the pages of its topics, and shares most."""

from functools import cache
from itertools import product

from django.db.models import Model
from django.utils import timezone

from .listings import OF_KIND
from .sql import Sql

# So many are looked at on each side on each topic: all that the site itself brings.
NEAR = 12
PLACE = "list, article_position, article_id, position, item"
BACKWARDS = "list DESC, article_position DESC, article_id DESC, position DESC, item DESC"
# A limit within a union has to stand in a query of its own.
SIDE = """SELECT * FROM (SELECT {place} FROM articles_listing
    WHERE topic = %({topic})s AND shown_from <= %(moment)s
    AND ({place}) {compared} (%(list)s, %(article_position)s, %(article)s, %(position)s, %(advice)s)
    ORDER BY {order} LIMIT {limit}) AS side"""
# Remedies, and the mistakes that advice repairs, are related in another way and left out.
RELATED = """SELECT item FROM ({sides}) AS near
    WHERE NOT EXISTS (SELECT 1 FROM articles_advice_remedies
        WHERE from_advice_id = near.item AND to_advice_id = %(advice)s
        OR from_advice_id = %(advice)s AND to_advice_id = near.item)
    ORDER BY (SELECT COUNT(*) FROM articles_advice_topics WHERE advice_id = near.item AND topic_id IN ({topics})) DESC,
        article_position, item
    LIMIT %(most)s"""


def related_to(advice: Model, most: int) -> list[int]:
    """Return the primary keys of the other advice near `advice` that shares most topics with it.

    What isn't published has neighbours, too: it may be looked at beforehand.
    """
    topics = {f"topic{number}": topic.pk for number, topic in enumerate(advice.topics.all())}
    if not topics:
        return []
    values = topics | {
        "moment": timezone.now(),
        "list": int(OF_KIND[advice.kind]),
        "article_position": advice.article.position,
        "article": advice.article.pk,
        "position": advice.position,
        "advice": advice.pk,
        "most": most,
    }
    return [key for (key,) in statement(tuple(topics)).rows(values)]


@cache
def statement(topics: tuple[str, ...]) -> Sql:
    """Return what asks for the advice before and after one on each of its topics, given their names."""
    sides = [
        SIDE.format(topic=topic, place=PLACE, compared=compared, order=order, limit=NEAR)
        for topic, (compared, order) in product(topics, ((">", PLACE), ("<", BACKWARDS)))
    ]
    named = ", ".join(f"%({topic})s" for topic in topics)
    return Sql(RELATED.format(sides=" UNION ".join(sides), topics=named))
