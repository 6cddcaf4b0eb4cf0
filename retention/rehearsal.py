"""A page that is made before the workers part: they share what that loads, and no reader waits for it."""

from contextlib import suppress

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connections
from django.urls import resolve
from django.utils.translation import override

from articles.editions import current_edition
from articles.models import Article
from articles.paths import path_of

from .page_cache.keys import Key
from .page_cache.requests import request_for


def rehearse() -> None:
    """Make the page of an article, of which most other pages are made up; without a database there is none."""
    # Whatever the fault is, whoever asks for that page is told of it, and others needn't be kept waiting for theirs.
    with suppress(Exception), override(settings.LANGUAGE_CODE):
        current_edition()
        if slug := Article.objects.published().values_list("slug", flat=True).first():
            make(path_of("article", slug))
    # No process can go on with the connection of another one.
    connections.close_all()


def make(path: str) -> None:
    """Make a page without anybody who asked for it: it isn't counted, nor logged."""
    request = WSGIRequest(request_for(Key(False, "localhost", "", path, "")))
    view, args, kwargs = resolve(path)
    view(request, *args, **kwargs)
