"""How well the search answers: `python -m bench.search_quality`.

The queries stand beside this file, a file a language: what somebody types, and the advice that should answer it. Those
with odd numbers served for choosing the weights of the search, the even ones were held out.
"""

from bench.engines import measure

measure("bench.search_quality.engine")
