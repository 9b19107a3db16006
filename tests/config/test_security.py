"""What browsers are told that our pages may do: nothing inline in public, little in the admin."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from config.security import ADMIN, PUBLIC
from library.models import CausePage

pytestmark = pytest.mark.usefixtures("library")
PAGES = ["/", "/back-and-calf-pain/", "/a-z/", "/symptom-checker/back-and-calf/", "/nope/"]


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_allow_no_inline_code(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("address", PAGES)
def test_public_pages_have_no_inline_code(client: Client, address: str) -> None:
    html = client.get(address).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)[^>]*>", html) == []
    assert re.findall(r"<[^>]+\son\w+=", html) == []
    assert re.findall(r"<style\b|<[^>]+\sstyle=", html) == []


def test_the_admin_is_relaxed_only_as_far_as_wagtail_needs() -> None:
    stricter = {name for name in PUBLIC if "'unsafe-eval'" in ADMIN[name] or "*" in ADMIN[name]}
    assert stricter == set()
    assert ADMIN["object-src"] == PUBLIC["default-src"] == ("'none'",)
    assert ADMIN["frame-ancestors"] == PUBLIC["frame-ancestors"]


def test_admin_pages_get_the_admin_policy(client: Client) -> None:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    policy = client.get("/admin/").headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Frame-Options", "SAMEORIGIN"),
    ],
)
def test_the_other_headers(client: Client, name: str, value: str) -> None:
    headers = client.get(CausePage.objects.get(key="strain").url).headers
    assert headers[name] == value
    assert "camera=()" in headers["Permissions-Policy"]
