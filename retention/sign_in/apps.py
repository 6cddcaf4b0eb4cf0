from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.utils.translation import gettext_lazy as _


class SignInConfig(AppConfig):
    name = "retention.sign_in"
    verbose_name = _("Sign-in")

    def ready(self) -> None:
        from . import sessions, telling

        user_logged_in.connect(sessions.begin, dispatch_uid="begin a session")
        user_logged_in.connect(telling.signed_in, dispatch_uid="tell of signing in")
        user_logged_out.connect(telling.signed_out, dispatch_uid="tell of signing out")
