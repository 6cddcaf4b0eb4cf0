"""The page that is made before the workers part, whatever the database is like then."""

import subprocess

from .databases import manage

# What a process has once it has loaded the site: questions that are in SQL, open connections, pages that are counted.
LOAD = """
from retention import wsgi
from articles import questions
from django.db import connections
from retention.traffic import traffic
counted = traffic().counters.sums()
print(len(questions.advice_in.statements), connections["default"].connection, sum(counted.values()))
"""


def load(database_url: str) -> subprocess.CompletedProcess:
    return manage(database_url, "shell", "-v0", "-c", LOAD)


def test_workers_find_questions_ready_and_no_connection_of_another_process(database_url):
    assert manage(database_url, "prepare").returncode == 0
    assert load(database_url).stdout == "1 None 0\n"


def test_a_database_that_is_away_keeps_nobody_from_starting_and_is_not_made(database_url, tmp_path):
    loaded = load(f"{database_url}_away")
    assert (loaded.stdout, loaded.stderr) == ("0 None 0\n", "")
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_isnt_migrated_keeps_nobody_from_starting(database_url):
    loaded = load(database_url)
    assert (loaded.stdout, loaded.stderr) == ("0 None 0\n", "")
