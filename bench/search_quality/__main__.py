"""How well the search answers: `python -m bench.search_quality`.

The queries stand beside this file, a file a language: what somebody types, and the advice that should answer it. They
served for choosing the weights and the words of the search; those in `held_out` were written afterwards, by people who
knew nothing of how it works, and only measured.
"""

from bench.engines import measure

measure("bench.search_quality.engine")
