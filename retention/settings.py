"""All settings. Each that an operator may change comes from the environment and is described in .env.example.

A bare run needs none of them: SQLite and the secret key then live under var/.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, validate

from .environment import env, refuse_slips
from .logs import FORMATTERS, logging_config
from .secret_key import kept_secret_key
from .sqlite import Connection

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env.read_env(BASE_DIR / ".env", recurse=False)

try:
    DEBUG = env.bool("DEBUG", False)
    SECRET_KEY = env.secret("SECRET_KEY", "") or kept_secret_key(VAR_DIR / "secret-key")
    EXTRA_HOSTS = env.hosts("ALLOWED_HOSTS", "")
    CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS", "")
    DATABASE = env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
    CACHE_URL = env.str("CACHE_URL", "")
    CACHE = env.dj_cache_url("CACHE_URL") if CACHE_URL else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    PAGE_CACHE_SIZE = env.int("PAGE_CACHE_MB", 16, validate=validate.Range(min=0)) * 1024 * 1024
    TIME_ZONE = env.time_zone("TIME_ZONE", "Europe/Helsinki")
    BEHIND_TLS = env.bool("BEHIND_TLS", False)
    TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES", "")
    LOG_FORMAT = env.str("LOG_FORMAT", "line", validate=validate.OneOf(FORMATTERS))
    ACCESS_LOG = env.bool("ACCESS_LOG", False)
    SENTRY_DSN = env.dsn("SENTRY_DSN", "")
    METRICS_ALLOWED = env.networks("METRICS_ALLOWED", "127.0.0.0/8,::1")
    SECOND_FACTOR = env.str("SECOND_FACTOR", "optional", validate=validate.OneOf(["optional", "required"]))
    SESSION_IDLE_LIMIT = env.int("SESSION_IDLE_HOURS", 12, validate=validate.Range(min=1)) * 3600
    SESSION_LIMIT = env.int("SESSION_HOURS", 7 * 24, validate=validate.Range(min=1)) * 3600
    AUDIT_DAYS = env.int("AUDIT_DAYS", 365, validate=validate.Range(min=1))
    CONTACT_EMAIL = env.str("CONTACT_EMAIL", "") and env.str("CONTACT_EMAIL", validate=validate.Email())
    SECURITY_CONTACT = env.contact("SECURITY_CONTACT", "") or (CONTACT_EMAIL and f"mailto:{CONTACT_EMAIL}")
    refuse_slips()
except (EnvError, ValueError) as error:
    raise ImproperlyConfigured(error.args[0]) from None
except OSError as error:
    raise ImproperlyConfigured(error) from None

if BEHIND_TLS and not TRUSTED_PROXIES:
    raise ImproperlyConfigured("BEHIND_TLS needs TRUSTED_PROXIES: the addresses of the proxies that end TLS.")
if BEHIND_TLS and any(origin.startswith("http:") for origin in CSRF_TRUSTED_ORIGINS):
    raise ImproperlyConfigured("CSRF_TRUSTED_ORIGINS: with BEHIND_TLS editors sign in by https:// alone.")

# Loopback always answers: health checks come from the machine itself.
ALLOWED_HOSTS = [*EXTRA_HOSTS, "localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    # Before the admin, which it patches.
    "modeltranslation",
    "retention.apps.DeskConfig",
    # Before the commands of Django's that it tells of.
    "retention.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "reversion",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "articles",
    "retention.sign_in",
]

MIDDLEWARE = [
    "retention.traffic.counted",
    "retention.middleware.by_any_name",
    "retention.middleware.bodiless_head",
    "django.middleware.security.SecurityMiddleware",
    "retention.middleware.under_policy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "retention.static_files.StaticFiles",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Sessions are read only where there is a login; a public page touches none of the three below.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # What it refuses is answered in the language of the address, compressed and under the policy as any page.
    "retention.middleware.without_nul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]
# Those that a page needs which the page cache keeps. It is the same for everyone, and nothing of who asks reaches it:
# no cookie, no form, no method but GET. Compressing and comparing are done by the cache.
PAGE_MIDDLEWARE = [
    "retention.traffic.counted",
    "django.middleware.security.SecurityMiddleware",
    "retention.middleware.under_policy",
    "retention.middleware.in_language_of_address",
]

ROOT_URLCONF = "retention.urls"
WSGI_APPLICATION = "retention.wsgi.application"

TEMPLATES = [
    # What readers see
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "pages"],
        # All templates fit in memory.
        "OPTIONS": {"environment": "articles.environments.Environments", "cache_size": -1},
    },
    # The desk
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------------------------------

# Connections stay open from one request to the next: to open one takes longer than to make a page.
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    # Not for ever, so that a file that an operator puts in the place of another is seen soon.
    DATABASE["CONN_MAX_AGE"] = 60
    DATABASE["OPTIONS"] = {
        "factory": Connection,
        # Writers wait for one another instead of failing, and readers never wait for a writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # A save that was acknowledged is on the disk, whatever happens to the machine.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASE["CONN_MAX_AGE"] = 600
    DATABASE["CONN_HEALTH_CHECKS"] = True
    # What public pages ask is prepared by the database the second time that a connection asks it, then no more.
    DATABASE["OPTIONS"] = {"connect_timeout": 5, "prepare_threshold": 1} | DATABASE.get("OPTIONS", {})
DATABASES = {"default": DATABASE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# How revisions hold content; named here, it's loaded once one is read or written, and with it all formats of Django's.
SERIALIZATION_MODULES = {"content": "articles.history"}

if CACHE["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    # A page is made sooner than anyone waits longer for.
    CACHE["OPTIONS"] = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5} | CACHE.get("OPTIONS", {})
CACHES = {"default": CACHE}

# --- Languages --------------------------------------------------------------------------------------------------------

USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "en"
# Each language under its own name: the switcher shows it so in every language.
LANGUAGES = [("en", "English"), ("fi", "Suomi"), ("et", "Eesti"), ("ru", "Русский"), ("hy", "Հայերեն")]
# Our own strings, then those of Django's own that it leaves untranslated or that don't fit.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "django"]
FORMAT_MODULE_PATH = "retention.formats"
# Who works at the desk may choose its language; readers have theirs in the address, and no cookie.
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_SECURE = BEHIND_TLS
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Numbers are grouped where a page asks for it, never in years, page numbers or form fields.
USE_THOUSAND_SEPARATOR = False

MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en", "fi", "et", "ru", "hy")

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MIMETYPES = {".speculationrules": "application/speculationrules+json"}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "retention.static_files.StaticFilesStorage"},
}

# --- Security ---------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
# What other names of the domain are served by isn't ours to say, nor is that for ever.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# What operators ask of one server among several, by its address and without TLS.
FOR_OPERATORS = ("/healthz", "/readyz", "/metrics")
SECURE_REDIRECT_EXEMPT = [f"^{path.removeprefix('/')}$" for path in FOR_OPERATORS]

# An article's form has some twenty fields for each piece of advice in it, those included that tell what it was before.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# More than the desk takes of a file, which then says so in its own words.
LARGEST_UPLOAD = 6_000_000  # bytes
FILE_UPLOAD_HANDLERS = [
    "retention.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Who gets in ------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "retention.sign_in.passwords.PasswordHasher",
    # Of passwords from before, which are kept anew at the next sign-in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

SESSION_ENGINE = "retention.sign_in.sessions"
# Browsers keep a cookie of such a name to this host, and send it by TLS alone.
if BEHIND_TLS:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# What is counted, and which rules are stricter or milder than this one, is in retention/sign_in/lockout.py.
AXES_HANDLER = "retention.sign_in.lockout.Handler"
AXES_CLIENT_IP_CALLABLE = "retention.sign_in.lockout.address_of"
AXES_LOCKOUT_CALLABLE = "retention.sign_in.lockout.locked_out_page"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Whoever goes on trying doesn't keep others out for longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "proof"]
# The audit log tells of who came and went.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# What an app on the phone calls the account.
OTP_TOTP_ISSUER = "Come again"

# --- Logging ----------------------------------------------------------------------------------------------------------

LOGGING = logging_config(LOG_FORMAT, ACCESS_LOG)
