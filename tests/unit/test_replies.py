"""What is answered by how a request stands there: the same as by what it means, and only as long."""

import pytest

from articles.editions import current_edition
from articles.models import Topic
from retention.networks import Networks
from retention.page_cache import watch as watches
from retention.page_cache.answers import Answer
from retention.page_cache.application import PageCache
from retention.page_cache.keys import Key
from retention.page_cache.memory import LONGEST, MOST_WAYS, REPLY, Memory
from retention.page_cache.pages import Pages
from retention.page_cache.replies import Replies
from retention.page_cache.requests import request_for
from retention.page_cache.watch import Watch
from retention.proxies import Proxies

from .requests import Response, ask

MEGABYTE = 1024 * 1024
TIPS = "/en/tips/"


class Behind:
    """The site behind the replies, and how often it was asked."""

    def __init__(self, application: Proxies) -> None:
        self.application = application
        self.asked = 0

    def __call__(self, environ, start_response):
        self.asked += 1
        return self.application(environ, start_response)


@pytest.fixture
def site(one_connection, monkeypatch) -> Replies:
    """The site as readers reach it; what the thread does all the time, `site.watch.look()` does here."""
    monkeypatch.setattr(watches, "PATIENCE", 600)
    watch, memory = Watch(current_edition), Memory(8 * MEGABYTE)
    watch.look()
    pages = PageCache(pages_of_others, Pages(), watch, memory)
    return Replies(Behind(Proxies(pages, Networks(["10.0.0.1"]))), memory, watch)


def pages_of_others(environ, start_response):
    start_response("404 Not Found", [])
    return [b"not a page for everybody"]


def settled(site: Replies, *arguments, **headers) -> Response:
    """Return what is answered to those who come after others have asked in the same way."""
    for _ in range(2):
        ask(site, *arguments, **headers)
    before = site.application.asked
    answer = ask(site, *arguments, **headers)
    assert site.application.asked == before
    return answer


def test_who_asks_like_somebody_before_is_answered_at_once(site):
    made, found, at_once = (ask(site, TIPS, accept_encoding="br") for _ in range(3))
    assert site.application.asked == 2
    assert at_once == found
    assert (at_once.status, at_once.body) == (made.status, made.body)
    assert found.headers == made.headers | {"Cache-Status": "pages; hit"}


