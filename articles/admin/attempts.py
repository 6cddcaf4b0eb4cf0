"""Requests that look again when somebody has taken the same slug or key at the same moment."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps

from django.db import IntegrityError
from django.http import HttpResponse

# Of those who save at the same moment one gets through each time.
ATTEMPTS = 10


def looking_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have `view`, which rolls back what it can't finish, answer anew: now it sees what is taken."""

    @wraps(view)
    def answer(*args, **kwargs) -> HttpResponse:
        for _attempt in range(ATTEMPTS - 1):
            with suppress(IntegrityError):
                return view(*args, **kwargs)
        return view(*args, **kwargs)

    return answer
