"""What the site stands on besides itself: database, cache, media storage, and where it logs."""

import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from config.environment import choice

SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
SITE = Path(__file__).resolve().parent.parent
#: A server that is gone is noticed in seconds, and no forgotten query or transaction holds it up.
#: Without ``jit``: compiling the report of reviews takes nine seconds, running it a tenth of one.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5_000,
    "application_name": "causeway",
    "options": "-c statement_timeout=60s -c idle_in_transaction_session_timeout=120s -c jit=off",
}
LOG_FORMATS = {"plain": "config.logs.Discreet", "json": "config.logs.JsonLines"}
POOL = {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 8}


def databases(env: environ.Env, data_dir: Path) -> dict[str, Any]:
    """The database of ``DATABASE_URL``, or a file in the data folder."""
    database = env.db_url("DATABASE_URL", default=f"sqlite:///{data_dir / 'causeway.sqlite3'}")
    engine = choice("DATABASE_URL", database["ENGINE"], (SQLITE, POSTGRESQL))
    if engine == SQLITE:
        database["ENGINE"] = "config.sqlite"
        # Readers never wait for an editor's save (WAL), and a writer waits its turn.
        database["OPTIONS"] = {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        }
        # Opening it anew needs room for a small file beside it. On a full disk readers would get
        # errors; who has it open goes on reading.
        database["CONN_MAX_AGE"] = None
    else:
        database["ENGINE"] = "config.postgresql"
        database["OPTIONS"] = {**POSTGRESQL_OPTIONS, "pool": POOL, **database.get("OPTIONS", {})}
        database["CONN_HEALTH_CHECKS"] = database["DISABLE_SERVER_SIDE_CURSORS"] = True
    return {"default": database}


def caches(url: str) -> dict[str, Any]:
    """Memory of each worker, or one Redis or Valkey for all."""
    if not url:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    from config.redis_cache import OPTIONS

    return {
        "default": {
            "BACKEND": "config.redis_cache.ForgivingRedisCache",
            "LOCATION": redis_address(url),
            "KEY_PREFIX": _code_digest(),
            "OPTIONS": OPTIONS,
        }
    }


def front_caches(urls: list[str]) -> dict[str, dict[str, str]]:
    """Each nginx in front, for ``wagtail.contrib.frontend_cache``."""
    backend = "config.serving.front.NginxBackend"
    return {f"nginx-{n}": {"BACKEND": backend, "LOCATION": url} for n, url in enumerate(urls, 1)}


def redis_address(url: str) -> str:
    """Valkey speaks as Redis does."""
    scheme, _, rest = url.partition("://")
    known = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
    return f"{known[choice('CACHE_URL', scheme, tuple(known))]}://{rest}"


def _code_digest() -> str:
    """Cached objects are made by one version of the code and must not be read by another, while
    a new version takes over from an old one."""
    digest = hashlib.sha256()
    for path in sorted(SITE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def storages(media: str, media_url: str, *, hashed: bool) -> dict[str, Any]:
    """Where media and static files go. Hashed names let browsers keep static files for ever."""
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "default": _bucket(media, media_url) if media else on_disk,
        "staticfiles": {
            "BACKEND": "config.static_files.BundledStaticFilesStorage"
            if hashed
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        },
    }


def _bucket(media: str, media_url: str) -> dict[str, Any]:
    """Any S3. The key comes from the environment that every S3 client reads (AWS_ACCESS_KEY_ID …).

    Addresses of pictures are plain: signed ones would die before the kept pages that show them.
    """
    place, public = urlsplit(media), urlsplit(media_url)
    if place.scheme != "s3" or not place.hostname or place.path.strip("/"):
        raise ImproperlyConfigured(
            "MEDIA_STORAGE must be of the form s3://bucket?endpoint=https://…"
        )
    if not public.netloc:
        raise ImproperlyConfigured(
            "With MEDIA_STORAGE, set MEDIA_URL to the address at which readers get the bucket's "
            "pictures, for example MEDIA_URL=https://media.example.org/"
        )
    asked = dict(parse_qsl(place.query))
    options = {
        "bucket_name": place.hostname,
        "endpoint_url": asked.get("endpoint"),
        "region_name": asked.get("region"),
        "custom_domain": (public.netloc + public.path).rstrip("/"),
        "url_protocol": f"{public.scheme}:",
        "file_overwrite": False,
        "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def logging(env: environ.Env, *, whole_errors: bool) -> dict[str, Any]:
    """Everything to standard error, without what visitors sent (config.logs).

    Libraries that tell each step are heard only when they warn; Django's templates tell, step by
    step, the very values that they show.
    """
    libraries = "django_tasks wagtail willow modelsearch boto3 botocore s3transfer urllib3"
    chatty = (*libraries.split(), "django.template")
    formatter = choice("LOG_FORMAT", env.str("LOG_FORMAT", default="plain"), tuple(LOG_FORMATS))
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": LOG_FORMATS[formatter], "whole_errors": whole_errors}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "ours"},
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
        "loggers": {
            **{name: {"level": "WARNING"} for name in chatty},
            "django": {"handlers": [], "level": "NOTSET"},
            # The development server's own lines quote whole addresses; ours stand beside them.
            "django.server": {"handlers": ["nowhere"], "propagate": False},
        },
    }
