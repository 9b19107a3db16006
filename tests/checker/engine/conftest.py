"""Makes ruleset_factory importable by the tests beside it (test folders are not packages)."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
