"""A large site made of the authored texts, for measuring: as many articles and pieces of advice as wanted.

Nothing of it is loaded by the models' own saving, which takes each object by itself: what follows from the content (the
index of the search, stints, listings) is made afterwards by whoever needs it.
"""

import datetime as dt
import random
import re
from collections.abc import Iterator
from itertools import islice

from django.utils import timezone
from django.utils.translation import override

from articles.abstract import Content
from articles.choices import Ink, Kind
from articles.collection import AUTHORED, Record, read_collection
from articles.languages import LANGUAGES, column, translated_fields
from articles.models import Advice, Article, Figure, Topic
from articles.status import texts_in

# So many articles are written at once.
BATCH = 100
SENTENCE = re.compile(r"(?<=[.!?։])\s+")
SEED = 1
# Shares of what isn't as it should be.
DRAFTS, SCHEDULED, UNTRANSLATED, OUTDATED = 0.03, 0.01, 0.04, 0.04
FIGURES_PER_ARTICLE = 3
# The newest published article is of now, the oldest of so long ago; what is scheduled comes at the same pace.
AGE = dt.timedelta(days=700)


def make(articles: int, advice: int) -> Iterator[Article]:
    """Write so many articles with so much advice into an empty database, telling of each article that is done."""
    site = Site(articles, advice)
    numbers = iter(range(articles))
    with override("en"):
        Topic.objects.bulk_create(site.topics)
        while batch := list(islice(numbers, BATCH)):
            yield from site.write(batch)


class Site:
    """What is made up, from `records` of authored content."""

    def __init__(self, articles: int, advice: int) -> None:
        self.rng = random.Random(SEED)
        self.articles, self.advice = articles, advice
        self.now, self.pace = timezone.now(), AGE / articles
        self.records: dict[str, list[Record]] = {}
        for record in read_collection(AUTHORED):
            self.records.setdefault(record.model, []).append(record)
        self.sentences = {
            language: [SENTENCE.split(each.fields[column("body", language)]) for each in self.records["advice"]]
            for language in LANGUAGES
        }
        self.topics = [self.topic(number, record) for number, record in enumerate(self.records["topic"], 1)]

    def write(self, numbers: list[int]) -> list[Article]:
        """Write the articles with these numbers, and all that belongs to them."""
        articles = Article.objects.bulk_create(self.article(number) for number in numbers)
        advice = Advice.objects.bulk_create(
            self.piece(article, position)
            for number, article in zip(numbers, articles, strict=True)
            for position in range(1, 1 + self.pieces_in(number))
        )
        self.link(advice)
        Figure.objects.bulk_create(self.figures(articles, advice))
        return articles

    def pieces_in(self, number: int) -> int:
        return self.advice * (number + 1) // self.articles - self.advice * number // self.articles

    def topic(self, number: int, record: Record) -> Topic:
        return self.told(Topic(key=record.key, position=number), record, LANGUAGES, record.key)

    def article(self, number: int) -> Article:
        is_draft, is_scheduled = self.rng.random() < DRAFTS, self.rng.random() < SCHEDULED
        made = Article(
            key=f"made-up-{number}",
            position=number + 1,
            ink=self.rng.choice(Ink.values),
            source_language=self.rng.choice(LANGUAGES),
            status="draft" if is_draft else "published",
            published_at=self.now + (number if is_scheduled else number - self.articles) * self.pace,
        )
        languages = [each for each in LANGUAGES if each == made.source_language or self.rng.random() > UNTRANSLATED]
        return self.told(made, self.rng.choice(self.records["article"]), languages, made.key)

    def piece(self, article: Article, position: int) -> Advice:
        """Return a piece of advice, not saved; every tenth is a mistake, the others are tips and rules."""
        kind = Kind.MISTAKE if position % 10 == 0 else (Kind.TIP, Kind.RULE)[position % 3 == 0]
        made = Advice(key=f"{article.key}-{position}", article=article, position=position, kind=kind)
        made.judged_by = article.source_language
        languages = [each for each in LANGUAGES if each == article.source_language or self.rng.random() > UNTRANSLATED]
        alike = [record for record in self.records["advice"] if record.fields["kind"] == kind]
        self.told(made, self.rng.choice(alike), languages, made.key)
        for language in languages:
            setattr(made, column("body", language), self.body(language))
        return self.confirmed(made, languages)

    def body(self, language: str) -> str:
        chosen = self.rng.choices(self.sentences[language], k=3)
        return " ".join(self.rng.choice(sentences) for sentences in chosen for _ in range(3))

    def figures(self, articles: list[Article], advice: list[Advice]) -> Iterator[Figure]:
        beside = {each.article_id: each for each in advice}
        for article in articles:
            for position in range(1, FIGURES_PER_ARTICLE + 1):
                record = self.rng.choice(self.records["figure"])
                made = Figure(key=f"{article.key}-{position}", article=article, position=position)
                made.judged_by = article.source_language
                made.advice = beside.get(article.pk) if position > 1 else None
                for name in ("unit", "low", "high", "founded", "year"):
                    setattr(made, name, record.fields[name])
                yield self.told(made, record, LANGUAGES)

    def link(self, advice: list[Advice]) -> None:
        """Put the advice on topics, the first of them on far more than the last, and give mistakes their remedies."""
        weights = [2.0**-place for place in range(len(self.topics))]
        on_topics, remedies = Advice.topics.through, Advice.remedies.through
        repairing: dict[int, list[int]] = {}
        for each in advice:
            if each.kind != Kind.MISTAKE:
                repairing.setdefault(each.article_id, []).append(each.pk)
        pairs = {
            (each.pk, topic.pk)
            for each in advice
            for topic in self.rng.choices(self.topics, weights, k=self.rng.choice((1, 2, 2, 3)))
        }
        on_topics.objects.bulk_create(on_topics(advice_id=one, topic_id=other) for one, other in sorted(pairs))
        remedies.objects.bulk_create(
            remedies(from_advice_id=each.pk, to_advice_id=remedy)
            for each in advice
            if each.kind == Kind.MISTAKE
            for remedy in repairing.get(each.article_id, [])[:2]
        )

    def told(self, made: Content, record: Record, languages: list[str], slug: str = "") -> Content:
        """Give `made` the texts of a record in these languages, and a slug if it has one."""
        for name in translated_fields(type(made)):
            for language in languages:
                if name != "slug":
                    setattr(made, column(name, language), record.fields[column(name, language)])
                elif slug:
                    setattr(made, column(name, language), f"{slug}-{language}")
        return self.confirmed(made, languages)

    def confirmed(self, made: Content, languages: list[str]) -> Content:
        source = texts_in(made, made.source_language)
        for language in languages:
            if language != made.source_language:
                is_outdated = self.rng.random() < OUTDATED
                setattr(made, column("confirmed", language), "" if is_outdated else source)
        return made
