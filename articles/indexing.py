"""How the index is kept in step with the content: object by object with every save, or all of it anew."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Greatest

from . import engines
from .languages import LANGUAGES, column
from .search import IN_TITLE, RARER, Census, Entry, Word, titles_of
from .status import text_fields
from .stop_words import STOP_WORDS
from .words import ANALYSIS, PART, names, spelling, split, terms

if TYPE_CHECKING:
    from .abstract import Content

T = TypeVar("T")
# Those of the title, the lead and the other texts of an object.
Columns = tuple[list[str], list[str], list[str]]
BATCH = 1000
# In the order in which they are found where more would be than are looked at.
MODELS = ("topic", "advice", "article", "figure")

waiting: ContextVar[list["Content"] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Index what is saved meanwhile in batches, the last of them at the end."""
    objects: list[Content] = []
    token = waiting.set(objects)
    try:
        yield
        write(objects)
    finally:
        waiting.reset(token)


def index(obj: "Content") -> None:
    """Bring the entries of `obj` in step with its texts; called within the transaction of every save."""
    batch = waiting.get()
    if batch is None:
        write([obj])
        return
    batch.append(obj)
    if len(batch) >= BATCH:
        write(batch)
        batch.clear()


def write(objects: Iterable["Content"]) -> None:
    """Write the entries of these objects, as far as they differ from those that are there."""
    by_model: dict[str, dict[int, Content]] = defaultdict(dict)
    for obj in objects:
        if obj.pk:
            by_model[obj._meta.model_name][obj.pk] = obj
    for model, found in by_model.items():
        stored = {(entry.object_id, entry.language): entry for entry in entries_of(model, found)}
        new, changed, vocabulary = [], [], Vocabulary()
        for entry, words in (pair for obj in found.values() for pair in made_from(obj)):
            old = stored.pop((entry.object_id, entry.language), None)
            if old is not None and contents(old) == contents(entry):
                continue
            vocabulary.note(entry, words)
            entry.pk = old and old.pk
            (changed if old else new).append(entry)
        Entry.objects.filter(pk__in=[entry.pk for entry in stored.values()]).delete()
        Entry.objects.bulk_update(changed, [*PLACES, "kind", "article"])
        Entry.objects.bulk_create(new)
        vocabulary.add()


PLACES = ("title", "lead", "body")


def contents(entry: Entry) -> tuple:
    return entry.kind, entry.article_id, entry.title, entry.lead, entry.body


def entries_of(model: str, keys: Iterable[int]) -> QuerySet[Entry]:
    """Return the entries of the objects of one model that have these primary keys."""
    entries = Entry.objects.filter(**{f"{model}__in": list(keys)})
    return entries.filter(kind="article") if model == "article" else entries


def made_from(obj: "Content") -> Iterator[tuple[Entry, set[str]]]:
    """Return the entries of `obj` in all languages that it exists in, not saved, each with the words as they stand."""
    model = obj._meta.model_name
    keys = {f"{model}_id": obj.pk} | ({} if model in ("article", "topic") else {"article_id": obj.article_id})
    named = named_in(obj)
    for language in LANGUAGES:
        texts = texts_of(obj, language)
        if texts[0]:
            words = [split(text) for text in texts]
            # Names are also asked for as they are spelt elsewhere, in another script above all.
            there = set().union(*words)
            words[-1] += [name for name in named if name not in there]
            title, lead, body = (terms(some, language) for some in words)
            titled = title.replace(PART, "").split()
            marked = " ".join(term + IN_TITLE for term in titled)
            if model in RARER:
                body = " ".join([body, *(term + titles_of(model) for term in titled)])
            kind = getattr(obj, "kind", model)
            entry = Entry(language=language, kind=kind, title=f"{title} {marked}", lead=lead, body=body, **keys)
            yield entry, set().union(*words)


def named_in(obj: "Content") -> list[str]:
    """Return the words of the names in the source of `obj`, each once."""
    found = dict.fromkeys(name for text in texts_of(obj, settings.LANGUAGE_CODE) for name in names(text))
    return [name for name in found if spelling(name) not in STOP_WORDS[settings.LANGUAGE_CODE]]


def texts_of(obj: "Content", language: str) -> tuple[str, str, str]:
    """Return title, lead and body of `obj`, from the columns of one language only."""
    return texts_from(obj, columns_in(type(obj), language))


def texts_from(obj: object, columns: Columns) -> tuple[str, str, str]:
    title, lead, rest = ([getattr(obj, name) or "" for name in names] for names in columns)
    return "".join(title), "".join(lead), "\n\n".join(filter(None, rest))


@cache
def columns_in(model: type["Content"], language: str) -> Columns:
    """Return the columns of a model that hold its heading, its lead if it has one, and its other texts."""
    heading, lead = model.HEADING, getattr(model, "LEAD", None)
    rest = [field for field in text_fields(model) if field not in (heading, lead)]
    places = ([heading], [lead] if lead else [], rest)
    return tuple([column(field, language) for field in fields] for fields in places)


