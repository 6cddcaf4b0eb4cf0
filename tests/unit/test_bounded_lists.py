"""The lists of the desk on a large site: they count, and reach, no further than anyone turns pages."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.admin import lists
from articles.models import Advice
from articles.status import confirm

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/advice/"


@pytest.fixture
def desk(admin_client, monkeypatch):
    """The desk on a site that has far more than its lists show."""
    monkeypatch.setattr(lists, "MOST", 20)
    monkeypatch.setattr(lists.BoundedAdmin, "list_per_page", 10)
    return admin_client


def test_a_long_list_says_that_there_is_more(desk):
    assert "Advice: more than 20" in desk.get(LIST).content.decode()
    assert "Advice: 10" in desk.get(LIST, {"kind__exact": "mistake"}).content.decode()


def test_a_page_beyond_the_end_is_none(desk):
    assert [desk.get(LIST, {"p": number}).status_code for number in (2, 3)] == [200, 302]


def test_what_is_more_than_the_list_tells_isnt_deleted_at_once(desk):
    chosen = {
        "action": "delete_selected",
        "select_across": "1",
        "_selected_action": [str(Advice.objects.first().pk)],
        "post": "yes",
    }
    response = desk.post(LIST, chosen, follow=True)
    assert "Narrow the list first." in response.content.decode()
    assert Advice.objects.count() == 53


def test_the_board_tells_how_much_is_left_as_far_as_the_desk_counts(desk):
    assert 'class="bar"' not in desk.get("/admin/").content.decode()
    Advice.objects.exclude(judged_by="ru").update(confirmed_ru="")
    for each in Advice.objects.exclude(judged_by="hy")[:3]:
        confirm(each, ["hy"], "What it was.")
    body = desk.get("/admin/").content.decode()
    assert "out of date: more than 20" in body
    assert "out of date: 3" in body
    assert "current: more than 20" in body


def test_a_small_site_has_bars_and_whole_numbers(admin_client):
    body = admin_client.get("/admin/").content.decode()
    assert 'class="bar"' in body
    assert "current: 81" in body
    assert "more than" not in body


def test_the_list_of_work_ends_where_the_desk_counts_no_further(desk):
    Advice.objects.exclude(judged_by="ru").update(confirmed_ru="")
    body = desk.get("/admin/work/?language=ru").content.decode()
    assert "More than 20 texts are left to do" in body
    assert "The list ends after 20, but there is more." in body
    assert body.count("/translate/ru/") == 20


def test_what_is_filtered_by_what_is_left_has_what_has_waited_longest_first(admin_client):
    first, second = Advice.objects.exclude(judged_by="ru").order_by("-pk")[:2]
    long_ago = timezone.now() - dt.timedelta(days=3)
    Advice.objects.filter(pk__in=[first.pk, second.pk]).update(confirmed_ru="")
    Advice.objects.filter(pk=first.pk).update(source_changed_at=long_ago)
    for language in ({"language": "ru"}, {}):
        found = admin_client.get(LIST, {"translation": "outdated", **language}).context["cl"].result_list
        assert [obj.pk for obj in found] == [first.pk, second.pk]
