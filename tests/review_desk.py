"""People of every role at the editors' desk: they write, hand in and sign as Wagtail lets them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from review.models import ClinicianProfile
from review.signing import version

SIGNING = ("Clinician", "Safety lead")


class Desk:
    """What people do at the editors' desk, as Wagtail's own views do it."""

    def person(self, role: str, name: str = "", signs: bool | None = None) -> Any:
        """Somebody with one role. Those who sign have said how, unless the test says otherwise."""
        username = name or role.lower().replace(" ", "-") or "nobody"
        user = get_user_model().objects.create_user(
            username, f"{username}@clinic.example", first_name=username.title(), last_name="Nkosi"
        )
        if role:
            user.groups.add(Group.objects.get(name=role))
        if signs if signs is not None else role in SIGNING:
            self.give_profile(user)
        return user

    def superuser(self, name: str = "root", role: str = "") -> Any:
        user = get_user_model().objects.create_superuser(name, f"{name}@clinic.example")
        if role:
            user.groups.add(Group.objects.get(name=role))
            self.give_profile(user)
        return user

    def give_profile(self, user: Any) -> None:
        ClinicianProfile.objects.create(
            user=user,
            name=f"Dr {user.username.title()}",
            profession="General practitioner",
            registration="GMC 1234567",
        )

    def as_(self, user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    def fresh(self, page: Page) -> Any:
        """The page as it stands in the database now."""
        return Page.objects.get(pk=page.pk).specific

    def html(self, page: Page) -> str:
        return Client().get(page.url).content.decode()

    def edit(self, page: Page, user: Any, words: str = "Changed words.") -> Revision:
        """Save a draft, as the editor does."""
        draft = self.fresh(page).get_latest_revision_as_object()
        draft.answer = words
        revision: Revision = draft.save_revision(user=user, log_action=True)
        return revision

    def hand_in(self, page: Page, user: Any) -> None:
        page = self.fresh(page)
        page.get_workflow().start(page, user)

    def act(self, page: Page, user: Any, action: str = "approve", **data: str) -> HttpResponse:
        """Answer the sign-off task by the window that Wagtail opens for it."""
        page = self.fresh(page)
        state = page.current_workflow_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
        data = {"version": version(page.latest_revision), **data}
        response: HttpResponse = self.as_(user).post(url, data)
        return response

    def sign(self, page: Page, writer: Any, clinician: Any, words: str = "New words.") -> Any:
        """The whole way: written, handed in, signed, live."""
        self.edit(page, writer, words)
        self.hand_in(page, writer)
        self.act(page, clinician)
        return self.fresh(page)
