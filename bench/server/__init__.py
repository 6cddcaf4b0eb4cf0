"""How fast the site is served: `python -m bench.server`, or `make bench`.

All that is compared is measured in one run, in rounds that take turns, and told as a ratio to a bare WSGI program that
sends the same bytes and does nothing else:

bare      that program
programs  the servers that are compared, each with its processes
load      wrk, and what it tells
machine   processor time and memory of processes, as Linux counts them
report    the table, and which budgets are missed
"""
