"""What the first view of each kind of page weighs: one round trip, a little more for long texts in two-byte scripts."""

import pytest

from ..page_types import LANGUAGES, PAGE_TYPES, path_of
from .pages import style_weights, weight

pytestmark = pytest.mark.django_db

FIRST_VIEW = 14 * 1024
# Whole articles in Russian and Armenian, and in two languages beside each other.
LONG = {("article", "ru"): 18 * 1024, ("article", "hy"): 18 * 1024}
BESIDE = 24 * 1024
STYLE = 6 * 1024


def budget(page_type: str, language: str) -> int:
    return BESIDE if page_type == "article-beside" else LONG.get((page_type, language), FIRST_VIEW)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_a_first_view_is_light(client, page_type, language):
    response = client.get(path_of(page_type, language), follow=True, headers={"accept-encoding": "gzip"})
    assert weight(response) <= budget(page_type, language)
    assert 0 < sum(style_weights(response)) <= STYLE


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_all_style_comes_in_one_request(client, page_type, language):
    response = client.get(path_of(page_type, language), follow=True, headers={"accept-encoding": "gzip"})
    assert len(style_weights(response)) == 1