# --- The words --------------------------------------------------------------------------------------------------------


class Vocabulary:
    """The words that entries use, by language: in how many of them each term stands, and the forms."""

    def __init__(self) -> None:
        self.entries: Counter[str] = Counter()
        self.terms: dict[str, Counter[str]] = defaultdict(Counter)
        self.titles: dict[str, Counter[str]] = defaultdict(Counter)
        self.forms: dict[str, set[str]] = defaultdict(set)

    def note(self, entry: Entry, words: Iterable[str]) -> None:
        title, *others = (terms_in(getattr(entry, place)) for place in PLACES)
        self.entries[entry.language] += 1
        self.titles[entry.language].update(title)
        self.terms[entry.language].update(title.union(*others))
        self.forms[entry.language].update(words)

    def all(self) -> Iterator[Word]:
        """Return all words with their counts, not saved."""
        for language in LANGUAGES:
            forms = {spelling(word) for word in self.forms[language]} - STOP_WORDS[language] - {""}
            for text, count in sorted((dict.fromkeys(forms, 0) | self.terms[language]).items()):
                yield Word.spelt(language, text, entries=count, titles=self.titles[language][text])

    def add(self) -> None:
        """Save the words that no entry used before."""
        for some in in_batches(self.all()):
            languages, texts = {word.language for word in some}, [word.text for word in some]
            rows = Word.objects.filter(language__in=languages, text__in=texts)
            known = {(word.language, word.text): word for word in rows}
            # Another editor may bring in the same word at the same time.
            Word.objects.bulk_create(
                (word for word in some if (word.language, word.text) not in known), ignore_conflicts=True
            )
            again = ((known.get((word.language, word.text)), word) for word in some)
            risen = [old.pk for old, word in again if old and rises(old, word)]
            Word.objects.filter(pk__in=risen).update(entries=Greatest("entries", 1), titles=1)

    def replace(self) -> None:
        """Save these words instead of those that there are."""
        Word.objects.all().delete()
        for some in in_batches(self.all()):
            Word.objects.bulk_create(some, ignore_conflicts=True)
        Census.objects.all().delete()
        Census.objects.bulk_create(
            Census(language=language, entries=self.entries[language], analysis=ANALYSIS) for language in LANGUAGES
        )


def rises(old: Word, word: Word) -> bool:
    """Tell whether a word that was a form only is a term now, or one that stood in no title stands in one."""
    return bool((word.entries and not old.entries) or (word.titles and not old.titles))


def terms_in(place: str) -> set[str]:
    """Return the terms that stand in a place of an entry, without those that mark where they do."""
    return {term for term in place.replace(PART, "").split() if IN_TITLE not in term}


def in_batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


# --- All of it --------------------------------------------------------------------------------------------------------


def is_outdated() -> bool:
    """Tell whether the index was never made, or by another analysis."""
    made_by = dict(Census.objects.values_list("language", "analysis"))
    return made_by != dict.fromkeys(LANGUAGES, ANALYSIS)


def has_grown() -> bool:
    """Tell whether the words were counted when there was much less, or much more, to count."""
    counted = sum(Census.objects.values_list("entries", flat=True))
    return not 0.8 <= (1 + Entry.objects.count()) / (1 + counted) <= 1.25


def recount() -> None:
    """Count the words of the index as it is."""
    vocabulary = Vocabulary()
    for language, text in Word.objects.values_list("language", "text"):
        vocabulary.forms[language].add(text)
    for entry in Entry.objects.iterator(BATCH):
        vocabulary.note(entry, ())
    with transaction.atomic():
        vocabulary.replace()


def total() -> int:
    """Return how many objects there are to index."""
    return sum(apps.get_model("articles", model).objects.count() for model in MODELS)


def indexed(model: type["Content"]) -> QuerySet:
    """Return all objects of a model, loaded with what is indexed of them only."""
    own = {field.name for field in model._meta.concrete_fields} & {"kind", "article"}
    texts = (name for language in LANGUAGES for names in columns_in(model, language) for name in names)
    return model.objects.order_by("pk").only(*own, *texts)


def rebuild() -> Iterator["Content"]:
    """Make the index anew, in one transaction, telling of each object that is done."""
    vocabulary = Vocabulary()
    with transaction.atomic(), engines.filling(connection):
        Entry.objects.all().delete()
        for model in MODELS:
            for batch in in_batches(indexed(apps.get_model("articles", model)).iterator(BATCH)):
                # The entries of one language lie together: a query then reads fewer pages.
                made = sorted((pair for obj in batch for pair in made_from(obj)), key=lambda pair: pair[0].language)
                for pair in made:
                    vocabulary.note(*pair)
                Entry.objects.bulk_create(entry for entry, _words in made)
                yield from batch
        vocabulary.replace()
