"""The audit log: all that is done at the desk is in it, and nobody changes it."""

import datetime as dt
from io import StringIO
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Advice, Article, Topic
from retention.audit.admin import EventAdmin
from retention.audit.checks import log_is_kept
from retention.audit.models import Event, Kind
from retention.audit.noting import AuditedAdmin
from retention.audit.recording import network_of, record
from retention.audit.triggers import TABLE, TRIGGERS, after_migration
from retention.backups.restoring import note

pytestmark = pytest.mark.django_db

LIST = reverse("admin:audit_event_changelist")


@pytest.fixture
def event(db) -> Event:
    return record(Kind.COMMAND, detail="something")


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "change",
    [
        lambda event: Event.objects.filter(pk=event.pk).update(person="nobody"),
        lambda event: Event.objects.all().delete(),
        lambda event: event.delete(),
        lambda event: event.save(),
        lambda event: Event.objects.bulk_create(
            [Event(pk=event.pk, kind="added")], update_conflicts=True, update_fields=["kind"], unique_fields=["id"]
        ),
        lambda event: sql(f"UPDATE {TABLE} SET kept_until = at"),
        lambda event: sql(f"DELETE FROM {TABLE}"),
    ],
)
def test_the_database_refuses_to_change_what_is_in_it(event, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change(event)
    assert Event.objects.get(pk=event.pk).detail == "something"


def test_the_database_refuses_ways_of_its_own(event):
    ways = {
        "sqlite": f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
        "postgresql": f"TRUNCATE {TABLE}",
    }
    with pytest.raises(IntegrityError):
        sql(ways[connection.vendor])
    assert Event.objects.get(pk=event.pk).detail == "something"


def test_missing_triggers_are_told_and_made_anew(event):
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER {next(iter(TRIGGERS[connection.vendor]))}{on}")
    assert [each.id for each in log_is_kept(["default"])] == ["audit.W001"]
    after_migration("default")
    assert log_is_kept(["default"]) == []
    with pytest.raises(IntegrityError):
        sql(f"UPDATE {TABLE} SET person = 'x'")


def test_what_is_older_than_the_limit_is_forgotten_and_nothing_else(event):
    long_ago = timezone.now() - dt.timedelta(days=400)
    old = Event.objects.create(kind=Kind.ADDED, at=long_ago, kept_until=long_ago + dt.timedelta(days=365))
    call_command("forget")
    assert Event.objects.filter(pk=event.pk).exists()
    assert not Event.objects.filter(pk=old.pk).exists()


def test_how_long_an_event_is_kept_is_a_setting(settings, clock):
    settings.AUDIT_DAYS = 7
    event = record(Kind.ADDED)
    assert event.kept_until - event.at == pytest.approx(dt.timedelta(days=7), abs=dt.timedelta(seconds=1))


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.77", "203.0.113.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", ""), ("unix:", "")],
)
def test_of_an_address_the_network_is_kept(address, network):
    assert network_of(address) == network


# --- What is in it ----------------------------------------------------------------------------------------------------


def last() -> tuple[str, str, str, str]:
    event = Event.objects.first()
    return event.kind, event.person, event.model, event.title


def test_every_admin_that_changes_anything_notes_it():
    silent = [model for model, desk in admin.site._registry.items() if not isinstance(desk, AuditedAdmin | EventAdmin)]
    assert silent == []


def topic_form(**values: str) -> dict[str, str]:
    return {"name_en": "Thanks", "position": "1", **values}


def test_what_is_added_changed_and_deleted_is_in_it(admin_client):
    admin_client.post(reverse("admin:articles_topic_add"), topic_form())
    topic = Topic.objects.get(name_en="Thanks")
    assert last() == (Kind.ADDED, "admin", "articles.topic", "Thanks")
    admin_client.post(reverse("admin:articles_topic_change", args=[topic.pk]), topic_form(name_en="Thank you"))
    assert last() == (Kind.CHANGED, "admin", "articles.topic", "Thank you")
    admin_client.post(reverse("admin:articles_topic_delete", args=[topic.pk]), {"post": "yes"})
    assert last() == (Kind.DELETED, "admin", "articles.topic", "Thank you")


