"""Both databases, each in a process of its own."""

import sys

from bench.engines import measure

measure("bench.growth.engine", *sys.argv[1:])
