"""A bare site with django-helpdesk, to be measured: `helpdesk_site.py prepare` makes the database and prints the token
of a caller, and gunicorn serves `helpdesk_site:application`. HELPDESK_DATABASE names the SQLite file."""

import os
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="only for a measurement",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF="helpdesk_site",
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["HELPDESK_DATABASE"],
            # Several writers wait for each other rather than fail; the log before the file is what SQLite is fast with.
            "OPTIONS": {
                "timeout": 60,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
    },
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.sites",
        "django.contrib.humanize",
        "django.contrib.staticfiles",
        "rest_framework",
        "rest_framework.authtoken",
        "helpdesk",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"]},
    EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
    STATIC_URL="/static/",
    SITE_ID=1,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    HELPDESK_ACTIVATE_API_ENDPOINT=True,
    HELPDESK_TEAMS_MODE_ENABLED=False,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402

urlpatterns = [path("", include("helpdesk.urls", namespace="helpdesk"))]
application = get_wsgi_application()


def prepare():
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from helpdesk.models import Queue
    from rest_framework.authtoken.models import Token

    call_command("migrate", verbosity=0)
    caller = User.objects.create_superuser("bench", "bench@example.com", "bench-password-1")
    Queue.objects.create(title="Complaints", slug="complaints")
    print(Token.objects.create(user=caller).key)


if __name__ == "__main__" and sys.argv[1:] == ["prepare"]:
    prepare()
