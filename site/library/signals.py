"""What other apps may listen to."""

from django.dispatch import Signal

#: Sent inside the transaction of a load, with ``root`` (the content folder) and ``report``.
#: A receiver that raises ContentError stops the whole load, and nothing has changed.
content_loading = Signal()

#: Sent by ``load_content --check`` with ``root``, where there may be no database at all.
#: A receiver reads its own files and raises ContentError for what is wrong in them.
content_checking = Signal()
