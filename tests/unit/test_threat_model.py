"""The threat model names tests that are there."""

import re

import pytest
from django.conf import settings

TEXT = (settings.BASE_DIR / "docs" / "threat-model.md").read_text()
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)))


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_that_is_named_is_there(path, name):
    file = settings.BASE_DIR / path
    assert file.exists()
    assert not name or re.search(rf"^(?:async )?def {name}\(", file.read_text(), re.MULTILINE)


def test_every_measure_names_a_test():
    rows = [line for line in TEXT.split("## Requests")[1].splitlines() if line.startswith("| ")]
    measures = [row for row in rows if not row.startswith(("| attack", "| ---"))]
    assert measures
    assert [row for row in measures if "`tests/" not in row] == []
