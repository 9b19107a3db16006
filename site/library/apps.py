from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    """The patient library: pages, blocks, sources, glossary, loader."""

    name = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        import library.glossary
        import library.sources.withdrawn  # noqa: F401 - connects its signals
        from library.uploads import doors

        doors.connect()
