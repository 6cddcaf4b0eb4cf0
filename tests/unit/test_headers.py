"""What browsers are told to forbid, on every answer, whoever makes it."""

import os
import subprocess
import sys

import pytest
from django.contrib import admin
from django.contrib.staticfiles import storage
from django.core.wsgi import get_wsgi_application
from django.test import Client
from django.urls import reverse

from articles.editions import current_edition
from retention.page_cache.application import PageCache
from retention.page_cache.memory import Memory
from retention.page_cache.pages import Pages
from retention.page_cache.watch import Watch

from ..server import ROOT
from .pages import Page
from .requests import ask

pytestmark = pytest.mark.django_db

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PRODUCTION = {
    "DEBUG": "false",
    "BEHIND_TLS": "true",
    "TRUSTED_PROXIES": "10.0.0.0/8",
    "ALLOWED_HOSTS": "www.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://www.example.org",
}


@pytest.fixture
def site(one_connection) -> PageCache:
    looking = Watch(current_edition)
    looking.look()
    return PageCache(get_wsgi_application(), Pages(), looking, Memory(1024 * 1024))


def static_file() -> str:
    return storage.staticfiles_storage.url("css/pages/home.css")


def check(headers: dict[str, str]) -> None:
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "//" not in policy
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers.get("Set-Cookie", "").count("csrftoken") in (0, 1)


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/en/", "/hy/tips/", "/en", "/en/nothing/", "/nothing", "/robots.txt", "/favicon.ico", "/sitemap.xml"),
        *("/healthz", "/readyz", "/metrics", "/admin/", "/admin/login/", "/admin/nothing/", "/en/tips/?topic=%00"),
        *("/static/nothing.css", "/en/today.ics", "/en/feed/", "/en/search/suggestions/?q=a"),
    ],
)
def test_every_answer_has_them(site, path):
    check(ask(site, path).headers)
    # Out of the page cache, this time
    check(ask(site, path).headers)


def test_static_files_have_them(site):
    answer = ask(site, static_file())
    assert answer.status == 200
    check(answer.headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "TRACE", "BREW"])
def test_refused_methods_have_them(site, method):
    check(ask(site, "/en/tips/", method=method).headers)


def test_a_host_that_isnt_ours_gets_them(site):
    check(ask(site, "/en/", host="evil.example").headers)


def test_faults_have_them(site, monkeypatch):
    monkeypatch.setattr("articles.questions.topics_counted", lambda *args: 1 / 0)
    answer = ask(site, "/en/topics/")
    assert answer.status == 500
    check(answer.headers)


def paths_of_the_desk() -> list[str]:
    """Return the first page of the desk, and of each model its list, a form, and the form and the past of an object."""
    paths = ["/admin/", "/admin/password_change/"]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        for each in model._default_manager.all()[:1]:
            paths += [reverse(f"{name}_{page}", args=[each.pk]) for page in ("change", "history")]
    return paths


def test_the_desk_has_them_and_no_style_or_script_within(admin_client):
    for path in paths_of_the_desk():
        answer = admin_client.get(path)
        check(answer.headers)
        page = Page(answer.text)
        scripts = [script for script in page.all("script") if script.get("type") != "application/json"]
        assert all("src" in script for script in scripts), path
        assert not page.all("style"), path
        named = {name for _tag, attributes in page.elements for name in attributes}
        assert not [name for name in named if name == "style" or name.startswith("on")], path


def test_pictures_beside_shared_links_may_be_shown_elsewhere(client):
    assert client.get("/en/share.png")["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/en/", "/en/nothing/", "/admin/login/", "/healthz", "static"])
def test_over_tls_browsers_are_told_to_stay_there(settings, path):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = Client().get(static_file() if path == "static" else path, secure=True)
    answer.close()
    assert answer["Strict-Transport-Security"] == "max-age=31536000"


def test_django_has_nothing_to_say_against_the_settings_of_production():
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | PRODUCTION, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (2 silenced)."), done.stderr
