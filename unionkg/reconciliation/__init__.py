"""A graph as a reconciliation service: functions from a request to what is answered, for a server to call.

"Reconciliation Service API", W3C Entity Reconciliation Community Group, final report of version 0.2. `unionkg.linking.service`
is a client of such services.
"""
