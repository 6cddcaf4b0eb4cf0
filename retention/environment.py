"""The environment that settings come from, how those are written that aren't plain text or numbers, and slips in it."""

import os
import re
from collections.abc import Callable
from difflib import get_close_matches
from importlib.util import find_spec
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from environs import Env, EnvError, ValidationError

from .networks import Networks

env = Env()

# What others than `retention.settings` read: gunicorn, the tests, Compose.
ELSEWHERE = (
    *("HOST", "PORT", "WEB_CONCURRENCY", "TEST_DATABASE_URL", "CHROMIUM"),
    *("POSTGRES_PASSWORD", "SITE", "WEB_REPLICAS", "PROXY_NETWORK", "REQUIREMENTS"),
)
# From where on a name is taken for a slip of another one; short ones are alike by chance.
ALIKE, LONG = 0.85, 6
HOST = r"(?:[a-z0-9-]+\.)*[a-z0-9-]+|\[[0-9a-f:]+\]"
HOST_NAME = re.compile(rf"\.?(?:{HOST})", re.IGNORECASE)
ORIGIN = re.compile(rf"https?://(?:\*\.)?(?:{HOST})(?::\d+)?", re.IGNORECASE)
CONTACT = re.compile(r"(?:https://|mailto:|tel:)[!-~]+")
DSN = re.compile(r"https?://[0-9A-Za-z:]+@[^@/]+/(?:.+/)?\d+")
# What Django asks of a key that signs sessions.
LONG_KEY, MANY_CHARACTERS = 50, 5


def parser(read: Callable) -> Callable:
    """Let settings be read by a function, as `env.<its name>("NAME", default)`."""
    env.add_parser(read.__name__, read)
    return read


def parts(text: str) -> list[str]:
    """Return what stands between the commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def each_like(pattern: re.Pattern, text: str, complaint: str) -> list[str]:
    """Return what stands between the commas, all of which is to match."""
    for part in parts(text):
        if not pattern.fullmatch(part):
            raise ValidationError(f"{part} {complaint}")
    return parts(text)


@parser
def networks(text: str) -> Networks:
    """Read addresses and networks."""
    try:
        return Networks(parts(text))
    except ValueError as error:
        raise ValidationError(f"{error}.") from None


@parser
def hosts(text: str) -> list[str]:
    """Read names of hosts. None stands for any: pages name the host that they were asked for at."""
    return each_like(HOST_NAME, text, "is no host. Write it as www.example.org: no scheme, port, path or *.")


@parser
def origins(text: str) -> list[str]:
    """Read origins."""
    return each_like(ORIGIN, text, "is no origin. Write it as https://www.example.org, with nothing behind.")


@parser
def time_zone(text: str) -> str:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(text).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise ValidationError(f"{text} is no time zone. Write it as Europe/Helsinki.") from None


@parser
def secret(text: str) -> str:
    """Read a key that nobody guesses, or none."""
    if text and (len(text) < LONG_KEY or len(set(text)) < MANY_CHARACTERS):
        raise ValidationError(f"It has to be {LONG_KEY} characters or longer, and random.")
    return text


@parser
def contact(text: str) -> str:
    """Read where somebody is reached, as RFC 9116 has it: an address of the web, of mail or of a telephone."""
    if text and not CONTACT.fullmatch(text):
        raise ValidationError(f"{text} is no contact. Write it as mailto:security@example.org or https://….")
    return text


@parser
def dsn(text: str) -> str:
    """Read where faults are reported to; what does that isn't installed everywhere."""
    if text and not DSN.fullmatch(text):
        raise ValidationError("Write it as https://key@sentry.example.org/1.")
    if text and not find_spec("sentry_sdk"):
        raise ValidationError("It needs the package sentry-sdk: pip install -r requirements-sentry.txt")
    return text


def refuse_slips() -> None:
    """Raise EnvError for a name that is nearly one of a setting, once all settings have been read."""
    known = {*env.dump(), *ELSEWHERE}
    for name in os.environ.keys() - known:
        meant = len(name) >= LONG and get_close_matches(name, known, 1, ALIKE)
        if meant:
            raise EnvError(f"{name} is no setting. {meant[0]} is.")
