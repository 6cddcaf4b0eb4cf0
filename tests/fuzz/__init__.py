"""Odd requests to every address of the site, by the thousand: `python -m tests.fuzz`, or `make fuzz`.

places     every kind of page, walked from the URLconf
values     what is put into addresses, headers and forms
heads      methods and headers, and what is no HTTP
requests   one request: how it is made, what goes over the wire, how it is told to people
answers    what came back, and what is wrong with it
people     who asks: nobody, a translator, an editor, an administrator
content    that there is always something to ask for, and what it is known by
forms      what a browser would send of a page, files included
plans      what is going to be asked of one kind of page
campaign   all of it against one server
"""
