"""What people try at the admin's own addresses, and who they are. For the permission matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse

from review_desk import Desk
from second_factor import by_password_only

World = dict[str, Any]
ROLES = {"W": "Writer", "C": "Clinician", "T": "Translator", "L": "Safety lead"}
NOBODY = ("anonymous", "no role", "no second factor")


@dataclass(frozen=True)
class Opens:
    """The screen comes up, with its form."""

    name: str
    args: tuple[Any, ...] = ()

    def __call__(self, client: Client, world: World) -> bool:
        answer = client.get(reverse(self.name, args=of(self.args, world)))
        assert answer.status_code in (200, 302, 403), answer.status_code
        return answer.status_code == 200


@dataclass(frozen=True)
class Does:
    """What is sent has its effect, whatever the answer says."""

    name: str
    args: tuple[Any, ...]
    done: Callable[[World], bool]
    data: tuple[tuple[str, str], ...] = ()
    query: str = ""

    def __call__(self, client: Client, world: World) -> bool:
        assert not self.done(world), "it was so before"
        numbers = {key: getattr(one, "pk", one) for key, one in world.items()}
        address = reverse(self.name, args=of(self.args, world)) + self.query.format(**numbers)
        client.post(address, {key: value.format(**numbers) for key, value in self.data})
        return self.done(world)


def of(args: tuple[Any, ...], world: World) -> list[Any]:
    return [getattr(world[arg], "pk", world[arg]) if arg in world else arg for arg in args]


def sign_in(who: str) -> Client:
    client, desk = Client(), Desk()
    if who == "anonymous":
        return client
    if who in ROLES:
        client.force_login(desk.person(ROLES[who], "them"))
    elif who == "no role":
        client.force_login(desk.person("", "them"))
    else:
        user = get_user_model().objects.create_superuser("them")
        (client.force_login if who == "S" else lambda user: by_password_only(client, user))(user)
    return client


def may(client: Client, world: World, act: Callable[[Client, World], bool]) -> bool:
    """Try it, and take back what it did."""
    with transaction.atomic():
        did = act(client, world)
        transaction.set_rollback(True)
    return did
