"""Every setting, read from the environment. docs/running.md lists what an owner may set."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import services, uploads
from config.accounts import SIGN_IN, admin_path
from config.environment import choice, contact, secret_key, writable_folder
from config.template_loader import loaders

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = writable_folder(Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))))
CONTENT_DIR = Path(env.str("CONTENT_DIR", default=str(BASE_DIR / "content")))
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key(DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # older ones, still read
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "config",
    "checker",
    "library",
    "review",
    "crispy_forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.api.v2",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.security.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.logs.RequestLog",
    "django.middleware.gzip.GZipMiddleware",  # what is made for one reader; the rest is kept ready
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.signin.guard.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "library.brand.branding",
    "library.publishing.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": loaders(as_written=DEBUG),
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "library.context_processors.site_frame",
            ],
            "builtins": ["library.templatetags.library_tags", "checker.templatetags.checker_tags"],
        },
    },
]

DATABASES = services.databases(env, DATA_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = services.caches(env.str("CACHE_URL", default=""))
WAGTAILFRONTENDCACHE = services.front_caches(env.list("FRONTEND_CACHE_URL", default=[]))
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))  # printed by the server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="causeway@localhost")

# Signing in (config.signin): where, with what, and for how long.
ADMIN_PATH = admin_path(env.str("ADMIN_PATH", default="admin/"))
SIGN_IN_PATH = "account/"
SECOND_FACTOR = env.str("SECOND_FACTOR", default="optional" if DEBUG else "required")
SECOND_FACTOR = choice("SECOND_FACTOR", SECOND_FACTOR, ("required", "optional"))
PASSWORD_RESET = bool(env.str("EMAIL_URL", default=""))
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if HTTPS else 0)
SESSION_COOKIE_AGE = 2 * 60 * 60  # from what somebody last did
SESSION_LONGEST = 12 * 60 * 60  # from signing in
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
vars().update(SIGN_IN)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "site" / "config" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_DIR", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = env.str("MEDIA_URL", default="/media/")
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = services.storages(env.str("MEDIA_STORAGE", default=""), MEDIA_URL, hashed=not DEBUG)
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Addresses whose answers are never kept ready for everyone (config.serving).
NEVER_KEPT = [STATIC_URL, MEDIA_URL, "/documents/", "/symptom-checker/"]
NEVER_KEPT += [f"/{ADMIN_PATH}", f"/{SIGN_IN_PATH}"]

CRISPY_ALLOWED_TEMPLATE_PACKS = "care"
CRISPY_TEMPLATE_PACK = "care"
CRISPY_FAIL_SILENTLY = False
CSRF_FAILURE_VIEW = "checker.views.stale_form"
CSRF_COOKIE_AGE = None  # gone when the browser closes

WAGTAIL_SITE_NAME = "Causeway"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_PAGE_MODEL = "wagtailcore.Page"
WAGTAIL_FINISH_WORKFLOW_ACTION = "review.publishing.publish_what_was_signed"
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "library.desk.rich_text.RichTextArea"},
}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
vars().update(uploads.SETTINGS)  # what may be uploaded, and how much
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

# Looks up the DOI of a source: the dotted name of a function, see library/sources/lookup.py.
# Empty: a DOI is checked in form only, and nothing leaves the server.
SOURCE_LOOKUP = env.str("SOURCE_LOOKUP", default="")

# The checker. "signpost" shows urgency and pages without naming causes that fit, for owners whose
# regulator treats naming causes as a medical device.
CHECKER_MODE = choice("CHECKER_MODE", env.str("CHECKER_MODE", default="full"), ("full", "signpost"))
CHECKER_COOKIE_MINUTES = 30

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
RELAXED_POLICY = [f"/{ADMIN_PATH}"]  # where Wagtail's admin needs inline code (config.security)
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False  # the proxy in front redirects; see docs/running.md
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# To include subdomains or be preloaded is for the owner to promise; the proxy redirects; the
# editor's previews are frames of our own.
SILENCED_SYSTEM_CHECKS = [f"security.W{number}" for number in ("005", "008", "019", "021")]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

SECURITY_CONTACT = contact(env.str("SECURITY_CONTACT", default=""))

LOGGING = services.logging(env, whole_errors=DEBUG)

if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS must name your own host names, for example ALLOWED_HOSTS=health.example.org"
    )
