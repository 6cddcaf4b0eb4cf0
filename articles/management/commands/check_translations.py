"""manage.py check_translations: what translators still have to do."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from articles.languages import LANGUAGES
from articles.models import Advice, Article, Figure, Topic
from articles.status import CURRENT


class Command(BaseCommand):
    help = "Tell for each language how many objects are current, and which are missing or out of date."

    def handle(self, **options) -> None:
        unfinished = sum(self.tell(language) for language in LANGUAGES)
        if unfinished:
            raise CommandError(f"{unfinished} translations are missing or out of date.")

    def tell(self, language: str) -> int:
        """Write what is to be done in one language, and return how much that is."""
        rows = [
            (status, f"{model._meta.model_name} {key}")
            for model in (Topic, Article, Advice, Figure)
            for key, status in model.objects.with_status(language).values_list("key", f"status_{language}")
        ]
        counts = Counter(status for status, _name in rows)
        self.stdout.write(f"{language}: {', '.join(f'{count} {status}' for status, count in sorted(counts.items()))}")
        unfinished = [row for row in rows if row[0] != CURRENT]
        for status, name in unfinished:
            self.stdout.write(f"  {status}: {name}")
        return len(unfinished)
