"""A few of the requests of `make fuzz`, through Django itself: any of them is answered, and none fails."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..fuzz import content
from ..fuzz.places import Place, places
from ..fuzz.plans import AT_THE_DESK, LOOKUPS, segment
from ..fuzz.values import anything, short, value

pytestmark = pytest.mark.django_db

PLACES = places()
NAMES = sorted({name for place in PLACES for name in place.parameters} | set(AT_THE_DESK))


@pytest.fixture
def in_paths(db) -> content.Values:
    content.replenished()
    return content.values_in_paths("") | {"object_id": content.keys_of(content.Article), "id": [b"1"]}


def paths(place: Place, in_paths: content.Values) -> st.SearchStrategy[bytes]:
    return st.tuples(
        *(
            short(value(in_paths.get(piece, []))).map(segment) if index % 2 else st.just(piece.encode())
            for index, piece in enumerate(place.pieces)
        )
    ).map(b"".join)


def pairs() -> st.SearchStrategy[dict[str, str]]:
    names = st.one_of(st.sampled_from(NAMES), st.sampled_from(LOOKUPS).map(lambda lookup: f"published_at{lookup}"))
    texts = anything.map(lambda text: text.decode("utf-8", "replace"))
    return st.dictionaries(names, texts, max_size=4)


@pytest.mark.parametrize("method", ["get", "post"])
def test_any_request_is_answered(admin_client: Client, in_paths, method):
    """Faults are raised by the client, so that they show themselves."""
    admin_client.raise_request_exception = True
    # The first two end the session, the third is a file that stays open.
    left_out = ("/admin/logout/", "/admin/password_change/", "/admin/articles/article/content/download/")

    @settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def asked(data: st.DataObject) -> None:
        place = data.draw(st.sampled_from(PLACES))
        path = data.draw(paths(place, in_paths)).decode("latin-1")
        values = data.draw(pairs())
        if path.startswith("/") and not path.startswith(left_out):
            assert getattr(admin_client, method)(path, values).status_code < 500

    asked()
