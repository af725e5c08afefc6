"""The settings of a running site. Safe by default: without DEBUG=1, cookies are secure where the site is served by HTTPS."""

import sys
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from crm.settings.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()
VAR_DIR = Path(env.str("HENGPU_VAR", default=str(BASE_DIR / "var")))

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
_secret_file = VAR_DIR / "secret_key"
if not SECRET_KEY and _secret_file.exists():
    SECRET_KEY = _secret_file.read_text().strip()
if not SECRET_KEY and DEBUG:
    SECRET_KEY = "for-development-only-" + "x" * 40
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Set SECRET_KEY (a long random text), or use `make run`, which makes one in var/secret_key."
    )

BRAND_NAME = env.str("BRAND_NAME", default="衡谱 CRM")
COMPANY_NAME = env.str("COMPANY_NAME", default="")
# what else stands on the company's paper
COMPANY_NAME_EN = env.str("COMPANY_NAME_EN", default="")
COMPANY_ADDRESS = env.str("COMPANY_ADDRESS", default="")
COMPANY_ADDRESS_EN = env.str("COMPANY_ADDRESS_EN", default="")
COMPANY_PHONE = env.str("COMPANY_PHONE", default="")
COMPANY_TAX_NUMBER = env.str("COMPANY_TAX_NUMBER", default="")
COMPANY_BANK = env.str("COMPANY_BANK", default="")
COMPANY_LOGO = env.str("COMPANY_LOGO", default="")
HTTPS = env.bool("HTTPS", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "crm",
    "customers",
    "leads",
    "opportunities",
    "orders",
    "service",
    "analytics",
    "integrations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "template_partials",
    "django_filters",
    "rest_framework",
    "axes",
    "csp",
    "django_prometheus",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "crm.shell.middleware.Headers",
    "crm.shell.middleware.NoNul",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages; static files are compressed beforehand
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crm.accounts.middleware.SessionWatch",
    "crm.organisation.middleware.LoginRequired",
    "crm.shell.middleware.UserPreferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "crm.shell.middleware.NoBlank",
    "crm.records.middleware.TrailContext",
    "axes.middleware.AxesMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.shell.context.shell",
            ],
            "builtins": [
                "crm.templatetags.ui",
                "crm.templatetags.fmt",
                "crm.records.tags",
                "django.templatetags.i18n",
                "template_partials.templatetags.partials",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.append("django.forms")

# ---- services: the URLs given, or the embedded servers in var/
DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
BROKER_URL = env.str("BROKER_URL", default="")
if not (DATABASE_URL and REDIS_URL):
    from crm import embedded

    _urls = embedded.urls(VAR_DIR)
    BROKER_URL = BROKER_URL or ("" if REDIS_URL else _urls["BROKER_URL"])
    DATABASE_URL = DATABASE_URL or _urls["DATABASE_URL"]
    REDIS_URL = REDIS_URL or _urls["REDIS_URL"]
BROKER_URL = BROKER_URL or REDIS_URL

DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"].setdefault("OPTIONS", {})
# the audit trail names the program where no person is known
DATABASES["default"]["OPTIONS"]["application_name"] = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])[:60]
if env.bool("DATABASE_POOL", default=True):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_SIZE", default=10),
        "timeout": 10,
    }
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHE_PREFIX = env.str("CACHE_PREFIX", default="hengpu")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": CACHE_PREFIX,
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

CELERY_BROKER_URL = BROKER_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "global_keyprefix": f"{CACHE_PREFIX}:"}
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# ---- people
AUTH_USER_MODEL = "crm.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "crm.organisation.backends.RoleBackend"]
PASSWORD_MIN_LENGTH = env.int("PASSWORD_MIN_LENGTH", default=10)
PASSWORD_HISTORY = env.int("PASSWORD_HISTORY", default=5)
PASSWORD_MAX_AGE_DAYS = env.int("PASSWORD_MAX_AGE_DAYS", default=0)
SIGN_IN_LOG_DAYS = env.int("SIGN_IN_LOG_DAYS", default=400)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email", "phone")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "crm.accounts.validators.PasswordHistory", "OPTIONS": {"remembered": PASSWORD_HISTORY}},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "crm.security.views.sign_in.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # it ends when the page said it would
AXES_DISABLE_ACCESS_LOG = True  # ours has it all
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_CLIENT_IP_CALLABLE = "crm.accounts.devices.client_address"
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

# ---- language, time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")

