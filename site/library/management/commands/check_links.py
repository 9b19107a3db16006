from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from library.link_check import theirs
from library.link_check.links import Link, of_page, of_sources
from library.link_check.ours import Broken, Ours
from library.models.clinical_page import ClinicalPage


class Command(BaseCommand):
    """Fails when a link is broken, so that a nightly timer or a pipeline notices."""

    help = "Check every link of the published pages and, when asked, those to other sites."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--external", action="store_true", help="Ask other sites too (needs the network)."
        )
        parser.add_argument(
            "--seconds",
            type=float,
            default=theirs.SECONDS,
            help=f"How long to wait for one answer of another site (default {theirs.SECONDS:g}).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        links = [link for page in _pages() for link in of_page(page)]
        found: list[Broken] = list(Ours.now().broken(links))
        asked = 0
        if options["external"]:
            outside = [link for link in [*links, *of_sources()] if link.is_external]
            asked = len({link.href for link in outside})
            found += theirs.broken(outside, options["seconds"])
        for broken in found:
            self.stdout.write(str(broken))
        self._sum_up(links, asked, len(found), external=options["external"])

    def _sum_up(self, links: list[Link], asked: int, broken: int, *, external: bool) -> None:
        outside = f"{asked} addresses of other sites asked" if external else "other sites not asked"
        summary = f"{len(links)} links on pages checked, {outside}: {broken} broken."
        if broken:
            raise CommandError(summary)
        self.stdout.write(summary)


def _pages() -> list[ClinicalPage]:
    pages = Page.objects.live().order_by("path").specific()
    return [page for page in pages if isinstance(page, ClinicalPage)]
