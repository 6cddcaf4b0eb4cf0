"""What the public pages ask of the database, page by page."""

from itertools import chain

from django.db.models import BooleanField, Count, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value

from .indexing import columns_in
from .languages import columns
from .listings import WHOLE, List
from .models import Advice, Article, Figure, Listing, Topic
from .neighbours import related
from .prepared import Parameter, Prepared, Together
from .querysets import ARTICLE_OF_ROW, is_published
from .roster import IN_ROTATION
from .search import Census, Entry, Word
from .stints import Stint

# So many cards are on the home page.
CARDS = 6
# What a circle on a stamp card needs.
CIRCLE = ("kind", "title", "slug")
# With what articles are ordered by.
PLACED_ARTICLE = (*ARTICLE_OF_ROW, "article__position")
# In all languages, since the page names its address in each.
ADDRESSES = columns("title", "slug")
MODELS = {"topic": Topic, "article": Article, "advice": Advice, "figure": Figure}
# What a result shows beside its texts.
OF_RESULT = {
    "topic": ("slug",),
    "article": ("slug", "ink"),
    "advice": ("kind", "slug", *ARTICLE_OF_ROW),
    "figure": ("key", *ARTICLE_OF_ROW),
}
# One piece of advice stands under another as a remedy.
Remedy = Advice.remedies.through
# One piece of advice stands on one topic.
Filed = Advice.topics.through


# --- An article -------------------------------------------------------------------------------------------------------


@Prepared
def article_called(language: str, *, slug: Parameter, moment: Parameter) -> QuerySet:
    """The article that a slug leads to, of whichever language."""
    fields = ("key", "ink", "source_language", "published_at", "updated_at", "is_outdated")
    texts = ("title", "slug", "summary", "introduction", "closing")
    return Article.objects.published(moment).called(slug, language).shown_in(language, *ADDRESSES, *fields, *texts)


@Prepared
def advice_in(language: str, *, found: Parameter) -> QuerySet:
    """The advice of articles."""
    return Advice.objects.filter(article__pk__among=found).order_by().read_in(language)


@Prepared
def figures_in(language: str, *, found: Parameter) -> QuerySet:
    """The figures of articles."""
    return Figure.objects.filter(article__pk__among=found).order_by().read_in(language)


# The article that a slug leads to, its advice and its figures.
article_read = Together(article_called, advice_in, figures_in)


# --- A piece of advice ------------------------------------------------------------------------------------------------


@Prepared
def advice_called(language: str, *, slug: Parameter, moment: Parameter) -> QuerySet:
    """The piece of advice that a slug leads to, of whichever language."""
    fields = ("kind", "key", "title", "slug", "body", "action", "updated_at", "is_outdated")
    article = (*ARTICLE_OF_ROW, "article__source_language", "article__published_at")
    advice = Advice.objects.published(moment).called(slug, language)
    return advice.shown_in(language, *ADDRESSES, *fields, *article)


@Prepared
def topics_of(language: str, *, found: Parameter) -> QuerySet:
    """The topics of advice, a row for each piece that is on one."""
    topics = Topic.objects.filter(advice__pk__among=found).order_by()
    return topics.shown_in(language, "advice", "position", "name", "slug")


@Prepared
def figures_beside(language: str, *, found: Parameter) -> QuerySet:
    """The figures beside advice."""
    return Figure.objects.filter(advice__pk__among=found).order_by().read_in(language)


@Prepared
def advice_around(language: str, *, found: Parameter, moment: Parameter) -> QuerySet:
    """All advice of the articles that advice is in, its remedies, and the mistakes that it repairs."""
    articles = Advice.objects.filter(pk__among=found).order_by().values("article")
    siblings = Advice.objects.filter(article__pk__among=articles).order_by().values("pk")
    keys = siblings.union(remedies(found), repaired(found))
    around = Advice.objects.filter(is_published("article__", moment) | Q(article__pk__among=articles), pk__among=keys)
    told = around.annotate(is_remedy=is_among(remedies(found)), is_repaired=is_among(repaired(found))).order_by()
    return told.shown_in(language, *CIRCLE, "action", "position", "is_remedy", "is_repaired", *PLACED_ARTICLE)