def test_each_of_those_deleted_together_is_in_it(admin_client, article, tip):
    second = Advice.objects.create(article=article, kind="rule", title_en="Smile.")
    chosen = {"action": "delete_selected", "_selected_action": [tip.pk, second.pk], "post": "yes"}
    admin_client.post(reverse("admin:articles_advice_changelist"), chosen)
    deleted = Event.objects.filter(kind=Kind.DELETED, person="admin").values_list("title", flat=True)
    assert set(deleted) == {"Greet first", "Smile."}


def test_what_fails_isnt_in_it(admin_client, article, tip, monkeypatch):
    monkeypatch.setattr(Advice._base_manager._queryset_class, "delete", None)
    chosen = {"action": "delete_selected", "_selected_action": [tip.pk], "post": "yes"}
    with pytest.raises(TypeError):
        admin_client.post(reverse("admin:articles_advice_changelist"), chosen)
    assert not Event.objects.filter(kind=Kind.DELETED).exists()


def test_a_restore_is_in_it(admin_client, topic):
    path = reverse("admin:articles_topic_change", args=[topic.pk])
    for name in ("One", "Two"):
        admin_client.post(path, {"name_en": name, "name_fi": "Tervehdykset", "position": "1"})
    history = admin_client.get(reverse("admin:articles_topic_history", args=[topic.pk]))
    version = history.context["saves"][-1].version
    admin_client.post(reverse("admin:articles_topic_restore", args=[topic.pk, version.pk]))
    assert last()[:3] == (Kind.RESTORED, "admin", "articles.topic")


def test_a_command_that_loads_is_in_it(db):
    call_command("load_content", verbosity=0)
    event = Event.objects.first()
    assert (event.kind, event.person) == (Kind.COMMAND, "")
    assert event.detail.startswith("load_content: ")
    count = Event.objects.count()
    call_command("load_content", "--dry-run", verbosity=0)
    assert Event.objects.count() == count


