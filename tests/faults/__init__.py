"""Faults that are really caused: `python -m tests.faults`, or `make test-faults`.

Each fault is a module with what is `PROMISED` and a function `cause`, which brings the fault about and tells what was
seen. `python -m tests.faults disk_full slow_clients` causes only some.

outcome   what a fault has shown, and the table
engines   the two databases, which can be stopped, started and killed
site      the server, likewise
editors   people who save at the desk, one save after the other
ledger    what became of their saves
"""
