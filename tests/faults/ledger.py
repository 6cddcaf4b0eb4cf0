"""What is in the database of what editors saved: `python -m tests.faults.ledger` prints it as JSON."""

import json
import os
import subprocess
import sys

from ..server import ROOT
from .editors import FIELD, Desk
from .outcome import Outcome
from .site import Site


def stored() -> dict[str, dict]:
    """Return of each topic its text, the texts in its revisions, how often its saves are logged, and what disagrees."""
    from django.contrib.admin.models import LogEntry
    from django.contrib.contenttypes.models import ContentType
    from reversion.models import Version

    from articles.indexing import contents, entries_of, made_from
    from articles.models import Topic

    kind = ContentType.objects.get_for_model(Topic)
    found = {}
    for topic in Topic.objects.all():
        versions = Version.objects.filter(content_type=kind, object_id=str(topic.pk)).order_by("pk")
        indexed = sorted(map(contents, entries_of("topic", [topic.pk])))
        found[str(topic.pk)] = {
            "text": getattr(topic, FIELD),
            "kept": [json.loads(version.serialized_data)[0]["fields"][FIELD] for version in versions],
            "logged": LogEntry.objects.filter(content_type=kind, object_id=str(topic.pk)).count(),
            "is_indexed": indexed == sorted(contents(entry) for entry, _words in made_from(topic)),
        }
    return found


def told_by(site: Site) -> dict[str, dict]:
    """Return what is stored in the database of a site."""
    command = [sys.executable, "-m", "tests.faults.ledger"]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def halves_of(topics: dict[str, dict]) -> int:
    """Return how many topics were saved by half.

    What is shown is what was saved last; each save is kept once, logged once, and found by the search.
    """
    halves = 0
    for topic in topics.values():
        saves = saves_of(topic)
        is_whole = not saves or (topic["text"] == saves[-1] and topic["logged"] == len(saves) == len(set(saves)))
        halves += not (is_whole and topic["is_indexed"])
    return halves


def saves_of(topic: dict) -> list[str]:
    return [text for text in topic["kept"] if text.startswith("Save ")]


def compare(desk: Desk, site: Site, outcome: Outcome) -> None:
    """Hold what is stored against what was acknowledged."""
    topics = told_by(site)
    lost = sum(len(set(editor.acknowledged) - set(saves_of(topics[str(editor.topic)]))) for editor in desk.editors)
    outcome.lost += lost
    outcome.expect(lost == 0, f"{desk.saves:,} saves acknowledged, {lost} of them lost")
    halves = halves_of(topics)
    outcome.expect(halves == 0, f"{halves} objects whose text, revisions, log and search entries disagree")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "retention.settings")
    import django

    django.setup()
    print(json.dumps(stored()))
