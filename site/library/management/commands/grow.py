from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.models import Page, Site

from library.growth.plan import FEWEST, MARK
from library.growth.remove import made_up, others, remove
from library.growth.write import grow
from library.search.lexicon import bring_up_to_date

_HERE = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    help = (
        "Add a made-up library of so many pages, to see what a large one costs. For a copy of "
        "the site on your own machine, never for one that patients read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pages", type=int, nargs="?", default=0, help=f"{FEWEST} or more")
        parser.add_argument("--seed", type=int, default=1, help="another seed, another library")
        parser.add_argument("--force", action="store_true", help="even where it is refused")
        parser.add_argument("--remove", action="store_true", help="delete the made-up pages again")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            gone = remove(self._say)
            self.stdout.write(f"{gone} made-up pages deleted.")
            return
        if options["pages"] < FEWEST:
            raise CommandError(f"Say how many pages, {FEWEST} or more, for example: grow 10000")
        if not options["force"]:
            refuse()
        if made_up().exists():
            raise CommandError("A made-up library is here already. Take it out: grow --remove")
        grow(_home(), options["pages"], options["seed"], self._say)
        bring_up_to_date()
        self.stdout.write(
            f"{options['pages']} pages added, each with “{MARK}” in its title. "
            "To delete them again: grow --remove"
        )

    def _say(self, number: int) -> None:
        if number % 1000 == 0:
            self.stdout.write(f"  {number} …")


def refuse() -> None:
    """Made-up words beside real ones could be taken for advice: only where nobody reads."""
    host = urlsplit(settings.SITE_URL).hostname
    if host not in _HERE:
        raise CommandError(
            f"This site is for others to read (SITE_URL={settings.SITE_URL}). Made-up pages do "
            "not belong there. If it is a copy that nobody reads, add --force."
        )
    if others().exists():
        raise CommandError(
            "This library holds pages that people have written. Try a copy, or add --force."
        )


def _home() -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or site.root_page.depth < 2:
        raise CommandError("There is no home page yet. Run load_content first.")
    return site.root_page
