"""manage.py update_messages: the catalogues under locale/ in step with the code."""

from django.core.management.base import BaseCommand

from articles.catalogues import compile_catalogues, update_catalogues


class Command(BaseCommand):
    help = "Bring the catalogues of interface strings in step with code and templates, and tell what to translate."
    requires_system_checks = ()

    def handle(self, **options) -> None:
        for language, untranslated in update_catalogues().items():
            self.stdout.write(f"{language}: {len(untranslated)} to translate")
            for message in untranslated:
                self.stdout.write(f"  {message}")
        compile_catalogues()
