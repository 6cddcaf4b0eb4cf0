"""The lists of the desk on a large site: they count, and reach, no further than anyone turns pages."""

import pytest

from articles.admin import lists
from articles.models import Advice

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
