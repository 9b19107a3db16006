"""The whole test-suite on PostgreSQL and Redis: ``make test-services``. Arguments go to pytest."""

import os
import subprocess
import sys

from servers import PostgreSQL, Redis, running


def main(arguments: list[str]) -> int:
    with running(PostgreSQL) as postgresql, running(Redis) as redis:
        servers = {"TEST_POSTGRESQL": postgresql.url, "TEST_REDIS": redis.url}
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, env={**os.environ, **servers}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
