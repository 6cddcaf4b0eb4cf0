"""How fast the search is: `python -m bench.search_speed [count]`.

On a site of 500 and on one of 50,000 pieces of advice (or `count`), each in all five languages and of the length of the
authored ones, in one run: how fast the index is made, and how long a query that shows a full page of results takes
until its answer is known, and until all that the page shows is.
"""

import sys

from bench.engines import measure

measure("bench.search_speed.engine", *sys.argv[1:])
