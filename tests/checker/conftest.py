"""A small checker in the database, with people who may edit, propose and approve."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "engine"))

NAME = "legs"


@pytest.fixture(autouse=True)
def _rules_are_read_again() -> None:
    """Each test is a process that starts now: no rules are remembered from another one."""
    from checker import releases

    releases._checked_rules.cache_clear()


@pytest.fixture
def sourced(db: None) -> Any:
    from library.models import Source

    return Source.objects.create(key="EXPERT", kind="expert", title="Expert judgement", says="-")


@pytest.fixture
def legs(sourced: Any) -> Any:
    """The checker “legs”: release 1 is live, the working copy says the same."""
    import ruleset_factory

    from checker.engine import dump
    from checker.models import Checker, Release
    from checker.working_copy.documents import documents_of
    from checker.working_copy.import_files import import_documents
    from library.loader.indexes import indexed_at_the_end

    checker = Checker.objects.create(name=NAME, title="Leg checker")
    with indexed_at_the_end():
        working_copy = import_documents(checker, dump(ruleset_factory.good()), {})
    release = Release(
        checker=checker, number=1, snapshot=documents_of(working_copy), note="The first."
    )
    release.save()
    checker.live = release
    checker.save()
    return working_copy


def _person(name: str, group: str) -> Any:
    from django.contrib.auth.models import Group, User

    user = User.objects.create_user(name, f"{name}@example.org", "a-long-password")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def clinician(db: None) -> Any:
    return _person("anna", "Clinician")


@pytest.fixture
def lead(db: None) -> Any:
    return _person("lena", "Safety lead")


@pytest.fixture
def admin(client: Any, clinician: Any) -> Any:
    """A browser in which the clinician is signed in."""
    client.force_login(clinician)
    return client


@pytest.fixture
def red(legs: Any) -> Any:
    """The working copy after a change that the gate refuses: the emergency is gone."""
    from checker.models import CheckerRule

    CheckerRule.objects.filter(key="lung").update(level="soon")
    return legs
