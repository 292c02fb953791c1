"""A researcher's table, joined with a graph or with a reconciliation service on the web."""
