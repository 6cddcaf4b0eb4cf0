"""manage.py migrate: Django's own, one at a time."""

from django.core.management.commands import migrate

from retention.turns import alone


class Command(migrate.Command):
    def handle(self, *args, **options) -> None:
        with alone("migrate"):
            super().handle(*args, **options)