WAYS = {
    "nothing said": {},
    "a method": {"method": "HEAD"},
    "an encoding": {"accept_encoding": "gzip"},
    "another encoding": {"accept_encoding": "br;q=0, gzip"},
    "a host": {"host": "127.0.0.1"},
    "a proxy that is trusted": {"peer": "10.0.0.1", "x_forwarded_proto": "https"},
    "a trusted proxy asked without TLS": {"peer": "10.0.0.1", "x_forwarded_proto": "http"},
    "a proxy that isn't": {"peer": "10.0.0.2", "x_forwarded_proto": "https"},
    "another page that is known": {"if_none_match": '"other"'},
    "any page that is known": {"if_none_match": "*"},
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_asking_has_its_own_reply(site, way):
    # By the third time each encoding is there, and every way has its reply.
    for other in [*WAYS.values()] * 3:
        ask(site, TIPS, **other)
    assert len(site.memory.replies) == len(WAYS)
    behind = ask(site.application, TIPS, **WAYS[way])
    assert settled(site, TIPS, **WAYS[way]) == behind


def test_a_query_has_its_own_reply(site):
    plain, about = settled(site, TIPS), settled(site, f"{TIPS}?topic=people")
    assert plain.body != about.body
    assert settled(site, f"{TIPS}?utm_source=letter&topic=people").body == about.body


def test_who_has_the_page_is_told_so_at_once(site):
    tag = ask(site, TIPS).headers["ETag"]
    again = settled(site, TIPS, if_none_match=tag)
    assert (again.status, again.body) == (304, b"")


def test_what_isnt_kept_is_asked_for_each_time(site):
    for method, path in (("GET", "/admin/"), ("POST", TIPS), ("GET", "/en/nowhere/")):
        before = site.application.asked
        for _ in range(3):
            ask(site, path, method=method)
        assert site.application.asked == before + 3
    assert not site.memory.replies


def test_a_server_that_changes_the_headers_changes_them_for_one_reader(site):
    expected = settled(site, TIPS).headers
    taken = []

    def start_response(status, headers):
        taken.extend(headers)
        headers.clear()

    request = request_for(Key(False, "localhost", "", TIPS, "")) | {"HTTP_ACCEPT_ENCODING": ""}
    for _ in range(4):
        site(dict(request), start_response)
    assert dict(taken) == expected
    assert ask(site, TIPS).headers == expected
    assert ask(site, TIPS, accept_encoding="").headers == expected


def test_an_edit_ends_all_replies(site):
    settled(site, TIPS)
    Topic.objects.filter(key="people").update(name_en="Quite other people")
    site.watch.look()
    answer = ask(site, TIPS)
    assert answer.headers["Cache-Status"] == "pages; fwd=miss"
    assert b"Quite other people" in answer.body


def test_who_cant_know_whether_it_is_the_present_page_says_so(site, monkeypatch):
    settled(site, TIPS)
    monkeypatch.setattr(site.watch, "sure_until", 0)
    answer = ask(site, TIPS)
    assert (answer.status, answer.headers["Cache-Status"]) == (200, "pages; hit; detail=stale")


# --- Memory -----------------------------------------------------------------------------------------------------------


def key(number: int) -> Key:
    return Key(False, "localhost", "", f"/{number}/", "")


def an_answer(size: int = 1000) -> Answer:
    return Answer("1", "200 OK", [("Content-Type", "image/png")], b"x" * size)


def kept(memory: Memory, number: int, *ways: str, size: int = 1000) -> Answer:
    """Keep an answer that is asked for in so many ways."""
    answer = an_answer(size)
    memory.put(key(number), answer)
    for way in ways:
        memory.remember((way,), key(number), answer, ("200 OK", [], [b""]))
    return answer


def test_replies_go_with_their_answer():
    memory = Memory(MEGABYTE)
    kept(memory, 1, "one", "two")
    kept(memory, 2, "three")
    memory.put(key(1), an_answer())
    assert set(memory.replies) == {("three",)}
    for number in range(10, 30):
        kept(memory, number, size=100_000)
    assert not memory.replies
    assert memory.size <= MEGABYTE


def test_replies_take_memory_too():
    memory = Memory(MEGABYTE)
    plain = kept(memory, 1).size
    kept(memory, 1, "one", "two")
    assert memory.size == plain + 2 * REPLY
    memory.put(key(1), an_answer())
    assert memory.size == plain


def test_however_many_ways_somebody_finds_to_ask_for_a_page_few_are_remembered():
    memory = Memory(MEGABYTE)
    plain = kept(memory, 1).size
    kept(memory, 1, *(f"way {number}" for number in range(100)))
    assert list(memory.replies) == [(f"way {number}",) for number in range(100 - MOST_WAYS, 100)]
    assert memory.size == plain + MOST_WAYS * REPLY


def test_neither_long_requests_nor_those_for_an_answer_that_went_are_remembered():
    memory = Memory(MEGABYTE)
    kept(memory, 1, "x" * (LONGEST + 1))
    gone = kept(memory, 1)
    memory.put(key(1), an_answer())
    memory.remember(("late",), key(1), gone, ("200 OK", [], [b"old"]))
    memory.remember(("lost",), key(2), gone, ("200 OK", [], [b"old"]))
    assert not memory.replies


def test_a_reply_is_remembered_once():
    memory = Memory(MEGABYTE)
    plain = kept(memory, 1).size
    kept(memory, 1, "one", "one")
    assert memory.size == plain + REPLY


def test_what_only_replies_were_sent_of_stays_too():
    memory = Memory(3 * MEGABYTE)
    kept(memory, 1, "one", size=MEGABYTE)
    kept(memory, 2, "two", size=MEGABYTE)
    memory.replies["one",].kept.is_used = True
    kept(memory, 3, size=MEGABYTE)
    assert set(memory.replies) == {("one",)}
    assert len(memory) == 2
