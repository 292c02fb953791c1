"""SPARQL over HTTP: the protocol at `/sparql` with its page for people, and the Graph Store, read, at `/graph`.

After the W3C recommendations SPARQL 1.1 Protocol, SPARQL 1.1 Service Description and SPARQL 1.1 Graph Store HTTP Protocol
(2013). What the server does where these leave it free is told in docs/server-sparql.md.
"""
