"""An editor who signs in with the real form."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from signing_in import PASSWORD, sign_in


@pytest.fixture
def editor(db: None) -> Any:
    return get_user_model().objects.create_superuser("editor", password=PASSWORD)


@pytest.fixture
def half(editor: Any) -> Client:
    """A window of somebody who has given a password and has no second factor."""
    client = Client()
    assert sign_in(client).status_code == 302
    return client
