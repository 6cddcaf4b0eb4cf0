"""manage.py changepassword: Django's own, told to the audit log."""

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User

from retention.audit.models import Kind
from retention.audit.recording import recording_saves


class Command(changepassword.Command):
    def handle(self, *args, **options) -> str:
        with recording_saves(User, Kind.PASSWORD_CHANGED):
            return super().handle(*args, **options)
