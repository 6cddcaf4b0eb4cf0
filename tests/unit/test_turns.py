"""What is done one at a time waits for its turn."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from retention.turns import alone


@pytest.mark.django_db(transaction=True)
def test_the_second_waits_until_the_first_is_done():
    inside, most, together = [], [], Barrier(4)

    def take_turns(number: int) -> None:
        together.wait()
        for _ in range(5):
            with alone("test"):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take_turns, range(4)))
    assert most == [1] * 20