# ---- files
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Attached files: in a folder that no address leads to, or in the bucket at ATTACHMENTS_S3_URL.
FILES_ROOT = MEDIA_ROOT / "files"
ATTACHMENTS_S3_URL = env.str("ATTACHMENTS_S3_URL", default="").rstrip("/")
STORAGES["attachments"] = (
    {
        "BACKEND": "crm.records.s3.BucketStorage",
        "OPTIONS": {
            "url": ATTACHMENTS_S3_URL,
            "region": env.str("ATTACHMENTS_S3_REGION", default="us-east-1"),
            "key": env.str("ATTACHMENTS_S3_KEY", default=""),
            "secret": env.str("ATTACHMENTS_S3_SECRET", default=""),
        },
    }
    if ATTACHMENTS_S3_URL
    else {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_ROOT, "base_url": None},
    }
)
ATTACHMENT_MAX_BYTES = env.int("ATTACHMENT_MAX_BYTES", default=20 * 1024 * 1024)
ATTACHMENTS_MAX_BYTES = env.int("ATTACHMENTS_MAX_BYTES", default=300 * 1024 * 1024)  # of one record
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=20 * 1024 * 1024)

# ---- safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = HTTPS
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "crm.shell.errors.csrf_failure"


# ---- mail, such as smtp+tls://user:password@host:587; without EMAIL_URL it is printed in development, else there is none
EMAIL_URL = env.str("EMAIL_URL", default="")
EMAIL_CONFIGURED = bool(EMAIL_URL) or DEBUG
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default=f"crm@{ALLOWED_HOSTS[0] if ALLOWED_HOSTS else 'localhost'}")
SITE_URL = env.str(
    "SITE_URL", default=f"http{'s' if HTTPS else ''}://{ALLOWED_HOSTS[0] if ALLOWED_HOSTS else 'localhost'}"
).rstrip("/")

# ---- the API (integrations/api): JSON only, no pages of the framework's own, nothing for other origins
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", default=300)  # for each token
API_PAGE_SIZE = 50
API_PAGE_MOST = env.int("API_PAGE_MOST", default=200)
API_MAX_BYTES = env.int("API_MAX_BYTES", default=2 * 1024 * 1024)
API_TOKEN_MAX_DAYS = env.int("API_TOKEN_MAX_DAYS", default=366)
# ---- webhooks: https to the internet only, unless these say otherwise
WEBHOOK_ALLOW_HTTP = env.bool("WEBHOOK_ALLOW_HTTP", default=DEBUG)
WEBHOOK_NETWORKS = env.list(
    "WEBHOOK_NETWORKS", default=[]
)  # networks of the company that may be sent to, as 10.1.0.0/16
WEBHOOK_FAILING_DAYS = env.int("WEBHOOK_FAILING_DAYS", default=3)
APPROVAL_CALLBACK_HOURS = env.int("APPROVAL_CALLBACK_HOURS", default=72)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "integrations.api.access.TokenAuthentication",
        "integrations.api.access.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["integrations.api.access.TokenAllows"],
    "DEFAULT_THROTTLE_CLASSES": ["integrations.api.access.Requests"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "integrations.api.errors.handler",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hengpu CRM",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [],
    "DISABLE_ERRORS_AND_WARNINGS": not DEBUG,
}

METRICS_ALLOWED = env.list("METRICS_ALLOWED", default=["127.0.0.1/32", "::1/128"])

# ---- the company and its ERP
BASE_CURRENCY = env.str("BASE_CURRENCY", default="CNY")
EXCHANGE_RATE_MAX_AGE_DAYS = env.int("EXCHANGE_RATE_MAX_AGE_DAYS", default=7)
SAMPLE_FEEDBACK_DAYS = env.int("SAMPLE_FEEDBACK_DAYS", default=30)
SAMPLE_MANAGER_DAYS = env.int("SAMPLE_MANAGER_DAYS", default=7)
DEVELOPMENT_ANSWER_DAYS = env.int("DEVELOPMENT_ANSWER_DAYS", default=7)
ERP_URL = env.str("ERP_URL", default="")
ERP_USER = env.str("ERP_USER", default="")
ERP_PASSWORD = env.str("ERP_PASSWORD", default="")
# so long the ERP may still be at a request whose answer did not come; SAP ends its own after 10 minutes by default
ERP_SETTLE_SECONDS = env.int("ERP_SETTLE_SECONDS", default=660)
ERP_DROP_FOLDER = env.str("ERP_DROP_FOLDER", default="")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
LOGGING_CONFIG = None
LOGGING = logging_config(json=env.bool("LOG_JSON", default=not DEBUG), level=env.str("LOG_LEVEL", default="INFO"))

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    import sentry_sdk

    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False, traces_sample_rate=env.float("SENTRY_TRACES", default=0.0))
