"""What all tests share."""

import pytest
from django.core.management import call_command


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """Compiled catalogues and collected static files, as a running site has them."""
    call_command("build")
