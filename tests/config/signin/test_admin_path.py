"""The admin stands where the owner put it, and everything that names it knows."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.accounts import admin_path

ROOT = Path(__file__).parents[3]
ASK = """
import django, json
django.setup()
from django.conf import settings
from django.test import RequestFactory
from django.urls import resolve, reverse
from library.machines.sitemap import robots
print(json.dumps({
    "home": reverse("wagtailadmin_home"),
    "login": resolve("/private/desk/login/").func.view_initkwargs["pattern_name"],
    "kept": "/private/desk/" in settings.NEVER_KEPT,
    "relaxed": settings.RELAXED_POLICY,
    "robots": "desk" in robots(RequestFactory().get("/", HTTP_HOST="localhost")).content.decode(),
    "factor": settings.SECOND_FACTOR,
    "proxies": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
}))
"""


def test_a_moved_admin(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT / "site"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(tmp_path),
        "ADMIN_PATH": "/private/desk",
        "SITE_URL": "https://health.example.org",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "home": "/private/desk/",
        "login": "account_login",
        "kept": True,
        "relaxed": ["/private/desk/"],
        "robots": False,
        "factor": "required",
        "proxies": 1,
    }


@pytest.mark.parametrize(("given", "path"), [("desk", "desk/"), ("/a-1/b/", "a-1/b/")])
def test_slashes_do_not_matter(given: str, path: str) -> None:
    assert admin_path(given) == path


@pytest.mark.parametrize(
    "given", ["", "/", "Desk", "a b", "../x", "account/", "documents", "api/x"]
)
def test_other_addresses_are_not_taken(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ADMIN_PATH"):
        admin_path(given)
