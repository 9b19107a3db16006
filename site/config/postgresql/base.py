"""Named by ENGINE (config.services). The pool would let every request wait its whole timeout."""

from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError
from psycopg import Error

from config.lost import Link, LostError

#: Longer than the pool's timeout, so that one thread at most waits at any time.
PAUSE_SECONDS = 5.0
link = Link("The database", (Error,), PAUSE_SECONDS)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return link.reach(lambda: super(DatabaseWrapper, self).get_new_connection(conn_params))
        except LostError as error:
            raise OperationalError("The database is lost.") from error
