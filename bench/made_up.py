"""A large site made of the authored texts, for measuring: as many pieces of advice as wanted, in all languages."""

import random
import re

from django.utils import timezone

from articles.collection import AUTHORED, read_collection
from articles.languages import LANGUAGES, column
from articles.models import Advice, Article

BATCH = 2000
SENTENCE = re.compile(r"(?<=[.!?։])\s+")
SEED = 1


def make(count: int) -> None:
    """Write `count` pieces of advice into an empty database, each of sentences that authors wrote, anew combined."""
    rng = random.Random(SEED)
    records = [record.fields for record in read_collection(AUTHORED) if record.model == "advice"]
    article = Article.objects.create(title_en="Made up", status="published", published_at=timezone.now())
    for first in range(0, count, BATCH):
        numbers = range(first, min(first + BATCH, count))
        Advice.objects.bulk_create(advice(number, article, records, rng) for number in numbers)


def advice(number: int, article: Article, records: list[dict], rng: random.Random) -> Advice:
    """Return one piece of advice, not saved; every tenth is a mistake, the rest tips and rules."""
    made = Advice(key=f"made-up-{number}", article=article, position=number + 1, kind=kind(number))
    title, action, *bodies = (rng.choice(records) for _ in range(5))
    for language in LANGUAGES:
        body = [rng.choice(SENTENCE.split(each[column("body", language)])) for each in bodies for _ in range(3)]
        setattr(made, column("title", language), title[column("title", language)])
        setattr(made, column("action", language), action[column("action", language)])
        setattr(made, column("body", language), " ".join(body))
        setattr(made, column("slug", language), f"made-up-{number}-{language}")
    return made


def kind(number: int) -> str:
    return "mistake" if number % 10 == 0 else ("tip", "rule")[number % 2]
