"""Which advice is related to a piece of advice: what stands near it on the pages of its topics, and shares most."""

from collections.abc import Collection
from itertools import product

from django.db.models import Model

from .listings import OF_KIND
from .statements import asked, now

# So many are looked at on each side on each topic: all that the site itself brings.
NEAR = 12
PLACE = "list, article_position, article_id, position, item"
BACKWARDS = "list DESC, article_position DESC, article_id DESC, position DESC, item DESC"
# A limit within a union has to stand in a query of its own.
SIDE = """SELECT * FROM (SELECT {place} FROM articles_listing
    WHERE topic = {topic} AND shown_from <= %s AND ({place}) {compared} ({own})
    ORDER BY {order} LIMIT {limit}) AS side"""
# Remedies, and the mistakes that advice repairs, are related in another way and left out.
RELATED = """SELECT item FROM ({sides}) AS near
    WHERE NOT EXISTS (SELECT 1 FROM articles_advice_remedies
        WHERE from_advice_id = near.item AND to_advice_id = {advice}
        OR from_advice_id = {advice} AND to_advice_id = near.item)
    ORDER BY (SELECT COUNT(*) FROM articles_advice_topics WHERE advice_id = near.item AND topic_id IN ({topics})) DESC,
        article_position, item
    LIMIT {most}"""


def related_to(advice: Model, most: int) -> list[int]:
    """Return the primary keys of the other advice near `advice` that shares most topics with it.

    What isn't published has neighbours, too: it may be looked at beforehand.
    """
    topics = [topic.pk for topic in advice.topics.all()]
    if not topics:
        return []
    sides = sides_of(advice, topics)
    statement = RELATED.format(
        sides=" UNION ".join(sides), advice=advice.pk, topics=", ".join(map(str, topics)), most=most
    )
    return [key for (key,) in asked(statement, [now()] * len(sides))]


def sides_of(advice: Model, topics: Collection[int]) -> list[str]:
    """Return what asks for the advice before and after `advice` on each of these topics."""
    place = (OF_KIND[advice.kind], advice.article.position, advice.article.pk, advice.position, advice.pk)
    own = ", ".join(f"{number:d}" for number in place)
    return [
        SIDE.format(topic=topic, place=PLACE, compared=compared, own=own, order=order, limit=NEAR)
        for topic, (compared, order) in product(topics, ((">", PLACE), ("<", BACKWARDS)))
    ]
