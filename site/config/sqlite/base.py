"""What was opened while the disk let itself be read only is opened anew for each request.

SQLite opens such a file for reading, and the connection stays so for its life, which is long here.
Editors could not save after the disk was mended, until the server was started again.
"""

import os
import time
from pathlib import Path

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def connect(self) -> None:
        super().connect()
        file = Path(self.settings_dict["NAME"])
        if file.is_file() and not os.access(file, os.W_OK, effective_ids=True):
            self.close_at = time.monotonic()  # when this request ends
