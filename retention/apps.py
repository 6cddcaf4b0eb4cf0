"""The admin app, with our own site in it."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "articles.desk.Desk"

    def ready(self) -> None:
        from . import checks  # noqa: F401

        super().ready()
