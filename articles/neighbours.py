"""Which advice is related to a piece of advice: what stands near it on the pages of most of its topics."""

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from .listings import NUMBER_OF_KIND, Moment
from .prepared import ONE_OF, Parameter

# So many are looked at on each side on each topic: all that the site itself brings.
NEAR = 12
MOST = 4
PLACE = "list, article_position, article_id, position, item"
BACKWARDS = "list DESC, article_position DESC, article_id DESC, position DESC, item DESC"
# What isn't published has neighbours, too: it may be looked at beforehand. So the advice itself tells its place.
# Without the plus SQLite would look at the columns' types, and use no more of its index than the first.
OWN_PLACE = f"{NUMBER_OF_KIND.format('own')}, +article.position, +own.article_id, +own.position, +own.id"
# A limit within a union has to stand in a query of its own.
SIDE = f"""SELECT * FROM (SELECT id, item, article_position FROM articles_listing
    WHERE topic = filed.topic_id AND shown_from <= %s AND ({PLACE}) {{compared}} ({OWN_PLACE})
    ORDER BY {{order}} LIMIT {NEAR}) AS side"""  # noqa: S608
SIDES = f"{SIDE.format(compared='>', order=PLACE)} UNION ALL {SIDE.format(compared='<', order=BACKWARDS)}"
# Remedies, and the mistakes that advice repairs, are related in another way and left out.
RELATED = f"""SELECT near.item FROM articles_advice_topics AS filed
    JOIN articles_advice AS own ON own.id = filed.advice_id
    JOIN articles_article AS article ON article.id = own.article_id
    {{near}}
    WHERE filed.advice_id {{among}} AND near.item NOT IN (
        SELECT to_advice_id FROM articles_advice_remedies WHERE from_advice_id {{among}} UNION ALL
        SELECT from_advice_id FROM articles_advice_remedies WHERE to_advice_id {{among}})
    GROUP BY near.item, near.article_position
    ORDER BY COUNT(*) DESC, near.article_position, near.item LIMIT {MOST}"""  # noqa: S608
# For each topic its own neighbours, which each database has another way to say.
SQL = {
    "sqlite": RELATED.format(
        near=f"JOIN articles_listing AS near ON near.id IN (SELECT id FROM ({SIDES}))",  # noqa: S608
        among=ONE_OF["sqlite"],
    ),
    "postgresql": RELATED.format(near=f"CROSS JOIN LATERAL ({SIDES}) AS near", among=ONE_OF["postgresql"]),
}


def related(advice: Parameter, moment: Moment) -> RawSQL:
    """Return a subquery for the primary keys of what is related to advice, which is told by its own."""
    return RawSQL(SQL[connection.vendor], [moment, moment, advice, advice, advice], BigIntegerField())  # noqa: S611
