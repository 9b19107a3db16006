"""Signing in as editors do: password, second step, recovery code, passkey. And what is refused.

Account pages run under the public policy. A violation is a console error, which fails each test.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from second_factor import code_of

PASSWORD = "a-long-one-for-the-tests"
DESK = re.compile(r"/admin/$")


@pytest.fixture
def editor(site: str) -> Any:
    """An account as it is on the first day: a password and no more."""
    return get_user_model().objects.create_superuser("editor", password=PASSWORD)


def sign_in(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("User").fill("editor")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def enter(page: Page, code: str) -> None:
    page.get_by_label("Code").or_(page.get_by_label("Authenticator code")).fill(code)
    page.get_by_role("button", name="Go on").click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def enrol(page: Page, axe: Callable[[Page], None]) -> tuple[str, list[str]]:
    """From the first password to the desk; the app's secret and the recovery codes."""
    page.goto("/admin/")
    heading(page, "Sign in")
    axe(page)
    sign_in(page)
    heading(page, "Your second step")
    axe(page)
    page.get_by_role("link", name="Set up an app").click()
    heading(page, "Set up an authenticator app")
    axe(page)
    secret = page.locator("#authenticator-key").inner_text()
    enter(page, code_of(secret))
    heading(page, "Your recovery codes")
    axe(page)
    codes = page.locator(".account-codes code").all_inner_texts()
    page.get_by_role("link", name="Go to the desk").click()
    expect(page).to_have_url(DESK)
    return secret, codes


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    heading(page, "Sign in")


def test_from_the_first_password_to_a_recovery_code(
    page: Page, editor: Any, axe: Callable[[Page], None]
) -> None:
    # Given an editor who sets up an app and comes to the desk
    secret, codes = enrol(page, axe)
    assert len(codes) == 10
    # When they look for the codes again, they are not shown
    page.goto("/account/2fa/recovery-codes/")
    heading(page, "Your recovery codes")
    assert page.locator(".account-codes").count() == 0
    # And when they sign out, the desk is shut
    sign_out(page)
    page.goto("/admin/pages/")
    heading(page, "Sign in")
    # Then the password alone leads to the second step, a wrong code no further
    sign_in(page)
    heading(page, "The second step")
    axe(page)
    enter(page, "000000")
    expect(page.get_by_text("That code is not right").first).to_be_visible()
    page.goto("/admin/pages/")
    heading(page, "Sign in")
    # And a code of the app opens the desk
    sign_in(page)
    heading(page, "The second step")
    enter(page, code_of(secret, steps=1))
    expect(page).to_have_url(re.compile("/admin/"))
    # And so does a recovery code, once
    for opens in (True, False):
        sign_out(page)
        sign_in(page)
        heading(page, "The second step")
        enter(page, codes[0])
        if opens:
            expect(page).to_have_url(DESK)
        else:
            expect(page.get_by_text("That code is not right").first).to_be_visible()


def add_authenticator(page: Page) -> None:
    """A passkey device in the browser itself, with a finger that always fits."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_password_and_second_step_in_one(
    open_page: Callable[..., Page], site: str, editor: Any, axe: Callable[[Page], None]
) -> None:
    # Given an editor at an address that has a name, as passkeys need
    page = open_page(base_url=site.replace("127.0.0.1", "localhost"))
    add_authenticator(page)
    page.goto("/admin/")
    sign_in(page)
    heading(page, "Your second step")
    # When they set up a passkey
    page.get_by_role("link", name="Set up a passkey").click()
    heading(page, "Set up a passkey")
    axe(page)
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Set up a passkey").click()
    heading(page, "Your recovery codes")
    page.get_by_role("link", name="Go to the desk").click()
    expect(page).to_have_url(DESK)
    # Then it lets them in without a password
    sign_out(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(DESK)
    # And as the second step behind the password
    sign_out(page)
    sign_in(page)
    heading(page, "The second step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(DESK)
    # And they find it in the list
    page.goto("/account/2fa/webauthn/")
    heading(page, "Your passkeys")
    expect(page.get_by_text("Master key").first).to_be_visible()
    axe(page)


def test_without_a_passkey_a_sentence_says_so(page: Page, editor: Any) -> None:
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("The passkey did not work.")).to_be_visible()


def test_wrong_passwords_are_slowed_down_in_words(
    page: Page, editor: Any, axe: Callable[[Page], None]
) -> None:
    page.goto("/account/login/")
    for _try in range(5):
        sign_in(page, "not-this-one")
        expect(page.get_by_text("The user name or the password is wrong.").first).to_be_visible()
    # When the sixth try is the right password
    sign_in(page)
    # Then it has to wait too, and is told so
    expect(page.get_by_text("Wait five minutes, then try again.").first).to_be_visible()
    axe(page)


def test_on_a_phone_nothing_is_cut_off(phone_page: Page, editor: Any) -> None:
    phone_page.goto("/account/login/")
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 320
    sign_in(phone_page)
    heading(phone_page, "Your second step")
    phone_page.goto("/account/2fa/totp/activate/")
    heading(phone_page, "Set up an authenticator app")
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= 320
