"""Signing in with the real form, as far as a password leads, and all the way."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

PASSWORD = "a-long-one-for-the-tests"


def sign_in(client: Client, password: str = PASSWORD, **extra: str) -> HttpResponse:
    form = {"login": "editor", "password": password}
    return client.post("/account/login/", form, **extra)


def whole(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    assert client.get("/admin/").status_code == 200
    return client
