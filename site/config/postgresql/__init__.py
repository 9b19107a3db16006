"""Django's PostgreSQL backend, whose loss is noticed by one request and not by all of them."""
