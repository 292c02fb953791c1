"""A corpus of invented web documents about trade unions, and the truth about who is who in them."""
