"""Who may reach what: each address of the URLconf, asked for by each kind of person, with and without a token.

The addresses are walked from the URLconf, so that a new one has to stand here as soon as it opens to anybody.
"""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core import signing
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from reversion.models import Version

from articles import publishing
from articles.history import keep
from articles.models import Advice, Article

from ..fuzz import content
from ..fuzz.places import LANGUAGE, Place, places

pytestmark = pytest.mark.django_db

# Where one signs in or out, or chooses a language.
OPEN = re.compile(r"/admin/(login/.*|logout/|language/)")
# What is open to whoever may sign in: their own account, and a look at what they have written themselves.
OPEN_TO_STAFF = re.compile(
    r"/admin/(|jsi18n/|login/.*|logout/|language/|password_change/(done/)?|two-step/.*|articles/article/preview/)"
)
# What translators may look at, in whatever language they translate.
SEEN_BY_TRANSLATORS = re.compile(
    r"/admin/(work|<app_label>|articles/\w+(/<object_id>(/change|/history(/compare)?)?)?|articles/article/(export"
    r"|import(/preview|/apply)?|content(/download|/preview|/apply)?|preview))/"
)
# Texts, people, and what is told of both.
CHANGING = re.compile(
    r"^\W*(INSERT INTO|UPDATE|DELETE FROM)\W+(articles_|auth_|reversion_|django_admin_log)(?!.*last_login)", re.DOTALL
)
DESK = [place for place in places() if place.is_desk]
PUBLIC = [place for place in places() if not place.is_desk]


def named(place: Place) -> str:
    return place.route


@pytest.fixture
def written(article, tip, figure, topic) -> Article:
    """An article with all that belongs to it, kept in the history, by somebody."""
    User.objects.create_superuser("author")
    keep([article, tip, figure, topic], None, "Saved.")
    return article


def path_of(place: Place) -> str:
    """Return the path of a page of this kind that is really there."""
    model = content.model_of(place.route)
    there = content.values_in_paths(place.route)
    there |= {"object_id": content.keys_of(model), "id": content.keys_of(User), "version_id": content.keys_of(Version)}
    if model and model._meta.app_label == "articles":
        there["pk"] = content.keys_of(model)
    # Finnish, which none of the translators below translates into.
    there |= {LANGUAGE: [b"en"], "language": [b"fi"], "url": [b"articles/x"]}
    return "".join(there[piece][-1].decode() if index % 2 else piece for index, piece in enumerate(place.pieces))


def somebody(*groups: str, **rights) -> Client:
    user = User.objects.create_user("person", is_staff=True, **rights)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def changes(captured) -> list[str]:
    return [query["sql"] for query in captured if CHANGING.match(query["sql"])]


# --- The desk ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", DESK, ids=named)
def test_nobody_gets_beyond_the_door(client, written, place):
    for ask in (client.get, client.post):
        with CaptureQueriesContext(connection) as captured:
            response = ask(path_of(place))
        if OPEN.fullmatch(place.route):
            assert response.status_code in (200, 302, 405)
        else:
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/admin/login/?next=")
        assert changes(captured) == []


@pytest.mark.parametrize("place", DESK, ids=named)
def test_who_is_in_no_group_finds_nothing_to_do(written, place):
    client = somebody()
    for ask in (client.get, client.post):
        with CaptureQueriesContext(connection) as captured:
            response = ask(path_of(place))
        assert changes(captured) == []
        assert OPEN_TO_STAFF.fullmatch(place.route) or is_refused(client, response)


# A download, which translators may have, is a file that stays open here.
@pytest.mark.parametrize("place", [place for place in DESK if not place.route.endswith("/download/")], ids=named)
def test_a_translator_of_another_language_looks_and_changes_nothing(written, place):
    client = somebody("Translators (et)")
    with CaptureQueriesContext(connection) as captured:
        looked, posted = client.get(path_of(place)), client.post(path_of(place))
    assert changes(captured) == []
    if OPEN_TO_STAFF.fullmatch(place.route) or SEEN_BY_TRANSLATORS.fullmatch(place.route):
        return
    for response in (looked, posted):
        assert is_refused(client, response)


