"""Whatever is sent to the desk, it answers; nothing fails."""

import pytest
from django.urls import reverse

from articles.admin.content import MOST_ROWS
from articles.models import Advice, Article, Figure, Topic

from .test_admin import article_form, url
from .test_collisions import advice_form, form_of, send

pytestmark = pytest.mark.django_db

HUGE = "9" * 30


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Article, {"published_at": "garbage"}),
        (Article, {"position": "garbage"}),
        (Advice, {"article": "abc", "topics": "x,y"}),
        (Advice, {"article": HUGE}),
        (Advice, {"topics": HUGE}),
        (Figure, {"advice": "abc", "low": "abc"}),
    ],
)
def test_a_form_opens_with_odd_values_in_its_address(admin_client, model, query):
    assert admin_client.get(url(model, "add"), query).status_code in (200, 400)


@pytest.mark.parametrize("page", ["change", "delete"])
@pytest.mark.parametrize("model", ["articles_advice", "auth_user"])
def test_an_object_is_found_where_a_link_names_no_field(admin_client, admin_user, tip, model, page):
    obj = {"articles_advice": tip, "auth_user": admin_user}[model]
    address = reverse(f"admin:{model}_{page}", args=[obj.pk])
    assert admin_client.get(address, {"_to_field": ""}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {"published_at__year": "1"},
        {"published_at__year": "9999"},
        {"published_at__year": HUGE},
        {"published_at__year": "x"},
        {"published_at__year": "2026", "published_at__month": "13"},
        {"published_at__year": "2026", "published_at__month": "2", "published_at__day": "31"},
        {"published_at__gte": "garbage"},
        {"id": HUGE},
        {"p": HUGE},
        {"o": HUGE},
    ],
)
def test_a_list_answers_odd_filters(admin_client, query):
    assert admin_client.get(url(Article, "changelist"), query).status_code in (200, 302, 400)


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("time", ["00:00", "23:59"])
@pytest.mark.parametrize("offset", ["Europe/Helsinki", "America/New_York"])
def test_a_moment_out_of_range_is_refused_or_saved(admin_client, article, settings, date, time, offset):
    settings.TIME_ZONE = offset
    form = article_form(admin_client, article) | {"published_at_0": date, "published_at_1": time}
    response = send(admin_client, article, form)
    assert response.status_code in (200, 302)
    assert admin_client.get(url(Article, "change", article.pk)).status_code == 200
    assert admin_client.get(url(Article, "changelist")).status_code == 200


@pytest.mark.parametrize("odd", ["abc", HUGE, "", "\x00"])
@pytest.mark.parametrize(
    "name", ["initial-article", "initial-topics", "initial-remedies", "initial-position", "article", "topics"]
)
def test_advice_with_odd_values_is_answered(admin_client, tip, name, odd):
    assert send(admin_client, tip, advice_form(admin_client, tip) | {name: odd}).status_code in (200, 302, 400)


@pytest.mark.parametrize("odd", ["abc", HUGE])
def test_a_figure_with_an_odd_piece_of_advice_is_answered(admin_client, figure, odd):
    form = form_of(admin_client, figure) | {"advice": odd, "initial-advice": odd}
    assert send(admin_client, figure, form).status_code in (200, 400)


def test_an_article_with_an_odd_moment_before_is_answered(admin_client, article):
    form = article_form(admin_client, article)
    odd = {"initial-published_at_0": "garbage", "initial-published_at_1": "0001-01-01"}
    assert send(admin_client, article, form | odd).status_code == 200


@pytest.mark.parametrize("prefix", ["advice", "figures"])
def test_a_form_that_claims_any_number_of_rows_gets_no_more_than_an_article_has(admin_client, article, tip, prefix):
    form = article_form(admin_client, article) | {f"{prefix}-TOTAL_FORMS": HUGE}
    response = send(admin_client, article, form)
    assert response.status_code == 200
    assert max(len(each.forms) for each in response.context["inline_admin_formsets"]) <= MOST_ROWS


def test_an_article_without_any_value_is_answered(admin_client, article):
    assert send(admin_client, article, {}).status_code == 200


@pytest.mark.parametrize("model", [Topic, Advice, Figure, Article])
@pytest.mark.parametrize("odd", ["abc", HUGE, "-1"])
@pytest.mark.parametrize("action", ["export_chosen", "delete_selected"])
def test_an_action_on_odd_choices_is_answered(admin_client, model, odd, action):
    response = admin_client.post(url(model, "changelist"), {"action": action, "_selected_action": odd})
    assert response.status_code in (200, 302, 400)