def test_who_is_made_on_the_command_line_is_in_it(monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long enough password")
    call_command("createsuperuser", "--noinput", username="maria", email="", verbosity=0)
    assert last() == (Kind.ADDED, "", "auth.user", "maria")
    assert Event.objects.first().detail == "On the command line."
    with pytest.raises(CommandError):
        call_command("createsuperuser", "--noinput", username="maria", email="", verbosity=0)
    User.objects.create_user("edda")
    assert Event.objects.filter(model="auth.user").count() == 1


def test_a_password_changed_on_the_command_line_is_in_it(monkeypatch):
    person = User.objects.create_user("maria")
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a long enough password")
    call_command("changepassword", "maria", stdout=StringIO())
    person.refresh_from_db()
    assert person.check_password("a long enough password")
    assert last() == (Kind.PASSWORD_CHANGED, "", "auth.user", "maria")
    assert Event.objects.filter(model="auth.user").count() == 1


def test_a_restore_of_everything_is_told_in_the_language_of_the_desk(admin_client):
    backup = SimpleNamespace(name="site.backup", manifest=SimpleNamespace(made="2026-11-27T03:00:00+00:00"))
    note(backup)
    admin_client.cookies["django_language"] = "fi"
    page = admin_client.get(LIST).content.decode()
    assert "Komentorivillä varmuuskopiosta site.backup (2026-11-27T03:00:00+00:00)." in page


def test_rights_are_told_as_they_are_now(admin_client, admin_user, django_user_model):
    person = django_user_model.objects.create_user("maria")
    values = {
        "username": "maria",
        "is_active": "on",
        "is_staff": "on",
        "groups": [Group.objects.get(name="Editors").pk],
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }
    assert admin_client.post(reverse("admin:auth_user_change", args=[person.pk]), values).status_code == 302
    event = Event.objects.get(kind=Kind.RIGHTS_CHANGED)
    assert (event.person, event.title) == ("admin", "maria")
    page = admin_client.get(LIST).content.decode()
    assert "Groups: Editors. The account is active. May sign in at the desk." in page
    group = {"name": "Editors", "permissions": [Permission.objects.get(codename="view_topic").pk]}
    admin_client.post(reverse("admin:auth_group_change", args=[Group.objects.get(name="Editors").pk]), group)
    assert "Permissions: view_topic." in admin_client.get(LIST).content.decode()


def test_the_name_of_somebody_stays_when_the_account_goes(admin_client, django_user_model):
    person = django_user_model.objects.create_superuser("maria")
    client = Client()
    client.force_login(person)
    client.post(reverse("admin:articles_topic_add"), topic_form())
    path = reverse("admin:auth_user_delete", args=[person.pk])
    assert admin_client.post(path, {"post": "yes"}).status_code == 302
    assert Event.objects.get(kind=Kind.ADDED).person == "maria"
    assert last() == (Kind.DELETED, "admin", "auth.user", "maria")


# --- Who reads it -----------------------------------------------------------------------------------------------------


def test_not_even_an_administrator_adds_changes_or_deletes_an_event(admin_client, event):
    count = Event.objects.count()
    paths = [f"{LIST}add/", f"{LIST}{event.pk}/change/", f"{LIST}{event.pk}/delete/"]
    for path in paths:
        assert admin_client.post(path, {"person": "x", "kind": "added", "post": "yes"}).status_code == 403, path
    crafted = {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"}
    admin_client.post(LIST, crafted)
    admin_client.post(LIST, {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": event.pk, "_save": "x"})
    assert Event.objects.count() == count
    assert Event.objects.get(pk=event.pk).kind == Kind.COMMAND


def test_editors_dont_read_it_unless_they_are_given_the_right_to(client, django_user_model, event):
    editor = django_user_model.objects.create_user("maria", is_staff=True)
    editor.groups.add(Group.objects.get(name="Editors"))
    client.force_login(editor)
    assert client.get(LIST).status_code == 403
    editor.user_permissions.add(Permission.objects.get(codename="view_event"))
    assert client.get(LIST).status_code == 200


def test_it_is_searched_by_person_kind_and_day(admin_client):
    day = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    Event.objects.create(kind=Kind.ADDED, person="maria", at=day)
    Event.objects.create(kind=Kind.DELETED, person="edda", at=day + dt.timedelta(days=1))

    def found(**query: str) -> set[str]:
        return {event.person for event in admin_client.get(LIST, query).context["cl"].result_list}

    assert found(q="maria") == {"maria"}
    assert found(kind__exact="deleted") == {"edda"}
    assert found(q="2026-03-01") == {"maria"}
    assert found(q="2026-03-02 maria") == set()
    assert found(q="2026-02-31") == set()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "2026-11-27 2026-11-27 ' %"])
def test_an_odd_day_is_answered(admin_client, day):
    assert admin_client.get(LIST, {"q": day}).status_code in (200, 302)


def test_it_leads_to_the_history_of_what_was_changed(admin_client, topic):
    record(Kind.CHANGED, about=topic)
    assert reverse("admin:articles_topic_history", args=[topic.pk]) in admin_client.get(LIST).content.decode()


def test_its_list_costs_the_same_however_long_it_is(admin_client, django_assert_max_num_queries):
    Event.objects.bulk_create([Event(kind=Kind.CHANGED, person="maria") for _number in range(300)])
    with django_assert_max_num_queries(8):
        page = admin_client.get(LIST).content.decode()
    # Counting by kind would read all of it.
    assert "_facets" not in page


def test_an_article_is_changed_and_noted_or_neither(admin_client, article, monkeypatch):
    monkeypatch.setattr(Event, "save", None)
    form = {"name_en": "Never", "position": "1"}
    with pytest.raises(TypeError):
        admin_client.post(reverse("admin:articles_topic_add"), form)
    assert not Topic.objects.filter(name_en="Never").exists()
    assert Article.objects.filter(pk=article.pk).exists()
