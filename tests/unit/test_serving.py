"""The site as one command serves it: the real program, its real server, its real exit codes."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from django.db import connection

from ..server import ROOT, SERVE, free_port, serving
from .databases import administer, manage, take_away
from .requests import read


def refusal(**environment: str) -> str:
    """Return the one line with which `serve` refuses to start."""
    environment = {"PORT": str(free_port())} | environment
    environment = os.environ | environment
    # One that starts all the same would go on for ever.
    done = subprocess.run(SERVE, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def test_an_empty_database_is_filled_and_edits_survive_the_next_start(database_url, tmp_path):
    log = tmp_path / "log"
    with serving(database_url, log) as (address, _process):
        assert 'lang="hy"' in read(f"{address}/hy/")
        assert "loading the authored content" in log.read_text()
        for line in (f"{address}/", f"{address}/admin/", "make editor"):
            assert line in log.read_text()
    edit = "from articles.models import *; t = Topic.objects.get(key='care'); t.name_en = 'Warm hearts'; t.save()"
    assert manage(database_url, "shell", "-c", edit).returncode == 0
    with serving(database_url, log) as (address, _process):
        assert "Warm hearts" in read(f"{address}/en/topics/")
        assert "loading the authored content" not in log.read_text()


def test_no_start_has_to_compile_the_program():
    # The fixture `built` ran the command; some of these modules nobody here imports.
    sources = [path for folder in ("articles", "retention") for path in (ROOT / folder).rglob("*.py")]
    assert len(sources) > 100
    assert [path for path in sources if not Path(cache_from_source(path)).exists()] == []


def test_ctrl_c_stops_it_cleanly(database_url, tmp_path):
    log = tmp_path / "log"
    with serving(database_url, log) as (_address, process):
        pass
    assert process.returncode == 0
    assert "Traceback" not in log.read_text()


BEGUN = """
import os, signal, time

# Told to end as soon as it is there
os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGTERM))
from retention.gunicorn import on_starting

signal.signal(signal.SIGTERM, lambda *_noted: print("noted"))  # as the process has it that workers come from
on_starting(None)
if worker := os.fork():
    print(os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]))
    os.kill(os.getpid(), signal.SIGTERM)
else:
    time.sleep(60)
