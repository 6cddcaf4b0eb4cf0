"""Backups: the whole database in one file, and back.

manifest    what a backup says of itself: of which database it is one, and what must be in it
files       the file that holds it, which is there whole or not at all
rows        what rows come to: how many, and a digest of them
sqlite      how SQLite's database is copied out and put in place
postgresql  how PostgreSQL's is
saving      the making of a backup
restoring   the way back, which changes nothing before all is known to be well
"""
