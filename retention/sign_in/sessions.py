"""When a session ends: left alone for too long, grown too old, or because somebody says so.

Sessions are in the database alone, no cache: what ends there has ended everywhere.
"""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone

BEGAN, SEEN = "began", "seen"
# A session that is used lasts longer. That is written down this often, not at each request.
WRITTEN_EVERY = 5 * 60  # seconds


class SessionStore(DatabaseStore):
    """A session that ends by itself, counted from its last use and from its beginning."""

    @classmethod
    def get_model_class(cls) -> type:
        from .models import Session

        return Session

    def create_model_instance(self, data: dict):
        session = super().create_model_instance(data)
        session.user_id = data.get(SESSION_KEY)
        return session

    def get_session_cookie_age(self) -> int:
        """Return for how many seconds it goes on if nobody uses it."""
        began = self.get(BEGAN)
        if began is None:
            return settings.SESSION_IDLE_LIMIT
        # Django takes 0 for no limit at all.
        left = max(1, began + settings.SESSION_LIMIT - now())
        return min(settings.SESSION_IDLE_LIMIT, left)

    def load(self) -> dict:
        data = super().load()
        if SEEN in data and now() - data[SEEN] >= WRITTEN_EVERY:
            data[SEEN] = now()
            self.modified = True
        return data


def now() -> int:
    return int(timezone.now().timestamp())


def begin(sender: object, request: HttpRequest, **kwargs) -> None:
    """Note when somebody signed in."""
    request.session[BEGAN] = request.session[SEEN] = now()


def end_others(request: HttpRequest) -> None:
    """End all sessions of whoever asks but the one that they ask in, which goes on under another key."""
    request.session.cycle_key()
    sessions_of(request.user).exclude(pk=request.session.session_key).delete()


def end_all(user: AbstractBaseUser) -> None:
    """Sign somebody out everywhere."""
    sessions_of(user).delete()


def sessions_of(user: AbstractBaseUser):
    return SessionStore.get_model_class().objects.filter(user_id=user.pk)
