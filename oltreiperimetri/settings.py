"""Settings, all read from the environment; without any variable the portal runs embedded in var/.

With DJANGO_ENV=production a missing key, host list, mail server or a SQLite database stops the start.
"""

import secrets
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

PRODUCTION = env("DJANGO_ENV", default="") == "production"
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def kept_secret(variable: str, filename: str, make) -> str:
    """The value of a variable; outside production, else one made once and kept in var/ (mode 0600)."""
    value = env(variable, default="")
    if value:
        return value
    if PRODUCTION:
        raise ImproperlyConfigured(f"{variable} must be set when DJANGO_ENV=production.")
    path = VAR_DIR / filename
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make())
    return path.read_text().strip()


def required_in_production(variable: str, default):
    if PRODUCTION and not env(variable, default=""):
        raise ImproperlyConfigured(f"{variable} must be set when DJANGO_ENV=production.")
    return env(variable, default=default)


SECRET_KEY = kept_secret("SECRET_KEY", "secret_key", lambda: secrets.token_urlsafe(64))
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
# Newest first; the older ones only decrypt (manage.py rotate_keys re-encrypts with the first).
FIELD_KEYS = kept_secret("FIELD_KEYS", "field_keys", lambda: secrets.token_urlsafe(32)).split(",")
INDEX_KEY = kept_secret("INDEX_KEY", "index_key", lambda: secrets.token_urlsafe(32))

SITE_URL = required_in_production("SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = [
    host for host in required_in_production("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",") if host
]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "oltreiperimetri.portal",
    "orafo",
    "generazioni",
    "beneficiaries",
    "partners",
    "oltreiperimetri.followups",
    "oltreiperimetri.reminders",
    "oltreiperimetri.documents",
    "oltreiperimetri.accounts",
    "oltreiperimetri.audit",
    "oltreiperimetri.shared",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "oltreiperimetri.audit.middleware.RequestContextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "oltreiperimetri.accounts.middleware.StaffSecondFactorMiddleware",
    "oltreiperimetri.accounts.middleware.PrivatePagesMiddleware",
]

ROOT_URLCONF = "oltreiperimetri.urls"
WSGI_APPLICATION = "oltreiperimetri.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oltreiperimetri.portal.context.site",
                "oltreiperimetri.portal.context.navigation",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database -------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if PRODUCTION and SQLITE:
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database when DJANGO_ENV=production.")
DATABASES["default"].setdefault("OPTIONS", {})
if SQLITE:
    # Without IMMEDIATE twenty people enrolling together get "database is locked".
    DATABASES["default"]["OPTIONS"] |= {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] |= {
        "connect_timeout": 5,
        "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000",
    }
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=0 if SQLITE else 600)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache: rate limits must hold across workers and without Redis, whose loss may fail no page. Few rows would be culled
# at random, and with them somebody's count.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Celery: settings measured in the failure tests; the database is the queue, Celery wakes it ---------
REDIS_URL = env("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or f"sqla+sqlite:///{VAR_DIR / 'broker.sqlite3'}"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/Rome"
CELERY_ENABLE_UTC = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 900,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": 10,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "health_check_interval": 25,
        "retry_on_timeout": True,
    }
# Days after which the personal content of an imported list is deleted; the people stay
IMPORT_KEPT_DAYS = env.int("IMPORT_KEPT_DAYS", default=30)
# Intervals, never wall-clock times; "expires" below the period, so that a stopped worker finds no heap.
CELERY_BEAT_SCHEDULE = {
    "plan-all": {"task": "reminders.plan_all", "schedule": 3600, "options": {"expires": 3000}},
    "emit-due": {"task": "reminders.emit_due", "schedule": 120, "options": {"expires": 100}},
    "deliver": {"task": "reminders.deliver", "schedule": 60, "options": {"expires": 50}},
    "sweep": {"task": "reminders.sweep", "schedule": 600, "options": {"expires": 500}},
    "expire-offers": {"task": "orafo.expire_offers", "schedule": 600, "options": {"expires": 500}},
    "seal-audit": {"task": "audit.seal", "schedule": 60, "options": {"expires": 50}},
    "drafts": {"task": "beneficiaries.delete_old_drafts", "schedule": 12 * 3600, "options": {"expires": 3600}},
    "unsent-pages": {"task": "beneficiaries.delete_old_pages", "schedule": 12 * 3600, "options": {"expires": 3600}},
    "imports": {"task": "beneficiaries.go_on_with_imports", "schedule": 120, "options": {"expires": 100}},
    "old-imports": {"task": "beneficiaries.purge_imports", "schedule": 12 * 3600, "options": {"expires": 3600}},
    "twins": {"task": "beneficiaries.find_twins", "schedule": 12 * 3600, "options": {"expires": 3600}},
    "nightly": {"task": "portal.nightly", "schedule": 6 * 3600, "options": {"expires": 3600}},
}
if DEMO:  # the tester should not wait two minutes for a mail
    CELERY_BEAT_SCHEDULE["emit-due"] |= {"schedule": 15, "options": {"expires": 12}}
    CELERY_BEAT_SCHEDULE["deliver"] |= {"schedule": 10, "options": {"expires": 8}}

