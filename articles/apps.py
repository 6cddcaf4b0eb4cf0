from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Articles and advice")

    def ready(self) -> None:
        from . import enlisting, roster

        roster.listen()
        enlisting.listen()
