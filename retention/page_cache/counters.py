"""Where the answers to readers came from: one count for all processes that serve the site."""

from ..counters import Counters

HIT, MISS, COLLAPSED, STALE = range(4)

counters = Counters(("hit", "miss", "collapsed", "stale"))