@Prepared
def advice_related(language: str, *, found: Parameter, moment: Parameter) -> QuerySet:
    """What is related to advice, and on how many of the same topics it is."""
    topics = Filed.objects.filter(advice__pk__among=found).values("topic")
    shared = Filed.objects.filter(advice=OuterRef("pk"), topic__pk__among=topics).order_by().values("advice")
    advice = Advice.objects.filter(pk__among=related(found, moment)).order_by()
    counted = advice.annotate(shared=Subquery(shared.values(count=Count("pk"))))
    return counted.shown_in(language, *CIRCLE, "action", "shared", *PLACED_ARTICLE)


def remedies(mistakes: Parameter) -> QuerySet:
    return Remedy.objects.filter(from_advice__pk__among=mistakes).values("to_advice")


def repaired(advice: Parameter) -> QuerySet:
    """The mistakes that advice repairs."""
    return Remedy.objects.filter(to_advice__pk__among=advice).values("from_advice")


def is_among(keys: QuerySet) -> ExpressionWrapper:
    return ExpressionWrapper(Q(pk__among=keys), BooleanField())


# The piece of advice that a slug leads to, its topics, its figures, and what leads on from it.
advice_read = Together(advice_called, topics_of, figures_beside, advice_around, advice_related)


# --- Cards and topics -------------------------------------------------------------------------------------------------


@Prepared
def cards(language: str, *, moment: Parameter) -> QuerySet:
    """The first published articles."""
    first = Listing.objects.of(List.ARTICLES, WHOLE, moment).items()[:CARDS]
    return Article.objects.filter(pk__in=first).order_by().on_cards_in(language)


@Prepared
def circles(language: str, *, found: Parameter) -> QuerySet:
    """The advice of articles, as circles on their cards."""
    in_articles = Advice.objects.filter(article__pk__among=found).order_by()
    return in_articles.shown_in(language, "article_id", "position", *CIRCLE)


# The first published articles and their circles.
cards_read = Together(cards, circles)


@Prepared
def topics_counted(language: str, *, moment: Parameter) -> QuerySet:
    fields = ("key", "name", "slug", "summary", "advice_count")
    return Topic.objects.with_counts(moment).shown_in(language, *fields)


@Prepared
def topics_offered(language: str) -> QuerySet:
    """All topics, with their slugs in all languages."""
    return Topic.objects.shown_in(language, *columns("slug"), "name", "slug")


@Prepared
def topic_called(language: str, *, slug: Parameter) -> QuerySet:
    """The topic that a slug leads to, of whichever language."""
    fields = (*columns("name", "slug"), "key", "name", "slug", "summary", "is_outdated")
    return Topic.objects.called(slug, language).shown_in(language, *fields)


# --- Pages of lists ---------------------------------------------------------------------------------------------------


@Prepared
def advice_listed(language: str, *, keys: Parameter) -> QuerySet:
    return Advice.objects.filter(pk__among=keys).order_by().listed_in(language)


@Prepared
def articles_listed(language: str, *, keys: Parameter) -> QuerySet:
    return Article.objects.filter(pk__among=keys).order_by().on_cards_in(language)


# Articles and their circles.
cards_listed = Together(articles_listed, circles)


@Prepared
def figures_listed(language: str, *, keys: Parameter) -> QuerySet:
    return Figure.objects.filter(pk__among=keys).order_by().listed_in(language)


# --- Sheets, results, days --------------------------------------------------------------------------------------------


@Prepared
def advice_on_sheet(language: str, *, keys: Parameter, moment: Parameter) -> QuerySet:
    return Advice.objects.published(moment).filter(pk__among=keys).order_by().on_sheet_in(language)


