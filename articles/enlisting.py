"""How the lists are kept in step with the content: with every save, or all of them at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from .languages import columns
from .listings import NUMBER_OF_KIND, OF_KIND, WHOLE, List, Listing
from .models import Advice, Article, Figure, Topic

# What was saved meanwhile, where the lists are made anew at the end.
waiting: ContextVar[list[Model] | None] = ContextVar("waiting", default=None)

OF_ADVICE = (*OF_KIND.values(), List.QUESTIONS)
NUMBER = NUMBER_OF_KIND.format("owned")
HAS_QUESTION = " OR ".join(f"owned.{name} > ''" for name in columns("question"))
IS_ASKED = f"AND owned.kind = 'mistake' AND ({HAS_QUESTION})"
ON_TOPIC = "JOIN articles_advice_topics AS filed ON filed.advice_id = owned.id"


def placing(number: str, rows: str, topic: str = f"{WHOLE:d}", also: str = "") -> str:
    """Return the statement that writes the places of all `rows` that meet a condition into a list."""
    # Of two saves at once each may find a row missing.
    return f"""INSERT INTO articles_listing (list, topic, article_position, article_id, position, item, shown_from)
        SELECT {number}, {topic}, article.position, article.id, owned.position, owned.id, article.published_at
        FROM {rows} AS owned
        JOIN articles_article AS article ON article.id = owned.article_id AND article.status = 'published' {also}
        WHERE {{condition}} ON CONFLICT DO NOTHING"""  # noqa: S608


ADVICE = [
    placing(NUMBER, "articles_advice"),
    placing(NUMBER, "articles_advice", "filed.topic_id", ON_TOPIC),
    placing(f"{List.QUESTIONS:d}", "articles_advice", also=IS_ASKED),
]
FIGURES = [placing(f"{List.FIGURES:d}", "articles_figure")]
# An article is in its own place.
ARTICLES = [placing(f"{List.ARTICLES:d}", "(SELECT id, id AS article_id, 0 AS position FROM articles_article)")]
EVERYTHING = ARTICLES + ADVICE + FIGURES


@contextmanager
def together() -> Iterator[None]:
    """Make all lists anew at the end, however much is saved meanwhile; not if nothing is."""
    saved: list[Model] = []
    token = waiting.set(saved)
    try:
        yield
        if saved:
            enlist_all()
    finally:
        waiting.reset(token)


def is_waiting(instance: Model) -> bool:
    """Tell whether `instance`, just saved, is listed with others later."""
    saved = waiting.get()
    if saved is not None:
        saved[:] = [instance]
    return saved is not None


@transaction.atomic
def enlist_all() -> None:
    """Make all lists anew."""
    Listing.objects.all().delete()
    write(EVERYTHING, "1 = 1")


def write(statements: list[str], condition: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.format(condition=condition))


def enlist_advice(*keys: int) -> None:
    """Bring the places of these pieces of advice, given by primary key, in step."""
    unlist_advice(*keys)
    write(ADVICE, among("owned.id", keys))


def unlist_advice(*keys: int) -> None:
    Listing.objects.filter(item__in=keys, list__in=OF_ADVICE).delete()


def among(name: str, keys: tuple[int, ...]) -> str:
    return f"{name} IN ({', '.join(map(str, [0, *keys]))})"


def follow_advice(instance: Advice, **kwargs) -> None:
    if not is_waiting(instance):
        enlist_advice(instance.pk)


def follow_topics(instance: Advice, action: str, reverse: bool, pk_set: set[int] | None, **kwargs) -> None:
    if not action.startswith("post") or is_waiting(instance):
        return
    if not reverse:
        enlist_advice(instance.pk)
    elif pk_set is None:
        forget_topic(instance)
    else:
        enlist_advice(*pk_set)


def forget_advice(instance: Advice, **kwargs) -> None:
    unlist_advice(instance.pk)


def forget_topic(instance: Topic, **kwargs) -> None:
    Listing.objects.filter(topic=instance.pk).delete()


def follow_figure(instance: Figure, **kwargs) -> None:
    if not is_waiting(instance):
        forget_figure(instance)
        write(FIGURES, among("owned.id", (instance.pk,)))


def forget_figure(instance: Figure, **kwargs) -> None:
    Listing.objects.filter(item=instance.pk, list=List.FIGURES).delete()


def follow_article(instance: Article, **kwargs) -> None:
    if not is_waiting(instance):
        Listing.objects.filter(article=instance).delete()
        write(EVERYTHING, among("article.id", (instance.pk,)))


def listen() -> None:
    """Follow each change of content from now on, within its transaction. What goes with its article needs nothing."""
    post_save.connect(follow_article, sender=Article, dispatch_uid="lists")
    post_save.connect(follow_advice, sender=Advice, dispatch_uid="lists")
    post_save.connect(follow_figure, sender=Figure, dispatch_uid="lists")
    post_delete.connect(forget_advice, sender=Advice, dispatch_uid="lists")
    post_delete.connect(forget_topic, sender=Topic, dispatch_uid="lists")
    post_delete.connect(forget_figure, sender=Figure, dispatch_uid="lists")
    m2m_changed.connect(follow_topics, sender=Advice.topics.through, dispatch_uid="lists")
