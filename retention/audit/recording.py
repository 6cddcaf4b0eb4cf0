"""How something gets into the audit log: in the transaction that does it, so that neither is without the other."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address, ip_network

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.db.models.signals import post_save
from django.http import HttpRequest
from django.utils.translation import gettext_noop

from .models import Event, Kind

# What is kept of an address: whose network it is, not which of its machines.
KEPT_BITS = {4: 24, 6: 48}
LONGEST_TITLE = Event._meta.get_field("title").max_length
BY_COMMAND = gettext_noop("On the command line.")


def record(kind: Kind, request: HttpRequest | None = None, **about) -> Event:
    """Add one event; see event_of()."""
    event = event_of(kind, request, **about)
    event.save(force_insert=True)
    return event


def record_each(kind: Kind, request: HttpRequest | None, objects: Iterable[Model], detail: str = "") -> None:
    """Add an event for each of `objects`."""
    Event.objects.bulk_create([event_of(kind, request, about=obj, detail=detail) for obj in objects])


@contextmanager
def recording_saves(model: type[Model], kind: Kind) -> Iterator[None]:
    """Add an event for each object of `model` that a command saves meanwhile.

    Commands of others ask questions and then save, so that a transaction around them would hold up everybody.
    """

    def note(sender: type[Model], instance: Model, **kwargs) -> None:
        record(kind, about=instance, detail=BY_COMMAND)

    post_save.connect(note, sender=model)
    try:
        yield
    finally:
        post_save.disconnect(note, sender=model)


def event_of(
    kind: Kind,
    request: HttpRequest | None = None,
    *,
    person: AbstractBaseUser | None = None,
    about: Model | None = None,
    detail: str = "",
) -> Event:
    """Return the event that `person`, or else whoever sent the request, did something to the object `about`."""
    person = person or getattr(request, "user", None)
    event = Event(kind=kind, detail=detail, person=person.get_username() if person else "")
    if request:
        event.network = network_of(request.META.get("REMOTE_ADDR", ""))
    if about is not None:
        event.model, event.key = about._meta.label_lower, str(about.pk)
        event.title = str(about)[:LONGEST_TITLE]
    return event


def network_of(address: str) -> str:
    """Return the network of an address as the audit log keeps it; "" where there is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((known, KEPT_BITS[known.version]), strict=False))
