"""The first start, the second start, and what goes wrong before either."""

import socket
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command
from pytest_django import Settings

from config.management.commands.prepare import check_port, static_fingerprint


def create_demo_editor() -> str:
    out = StringIO()
    call_command("create_demo_editor", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestDemoEditor:
    def test_the_password_that_is_shown_opens_the_admin(self) -> None:
        password = create_demo_editor().split("Password:")[1].split()[0]
        editor = authenticate(username="editor", password=password)
        assert editor is not None
        assert editor.has_perm("wagtailadmin.access_admin")

    def test_the_password_is_another_one_each_time(self) -> None:
        first = create_demo_editor()
        get_user_model().objects.all().delete()
        assert create_demo_editor() != first

    def test_a_second_time_changes_nothing_and_says_how_to_reset(self) -> None:
        create_demo_editor()
        before = get_user_model().objects.get().password
        said = create_demo_editor()
        assert "changepassword editor" in said
        assert "Password:" not in said
        assert get_user_model().objects.get().password == before

    def test_it_does_not_come_back_where_there_are_other_accounts(self) -> None:
        get_user_model().objects.create_user("nurse")
        assert create_demo_editor() == ""
        assert get_user_model().objects.count() == 1


class TestPort:
    def test_a_taken_port_is_named_with_a_way_out(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            other.listen()
            port = other.getsockname()[1]
            with pytest.raises(CommandError, match=rf"Port {port} is taken .* PORT="):
                check_port(str(port))

    def test_a_free_port_is_fine(self) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.1", 0))
            port = other.getsockname()[1]
        check_port(str(port))

    @pytest.mark.parametrize("port", ["0", "-1", "65536", "http", ""])
    def test_a_number_that_is_no_port(self, port: str) -> None:
        with pytest.raises(CommandError, match="not a port"):
            check_port(port)


def test_static_files_are_collected_again_only_after_a_change(
    tmp_path: Path, settings: Settings
) -> None:
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "a.css").write_text("p {}")
    before = static_fingerprint()
    assert static_fingerprint() == before
    (tmp_path / "b.css").write_text("q {}")
    assert static_fingerprint() != before
