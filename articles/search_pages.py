"""The pages of the search: results, suggestions while typing, and what browsers need to add the site's search."""

import json

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import get_language

from . import questions
from .addresses import Addresses
from .paths import path_in
from .public import depends_on, public
from .queries import tidy
from .results import Filters, results
from .searching import elsewhere, search
from .shown import ShownTopic

PAGE_SIZE = 10
SUGGESTIONS = 6


@public
@depends_on("q", "kind", "topic", "page")
def results_page(request: HttpRequest) -> HttpResponse:
    language, text = get_language(), tidy(request.GET.get("q", ""))
    answer = search(text, language)
    filters = Filters(answer.entries, language, request.GET.get("kind", ""), request.GET.get("topic", ""))
    page = Paginator(filters.entries, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "answer": answer,
        "filters": filters,
        "page": page,
        "results": results(page.object_list, answer, filters.topics_by_entry(page.object_list)),
        "chosen": {"q": text, "kind": filters.kind, "topic": filters.topic.slug if filters.topic else ""},
        "addresses": Addresses(request, lambda code: address_in(code, text, filters.kind, filters.topic)),
        # Search engines need the way in, not what it leads to.
        "is_unlisted": bool(text),
        "section": "search",
    }
    if not answer.entries:
        context["topics"] = questions.topics_counted(language)
        context["elsewhere"] = [] if answer.query.is_empty else links_to(elsewhere(text, language), text)
    return render(request, "articles/search.html", context)


@public
@depends_on("q")
def suggestions(request: HttpRequest) -> HttpResponse:
    """Answer as browsers expect it of a search that they have added: query, titles, descriptions, addresses."""
    text, language = tidy(request.GET.get("q", "")), get_language()
    answer = search(text, language, is_unfinished=True)
    found = results(answer.entries[:SUGGESTIONS], answer)
    titles = [each.heading for each in found]
    urls = [request.build_absolute_uri(each.object.get_absolute_url()) for each in found]
    answered = json.dumps([text, titles, [""] * len(found), urls], ensure_ascii=False)
    # Whoever takes it for a page finds no element in it.
    return HttpResponse(answered.replace("<", "\\u003c"), content_type="application/x-suggestions+json")


@public
def description(request: HttpRequest) -> HttpResponse:
    """Describe the search of one language to browsers (OpenSearch)."""
    context = {"language": get_language()}
    return render(request, "articles/opensearch.xml", context, content_type="application/opensearchdescription+xml")


def address_in(language: str, text: str, kind: str = "", topic: ShownTopic | None = None) -> str:
    """Return where the same is asked in `language`, narrowed to the same kind and topic; nothing can't be narrowed."""
    chosen = {"q": text, "kind": kind, "topic": topic.slug_in(language) if topic else ""} if text else {}
    return path_in(language, "search") + query_of(chosen)


def search_query(**parameters: str | int) -> str:
    """Return the end of the address of a page of results; what is empty, and the first page, is left out."""
    return query_of({name: value for name, value in parameters.items() if (name, value) != ("page", 1)}) or "?"


def query_of(parameters: dict[str, str]) -> str:
    """Return the end of an address, without the parameters that are empty."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return query and f"?{query}"


def links_to(counts: dict[str, int], text: str) -> list[tuple[str, int, str]]:
    """Return language, number of results and address for each language that has some."""
    return [(language, count, address_in(language, text)) for language, count in counts.items()]
