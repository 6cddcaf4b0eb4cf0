"""Which advice stands near another in the lists of its topics: what may be related to it."""

from itertools import product

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import RawSQL
from django.utils import timezone

from .listings import OF_KIND

# So many are looked at on each side, of each kind on each topic.
NEAR = 8
PLACE = "article_position, article_id, position, item"
BACKWARDS = "article_position DESC, article_id DESC, position DESC, item DESC"
# A limit within a union has to stand in a query of its own.
SIDE = """SELECT item FROM (SELECT item FROM articles_listing
    WHERE topic_id = {topic} AND list = {list} AND shown_from <= %s AND ({place}) {compared} ({own})
    ORDER BY {order} LIMIT {limit}) AS side"""


def neighbours(advice: Model) -> RawSQL | list[int]:
    """Return the primary keys of the advice before and after `advice`, which needn't be listed itself."""
    own = f"{advice.article.position}, {advice.article_id}, {advice.position}, {advice.pk}"
    topics = [topic.pk for topic in advice.topics.all()]
    sides = [
        SIDE.format(topic=topic, list=number, place=PLACE, compared=compared, own=own, order=order, limit=NEAR)
        for topic, number, (compared, order) in product(topics, OF_KIND.values(), ((">", PLACE), ("<", BACKWARDS)))
    ]
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    return RawSQL(" UNION ".join(sides), [moment] * len(sides)) if sides else []  # noqa: S611
