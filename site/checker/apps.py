from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckerConfig(AppConfig):
    """The symptom checker: its rules, its releases, its visit."""

    name = "checker"
    verbose_name = _("Symptom checker")

    def ready(self) -> None:
        import checker.starter  # noqa: F401 - listens to the loading of content
        from checker.admin import after_save

        after_save.connect()
