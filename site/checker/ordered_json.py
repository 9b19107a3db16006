"""JSON whose keys stay in the order in which clinicians wrote them, in every database."""

import json
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class OrderedJSONField(models.JSONField):
    """Kept as text. PostgreSQL's own type sorts keys by their length, and then a rule would be read
    with its conditions in another order than the one that was approved.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "text"

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> str:
        return json.dumps(value if prepared else self.get_prep_value(value), cls=self.encoder)
