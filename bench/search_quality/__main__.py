"""How well the search answers: `python -m bench.search_quality`.

For each language the share of the right advice among the first five results (recall) and the mean reciprocal rank of
the first right one (MRR), on each engine, beside three baselines. The queries stand beside this file; the weights of
the search were tuned on those with odd numbers only, the even ones were held out.
"""
