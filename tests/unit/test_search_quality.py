"""How well the search answers, on the authored texts."""

import json
import os
import subprocess
import sys

import pytest

from articles.languages import LANGUAGES
from bench.search_quality.questions import questions
from bench.search_quality.scores import ours, scores

from ..server import ROOT
from .rankings import rankings

pytestmark = pytest.mark.django_db

RECALL, MRR = 0.95, 0.8
TELL = "import json; from tests.unit.rankings import rankings; print(json.dumps(rankings()))"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_is_answered(language):
    asked = [*questions(language), *questions(language, "held_out")]
    assert len(asked) > 200
    reached = scores(asked, language, ours)
    assert reached.recall >= RECALL
    assert reached.mrr >= MRR


def test_every_database_gives_the_same_results_in_the_same_order(tmp_path):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}

    def manage(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    manage("prepare")
    there = json.loads(manage("shell", "--no-imports", "--command", TELL))
    assert there == rankings()