@Prepared
def advice_offered(language: str, articles: int, most: int, *, chosen: Parameter, moment: Parameter) -> QuerySet:
    """The advice of the first articles, without what is chosen already."""
    first = Listing.objects.of(List.ARTICLES, WHOLE, moment).items()[:articles]
    others = Advice.objects.filter(article__in=first).exclude(pk__among=chosen)
    return others.in_reading_order().shown_in(language, "title", "article__title")[:most]


@Prepared
def terms(language: str, *, texts: Parameter, roots: Parameter) -> QuerySet:
    """The terms of a language that are among `texts` or begin with one of `roots`, with how frequent each is.

    Those that are empty tell how far the index goes, by the names of an Extent.
    """
    used = Word.objects.filter(language=language, entries__gt=0).values_list("text", "root", "entries", "titles")
    counted = Census.objects.filter(language=language).values_list(Value(""), Value("entries"), "entries", Value(0))
    ends = (
        Entry.objects.filter(pk=Subquery(Entry.objects.order_by(order).values("pk")[:1]))
        .order_by()
        .values_list(Value(""), Value(name), "pk", Value(0))
        for name, order in (("first", "pk"), ("last", "-pk"))
    )
    # Not "or": for that SQLite would read all words of the language.
    return used.filter(text__among=texts).union(used.filter(root__among=roots), counted, *ends, all=True)


@Prepared
def topics_linked(*, advice: Parameter) -> QuerySet:
    """Pairs of primary keys, of advice and of a topic that it is on."""
    return Filed.objects.filter(advice__pk__among=advice).values_list("advice", "topic")


@Prepared
def texts(language: str, model: str, *, keys: Parameter) -> QuerySet:
    """The primary keys of objects of one model, and all their texts in this very language, as columns have them."""
    written = MODELS[model].objects.filter(pk__among=keys).order_by()
    return written.rewrite(False).values_list("pk", *chain(*columns_in(MODELS[model], language)))


@Prepared
def results(language: str, model: str, *, keys: Parameter, moment: Parameter) -> QuerySet:
    """What the search found of one model, by its texts in this very language: nothing stands in for one of these."""
    found = MODELS[model].objects.published(moment).filter(pk__among=keys).order_by()
    texts = (MODELS[model].HEADING, *chain(*columns_in(MODELS[model], language)))
    return found.shown_in(language, *texts, *OF_RESULT[model])


@Prepared
def stints(start: int, end: int, *, today: Parameter) -> QuerySet:
    """A part of the queue of all that have begun by today."""
    begun = Stint.objects.filter(joins_on__lte=today).exclude(leaves_on=F("joins_on"))
    return begun.values_list("key", "joins_on", "leaves_on")[start:end]


@Prepared
def advice_of_days(language: str, *fields: str, keys: Parameter, moment: Parameter) -> QuerySet:
    """The advice with these keys, with these fields beside what a day shows."""
    advice = Advice.objects.published(moment).filter(IN_ROTATION, key__among=keys).order_by()
    return advice.shown_in(language, "key", "kind", "title", "slug", "action", *fields, *ARTICLE_OF_ROW)


# --- The self-check ---------------------------------------------------------------------------------------------------


@Prepared
def mistakes_asked(language: str, most: int, *, moment: Parameter) -> QuerySet:
    """The first mistakes that the self-check asks about."""
    first = Listing.objects.of(List.QUESTIONS, WHOLE, moment).items()[:most]
    return Advice.objects.filter(pk__in=first).in_reading_order().asked_in(language)


@Prepared
def remedies_of(language: str, *, mistakes: Parameter, moment: Parameter) -> QuerySet:
    """The remedies of several mistakes, a row for each mistake that has it."""
    remedies = Advice.objects.published(moment).filter(remedied__pk__among=mistakes).annotate(mistake_id=F("remedied"))
    return remedies.in_reading_order().shown_in(
        language, "kind", "title", "slug", "action", "mistake_id", *ARTICLE_OF_ROW
    )


# --- The calculator ---------------------------------------------------------------------------------------------------


@Prepared
def figures_with_keys(language: str, *, keys: Parameter, moment: Parameter) -> QuerySet:
    return Figure.objects.published(moment).filter(key__among=keys).read_in(language)
