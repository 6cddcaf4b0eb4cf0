"""The public pages as files, for a web server or a content delivery network.

versions  the folder in which they lie: a whole version at a time
headers   what is sent with them, by kind of file
nginx     the same as an include for nginx
caddy     the same as an include for Caddy
"""
