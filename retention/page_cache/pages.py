"""How the pages are made that may be kept: by Django's handler, but less stands before it than at the desk."""

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIRequest, get_script_name
from django.core.signals import request_started
from django.http import HttpRequest
from django.urls import ResolverMatch, set_script_prefix
from django.utils.module_loading import import_string

from .answers import Headers
from .keys import Key
from .requests import request_for
from .routes import match_of


class Pages(BaseHandler):
    """Makes the page of a key by a request that says nothing beside it, so that the page can depend on nothing else.

    Of the middlewares it has those of PAGE_MIDDLEWARE: the others look at who asks, or at what is done here.
    """

    def __init__(self) -> None:
        self.load_middleware()

    def load_middleware(self, is_async: bool = False) -> None:
        handler = convert_exception_to_response(self._get_response)
        for path in reversed(settings.PAGE_MIDDLEWARE):
            handler = convert_exception_to_response(import_string(path)(handler))
        self._middleware_chain = handler
        # They have nothing to do there.
        self._view_middleware = self._template_response_middleware = self._exception_middleware = []

    def __call__(self, key: Key) -> tuple[str, Headers, bytes]:
        """Return status, headers and body."""
        environ = request_for(key)
        set_script_prefix(get_script_name(environ))
        request_started.send(sender=type(self), environ=environ)
        response = self.get_response(WSGIRequest(environ))
        try:
            cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
            status = f"{response.status_code} {response.reason_phrase}"
            return status, [*response.items(), *cookies], response.content
        finally:
            response.close()

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        # Raises DisallowedHost: not every page names its host.
        request.get_host()
        match = match_of(request.path_info)
        if match is None:
            return super().resolve_request(request)
        request.resolver_match = match
        return match
