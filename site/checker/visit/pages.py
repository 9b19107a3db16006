"""Pages to read on, for owners who do not let the checker name causes."""

from checker.engine import Ruleset
from library.models import CausePage, TopicPage


def neutral_pages(ruleset: Ruleset) -> list[TopicPage | CausePage]:
    """The topic and the pages of all its causes, by title: the order says nothing about anyone."""
    slugs = [cause.page for cause in ruleset.causes if not cause.lookalike]
    causes = list(CausePage.objects.live().defer_streamfields().filter(slug__in=slugs))
    parents = {cause.path[: -CausePage.steplen] for cause in causes}
    topics = TopicPage.objects.live().defer_streamfields().filter(path__in=parents)
    return [*topics, *sorted(causes, key=lambda page: page.title.casefold())]
