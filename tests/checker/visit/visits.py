"""A patient at the site, and releases for them to meet."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from ruleset_factory import documents

from checker.models import Checker, Release
from checker.releases import LiveRelease, live_release
from library.models import Source

Change = Callable[[dict[str, dict[str, Any]]], object]


def release_small(change: Change = lambda files: None, *, number: int = 1) -> LiveRelease:
    """Make the small ruleset, after one change to its files, the live release of "leg"."""
    files = documents()
    change(files)
    Source.objects.get_or_create(key="EXPERT", defaults={"kind": "expert", "title": "Expert"})
    checker, _made = Checker.objects.get_or_create(name="leg", defaults={"title": "Leg checker"})
    release = Release(checker=checker, number=number, snapshot=files, note="For the tests.")
    release.save()
    checker.live = release
    checker.save()
    found = live_release("leg")
    assert found is not None
    return found


class Patient:
    """Answers the questions that the site asks, as a browser without JavaScript does."""

    def __init__(self, client: Client, name: str) -> None:
        self.client, self.name = client, name
        self.asked: list[str] = []
        self.last: HttpResponse | None = None

    def url(self, view: str, *args: Any) -> str:
        return reverse(f"checker:{view}", args=[self.name, *args])

    def get(self, view: str, *args: Any) -> HttpResponse:
        return self.client.get(self.url(view, *args))

    def begin(self) -> str:
        """The key of the first question."""
        return question_in(self.client.get(self.url("begin"))["Location"])

    def answer(self, question: str, option: str, **more: Any) -> HttpResponse:
        return self.client.post(self.url("question", question), {"answer": option, **more})

    def walk(self, answers: Mapping[str, str]) -> str:
        """Answer until there is no further question; what is left out is "not-sure".

        Returns the address where the visit led.
        """
        where = self.client.get(self.url("begin"))["Location"]
        while (key := question_in(where)) != "":
            self.asked.append(key)
            number = re.search(r'name="release_number" value="(\d+)"', self.page(where))
            assert number is not None
            reply = self.answer(key, answers.get(key, "not-sure"), release_number=number[1])
            assert reply.status_code == 302, reply.content.decode()
            where = reply["Location"]
        return where

    def page(self, url: str) -> str:
        reply = self.client.get(url)
        assert reply.status_code == 200, (url, reply.status_code)
        return reply.content.decode()


def question_in(url: str) -> str:
    found = re.search(r"/questions/([a-z0-9_-]+)/$", url)
    return found[1] if found else ""


CLEAR_CLOT = {"breathless": "no", "swelling": "clear", "tender": "no", "age": "young", "desk": "no"}
EMERGENCY = {"breathless": "yes"}
SELF_CARE = {"breathless": "no", "swelling": "no", "age": "young", "desk": "yes"}
