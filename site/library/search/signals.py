"""What others may listen to."""

from django.dispatch import Signal

#: Sent after each search with ``query`` (as typed, shortened) and ``found`` (number of pages).
#: A receiver may count queries that found nothing. It must keep nothing about who asked.
search_made = Signal()
