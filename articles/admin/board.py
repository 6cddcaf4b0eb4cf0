"""The first page of the desk, which shows how far the translations are, and the list of what is left to do."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import work
from ..languages import LANGUAGES, columns
from ..models import Article
from ..roles import languages_of
from ..status import CURRENT, MISSING, OUTDATED, STATUS_NAMES
from . import lists
from .filters import LanguageFilter, StatusFilter

ARTICLES_PER_PAGE = 25
ROWS_PER_PAGE = 50
ROWS_ON_BOARD = 10
# In lists of what to do, topics stand where an article could.
TOPICS = "topics"
# What isn't done yet.
TODO = {status: STATUS_NAMES[status] for status in work.TODO}


@dataclass
class Tally:
    """How many objects of a group have which status in one language, and where what is left of them is listed.

    Beyond lists.MOST all of them, and those of a status, are so many or more.
    `finished_url` leads to the texts once nothing is left.
    """

    language: str
    counts: Counter[str]
    about: str = ""
    finished_url: str = ""

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def is_cut(self) -> bool:
        """Whether there is more than the desk counts: nobody knows then how much of it is current."""
        return self.total > lists.MOST

    @property
    def all(self) -> int | str:
        """How many objects there are, in words where that isn't counted."""
        return lists.told(self.total)

    @property
    def left(self) -> list[tuple[object, int | str]]:
        """The states in which something is left to do, by name, each with how many."""
        return [(name, lists.told(self.counts[status])) for status, name in TODO.items() if self.counts[status]]

    @property
    def url(self) -> str:
        about = {"about": self.about} if self.about else {}
        return f"{reverse('admin:work')}?{urlencode({'language': self.language, **about})}"

    @property
    def shares(self) -> list[tuple[str, float, float]]:
        """The parts of a bar: status, beginning and length, in per cent of it."""
        parts, start = [], 0.0
        for status in (CURRENT, OUTDATED, MISSING):
            length = 100 * self.counts[status] / max(self.total, 1)
            parts.append((status, round(start, 2), round(length, 2)))
            start += length
        return parts


def tallies(counts: work.Counts) -> list[Tally]:
    return [Tally(language, counts[language]) for language in LANGUAGES]


def tallies_of_article(article: Article, counts: work.Counts, own_languages: Collection[str]) -> list[Tally]:
    """Return the tallies of an article; what is finished is reached side by side in one's own languages."""
    key = article.pk
    urls = dict.fromkeys(LANGUAGES, reverse("admin:articles_article_change", args=[key]))
    urls |= {language: reverse("admin:articles_article_translate", args=[key, language]) for language in own_languages}
    return [Tally(language, counts[language], str(key), urls[language]) for language in LANGUAGES]


def tallies_of_topics(counts: work.Counts) -> list[Tally]:
    """Return the tallies of all topics; what is finished stands in the list of topics."""
    path = reverse("admin:articles_topic_changelist")
    language, status = LanguageFilter.parameter_name, StatusFilter.parameter_name
    urls = {code: f"{path}?{urlencode({language: code, status: CURRENT})}" for code in LANGUAGES}
    return [Tally(code, counts[code], TOPICS, urls[code]) for code in LANGUAGES]


def may_see(request: HttpRequest) -> bool:
    return request.user.has_perm("articles.view_article")


def board(request: HttpRequest) -> dict[str, object]:
    """Return what the first page of the desk shows of translations; nothing to people who may not see content."""
    if not may_see(request):
        return {}
    titles = Article.objects.only(*columns("title"), "position", "status", "published_at")
    page = lists.BoundedPaginator(titles, ARTICLES_PER_PAGE).get_page(request.GET.get("page"))
    by_article = work.totals_by_article(page)
    totals = tallies(work.totals(lists.MOST + 1))
    own_languages = languages_of(request.user)
    own = own_language(request, [tally.language for tally in totals if tally.left])
    return {
        "languages": settings.LANGUAGES,
        "totals": totals,
        "page": page,
        "rows": [(article, tallies_of_article(article, by_article[article.pk], own_languages)) for article in page],
        "topics": tallies_of_topics(work.totals_of_topics()),
        "own_language": own,
        "mine": own and work.Unfinished(own)[:ROWS_ON_BOARD],
        "mine_url": own and Tally(own, Counter()).url,
    }


def own_language(request: HttpRequest, unfinished: Collection[str] = LANGUAGES) -> str:
    """Return the language whose work is this person's, one in which something is left if there is such.

    Of several it is the language of the interface. "" is for people who translate into none.
    """
    languages = languages_of(request.user)
    choice = [language for language in languages if language in unfinished] or languages
    return get_language() if get_language() in choice else next(iter(choice), "")


class WorkFilter(forms.Form):
    """What is asked of the list of what is left to do."""

    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES)
    status = forms.ChoiceField(label=_("status"), choices=[("", _("all")), *TODO.items()], required=False)
    about = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_about(self) -> Article | str | None:
        """Return the article that is asked about, TOPICS, or None for everything; what isn't there is everything."""
        about = self.cleaned_data["about"]
        if about == TOPICS or not about.isdecimal():
            return about if about == TOPICS else None
        return Article.objects.only(*columns("title")).filter(pk=int(about)).first()

    @property
    def scope(self) -> work.Scope:
        match self.cleaned_data["about"]:
            case Article(pk=key):
                return work.belonging_to(key)
            case about:
                return work.TOPICS if about == TOPICS else work.EVERYTHING


def work_list(request: HttpRequest) -> HttpResponse:
    """List what is left to do in one language, what has waited longest first."""
    if not may_see(request):
        raise PermissionDenied
    asked = WorkFilter(request.GET.dict() | {"language": request.GET.get("language") or own_language(request) or "en"})
    if not asked.is_valid():
        asked = WorkFilter({"language": own_language(request) or get_language()})
        asked.full_clean()
    language, status = asked.cleaned_data["language"], asked.cleaned_data["status"]
    rows = work.Unfinished(language, asked.scope, [status] if status else list(TODO))
    context = {
        **admin.site.each_context(request),
        "title": _("What is left to do"),
        "asked": asked,
        "language": language,
        "language_name": dict(settings.LANGUAGES)[language],
        "about": asked.cleaned_data["about"],
        "page": lists.WorkPaginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "may_translate": language in languages_of(request.user),
    }
    return render(request, "admin/articles/work.html", context)
