from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "retention.audit"
    verbose_name = _("Audit log")

    def ready(self) -> None:
        from . import checks, triggers  # noqa: F401

        post_migrate.connect(triggers.after_migration, sender=self, dispatch_uid="audit log")
