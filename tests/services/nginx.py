"""A real nginx with the configuration that we ship, on loopback, for the length of a test."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.request import urlopen

SHIPPED = Path(__file__).resolve().parent.parent.parent / "deploy/nginx/causeway.conf"
MAIN = """
daemon off;
{user}
worker_processes 2;
pid {folder}/pid;
error_log {folder}/log warn;
events {{ worker_connections 1024; }}
http {{
  client_body_temp_path {folder}/body; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi; proxy_temp_path {folder}/proxy;
  sendfile on; tcp_nopush on;  # as Debian ships it
  keepalive_requests 1000000;
  {more}
  include {folder}/causeway.conf;
}}
"""


def for_loopback(folder: Path, site: int, listen: int, purge: int) -> str:
    """The shipped file without HTTPS, and with ports and folders of the test's own."""
    text = SHIPPED.read_text()
    text = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", text, flags=re.DOTALL)
    text = re.sub(r"\n\s+ssl_certificate[^\n]*", "", text)
    for ours, theirs in (
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{listen};"),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{site};"),
        ("listen 127.0.0.1:8081;", f"listen 127.0.0.1:{purge};"),
        ("/var/cache/nginx/causeway", f"{folder}/cache"),
        ("/srv/causeway/data", f"{folder}/data"),
        ("server_name health.example.org;", "server_name 127.0.0.1 localhost;"),
    ):
        assert ours in text, f"deploy/nginx/causeway.conf has no “{ours}” any more"
        text = text.replace(ours, theirs)
    return text


@contextmanager
def nginx(site: int, listen: int, purge: int, more: str = "") -> Iterator[Path]:
    """Until the block ends. Yields its folder; ``more`` goes into the http block."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        raise SystemExit("nginx is not installed (Debian: apt-get install nginx).")
    with TemporaryDirectory(prefix="causeway-nginx-") as name:
        folder = Path(name)
        (folder / "cache").mkdir()
        user = "user root;" if os.getuid() == 0 else ""
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user, more=more))
        (folder / "causeway.conf").write_text(for_loopback(folder, site, listen, purge))
        server = subprocess.Popen([program, "-c", str(folder / "nginx.conf"), "-p", name])
        try:
            _wait(f"http://127.0.0.1:{purge}/", server, folder)
            yield folder
        finally:
            server.terminate()
            server.wait()


def _wait(url: str, server: "subprocess.Popen[bytes]", folder: Path) -> None:
    until = monotonic() + 30
    while monotonic() < until and server.poll() is None:
        try:
            urlopen(url, timeout=5).close()
        except HTTPError:
            return
        except OSError:
            sleep(0.05)
    raise SystemExit(f"nginx did not start: {(folder / 'log').read_text()}")
