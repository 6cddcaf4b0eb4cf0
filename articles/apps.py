from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles and advice")

    def ready(self) -> None:
        from . import checks, content_stamps, enlisting, roster, sql  # noqa: F401

        roster.listen()
        enlisting.listen()
        connection_created.connect(sql.plan_once, dispatch_uid="one plan")
        post_migrate.connect(content_stamps.after_migration, sender=self, dispatch_uid="content stamp")
