"""Whose turn it is: what holds of the queue whoever joins and leaves."""

import datetime as dt
from collections import defaultdict, deque
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from articles.rotation import Term, days_between, shuffled
from articles.rotation import turns as turns_of

START = dt.date(2026, 10, 1)
LAST = START + dt.timedelta(days=90)
offsets = st.integers(0, 60).map(lambda days: START + dt.timedelta(days=days))


@st.composite
def rosters(draw) -> list[Term]:
    """Return who is in the queue when; some were there from the first day on."""
    keys = draw(st.lists(st.sampled_from("abcdefghijklmnop"), min_size=1, max_size=16, unique=True))
    roster = []
    for key in keys:
        joins_on, leaves_on = draw(st.just(START) | offsets), draw(st.none() | offsets)
        roster.append(Term(key, joins_on, leaves_on and max(joins_on, leaves_on)))
    return roster


lasting_rosters = rosters().map(lambda roster: [term._replace(leaves_on=None) for term in roster])


def turns(roster: list[Term], last: dt.date) -> dict[dt.date, str]:
    """Return the turns of those in `roster`, in whatever order they are."""
    return turns_of(sorted(roster, key=lambda term: (term.joins_on, shuffled(term.key))), last)


def plain_turns(terms: list[Term], last: dt.date) -> dict[dt.date, str]:
    """Return the turns as they were always told: all stand in one queue, who leaves is taken out of it."""
    joining, leaving = defaultdict(list), defaultdict(list)
    for term in terms:
        if term.joins_on != term.leaves_on:
            joining[term.joins_on].append(term.key)
            leaving[term.leaves_on].append(term.key)
    queue: deque[str] = deque()
    shown = {}
    for day in days_between(min(joining, default=dt.date.max), last):
        for key in leaving[day]:
            queue.remove(key)
        queue.extend(sorted(joining[day], key=shuffled))
        if queue:
            shown[day] = queue[0]
            queue.rotate(-1)
    return shown


def is_there(term: Term, first: dt.date, last: dt.date) -> bool:
    return term.joins_on <= first and (term.leaves_on is None or term.leaves_on > last)


def size(roster: list[Term], day: dt.date) -> int:
    return sum(is_there(term, day, day) for term in roster)


@st.composite
def busy_rosters(draw) -> list[Term]:
    """Return who is in the queue when; some leave and come back, some on the day they left."""
    roster = draw(rosters())
    for term in list(roster):
        if term.leaves_on and draw(st.booleans()):
            roster.append(Term(term.key, max(term.leaves_on, draw(offsets)), None))
    return roster


@given(rosters() | busy_rosters())
def test_the_days_are_those_of_a_queue_that_holds_everybody(roster):
    assert turns(roster, LAST) == plain_turns(roster, LAST)


@given(lasting_rosters)
def test_nobody_is_looked_at_long_before_their_turn(roster):
    taken = []
    ordered = sorted(roster, key=lambda term: (term.joins_on, shuffled(term.key)))
    turns_of((taken.append(term) or term for term in ordered), min(term.joins_on for term in roster))
    assert len(taken) <= 2


@given(rosters())
def test_everything_is_shown_once_before_anything_comes_again(roster):
    shown = turns(roster, LAST)
    for term in roster:
        days = [day for day, key in shown.items() if key == term.key]
        for first, again in pairwise(days):
            between = [shown[day] for day in days_between(first, again)][1:-1]
            assert len(between) == len(set(between))
            assert {other.key for other in roster if is_there(other, first, again)} - {term.key} <= set(between)


@given(rosters())
def test_a_day_shows_only_what_is_there_and_is_empty_only_if_nothing_is(roster):
    shown = turns(roster, LAST)
    for day in days_between(START, LAST):
        there = {term.key for term in roster if is_there(term, day, day)}
        assert shown.get(day) in (there or {None})


@given(lasting_rosters, offsets)
def test_what_joins_changes_nothing_before_all_that_was_there_had_its_turn(roster, day):
    before, after = turns(roster, LAST), turns([*roster, Term("new", day)], LAST)
    same = day + dt.timedelta(days=size([term for term in roster if term.joins_on < day], day))
    assert {d: key for d, key in before.items() if d < same} == {d: key for d, key in after.items() if d < same}


@given(lasting_rosters, offsets)
def test_what_joins_leaves_the_others_in_their_order(roster, day):
    # Two who join on one day are a matter of their own.
    roster = [term for term in roster if term.joins_on != day]
    there = [term for term in roster if term.joins_on < day]
    before, after = turns(there, LAST), turns([*there, Term("new", day)], LAST)
    others = [key for key in after.values() if key != "new"]
    assert others == list(before.values())[: len(others)] or not there


@given(rosters(), st.data())
def test_what_leaves_changes_no_day_before_and_leaves_the_others_in_their_order(roster, data):
    lasting = [term for term in roster if term.leaves_on is None]
    if not lasting:
        return
    gone = data.draw(st.sampled_from(lasting))
    day = max(gone.joins_on, data.draw(offsets))
    roster = [term for term in roster if term.joins_on < day and (term.leaves_on is None or term.leaves_on < day)]
    roster = [*roster, gone] if gone not in roster else roster
    left = [term._replace(leaves_on=day) if term == gone else term for term in roster]
    before, after = turns(roster, LAST), turns(left, LAST)
    assert {d: key for d, key in before.items() if d < day} == {d: key for d, key in after.items() if d < day}
    ahead = [key for d, key in before.items() if d >= day and key != gone.key]
    assert [key for d, key in after.items() if d >= day][: len(ahead)] == ahead


@given(rosters(), st.randoms())
def test_nothing_but_the_terms_decides(roster, random):
    mixed = random.sample(roster, len(roster))
    middle = START + dt.timedelta(days=40)
    assert turns(mixed, LAST) == turns(roster, LAST)
    assert turns(roster, middle) == {day: key for day, key in turns(roster, LAST).items() if day <= middle}


@given(rosters(), offsets)
def test_the_past_needs_no_future(roster, today):
    begun = [term for term in roster if term.joins_on <= today]
    known = [term._replace(leaves_on=None) if term.leaves_on and term.leaves_on > today else term for term in begun]
    assert turns(known, today) == turns(roster, today)


def test_without_anybody_no_day_has_a_turn():
    assert turns([], LAST) == {}
    assert turns([Term("a", LAST, LAST)], LAST) == {}