"""


def test_a_worker_that_has_only_begun_ends_when_it_is_told_to():
    command = [sys.executable, "-c", BEGUN]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=True)
    assert done.stdout.split() == [str(-signal.SIGTERM), "noted"]


def test_a_database_that_goes_away_is_told_to_the_load_balancer(database_url, tmp_path):
    with serving(database_url, tmp_path / "log") as (address, _process):
        take_away(database_url)
        assert read(f"{address}/healthz") == "alive\n"
        with pytest.raises(urllib.error.HTTPError) as caught:
            read(f"{address}/readyz")
        assert (caught.value.code, caught.value.read()) == (503, b"the database can't be reached\n")


def test_a_database_that_isnt_migrated_is_told_to_the_load_balancer(database_url, tmp_path):
    forget = "from django.db import connection as c; c.cursor().execute('DELETE FROM django_migrations')"
    with serving(database_url, tmp_path / "log") as (address, _process):
        assert read(f"{address}/readyz") == "ready\n"
        assert manage(database_url, "shell", "-c", forget).returncode == 0
        with pytest.raises(urllib.error.HTTPError) as caught:
            read(f"{address}/readyz")
        assert (caught.value.code, caught.value.read()) == (503, b"the database isn't migrated\n")


def test_a_database_server_that_starts_anew_is_not_noticed_by_readers(database_url, tmp_path):
    pages = ("articles", "tips", "rules", "mistakes", "topics", "figures", "today", "sheet", "check", "calculator")
    name = database_url.rpartition("/")[2]
    with serving(database_url, tmp_path / "log") as (address, _process):
        for language in ("en", "fi", "et", "ru", "hy"):
            # Each page for the first time, so that it has to ask.
            for page in pages:
                assert read(f"{address}/{language}/{page}/")
            if connection.vendor == "postgresql":
                administer(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def test_what_editors_deleted_doesnt_come_back(database_url, tmp_path):
    assert manage(database_url, "prepare").returncode == 0
    emptied = "from articles.models import *; Article.objects.all().delete(); Topic.objects.all().delete()"
    manage(database_url, "shell", "-c", emptied)
    done = manage(database_url, "prepare")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_taken_port_is_one_clear_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port} on 127.0.0.1 can't be used: Address already in use" in refusal(PORT=port)


def test_an_unreachable_database_is_one_clear_line_without_its_password():
    line = refusal(DATABASE_URL="postgres://someone:secret@127.0.0.1:1/x")
    assert "The database x on 127.0.0.1:1 can't be reached" in line
    assert "secret" not in line


WRONG = [
    ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ({"DATABASE_URL": "sqlite:////no/such/folder/db.sqlite3"}, "/no/such/folder"),
    ({"DEBUG": "flase"}, "DEBUG"),
    ({"PORT": "eighty"}, "PORT"),
    ({"PORT": "70000"}, "PORT"),
    ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE"),
    ({"TIME_ZONE": "../../etc/passwd"}, "TIME_ZONE"),
    ({"CACHE_URL": "nonsense://x"}, "CACHE_URL"),
    ({"CONTACT_EMAIL": "nobody"}, "CONTACT_EMAIL"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
    ({"ALLOWED_HOSTS": "https://www.example.org"}, "ALLOWED_HOSTS"),
    ({"ALLOWED_HOSTS": "www.example.org:8000"}, "ALLOWED_HOSTS"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    ({"CSRF_TRUSTED_ORIGINS": "www.example.org"}, "CSRF_TRUSTED_ORIGINS"),
    ({"CSRF_TRUSTED_ORIGINS": "https://www.example.org/"}, "CSRF_TRUSTED_ORIGINS"),
    ({"TRUSTED_PROXIES": "10.0.0.1/8"}, "TRUSTED_PROXIES"),
    ({"METRICS_ALLOWED": "everybody"}, "METRICS_ALLOWED"),
    ({"LOG_FORMAT": "xml"}, "LOG_FORMAT"),
    ({"ACCESS_LOG": "loud"}, "ACCESS_LOG"),
    ({"SECOND_FACTOR": "perhaps"}, "SECOND_FACTOR"),
    ({"SESSION_IDLE_HOURS": "0"}, "SESSION_IDLE_HOURS"),
    ({"SESSION_HOURS": "long"}, "SESSION_HOURS"),
    ({"AUDIT_DAYS": "-1"}, "AUDIT_DAYS"),
    ({"BEHIND_TLS": "true"}, "BEHIND_TLS needs TRUSTED_PROXIES"),
    (
        {"BEHIND_TLS": "true", "TRUSTED_PROXIES": "::1", "CSRF_TRUSTED_ORIGINS": "http://www.example.org"},
        "CSRF_TRUSTED_ORIGINS",
    ),
    ({"DATABSE_URL": "sqlite:////x"}, "DATABSE_URL is no setting. DATABASE_URL is."),
    ({"ALLOWED_HOST": "www.example.org"}, "ALLOWED_HOSTS is."),
]


@pytest.mark.parametrize(("environment", "named"), WRONG)
def test_a_wrong_setting_is_one_clear_line(environment, named):
    assert named in refusal(**environment)


@pytest.mark.parametrize(("environment", "named"), [WRONG[2], WRONG[3], WRONG[9], WRONG[-1]])
def test_a_wrong_setting_is_one_clear_line_of_gunicorn_too(environment, named):
    command = [sys.executable, "-m", "gunicorn", "-c", "python:retention.gunicorn"]
    environment = os.environ | {"PORT": str(free_port())} | environment
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240)
    (line,) = done.stderr.strip().splitlines()
    assert (done.returncode, named in line) == (1, True)


def test_an_unreachable_cache_is_one_clear_line(database_url):
    line = refusal(DATABASE_URL=database_url, CACHE_URL="redis://127.0.0.1:1/0")
    assert "The cache of CACHE_URL can't be reached" in line


def test_too_old_a_python_is_one_clear_line(tmp_path):
    old = tmp_path / "python-old"
    # A real interpreter that is told it is older; only its version is read.
    told = "import sys; sys.version_info = (3, 9); exec(sys.argv[1])"
    old.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{told}" "$2"\n')
    old.chmod(0o755)
    command = ["make", "-f", ROOT / "Makefile", "-C", tmp_path, f"PYTHON={old}", ".venv/bin/python"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_secret_key_is_made_once_and_kept_private(tmp_path):
    from retention.secret_key import kept_secret_key

    path = tmp_path / "var" / "secret-key"
    key = kept_secret_key(path)
    assert len(key) >= 50
    assert kept_secret_key(path) == key
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in Path(path.parent).iterdir()] == ["secret-key"]
