"""manage.py forget: what was to be kept for a time only goes once that is over."""

from axes.models import AccessAttempt
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from django.utils import timezone

from retention.audit.models import Event
from retention.sign_in.sessions import SessionStore

BATCH = 1000


class Command(BaseCommand):
    help = "Remove events of the audit log, failed sign-ins and sessions whose time is over."

    def handle(self, **options) -> None:
        now = timezone.now()
        remove(Event.objects.filter(kept_until__lte=now))
        remove(AccessAttempt.objects.filter(attempt_time__lt=now - settings.AXES_COOLOFF_TIME))
        remove(SessionStore.get_model_class().objects.filter(expire_date__lt=now))


def remove(rows: QuerySet) -> None:
    """Delete rows few at a time, so that whoever writes meanwhile doesn't wait long."""
    while keys := list(rows.order_by().values_list("pk", flat=True)[:BATCH]):
        rows.model.objects.filter(pk__in=keys).delete()
