"""Django's handler for the pages that may be kept: less stands between them and a request than at the desk."""

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import ResolverMatch
from django.utils.module_loading import import_string

from .routes import match_of


class Pages(WSGIHandler):
    """A WSGI application that answers requests which say nothing beside the address of a page.

    Of the middlewares it has those of PAGE_MIDDLEWARE: the others look at who asks, or at what is done here.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        handler = convert_exception_to_response(self._get_response)
        for path in reversed(settings.PAGE_MIDDLEWARE):
            handler = convert_exception_to_response(import_string(path)(handler))
        self._middleware_chain = handler
        # They have nothing to do there.
        self._view_middleware = self._template_response_middleware = self._exception_middleware = []

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        # Raises DisallowedHost: not every page names its host.
        request.get_host()
        match = match_of(request.path_info)
        if match is None:
            return super().resolve_request(request)
        request.resolver_match = match
        return match
