"""The page cache: answers to readers that are ready to be sent, in front of Django.

keys      what a page depends on, told from the request alone
routes    which pages may be kept, and which parameters of the query they depend on
answers   a page with its headers, in each encoding that somebody asked for
requests  what an application is asked for a page
pages     how a page is made
memory    the answers of one process, within a bound of bytes
shared    the answers of all processes, in the cache that CACHE_URL names
watch     which edition of the site is the present one
counters  where the answers came from, for operators
application  the WSGI application that puts these together
"""
