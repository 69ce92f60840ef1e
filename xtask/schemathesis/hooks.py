"""Signs in for schemathesis, and again when a test has signed the session out."""

import http.cookies
import json
import os
import urllib.request

import schemathesis

BASE = os.environ["TINGSU_API"]
LOGIN = os.environ["TINGSU_LOGIN"]
PASSWORD = os.environ["TINGSU_PASSWORD"]


class Session:
    """A cookie and its token against forged requests."""

    def __init__(self):
        self.cookie = self.csrf = None

    def lives(self):
        if self.cookie is None:
            return False
        request = urllib.request.Request(BASE + "/me", headers={"Cookie": self.cookie})
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status == 200
        except urllib.error.HTTPError:
            return False

    def begin(self):
        body = json.dumps({"login": LOGIN, "password": PASSWORD}).encode()
        request = urllib.request.Request(
            BASE + "/login", data=body, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            cookies = http.cookies.SimpleCookie(answer.headers["Set-Cookie"])
            name, morsel = next(iter(cookies.items()))
            self.cookie = f"{name}={morsel.value}"
            self.csrf = json.load(answer)["csrf"]


SESSION = Session()


@schemathesis.auth(refresh_interval=None)
class Auth:
    """Every request is signed by a session that lives."""

    def get(self, case, context):
        if not SESSION.lives():
            SESSION.begin()
        return SESSION.cookie, SESSION.csrf

    def set(self, case, data, context):
        cookie, csrf = data
        case.headers = case.headers or {}
        case.headers["Cookie"] = cookie
        case.headers["X-CSRF-Token"] = csrf
