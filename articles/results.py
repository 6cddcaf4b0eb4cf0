"""What the pages of the search show of an answer: rows, and how many there are of each kind and topic."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from . import questions
from .choices import Kind
from .excerpts import Worth, marked, passage
from .indexing import columns_in, texts_from
from .searching import Answer
from .shown import Shown, ShownAdvice, ShownArticle, ShownTopic
from .statements import Found
from .words import plain

# In the order of the filters.
KINDS = {
    **{kind.value: kind.plural for kind in Kind},
    "article": _("Articles"),
    "figure": _("Figures"),
    "topic": _("Topics"),
}


@dataclass(frozen=True)
class Result:
    """One row: an object, its kind, its title and a passage of its text, with the words that were asked for marked."""

    object: Shown
    kind: str
    title: SafeString
    passage: SafeString
    topics: Collection[ShownTopic]

    @property
    def heading(self) -> str:
        return getattr(self.object, self.object.HEADING)

    @property
    def kind_name(self) -> str:
        return self.object.get_kind_display() if self.is_advice else questions.MODELS[self.kind]._meta.verbose_name

    @property
    def is_advice(self) -> bool:
        return isinstance(self.object, ShownAdvice)

    @property
    def article(self) -> ShownArticle | None:
        """The article that the object belongs to."""
        return getattr(self.object, "article", None)

    @property
    def ink(self) -> str:
        return getattr(self.article or self.object, "ink", "")


def results(
    entries: Collection[Found], answer: Answer, topics: Mapping[int, Collection[ShownTopic]] = MappingProxyType({})
) -> list[Result]:
    """Return the rows for these entries, in their order; what has gone in this moment is left out.

    `topics` are those that an entry, given by its primary key, is on.
    """
    objects = {model: objects_of(model, entries, answer.language) for model in {entry.model for entry in entries}}
    worth = Worth(answer.meanings, answer.language)
    found = [(entry, objects[entry.model].get(entry.object_id)) for entry in entries]
    return [result(obj, entry, worth, topics.get(entry.pk, ())) for entry, obj in found if obj is not None]


def result(obj: Shown, entry: Found, worth: Worth, topics: Collection[ShownTopic]) -> Result:
    columns = columns_in(questions.MODELS[entry.model], worth.language)
    title, *texts = map(plain, texts_from(obj, columns))
    # Of two passages that show as much, the lead is the better one.
    _worth, best = max((passage(text, worth) for text in texts if text), key=lambda found: found[0], default=(0, ""))
    return Result(obj, entry.kind, marked(title, worth), marked(best, worth), topics)


def objects_of(model: str, entries: Iterable[Found], language: str) -> dict[int, Shown]:
    """Return the objects of one model that `entries` stand for, by primary key, with all that a row shows."""
    keys = [entry.object_id for entry in entries if entry.model == model]
    return {obj.pk: obj for obj in questions.results(language, model, keys=keys)}


@dataclass(frozen=True)
class Choice:
    """A way to narrow the results: to a kind or a topic, named in `language`, and how many there are of it."""

    value: str
    name: str
    count: int
    language: str


class Filters:
    """The results narrowed to a kind and a topic; each choice counts what it would leave of the other's."""

    def __init__(self, entries: Collection[Found], language: str, kind: str, topic: str) -> None:
        # With the slugs of all languages: a topic that is chosen stays so where the reader changes the language.
        self.offered = questions.topics_offered(language)
        self.topic = next((each for each in self.offered if each.slug == topic), None)
        self.kind = kind if kind in KINDS else ""
        self.keys = topics_of(entries)
        by_kind = [entry for entry in entries if not self.kind or entry.kind == self.kind]
        by_topic = [entry for entry in entries if not self.topic or self.topic.pk in self.keys.get(entry.pk, ())]
        both = {entry.pk for entry in by_topic}
        self.entries = [entry for entry in by_kind if entry.pk in both]
        kinds = Counter(entry.kind for entry in by_topic)
        counts = Counter(key for entry in by_kind for key in self.keys.get(entry.pk, ()))
        self.kinds = [Choice(kind, name, kinds[kind], language) for kind, name in KINDS.items() if kinds[kind]]
        self.topics = [
            Choice(each.slug, each.name, counts[each.pk], each.language_of("name"))
            for each in self.offered
            if counts[each.pk]
        ]

    def topics_by_entry(self, entries: Iterable[Found]) -> dict[int, list[ShownTopic]]:
        """Return the topics that advice among these entries is on, by primary key of the entry."""
        return {
            entry.pk: [each for each in self.offered if each.pk in self.keys.get(entry.pk, ())]
            for entry in entries
            if entry.model == "advice"
        }


def topics_of(entries: Iterable[Found]) -> dict[int, set[int]]:
    """Return the primary keys of the topics that each of the entries is on, by that of the entry."""
    advice = {entry.object_id: entry.pk for entry in entries if entry.model == "advice"}
    found: dict[int, set[int]] = {entry.pk: {entry.object_id} for entry in entries if entry.model == "topic"}
    for advice_id, topic_id in questions.topics_linked(advice=list(advice)):
        found.setdefault(advice[advice_id], set()).add(topic_id)
    return found
