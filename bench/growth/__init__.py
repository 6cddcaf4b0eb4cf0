"""What pages cost on a site of any size: `python -m bench.growth [articles]`.

Each page is asked for without the page cache, on a site whose lists just fill their pages, and on one of 50,000
articles (or as many as are given) with ten times as much advice, in five languages; each database in turn.
"""
