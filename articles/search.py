"""The index of the search: what there is to find in each language, and the words that its texts use.

An Entry holds the terms of one object in one language. The database's own full text search finds entries by term: FTS5
on SQLite, GIN over vectors on PostgreSQL; see `engines` and `statements`.
"""

from collections.abc import Iterable
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Q

from .choices import Kind
from .languages import LANGUAGES
from .words import LONGEST

LANGUAGE_CHOICES = [(code, code) for code in LANGUAGES]
KINDS = (*Kind.values, "topic", "article", "figure")
# Ends a term of a title, so that titles can be asked for alone.
IN_TITLE = "_"
# Beside most titles, which are those of advice, nobody would find those of these models: they are marked by model, too.
RARER = ("article", "figure")


def model_of(kind: str) -> str:
    """Return the name of the model that objects of a kind have."""
    return kind if kind in ("topic", "article", "figure") else "advice"


def titles_of(model: str) -> str:
    """Return what ends a term in the titles of one of the rarer models only."""
    return IN_TITLE + model


class Entry(models.Model):
    """One object in one language: its terms, by the place where they stand.

    The relation that bears the name of the object's model leads to it.
    """

    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    article = models.ForeignKey("articles.Article", models.CASCADE, null=True, related_name="+")
    topic = models.ForeignKey("articles.Topic", models.CASCADE, null=True, db_index=False, related_name="+")
    advice = models.ForeignKey("articles.Advice", models.CASCADE, null=True, db_index=False, related_name="+")
    figure = models.ForeignKey("articles.Figure", models.CASCADE, null=True, db_index=False, related_name="+")
    title = models.TextField()
    lead = models.TextField()
    body = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            # Also the indexes by which an entry goes when its object does.
            models.UniqueConstraint(
                fields=["article", "language"], condition=Q(kind="article"), name="entry_article_unique"
            ),
            *(
                models.UniqueConstraint(
                    fields=[model, "language"], condition=Q((f"{model}__isnull", False)), name=f"entry_{model}_unique"
                )
                for model in ("topic", "advice", "figure")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.model}:{self.object_id} ({self.language})"

    @property
    def model(self) -> str:
        """The name of the object's model."""
        return model_of(self.kind)

    @property
    def object_id(self) -> int:
        return getattr(self, f"{self.model}_id")


class Word(models.Model):
    """A word of the texts in one language: a form as it stands there, or a term.

    `entries` tells in how many entries a term stood when the words were counted last, 0 for a form that is no term, and
    `titles` in how many of their titles. Edits don't change them, so that two editors never wait for each other's
    words; only what stood nowhere counts as one from then on.
    """

    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES)
    text = models.CharField(max_length=LONGEST)
    head = models.CharField(max_length=2)
    root = models.CharField(max_length=4)
    tail = models.CharField(max_length=3)
    entries = models.PositiveIntegerField()
    # The database's own default is for a former version of the site, which still saves while this one takes its place.
    titles = models.PositiveIntegerField(db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="word_unique")]
        indexes = [
            # Relatives and completions of a word.
            models.Index(fields=["language", "root"], name="word_by_root"),
            # What a misspelt word may have meant: either its beginning or its end is mostly right.
            models.Index(fields=["language", "head"], name="word_by_head"),
            models.Index(fields=["language", "tail"], name="word_by_tail"),
        ]

    def __str__(self) -> str:
        return f"{self.text} ({self.language})"

    @classmethod
    def spelt(cls, language: str, text: str, entries: int, titles: int) -> Self:
        """Return a new word with the parts of it that words are looked up by."""
        parts = {"head": text[:2], "root": text[:4], "tail": text[-3:]}
        return cls(language=language, text=text, entries=entries, titles=titles, **parts)


class Frequency(NamedTuple):
    """In how many entries a term stands, and in how many of their titles."""

    entries: int
    titles: int


class Census(models.Model):
    """The last count of a language's words: of how many entries, and by which analysis these were made."""

    language = models.CharField(max_length=2, primary_key=True, choices=LANGUAGE_CHOICES)
    entries = models.PositiveIntegerField()
    analysis = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.entries} entries ({self.language})"


class Extent(NamedTuple):
    """How far the index goes: how many entries of a language were counted, and the first and last key of all.

    Or a part of it, of which it is known only about how many there are.
    """

    entries: int = 0
    first: int = 0
    last: int = 0
    is_part: bool = False

    @classmethod
    def told_by(cls, rows: Iterable[tuple]) -> Self:
        """Return what those rows of a question for terms tell that name none."""
        return cls(**{name: number for text, name, number, *_further in rows if not text})

    def beginning(self, entries: float) -> Self:
        """Return the part that so many entries of the language are first in, if they are spread evenly."""
        if entries >= self.entries:
            return self
        last = self.first + round((self.last - self.first) * entries / self.entries)
        return self._replace(entries=round(entries), last=last, is_part=True)
