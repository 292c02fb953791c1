"""A graph in its folder, served over HTTP: pages for people, and protocols for programs. It only reads.

It needs the extra `unionkg[serve]`; nothing else imports it but the command that starts it.
"""
