from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Settings, addresses and serving: what holds the other apps together."""

    name = "config"

    def ready(self) -> None:
        from config.keeping import epoch
        from config.serving import changes, reads
        from config.signin import standing  # noqa: F401 - listens to people signing in
        from library import fresh

        reads.connect()
        changes.connect()
        epoch.connect()
        fresh.counter = changes.counter()
