"""What is sent to split the page cache, to poison it, or to have it keep what isn't public."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from retention.page_cache.application import PageCache

from .requests import ask
from .test_page_cache import READY, django, pages, site

# Used as fixtures.
__all__ = ["django", "pages", "site"]

pytestmark = pytest.mark.django_db

EVIL = "evil.example"
PAGES = (
    "/en/",
    "/en/tips/",
    "/fi/today/",
    "/hy/search/?q=%D5%A2%D5%B8",
    "/en/sheet.pdf?advice=1",
    "/ru/feed/",
    "/sitemap.xml",
)
# None of them is in the key of a page.
UNKEYED = {
    "x_forwarded_host": EVIL,
    "x_forwarded_server": EVIL,
    "x_forwarded_port": "1337",
    "x_forwarded_scheme": "nothttps",
    "x_forwarded_proto": "https",
    "x_forwarded_ssl": "on",
    "x_forwarded_prefix": "/evil",
    "x_host": EVIL,
    "x_original_url": "/admin/",
    "x_original_host": EVIL,
    "x_rewrite_url": "/admin/",
    "x_http_method_override": "DELETE",
    "x_method_override": "POST",
    "forwarded": f"for=1;host={EVIL};proto=https",
    "accept_language": "hy",
    "accept": "application/json",
    "authorization": "Bearer x",
    "cookie": "sessionid=x; django_language=ru; csrftoken=x; messages=x",
    "origin": f"https://{EVIL}",
    "referer": f"https://{EVIL}/",
    "range": "bytes=0-3",
    "if_range": '"x"',
    "if_modified_since": "Fri, 01 Jan 2100 00:00:00 GMT",
    "if_unmodified_since": "Thu, 01 Jan 1970 00:00:00 GMT",
    "if_match": '"x"',
    "user_agent": "<script>alert(1)</script>",
    "x_requested_with": "XMLHttpRequest",
    "content_type": "application/x-www-form-urlencoded",
    "transfer_encoding": "chunked",
    "upgrade": "h2c",
    "save_data": "on",
    "sec_fetch_dest": "script",
}


@pytest.mark.parametrize("path", PAGES)
def test_no_header_that_isnt_in_the_key_changes_a_page(site: PageCache, django, pages, path):
    poisoned = [ask(site, path, **{name: value}) for name, value in UNKEYED.items()]
    together = ask(site, path, **UNKEYED)
    assert len(pages.asked) == 1
    clean = ask(django.application, path)
    for answer in (*poisoned, together):
        assert (answer.status, answer.body) == (clean.status, clean.body)
        assert "Set-Cookie" not in answer.headers
    assert EVIL.encode() not in clean.body


@pytest.mark.parametrize(
    "accepted", ["\x00", "br\r\n", "gzip;q=abc", ",,,", "*;q=0", "identity;q=0", "br" * 5000, "ბრ"]
)
def test_an_odd_accept_encoding_gets_a_page_all_the_same(site: PageCache, accepted):
    answer = ask(site, "/en/tips/", accept_encoding=accepted)
    assert answer.status == 200
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers.get("Content-Encoding", "") in ("", "br", "gzip")


def test_a_body_sent_with_a_reading_request_is_nobodys(site: PageCache, pages):
    assert ask(site, "/en/search/?q=complaint", content_length="11", content_type="text/plain").status == 200
    assert ask(site, "/en/search/?q=complaint").headers["Cache-Status"] == READY
    assert pages.asked == ["/en/search/?q=complaint"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "PURGE", "BAN", "CONNECT", "G\u00c9T"])
def test_other_methods_neither_fill_nor_empty_the_cache(site: PageCache, method):
    assert ask(site, "/en/tips/", method=method).status in (403, 405)
    assert len(site.memory) == 0
    ask(site, "/en/tips/")
    assert ask(site, "/en/tips/", method=method, x_http_method_override="GET").status in (403, 405)
    assert ask(site, "/en/tips/").headers["Cache-Status"] == READY


@pytest.mark.parametrize(
    "query",
    [
        *("?x=1", "?TOPIC=people", "?topic%00=people", "?topic[]=people", "?q=x", "?_=1", "?topic.x=people"),
        *("?;topic=people", "?%74opi=x", "?callback=x", "?%ff=1", "?" + "a" * 3000, "?&&=&", "?lang=hy", "?debug"),
        *("?x=" + "%0d%0aSet-Cookie:%20a=b", "?path=/admin/", "?format=json", "?__proto__[a]=1"),
    ],
)
def test_a_parameter_that_changes_nothing_doesnt_split_a_page(site: PageCache, pages, query):
    clean = ask(site, "/en/tips/")
    assert ask(site, f"/en/tips/{query}").body == clean.body
    assert pages.asked == ["/en/tips/"]


def test_a_parameter_that_comes_twice_counts_as_the_application_counts_it(site: PageCache, django):
    for query in ("?topic=people&topic=care", "?topic=care&topic=people"):
        assert ask(site, f"/en/tips/{query}").body == ask(django.application, f"/en/tips/{query}").body


DECEIVING = (
    *("{0}x.css", "{0};x.css", "{0}%3Bx.css", "{0}%2fx.css", "{0}%2e%2e/x.js", "{0}..%2fstatic%2fx.js", "{0}x.css?x"),
    *("{0}%3fx.css", "{0}%23x.css", "{0}%00.css", "{0}%0ax.css", "{0}.css", "/{0}", "//{0}", "/.{0}", "/en/..{0}x.css"),
    *("/static/..%2f{0}", "/en/tips/..;{0}", "{0}%5cx.css", "{0}~x.css", "{0}!x.css", "{0}$x.css", "/en{0}x.css"),
)


@pytest.mark.parametrize("form", DECEIVING)
@pytest.mark.parametrize("private", ["/admin/", "/admin/auth/user/", "/admin/articles/article/", "/metrics"])
def test_the_desk_isnt_kept_however_its_address_is_dressed_up(site: PageCache, form, private):
    client = Client()
    client.force_login(User.objects.create_superuser("ida.editor"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    address = form.format(private)
    answer = ask(site, address, cookie=cookie)
    assert "public" not in answer.headers.get("Cache-Control", "")
    assert "Cache-Status" not in answer.headers or answer.status == 404
    assert len(site.memory) == 0
    # Nobody else gets it.
    assert b"ida.editor" not in ask(site, address).body


def test_what_the_desk_answers_may_not_be_kept_by_anybody(admin_client):
    for path in ("/admin/", "/admin/articles/article/", "/admin/auth/user/", "/admin/articles/article/add/"):
        told = admin_client.get(path).headers["Cache-Control"]
        assert {"private", "no-store"} & set(told.replace(" ", "").split(","))
        assert "public" not in told


@pytest.mark.parametrize(
    "path",
    [
        *("/en/tips/;x", "/en/tips;/", "/en//tips/", "//en/tips/", "/en/./tips/", "/en/tips/../tips/", "/EN/tips/"),
        *("/en/Tips/", "/en/tips/%20", "/en/tips%2f", "/en%2ftips/", "/en/tips/%2e/", "/en/tips/?/x.css#"),
        *("/en/tips/%c0%ae%c0%ae/", "/en/tips\\", "/en/tips/x.css", "/en/%74ips/"),
    ],
)
def test_an_address_written_otherwise_is_the_page_or_not_there(site: PageCache, django, path):
    clean = ask(site, "/en/tips/").body
    answer = ask(site, path)
    assert answer.status in (200, 301, 404)
    if answer.status == 200:
        assert answer.body == clean
    if answer.status == 301:
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith("//")
    assert len(site.memory) == 1
    assert ask(django.application, "/en/tips/").body == clean


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "localhost.evil.example",
            "localhost@evil.example",
            "evil.example:80@localhost",
            "localhost,evil",
        ),
        *(
            "localhost evil",
            "localhost/evil",
            "localhost?",
            "localhost#",
            "[::1",
            "localhost:x",
            "localhost:80:80",
            ".",
        ),
        *(
            "",
            "\tlocalhost",
            "localhost\x00",
            "*",
            "localhost%2eevil",
            "http://localhost",
            "localhost\\evil",
            "ⓛocalhost",
        ),
    ],
)
def test_a_host_that_isnt_ours_is_refused_and_not_repeated(site: PageCache, host):
    answer = ask(site, "/en/", host=host.encode().decode("latin-1"))
    assert answer.status == 400
    assert len(site.memory) == 0
    assert b"evil" not in answer.body


def test_another_port_gets_addresses_of_its_own_and_poisons_nobody(site: PageCache):
    clean = ask(site, "/en/").body
    assert b"http://localhost:1337/en/" in ask(site, "/en/", host="localhost:1337").body
    assert ask(site, "/en/").body == clean


def test_a_flood_of_ports_stays_within_the_memory(site: PageCache):
    site.memory.most = 100_000
    for port in range(1, 40):
        ask(site, "/en/accessibility/", host=f"localhost:{port}")
    assert len(site.memory) < 30
    assert site.memory.size <= site.memory.most


def test_an_error_isnt_called_public(site: PageCache):
    for path in ("/en/no-such-page/", "/en/tips/no-such-tip/", "/en/tips/?topic=no-such-topic", "/en/tips/?topic=%00"):
        assert "public" not in ask(site, path).headers.get("Cache-Control", "")


def test_a_request_that_names_an_empty_host_is_refused(site: PageCache):
    assert ask(site, "/en/tips/", host="").status == 400
