"""manage.py createsuperuser: Django's own, told to the audit log."""

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User

from retention.audit.models import Kind
from retention.audit.recording import recording_saves


class Command(createsuperuser.Command):
    def handle(self, *args, **options) -> None:
        with recording_saves(User, Kind.ADDED):
            super().handle(*args, **options)
