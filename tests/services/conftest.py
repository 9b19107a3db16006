"""These need PostgreSQL and Redis: ``make test-services`` runs them, ``make test`` does not."""

import os

collect_ignore_glob = [] if "TEST_POSTGRESQL" in os.environ else ["test_*.py"]