@pytest.mark.parametrize("place", [place for place in DESK if "/auth/" in place.route], ids=named)
def test_an_editor_reaches_nobodys_account(written, place):
    client = somebody("Editors")
    for ask in (client.get, client.post):
        assert is_refused(client, ask(path_of(place)))


def is_refused(client: Client, response: HttpResponse) -> bool:
    """Tell whether this is a refusal, or leads to one, or back to the first page of the desk."""
    if response.status_code in (301, 302) and response.headers["Location"] != "/admin/":
        response = client.get(response.headers["Location"])
    return response.status_code in (302, 403, 404, 405)


@pytest.mark.parametrize("place", DESK, ids=named)
def test_looking_changes_nothing(written, place):
    """A link, which anyone may have somebody follow, does nothing."""
    client = somebody(is_superuser=True)
    with CaptureQueriesContext(connection) as captured:
        client.get(path_of(place))
    assert changes(captured) == []


@pytest.mark.parametrize("place", DESK, ids=named)
def test_without_a_token_nothing_is_taken(written, place):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("person"))
    with CaptureQueriesContext(connection) as captured:
        assert client.post(path_of(place), {"csrfmiddlewaretoken": "b" * 32}).status_code == 403
    assert changes(captured) == []


# --- For readers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PUBLIC, ids=named)
def test_no_address_for_readers_takes_anything(admin_client, written, place):
    for ask in (admin_client.post, admin_client.put, admin_client.patch, admin_client.delete):
        with CaptureQueriesContext(connection) as captured:
            assert ask(path_of(place), {"x": "1"}, content_type="application/json").status_code in (404, 405)
        assert changes(captured) == []


@pytest.mark.parametrize("place", DESK, ids=named)
def test_no_view_of_the_desk_does_without_tokens(written, place):
    assert not getattr(resolve(path_of(place)).func, "csrf_exempt", False)


# --- Previews ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(article) -> Article:
    Article.objects.filter(pk=article.pk).update(status="draft")
    article.refresh_from_db()
    return article


def test_a_link_to_a_preview_cant_be_changed(client, draft):
    path = publishing.preview_url(draft, "en")
    assert client.get(path).status_code == 200
    token = path.split("/")[-2]
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        changed = path.replace(token, token[:place] + other + token[place + 1 :])
        # The last sign of a signature has bits that say nothing.
        if place < len(token) - 1:
            assert client.get(changed).status_code == 404, changed


def test_a_link_to_a_preview_opens_nothing_else(client, draft, tip):
    other = Article.objects.create(title_en="Another draft", status="draft")
    payload = publishing.preview_url(draft, "en").split("/")[-2].split(":")
    mine, theirs = payload, publishing.preview_url(other, "en").split("/")[-2].split(":")
    for token in (":".join([theirs[0], *mine[1:]]), ":".join([mine[0], *theirs[1:]])):
        assert client.get(f"/en/preview/{token}/").status_code == 404


@pytest.mark.parametrize("salt", ["articles.sealing", "django.core.signing", "", "articles.source.article.1"])
def test_what_was_signed_for_something_else_is_no_link_to_a_preview(client, draft, salt):
    token = signing.dumps(["article", draft.pk, draft.key], salt=salt)
    assert client.get(f"/en/preview/{token}/").status_code == 404


def test_a_preview_of_advice_shows_no_more_of_its_article_than_the_advice_would(client, draft, tip):
    Advice.objects.create(article=draft, kind="tip", title_en="A secret beside it", body_en="Not for this reader.")
    page = client.get(publishing.preview_url(tip, "en")).content.decode()
    assert "Not for this reader." not in page