# Mail -----------------------------------------------------------------------------------------
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="#Oltreiperimetri <portale@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = ""
if DEMO and not env("EMAIL_URL", default=""):
    EMAIL_BACKEND = "oltreiperimetri.portal.mailbox.DemoMailbox"
else:
    vars().update(env.email("EMAIL_URL", default=required_in_production("EMAIL_URL", "smtp://localhost:1025")))

# Certified e-mail for organisations that have nothing else; its sender must be the mailbox itself
PEC_URL = env("PEC_URL", default="")
PEC_FROM = env("PEC_FROM", default="")
# Who tells us of returned mail signs with this secret; without it nobody can
BOUNCE_SECRET = env("BOUNCE_SECRET", default="")
# Text messages for people without an e-mail address: off unless a provider is configured
SMS_ENABLED = env.bool("SMS_ENABLED", default=DEMO)
SMS_BACKEND = env(
    "SMS_BACKEND",
    default="oltreiperimetri.portal.mailbox.DemoSms" if DEMO else "oltreiperimetri.reminders.sms.ConsoleSms",
)
SMS_URL = env("SMS_URL", default="")
SMS_HEADERS = env("SMS_HEADERS", default="{}")
SMS_BODY = env("SMS_BODY", default='{"to": {phone}, "text": {text}}')

# Sign-in ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:start"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "oltreiperimetri.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_FORMS = {"login": "oltreiperimetri.accounts.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_PASSWORD_RESET_BY_CODE_FORMAT = ACCOUNT_LOGIN_BY_CODE_FORMAT
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_ADAPTER = "oltreiperimetri.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "#Oltreiperimetri"
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "oltreiperimetri.portal.views.errors.csrf_failure"

# Security headers -------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if SITE_URL.startswith("https://"):
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# Language, time, files ----------------------------------------------------------------------------
LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Rome"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]


def mount_bootstrap_italia() -> None:
    """Serve only the static folder of design-django-theme: the app itself brings its own error pages."""
    from importlib.util import find_spec

    package = find_spec("bootstrap_italia_template")
    if package and package.origin:
        STATICFILES_DIRS.append(("bootstrap-italia", Path(package.origin).parent / "static"))


mount_bootstrap_italia()
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "oltreiperimetri.portal.staticfiles.HashedStatic"}
    if PRODUCTION
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not PRODUCTION
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# The programme ------------------------------------------------------------------------------------
# Until how many hours before an appointment the person may move or cancel it without calling us.
APPOINTMENT_CHANGE_HOURS = env.int("APPOINTMENT_CHANGE_HOURS", default=24)
PHONE = env("PHONE", default="02 0000 0000")
FEEDBACK_EMAIL = env("FEEDBACK_EMAIL", default="accessibilita@example.org")
CONTACT_EMAIL = env("CONTACT_EMAIL", default="oltreiperimetri@example.org")
ACCESSIBILITY_DECLARATION_URL = env("ACCESSIBILITY_DECLARATION_URL", default="")
# Open places where anybody may come in and talk to somebody.
OP_CAFES = ["Rho", "Lainate", "Pregnana Milanese", "Settimo Milanese"]
PRIVACY_NOTICE_VERSION = "2026-11-01"

# Delivery: how long one attempt may hold a message, and the pauses before the next attempts (seconds)
MAIL_LEASE = 300
MAIL_PAUSES = [60, 300, 1800, 7200, 43200]

# Reminders: quiet hours do not hold in the demo, where the tester waits for the mail -------------------
QUIET_HOURS = env.bool("QUIET_HOURS", default=not DEMO)

# Logs: one JSON object a line without personal data (json), or lines for a developer, who sees what errors quote (line)
LOG_FORMAT = env("LOG_FORMAT", default="json" if PRODUCTION else "line")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "oltreiperimetri.portal.logs.JsonLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json" if LOG_FORMAT == "json" else "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
